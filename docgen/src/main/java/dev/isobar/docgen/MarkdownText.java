package dev.isobar.docgen;

import java.util.regex.Pattern;

/// Text as Markdown that shows it and does nothing else, also where MDX is read: braces hold no
/// code and angle brackets no tags. What would be markup is written as a character reference, which
/// holds in paragraphs, in tables and inside HTML.
final class MarkdownText {
  /// What is something else at the beginning of a line: lists, rules, headings, containers, and, in
  /// MDX, modules.
  private static final Pattern LINE_START = Pattern.compile("[-+=#:]|import\\b|export\\b|\\d+[.)]");

  private MarkdownText() {}

  /// @param line text without line breaks
  static String of(String line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '{', '}', '|', '`', '*', '[', ']', '~', '\\', '$' -> reference(text, c);
        case '#' -> {
          // A heading may end with them.
          if (i > 0 && line.charAt(i - 1) != ' ') {
            text.append(c);
          } else {
            reference(text, c);
          }
        }
        case '_' -> {
          if (isLetter(line, i - 1) && isLetter(line, i + 1)) {
            text.append(c);
          } else {
            reference(text, c);
          }
        }
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  /// Text at the beginning of a line.
  static String paragraph(String line) {
    var start = LINE_START.matcher(line);
    if (!start.lookingAt()) {
      return of(line);
    }
    // The last character of what matches: `1.` is a list, `1` is a number.
    int at = Character.isDigit(line.charAt(0)) ? start.end() - 1 : 0;
    StringBuilder text = new StringBuilder(line.substring(0, at));
    reference(text, line.charAt(at));
    return text.append(of(line.substring(at + 1))).toString();
  }

  /// A name or a value, set as code.
  static String code(String line) {
    boolean plain =
        !line.isEmpty()
            && line.indexOf('`') < 0
            && line.indexOf('|') < 0
            && line.indexOf('\\') < 0
            && !line.startsWith(" ")
            && !line.endsWith(" ");
    return plain ? "`" + line + "`" : "<code>" + of(line) + "</code>";
  }

  /// A piece of text to be copied, fenced by more back-ticks than it holds.
  static String block(String language, String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(Math.max(3, longest + 1));
    return fence + language + "\n" + text + (text.endsWith("\n") ? "" : "\n") + fence + "\n";
  }

  private static void reference(StringBuilder text, char c) {
    text.append("&#").append((int) c).append(';');
  }

  private static boolean isLetter(String line, int at) {
    return at >= 0 && at < line.length() && Character.isLetterOrDigit(line.charAt(at));
  }
}
