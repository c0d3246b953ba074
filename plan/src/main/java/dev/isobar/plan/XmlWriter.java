package dev.isobar.plan;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire.XmlBody;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes a body in XML.
///
/// A property is an element of its name (`xml.name`), or an attribute (`xml.attribute`, or a key
/// that begins with `@`); `#text` is the text of its element. The values of a list repeat the
/// element, or stand in one of their own (`xml.wrapped`).
///
/// The root is called as the schema says, or as it is called under `components`. A schema without a
/// name is a request's own: where its one property holds a structure of the same name, that is the
/// root; else the root is `<operationId>Request`. AWS's rest-xml services go by that, except that
/// Route 53 always has the latter.
final class XmlWriter {
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}._:-]*");
  private static final String TEXT = "#text";
  private static final int DEEPEST = 100;

  private final Method method;
  private final Schema schema;
  private final boolean escapes;
  private final StringBuilder out = new StringBuilder();

  /// @param schema of the body
  XmlWriter(Method method, Schema schema) {
    this.method = method;
    this.schema = schema;
    XmlBody dress = method.wire().xmlBody();
    this.escapes = dress == null || !dress.unescapes();
  }

  String write(@Nullable Object value) {
    XmlBody dress = method.wire().xmlBody();
    if (dress != null && !dress.declaration().isEmpty()) {
      out.append(dress.declaration());
    }
    String annotation = dress == null ? "" : dress.rootAnnotation().strip();
    String name = schema.xmlName() == null ? schema.name() : schema.xmlName();
    Schema root = schema;
    Object content = value;
    if (name.isEmpty()) {
      String only = onlyStructure(value);
      if (only != null) {
        name = only;
        content = Tree.map(value).get(only);
        root = schema.allProperties().getOrDefault(only, Schema.ANY);
      } else {
        name = method.operation().id() + "Request";
      }
    }
    element(name, content, root, annotation, DEEPEST);
    return out.toString();
  }

  private @Nullable String onlyStructure(@Nullable Object value) {
    Map<String, @Nullable Object> fields = Tree.map(value);
    if (fields.size() != 1 || method.wire().signingName().equals("route53")) {
      return null;
    }
    String name = fields.keySet().iterator().next();
    Schema property = schema.allProperties().getOrDefault(name, Schema.ANY);
    return fields.get(name) instanceof Map && property.name().equals(name) ? name : null;
  }

  private void element(
      String name, @Nullable Object value, Schema schema, String annotation, int depth) {
    check(name);
    if (depth == 0) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "The body is nested deeper than `" + DEEPEST + "` levels.",
          "Give less at once.");
    }
    out.append('<').append(name);
    if (!annotation.isEmpty()) {
      out.append(' ').append(annotation);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Schema> properties = schema.allProperties();
      map.forEach((key, member) -> attribute(String.valueOf(key), member, properties));
      out.append('>');
      map.forEach((key, member) -> member(String.valueOf(key), member, properties, depth));
    } else {
      out.append('>').append(text(value));
    }
    out.append("</").append(name).append('>');
  }

  private void attribute(String key, @Nullable Object value, Map<String, Schema> properties) {
    Schema property = properties.getOrDefault(key, Schema.ANY);
    if (value != null && (key.startsWith("@") || property.xmlAttribute())) {
      String name = key.startsWith("@") ? key.substring(1) : nameOf(key, property);
      check(name);
      String text = escaped(Values.plainText(value)).replace("\"", "&quot;");
      out.append(' ').append(name).append("=\"").append(text).append('"');
    }
  }

  private void member(
      String key, @Nullable Object value, Map<String, Schema> properties, int depth) {
    Schema property = properties.getOrDefault(key, Schema.ANY);
    if (key.startsWith("@") || property.xmlAttribute() || value == null) {
      return;
    }
    if (key.equals(TEXT)) {
      out.append(text(value));
      return;
    }
    String name = nameOf(key, property);
    if (!(value instanceof List<?> list)) {
      element(name, value, property, "", depth - 1);
      return;
    }
    Schema items = property.items() == null ? Schema.ANY : property.items();
    if (property.xmlWrapped()) {
      check(name);
      out.append('<').append(name).append('>');
    }
    String each = property.xmlWrapped() ? nameOf(name, items) : name;
    list.forEach(element -> element(each, element, items, "", depth - 1));
    if (property.xmlWrapped()) {
      out.append("</").append(name).append('>');
    }
  }

  private static String nameOf(String key, Schema schema) {
    return schema.xmlName() == null ? key : schema.xmlName();
  }

  private String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = Values.plainText(value);
    return escapes ? escaped(text) : text;
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            default -> {
              // XML has no way to write other control characters.
              if (c >= ' ' || c == '\t' || c == '\n' || c == '\r') {
                out.appendCodePoint(c);
              }
            }
          }
        });
    return out.toString();
  }

  private void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "`" + name + "` cannot be the name of an element in the body of `" + method.name() + "`.",
          "Names begin with a letter and hold letters, digits, dots and hyphens.");
    }
  }
}
