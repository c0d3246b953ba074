package dev.isobar.sandbox;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes plain values as XML: a property is an element, a list repeats it, null leaves it out.
final class XmlText {
  private XmlText() {}

  /// @param value an object; its one property is the root element
  static byte[] of(Map<String, @Nullable Object> value) {
    var out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if (value.size() == 1) {
      value.forEach((name, inner) -> element(out, name, inner == null ? "" : inner));
    } else {
      element(out, "Response", value);
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void element(StringBuilder out, String name, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case List<?> list -> list.forEach(item -> element(out, name, item));
      case Map<?, ?> map -> {
        String tag = tag(name);
        out.append('<').append(tag).append('>');
        map.forEach((key, inner) -> element(out, String.valueOf(key), inner));
        out.append("</").append(tag).append('>');
      }
      default -> {
        String tag = tag(name);
        out.append('<').append(tag).append('>');
        escape(out, value instanceof BigDecimal d ? d.toPlainString() : value.toString());
        out.append("</").append(tag).append('>');
      }
    }
  }

  /// A name that may stand for an element.
  private static String tag(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.-]", "_");
    return plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "_" + plain : plain;
  }

  private static void escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        default -> {
          if (c >= ' ' || c == '\n' || c == '\t') {
            out.append(c);
          }
        }
      }
    }
  }
}
