package dev.isobar.catalog.template;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/// Constants as Go writes them, to their values.
final class Literals {
  private Literals() {}

  /// An [Int], or a decimal where the text has a point or an exponent.
  static Object number(Token token) {
    String text = token.text().replace("_", "");
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    try {
      String lower = digits.toLowerCase(java.util.Locale.ROOT);
      long value;
      if (lower.startsWith("0x")) {
        value = Long.parseLong((negative ? "-" : "") + lower.substring(2), 16);
      } else if (lower.startsWith("0b")) {
        value = Long.parseLong((negative ? "-" : "") + lower.substring(2), 2);
      } else if (lower.startsWith("0o")) {
        value = Long.parseLong((negative ? "-" : "") + lower.substring(2), 8);
      } else if (lower.chars().allMatch(c -> c >= '0' && c <= '9')) {
        boolean octal = lower.length() > 1 && lower.startsWith("0");
        value = Long.parseLong((negative ? "-" : "") + lower, octal ? 8 : 10);
      } else {
        // BigDecimal takes `1.` and `.5` as Go does.
        return new BigDecimal((negative ? "-" : "") + lower);
      }
      return new Int(value);
    } catch (NumberFormatException e) {
      throw new Fault(token.at(), "`" + token.text() + "` is no number that fits");
    }
  }

  /// The code point between single quotes.
  static Int character(Token token) {
    String text = unquote(token, '\'');
    if (text.codePointCount(0, text.length()) != 1) {
      throw new Fault(token.at(), "`" + token.text() + "` is not one character");
    }
    return new Int(text.codePointAt(0));
  }

  /// What stands between double quotes, with its escapes resolved.
  static String quoted(Token token) {
    return unquote(token, '"');
  }

  private static String unquote(Token token, char quote) {
    String text = token.text();
    int end = text.length() - 1;
    // Escapes may spell out single bytes of a character.
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int i = 1;
    while (i < end) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c != '\\') {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      char escape = text.charAt(i++);
      switch (escape) {
        case 'a' -> out.write(7);
        case 'b' -> out.write('\b');
        case 'f' -> out.write('\f');
        case 'n' -> out.write('\n');
        case 'r' -> out.write('\r');
        case 't' -> out.write('\t');
        case 'v' -> out.write(11);
        case '\\' -> out.write('\\');
        case 'x' -> {
          out.write(code(token, i, 2, 16, end));
          i += 2;
        }
        case 'u' -> {
          out.writeBytes(character(token, code(token, i, 4, 16, end)));
          i += 4;
        }
        case 'U' -> {
          out.writeBytes(character(token, code(token, i, 8, 16, end)));
          i += 8;
        }
        case '0', '1', '2', '3' -> {
          out.write(code(token, i - 1, 3, 8, end));
          i += 2;
        }
        default -> {
          if (escape != quote) {
            throw new Fault(token.at() + i - 2, "`\\" + escape + "` is no escape");
          }
          out.write(escape);
        }
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int code(Token token, int from, int length, int radix, int end) {
    try {
      if (from + length <= end) {
        String digits = token.text().substring(from, from + length);
        if (digits.indexOf('+') < 0 && digits.indexOf('-') < 0) {
          return (int) Long.parseLong(digits, radix);
        }
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Fault(token.at() + from, "an escape lacks digits");
  }

  private static byte[] character(Token token, int code) {
    if (!Character.isValidCodePoint(code) || (code >= 0xD800 && code < 0xE000)) {
      throw new Fault(token.at(), "an escape stands for no character");
    }
    return Character.toString(code).getBytes(StandardCharsets.UTF_8);
  }
}
