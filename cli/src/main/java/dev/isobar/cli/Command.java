package dev.isobar.cli;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A command and its options, as data: what is accepted and what the help shows are the same.
///
/// Written by hand, because a library that finds options by reflection costs four times the start
/// of the JVM itself.
///
/// @param form the command line in one line
/// @param text what it is for
/// @param examples ready to be copied
record Command(String name, String form, String text, List<Option> options, String examples) {
  static final Option HELP = new Option("--help", "-h", null, "show this text");

  Command {
    options = List.copyOf(options);
  }

  /// What was given: the options by name (empty text for one without a value), and the rest.
  record Given(Map<String, String> options, List<String> operands) {
    boolean has(Option option) {
      return options.containsKey(option.name());
    }

    @Nullable String value(Option option) {
      return options.get(option.name());
    }
  }

  /// Reads `--name value`, `--name=value`, `-n value`, `-nvalue`; all that follows `--` is an
  /// operand.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION`; never with a value in it, which may be secret
  Given read(List<String> arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--")) {
        operands.addAll(arguments.subList(i + 1, arguments.size()));
        break;
      }
      int nameEnd = nameEnd(argument);
      if (nameEnd == 0) {
        operands.add(argument);
        continue;
      }
      Option option = option(argument.substring(0, nameEnd));
      String value = null;
      if (nameEnd < argument.length()) {
        boolean equals = argument.charAt(nameEnd) == '=';
        value = argument.substring(equals ? nameEnd + 1 : nameEnd);
        if (!option.takesValue()) {
          throw wrong(option, "The option `" + option.name() + "` takes no value.");
        }
      } else if (option.takesValue() && !option.valueMayBeMissing()) {
        if (++i == arguments.size()) {
          throw wrong(option, "The option `" + option.name() + "` needs a value.");
        }
        value = arguments.get(i);
      }
      if (values.putIfAbsent(option.name(), value == null ? "" : value) != null) {
        throw wrong(option, "The option `" + option.name() + "` is given twice.");
      }
    }
    return new Given(values, operands);
  }

  /// Where the name of an option ends; 0 when the argument is none, such as SQL that begins with a
  /// comment.
  private static int nameEnd(String argument) {
    if (!argument.startsWith("-") || argument.equals("-")) {
      return 0;
    }
    if (!argument.startsWith("--")) {
      return 2;
    }
    int equals = argument.indexOf('=');
    int end = equals < 0 ? argument.length() : equals;
    for (int i = 0; i < end; i++) {
      if (Character.isWhitespace(argument.charAt(i))) {
        return 0;
      }
    }
    return end;
  }

  private Option option(String given) {
    for (Option option : options) {
      if (option.isCalled(given)) {
        return option;
      }
    }
    List<String> names = options.stream().map(Option::name).toList();
    throw new IsobarException(
        ErrorCode.INVALID_CONFIGURATION,
        "There is no option `" + given + "`.",
        Names.didYouMean(given, names) + "`isobar " + name + " --help` lists the options.");
  }

  /// An error about the value of an option, with the help of that option alone.
  static IsobarException wrong(Option option, String message) {
    return new IsobarException(
        ErrorCode.INVALID_CONFIGURATION,
        message,
        option.form().strip() + ": " + option.text().replace('\n', ' ') + ".");
  }

  /// The text of `--help`.
  String help() {
    StringBuilder help = new StringBuilder();
    help.append("Usage: ").append(form).append("\n\n").append(text).append("\n\nOptions:\n");
    int width = 0;
    for (Option option : options) {
      width = Math.max(width, option.form().length());
    }
    for (Option option : options) {
      String form = option.form();
      help.append("  ").append(form).repeat(" ", width - form.length() + 2);
      help.append(option.text().replace("\n", "\n" + " ".repeat(width + 4))).append('\n');
    }
    return help.append("\nExamples:\n").append(examples.indent(2)).toString();
  }
}
