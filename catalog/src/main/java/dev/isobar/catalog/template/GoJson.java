package dev.isobar.catalog.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as Go's `json.Marshal` writes it: keys sorted, no blanks, `<`, `>`, `&` and the line
/// separators escaped. Numbers keep all their digits, where Go rounds them to a `float64`.
final class GoJson {
  private GoJson() {}

  static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  private static void write(StringBuilder out, @Nullable Object value) {
    switch (value) {
      case String s -> quote(out, s);
      case Boolean b -> out.append(b.booleanValue());
      case Int i -> out.append(i.value());
      case Number n -> out.append(number(n));
      case Map<?, ?> map -> {
        char before = '{';
        for (var entry : Values.sorted(map).entrySet()) {
          out.append(before);
          quote(out, entry.getKey());
          out.append(':');
          write(out, entry.getValue());
          before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
      }
      case List<?> list -> {
        char before = '[';
        for (Object element : list) {
          out.append(before);
          write(out, element);
          before = ',';
        }
        out.append(before == '[' ? "[]" : "]");
      }
      case Separator _ -> throw Fault.of("a function has no JSON");
      case null, default -> out.append("null");
    }
  }

  private static String number(Number number) {
    if (!(number instanceof BigDecimal) && !(number instanceof Double)) {
      return number.toString();
    }
    BigDecimal value = Values.decimal(number).stripTrailingZeros();
    int exponent = value.precision() - value.scale() - 1;
    if (value.signum() == 0 || (exponent >= -6 && exponent < 21)) {
      return value.toPlainString();
    }
    return GoNumbers.scientific(value, 1);
  }

  static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '<', '>', '&', '\u2028', '\u2029' -> escape(out, c);
        default -> {
          if (c < ' ') {
            escape(out, c);
          } else if (Character.isSurrogate(c) && !isPaired(text, i)) {
            // No character: Go's texts cannot hold it.
            out.append("\\ufffd");
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isPaired(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  /// `\` and `u` and four hexadecimal digits.
  static void escape(StringBuilder out, char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit((c >> shift) & 15, 16));
    }
  }
}
