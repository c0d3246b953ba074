package dev.isobar.cli;

import java.util.ArrayList;
import java.util.List;

/// A page of documentation with its `console` blocks: commands after `$ `, each with what it
/// prints.
///
/// A command goes on over the end of its line while a quote is open. In what is printed, a line `…`
/// stands for any number of lines, and `…` within a line for any text.
final class Transcript {
  /// A command of a page.
  ///
  /// @param text as written, without `$ `
  /// @param output the lines that follow it
  record Command(String text, List<String> output) {
    /// The words as a shell would cut them.
    List<String> words() {
      List<String> words = new ArrayList<>();
      StringBuilder word = new StringBuilder();
      boolean begun = false;
      char quote = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (quote != 0 && c == quote) {
          quote = 0;
        } else if (quote == 0 && (c == '"' || c == '\'')) {
          quote = c;
          begun = true;
        } else if (quote == 0 && Character.isWhitespace(c)) {
          if (begun) {
            words.add(word.toString());
            word.setLength(0);
            begun = false;
          }
        } else {
          word.append(c);
          begun = true;
        }
      }
      if (begun) {
        words.add(word.toString());
      }
      return words;
    }

    private boolean isOpen() {
      char quote = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (quote == 0 && (c == '"' || c == '\'')) {
          quote = c;
        } else if (c == quote) {
          quote = 0;
        }
      }
      return quote != 0;
    }
  }

  /// A part of the page: prose (no command), or a command.
  private sealed interface Part {}

  private record Prose(String line) implements Part {}

  private record Executed(Command command) implements Part {}

  private final List<Part> parts = new ArrayList<>();

  Transcript(List<String> page) {
    boolean inside = false;
    for (String line : page) {
      boolean fence = line.startsWith("```");
      if (!inside || fence) {
        inside = line.equals("```console");
        parts.add(new Prose(line));
      } else if (!parts.isEmpty()
          && parts.getLast() instanceof Executed(Command open)
          && open.isOpen()) {
        parts.removeLast();
        parts.add(new Executed(new Command(open.text() + "\n" + line, List.of())));
      } else if (line.startsWith("$ ")) {
        parts.add(new Executed(new Command(line.substring(2), List.of())));
      } else if (parts.getLast() instanceof Executed(Command command)) {
        parts.removeLast();
        List<String> output = new ArrayList<>(command.output());
        output.add(line);
        parts.add(new Executed(new Command(command.text(), output)));
      } else {
        throw new IllegalArgumentException("a console block begins with a command: " + line);
      }
    }
  }

  List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Executed(Command command)) {
        commands.add(command);
      }
    }
    return commands;
  }

  /// The page with other outputs.
  ///
  /// @param outputs one for each command
  List<String> with(List<List<String>> outputs) {
    List<String> page = new ArrayList<>();
    int next = 0;
    for (Part part : parts) {
      switch (part) {
        case Prose(String line) -> page.add(line);
        case Executed(Command command) -> {
          page.addAll(("$ " + command.text()).lines().toList());
          page.addAll(outputs.get(next++));
        }
      }
    }
    return page;
  }

  /// Whether lines are what is expected.
  static boolean matches(List<String> expected, List<String> lines) {
    if (expected.isEmpty()) {
      return lines.isEmpty();
    }
    List<String> rest = expected.subList(1, expected.size());
    if (expected.getFirst().equals("…")) {
      for (int skipped = 0; skipped <= lines.size(); skipped++) {
        if (matches(rest, lines.subList(skipped, lines.size()))) {
          return true;
        }
      }
      return false;
    }
    return !lines.isEmpty()
        && matches(expected.getFirst(), lines.getFirst())
        && matches(rest, lines.subList(1, lines.size()));
  }

  private static boolean matches(String expected, String line) {
    int at = 0;
    List<String> texts = List.of(expected.split("…", -1));
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      int found = i == texts.size() - 1 && i > 0 ? line.lastIndexOf(text) : line.indexOf(text, at);
      if (found < at || (i == 0 && found > 0)) {
        return false;
      }
      at = found + text.length();
    }
    return at == line.length();
  }
}
