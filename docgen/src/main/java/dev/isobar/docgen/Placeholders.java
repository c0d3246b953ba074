package dev.isobar.docgen;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values that stand where somebody is to put their own: of the right type, within the limits, and
/// easy to tell from real ones.
final class Placeholders {
  private static final int DEEPEST = 4;

  /// How many fields of an object are shown that has no required ones.
  private static final int FIELDS = 3;

  private static final int VALUE_LENGTH = 200;

  private Placeholders() {}

  /// A plain JSON value.
  static Object of(Input input) {
    return of(input.wireName(), input.schema());
  }

  /// As above, for the value of a schema.
  static Object of(String name, Schema schema) {
    return of(name, schema, DEEPEST);
  }

  private static Object of(String name, Schema schema, int depth) {
    Object usual = usual(schema);
    if (usual != null) {
      return usual;
    }
    return switch (schema.type()) {
      case "boolean" -> true;
      case "integer", "number" -> number(schema);
      case "array" -> array(name, schema, depth);
      case "object" -> object(schema, depth);
      case "" -> {
        Schema branch = branch(schema);
        if (!schema.allProperties().isEmpty()) {
          yield object(schema, depth);
        }
        yield branch == null || depth == 0 ? "<" + name + ">" : of(name, branch, depth - 1);
      }
      default -> text(name, schema);
    };
  }

  /// A value that the document names: the first of those allowed, or the default.
  private static @Nullable Object usual(Schema schema) {
    for (Object value : schema.enumValues()) {
      if (value != null && isPlain(value)) {
        return value;
      }
    }
    Object value = schema.defaultValue();
    return value != null && isPlain(value) ? value : null;
  }

  private static boolean isPlain(Object value) {
    return value instanceof Number
        || value instanceof Boolean
        || (value instanceof String text
            && !text.isEmpty()
            && text.equals(Words.line(text, VALUE_LENGTH)));
  }

  private static Number number(Schema schema) {
    BigDecimal value = BigDecimal.ONE;
    Number least = schema.minimum();
    Number most = schema.maximum();
    if (most != null) {
      value = value.min(new BigDecimal(most.toString()));
    }
    return least == null ? value : value.max(new BigDecimal(least.toString()));
  }

  private static String text(String name, Schema schema) {
    return switch (schema.format()) {
      case "date-time" -> "2026-01-31T12:00:00Z";
      case "date" -> "2026-01-31";
      case "uuid" -> "00000000-0000-0000-0000-000000000000";
      case "email" -> "name@example.com";
      case "ipv4", "ip" -> "192.0.2.1";
      case "ipv6" -> "2001:db8::1";
      case "uri", "url" -> "https://example.com";
      default -> "<" + Words.line(name, VALUE_LENGTH) + ">";
    };
  }

  private static List<Object> array(String name, Schema schema, int depth) {
    Schema items = schema.items();
    return depth == 0
        ? List.of()
        : List.of(of(name, items == null ? Schema.ANY : items, depth - 1));
  }

  private static Map<String, Object> object(Schema schema, int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (depth == 0) {
      return object;
    }
    Map<String, Schema> properties = schema.allProperties();
    for (String name : shown(schema, properties)) {
      object.put(name, of(name, properties.getOrDefault(name, Schema.ANY), depth - 1));
    }
    Schema values = schema.additionalProperties();
    if (object.isEmpty() && values != null) {
      object.put("<key>", of("value", values, depth - 1));
    }
    Schema branch = branch(schema);
    return object.isEmpty() && branch != null ? object(branch, depth - 1) : object;
  }

  private static Set<String> shown(Schema schema, Map<String, Schema> properties) {
    Set<String> names = new LinkedHashSet<>();
    for (Schema part : schema.branches(List.of(Schema::allOf))) {
      names.addAll(part.required());
    }
    List<String> others = new ArrayList<>();
    properties.forEach((name, property) -> {
      if (property.readOnly()) {
        names.remove(name);
      } else {
        others.add(name);
      }
    });
    if (names.isEmpty()) {
      names.addAll(others.subList(0, Math.min(FIELDS, others.size())));
    }
    return names;
  }

  private static @Nullable Schema branch(Schema schema) {
    return !schema.oneOf().isEmpty()
        ? schema.oneOf().getFirst()
        : !schema.anyOf().isEmpty() ? schema.anyOf().getFirst() : null;
  }
}
