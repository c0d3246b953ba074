package dev.isobar.catalog.template;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as text, by the rules of Go's `fmt`.
final class GoText {
  private GoText() {}

  /// `%v`.
  static String print(@Nullable Object value) {
    return switch (value) {
      case null -> "<nil>";
      case String s -> s;
      case Number n -> GoNumbers.plain(n);
      case Map<?, ?> map -> {
        StringBuilder out = new StringBuilder("map[");
        String before = "";
        for (var entry : Values.sorted(map).entrySet()) {
          out.append(before).append(entry.getKey()).append(':').append(print(entry.getValue()));
          before = " ";
        }
        yield out.append(']').toString();
      }
      case List<?> list -> {
        StringBuilder out = new StringBuilder("[");
        String before = "";
        for (Object element : list) {
          out.append(before).append(print(element));
          before = " ";
        }
        yield out.append(']').toString();
      }
      case Separator _ -> throw Fault.of("a function cannot be printed; `call` calls it");
      default -> value.toString();
    };
  }

  /// Go's `print`: a blank between two operands when neither is a text.
  static String printAll(List<@Nullable Object> values) {
    StringBuilder out = new StringBuilder();
    Object before = "";
    for (Object value : values) {
      if (!(before instanceof String) && !(value instanceof String)) {
        out.append(' ');
      }
      out.append(print(value));
      before = value;
    }
    return out.toString();
  }

  /// Go's `println`.
  static String printLine(List<@Nullable Object> values) {
    return String.join(" ", values.stream().map(GoText::print).toList()) + "\n";
  }

  /// Go's `printf`.
  ///
  /// @throws Fault for a verb or flag that no template is known to need
  static String format(String format, List<@Nullable Object> values) {
    StringBuilder out = new StringBuilder();
    int used = 0;
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i);
      if (c != '%') {
        out.append(c);
        i++;
        continue;
      }
      int end = i + 1;
      while (end < format.length() && "+-# 0".indexOf(format.charAt(end)) >= 0) {
        end++;
      }
      String flags = format.substring(i + 1, end);
      int start = end;
      end = digits(format, end);
      String width = format.substring(start, end);
      String precision = null;
      if (end < format.length() && format.charAt(end) == '.') {
        start = end + 1;
        end = digits(format, start);
        precision = format.substring(start, end);
      }
      if (end >= format.length()) {
        out.append("%!(NOVERB)");
        break;
      }
      int verb = format.codePointAt(end);
      i = end + Character.charCount(verb);
      if (verb == '%') {
        out.append('%');
        continue;
      }
      if (flags.contains("#") || verb == '*' || verb == '[' || width.length() > 4) {
        throw Fault.of("printf does not support `" + format.substring(i - (i - end) - 1, i) + "`");
      }
      if (used == values.size()) {
        out.append("%!").appendCodePoint(verb).append("(MISSING)");
        continue;
      }
      Spec spec =
          new Spec(
              verb,
              flags,
              width.isEmpty() ? 0 : Integer.parseInt(width),
              precision == null ? -1 : precision.isEmpty() ? 0 : place(precision));
      spec.append(out, values.get(used++), true);
    }
    if (used < values.size()) {
      out.append("%!(EXTRA ");
      String before = "";
      for (Object value : values.subList(used, values.size())) {
        out.append(before)
            .append(value == null ? "<nil>" : Values.type(value) + "=" + print(value));
        before = ", ";
      }
      out.append(')');
    }
    return out.toString();
  }

  private static int digits(String format, int from) {
    int end = from;
    while (end < format.length() && format.charAt(end) >= '0' && format.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static int place(String precision) {
    if (precision.length() > 3) {
      throw Fault.of("printf does not support a precision of `" + precision + "`");
    }
    return Integer.parseInt(precision);
  }

  /// A verb with its flags.
  ///
  /// @param precision -1 when there is none
  private record Spec(int verb, String flags, int width, int precision) {
    private boolean has(char flag) {
      return flags.indexOf(flag) >= 0;
    }

    void append(StringBuilder out, @Nullable Object value, boolean top) {
      switch (value) {
        case null -> {
          if (!top) {
            out.append("<nil>");
          } else if (verb == 'v' || verb == 'T') {
            pad(out, "<nil>", false);
          } else {
            bad(out, null);
          }
        }
        case Object o when verb == 'T' -> pad(out, Values.type(o), false);
        case Map<?, ?> map -> {
          out.append("map[");
          String before = "";
          for (var entry : Values.sorted(map).entrySet()) {
            out.append(before);
            append(out, entry.getKey(), false);
            out.append(':');
            append(out, entry.getValue(), false);
            before = " ";
          }
          out.append(']');
        }
        case List<?> list -> {
          out.append('[');
          String before = "";
          for (Object element : list) {
            out.append(before);
            append(out, element, false);
            before = " ";
          }
          out.append(']');
        }
        case String s -> text(out, s);
        case Boolean b when verb != 't' && verb != 'v' -> bad(out, b);
        case Boolean b -> pad(out, b.toString(), true);
        case Int i -> integer(out, i);
        case Number n -> decimal(out, n);
        default -> throw Fault.of("a function cannot be printed; `call` calls it");
      }
    }

    /// What Go prints where the verb does not go with the value; the flags hold for the value in
    /// it.
    private void bad(StringBuilder out, @Nullable Object value) {
      out.append("%!").appendCodePoint(verb).append('(');
      if (value == null) {
        out.append("<nil>");
      } else {
        out.append(Values.type(value)).append('=');
        new Spec('v', flags, width, precision).append(out, value, true);
      }
      out.append(')');
    }

    private void text(StringBuilder out, String text) {
      String cut = text;
      if (precision >= 0 && text.codePointCount(0, text.length()) > precision) {
        cut = text.substring(0, text.offsetByCodePoints(0, precision));
      }
      HexFormat hex = verb == 'X' ? HexFormat.of().withUpperCase() : HexFormat.of();
      String shown =
          switch (verb) {
            case 's', 'v' -> cut;
            case 'q' -> quote(cut, has('+'));
            case 'x', 'X' -> hex.formatHex(text.getBytes(StandardCharsets.UTF_8));
            default -> "";
          };
      if ("svqxX".indexOf(verb) < 0) {
        bad(out, text);
        return;
      }
      pad(out, shown, true);
    }

    private void integer(StringBuilder out, Int value) {
      long n = value.value();
      String digits =
          switch (verb) {
            case 'd', 'v' -> Long.toString(n);
            case 'x' -> Long.toString(n, 16);
            case 'X' -> Long.toString(n, 16).toUpperCase(Locale.ROOT);
            case 'o' -> Long.toString(n, 8);
            case 'b' -> Long.toString(n, 2);
            default -> "";
          };
      if (!digits.isEmpty()) {
        int start = digits.startsWith("-") ? 1 : 0;
        String zeros = "0".repeat(Math.max(0, precision - digits.length() + start));
        digits = digits.substring(0, start) + zeros + digits.substring(start);
      }
      if (digits.isEmpty()) {
        int character = n >= 0 && n <= Character.MAX_CODE_POINT ? (int) n : 0xFFFD;
        switch (verb) {
          case 'c' -> pad(out, Character.toString(character), true);
          case 'q' -> pad(out, quoteCharacter(character, has('+')), true);
          case 'U' -> pad(out, String.format(Locale.ROOT, "U+%04X", n), false);
          default -> bad(out, value);
        }
        return;
      }
      pad(out, signed(digits), true);
    }

    private void decimal(StringBuilder out, Number number) {
      BigDecimal value = Values.decimal(number);
      int places = precision < 0 ? 6 : precision;
      switch (verb) {
        case 'v' -> {
          String shown =
              precision < 0 ? GoNumbers.plain(number) : GoNumbers.general(value, precision);
          pad(out, signed(shown), true);
        }
        case 'g' -> pad(out, signed(GoNumbers.general(value, precision)), true);
        case 'f', 'F' -> pad(out, signed(GoNumbers.fixed(value, places)), true);
        case 'e' -> pad(out, signed(GoNumbers.exponential(value, places)), true);
        case 'b', 'x', 'X', 'E', 'G' ->
            throw Fault.of("printf does not support `%" + (char) verb + "` for a number");
        default -> bad(out, number);
      }
    }

    private String signed(String digits) {
      if (digits.startsWith("-")) {
        return digits;
      }
      return (has('+') ? "+" : has(' ') ? " " : "") + digits;
    }

    /// @param zeros whether the flag `0` fills with zeros
    private void pad(StringBuilder out, String text, boolean zeros) {
      int missing = width - text.codePointCount(0, text.length());
      if (missing <= 0) {
        out.append(text);
      } else if (has('-')) {
        out.append(text).append(" ".repeat(missing));
      } else if (zeros && has('0')) {
        boolean sign =
            verb != 's' && verb != 'q' && !text.isEmpty() && "+- ".indexOf(text.charAt(0)) >= 0;
        out.append(text, 0, sign ? 1 : 0).append("0".repeat(missing));
        out.append(text, sign ? 1 : 0, text.length());
      } else {
        out.append(" ".repeat(missing)).append(text);
      }
    }
  }

  /// `%q`: Go's quoting, which is what templates make JSON with. Where Go's escape is none of JSON
  /// (`\x1b`, `\a`, `\U0001f9ff`) this writes the JSON escape of the same character, because the
  /// other one would make the whole answer unreadable.
  static String quote(String text, boolean ascii) {
    StringBuilder out = new StringBuilder("\"");
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (isPrintable(c) && (c < 0x80 || !ascii)) {
            out.appendCodePoint(c);
          } else if (c >= 0xD800 && c < 0xE000) {
            out.append('\uFFFD');
          } else {
            for (char half : Character.toChars(c)) {
              GoJson.escape(out, half);
            }
          }
        }
      }
    }
    return out.append('"').toString();
  }

  private static String quoteCharacter(int c, boolean ascii) {
    if (c == '"') {
      return "'\"'";
    }
    String quoted = quote(Character.toString(c), ascii);
    return "'" + (c == '\'' ? "\\'" : quoted.substring(1, quoted.length() - 1)) + "'";
  }

  /// What Go's `unicode.IsPrint` says.
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /// Go's `html`.
  static String html(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case 0 -> out.append('\uFFFD');
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}
