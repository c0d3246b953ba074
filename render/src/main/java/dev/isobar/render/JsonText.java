package dev.isobar.render;

import dev.isobar.model.Json;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// JSON, written by hand: numbers keep their digits, and every character that a terminal would obey
/// is escaped.
final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /// A cell that is no JSON text: a string, number, boolean or null. NaN and the infinities are
  /// null, because JSON has no word for them.
  static void value(Appendable out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.append("null");
      case Double d when d.isNaN() || d.isInfinite() -> out.append("null");
      case BigDecimal d -> out.append(Cell.text(d));
      case Number n -> out.append(n.toString());
      case Boolean b -> out.append(b.toString());
      default -> string(out, value.toString());
    }
  }

  static void string(Appendable out, String text) throws IOException {
    out.append('"');
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c < 0x7F || Visible.isDangerous(c) || Character.isSurrogate(c)) {
        out.append(text, written, i);
        escape(out, c);
        written = i + 1;
      }
    }
    out.append(text, written, text.length()).append('"');
  }

  private static void escape(Appendable out, char c) throws IOException {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default ->
          out.append("\\u")
              .append(HEX.charAt(c >> 12))
              .append(HEX.charAt((c >> 8) & 15))
              .append(HEX.charAt((c >> 4) & 15))
              .append(HEX.charAt(c & 15));
    }
  }

  /// JSON text without the blanks between its parts; a JSON string when it is no JSON after all.
  static String compact(String json) {
    StringBuilder out = new StringBuilder(json.length());
    try (JsonParser parser = Json.FACTORY.createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT, START_ARRAY -> separate(out).append(token.asString());
          case END_OBJECT, END_ARRAY -> out.append(token.asString());
          case PROPERTY_NAME -> {
            string(separate(out), parser.currentName());
            out.append(':');
          }
          case VALUE_STRING -> string(separate(out), parser.getString());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
              separate(out).append(parser.getString());
          case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
              throw new IllegalStateException("no token of JSON text: " + token);
        }
      }
      if (!out.isEmpty()) {
        return out.toString();
      }
    } catch (JacksonException _) {
      // No JSON: it is shown as the string that it is.
    } catch (IOException e) {
      throw new IllegalStateException("a StringBuilder does not fail", e);
    }
    StringBuilder text = new StringBuilder();
    try {
      string(text, json);
    } catch (IOException e) {
      throw new IllegalStateException("a StringBuilder does not fail", e);
    }
    return text.toString();
  }

  /// Appends the comma that a value or a name needs after what stands before it.
  private static StringBuilder separate(StringBuilder out) {
    if (!out.isEmpty()) {
      char last = out.charAt(out.length() - 1);
      if (last != '{' && last != '[' && last != ':') {
        out.append(',');
      }
    }
    return out;
  }
}
