package dev.isobar.render;

import java.util.HexFormat;

/// Text that is safe to show on a terminal: what would move the cursor, change colours or reorder
/// the line stands there as a visible sign. Data of an API must not command a terminal.
final class Visible {
  private Visible() {}

  /// The text on one line: `⏎` for a line feed, the control pictures for other control characters,
  /// and [#code] for what has no picture.
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isDangerous(text.charAt(i))) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int j = 0; j < text.length(); j++) {
          append(out, text.charAt(j));
        }
        return out.toString();
      }
    }
    return text;
  }

  private static void append(StringBuilder out, char c) {
    if (!isDangerous(c)) {
      out.append(c);
    } else if (c == '\n') {
      out.append('⏎');
    } else if (c < 0x20) {
      out.append((char) (0x2400 + c));
    } else if (c == 0x7F) {
      out.append('␡');
    } else {
      out.append(code(c));
    }
  }

  /// The character by its number: `\x85`, or with a `u` and four digits.
  static String code(char c) {
    String digits = HexFormat.of().withUpperCase().toHexDigits(c);
    return c < 0x100 ? "\\x" + digits.substring(2) : "\\u" + digits;
  }

  /// Whether the character is a control character (C0, DEL, C1), separates lines, or changes the
  /// direction of the text around it.
  static boolean isDangerous(char c) {
    return c < 0x20
        || (c >= 0x7F && c < 0xA0)
        || c == 0x061C
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0x200E
        || c == 0x200F;
  }
}
