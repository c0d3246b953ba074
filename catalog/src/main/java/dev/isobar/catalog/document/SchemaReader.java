package dev.isobar.catalog.document;

import dev.isobar.catalog.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads schemas of one document, each written one once: however many references lead to it, and
/// whether or not it refers to itself. Long chains of references take no stack: what a schema
/// refers to is filled in after it.
final class SchemaReader {
  private final IdentityHashMap<Object, Schema> known = new IdentityHashMap<>();
  private final Deque<Unfilled> unfilled = new ArrayDeque<>();

  private record Unfilled(Schema.Builder facts, Node node) {}

  /// The schema of this node; one that says nothing when the node has no value.
  Schema read(Node node) {
    Schema schema = refer(node);
    for (Unfilled next = unfilled.poll(); next != null; next = unfilled.poll()) {
      fill(next.facts, next.node);
    }
    return schema;
  }

  @Nullable Schema readOrNull(Node node) {
    return node.exists() ? read(node) : null;
  }

  private Schema refer(Node node) {
    Node target = node.target();
    Object written = target.value();
    if (!(written instanceof Map)) {
      return Schema.ANY;
    }
    Schema before = known.get(written);
    if (before != null) {
      return before;
    }
    Schema.Builder facts = new Schema.Builder();
    Schema schema = facts.build();
    known.put(written, schema);
    unfilled.add(new Unfilled(facts, target));
    return schema;
  }

  private void fill(Schema.Builder facts, Node node) {
    facts.name = componentName(node);
    type(facts, node.get("type"));
    facts.format = node.text("format");
    facts.description = node.text("description");
    facts.nullable |= node.flag("nullable");
    facts.readOnly = node.flag("readOnly");
    facts.writeOnly = node.flag("writeOnly");
    facts.deprecated = node.flag("deprecated");
    node.get("properties")
        .members()
        .forEach(property -> facts.properties.put(property.key(), refer(property)));
    texts(node.get("required"), facts.required::add);
    Node items = node.get("items");
    facts.items = items.exists() ? refer(items) : null;
    Node others = node.get("additionalProperties");
    facts.additionalProperties = others.isMap() ? refer(others) : null;
    node.get("allOf").elements().forEach(branch -> facts.allOf.add(refer(branch)));
    node.get("anyOf").elements().forEach(branch -> facts.anyOf.add(refer(branch)));
    node.get("oneOf").elements().forEach(branch -> facts.oneOf.add(refer(branch)));
    if (node.get("enum").value() instanceof List<?> values) {
      facts.enumValues.addAll(values);
    } else if (node.get("const").exists()) {
      facts.enumValues.add(node.get("const").value());
    }
    facts.defaultValue = node.get("default").value();
    facts.example = example(node);
    facts.minimum = node.get("minimum").value() instanceof Number number ? number : null;
    facts.maximum = node.get("maximum").value() instanceof Number number ? number : null;
    facts.minLength = count(node.get("minLength"));
    facts.maxLength = count(node.get("maxLength"));
    facts.pattern = node.textOrNull("pattern");
    facts.xmlName = node.get("xml").textOrNull("name");
    facts.xmlAttribute = node.get("xml").flag("attribute");
    facts.xmlWrapped = node.get("xml").flag("wrapped");
    for (Node member : node.members()) {
      if (member.key().startsWith("x-")) {
        facts.extensions.put(member.key(), member.value());
      }
    }
  }

  /// The name under `components.<section>`; empty for any other place.
  private static String componentName(Node node) {
    Node section = node.parent();
    Node components = section == null ? null : section.parent();
    boolean named =
        components != null && components.key().equals("components") && isRoot(components.parent());
    return named ? node.key() : "";
  }

  private static boolean isRoot(@Nullable Node node) {
    return node != null && node.parent() == null;
  }

  /// OpenAPI 3.1 writes a list of types where 3.0 has `nullable`.
  private static void type(Schema.Builder facts, Node type) {
    if (type.value() instanceof List<?> types) {
      facts.nullable = types.contains("null");
      for (Object each : types) {
        if (facts.type.isEmpty() && each instanceof String name && !name.equals("null")) {
          facts.type = name;
        }
      }
    } else if (type.value() instanceof String name) {
      facts.type = name;
    }
  }

  private static @Nullable Object example(Node node) {
    Object example = node.get("example").value();
    if (example == null && node.get("examples").value() instanceof List<?> examples) {
      return examples.isEmpty() ? null : examples.getFirst();
    }
    return example;
  }

  private static @Nullable Integer count(Node node) {
    boolean fits = node.value() instanceof Long count && count >= 0 && count <= Integer.MAX_VALUE;
    return fits && node.value() instanceof Long count ? count.intValue() : null;
  }

  static void texts(Node list, Consumer<String> sink) {
    for (Node element : list.elements()) {
      String text = element.asText();
      if (text != null) {
        sink.accept(text);
      }
    }
  }
}
