package dev.isobar.cli;

import org.jspecify.annotations.Nullable;

/// An option of a command.
///
/// @param name with its two hyphens
/// @param letter one hyphen and a letter, or null
/// @param value what stands for the value in the help, or null when the option takes none; in
///   brackets when it may be left out, and then it is given only as `--name=value`
/// @param text one line of help
record Option(String name, @Nullable String letter, @Nullable String value, String text) {
  boolean takesValue() {
    return value != null;
  }

  boolean valueMayBeMissing() {
    return value != null && value.startsWith("[");
  }

  boolean isCalled(String given) {
    return given.equals(name) || given.equals(letter);
  }

  /// As the help shows it: `-o, --output FORMAT`.
  String form() {
    String between = value == null ? "" : valueMayBeMissing() ? "" : " ";
    return (letter == null ? "    " : letter + ", ")
        + name
        + between
        + (value == null ? "" : value);
  }
}
