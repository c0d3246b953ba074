package dev.isobar.catalog.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value of a document, and where it stands. A missing value is a node too, with no value.
final class Node {
  private static final int LONGEST_CHAIN = 32;

  private final Document document;
  private final @Nullable Node parent;
  private final String key;
  private final @Nullable Object value;

  Node(Document document, @Nullable Node parent, String key, @Nullable Object value) {
    this.document = document;
    this.parent = parent;
    this.key = key;
    this.value = value;
  }

  /// The whole document.
  Node root() {
    return document.root();
  }

  @Nullable Node parent() {
    return parent;
  }

  /// The last part of the pointer, not escaped.
  String key() {
    return key;
  }

  @Nullable Object value() {
    return value;
  }

  boolean exists() {
    return value != null;
  }

  boolean isMap() {
    return value instanceof Map;
  }

  Node get(String name) {
    Object child = value instanceof Map<?, ?> map ? map.get(name) : null;
    return new Node(document, this, name, child);
  }

  /// The entries of a map, in written order; empty for anything else.
  List<Node> members() {
    if (!(value instanceof Map<?, ?> map)) {
      return List.of();
    }
    List<Node> members = new ArrayList<>(map.size());
    map.forEach((name, child) -> members.add(new Node(document, this, (String) name, child)));
    return members;
  }

  /// The elements of a list; empty for anything else.
  List<Node> elements() {
    if (!(value instanceof List<?> list)) {
      return List.of();
    }
    List<Node> elements = new ArrayList<>(list.size());
    for (Object child : list) {
      elements.add(new Node(document, this, String.valueOf(elements.size()), child));
    }
    return elements;
  }

  /// The scalar of that name as text; empty when there is none.
  String text(String name) {
    String text = textOrNull(name);
    return text == null ? "" : text;
  }

  @Nullable String textOrNull(String name) {
    return get(name).asText();
  }

  /// This scalar as text; null when it is none.
  @Nullable String asText() {
    return value == null || value instanceof Map || value instanceof List ? null : value.toString();
  }

  boolean flag(String name) {
    return "true".equals(textOrNull(name));
  }

  /// This node, or what its `$ref` leads to. Siblings of `$ref` are ignored; a `$ref` that is no
  /// string is an ordinary key.
  Node target() {
    Node at = this;
    for (int hops = 0; hops < LONGEST_CHAIN; hops++) {
      if (!(at.value instanceof Map<?, ?> map) || !(map.get("$ref") instanceof String pointer)) {
        return at;
      }
      Node next = document.at(pointer);
      if (!next.exists()) {
        at.problem("`" + pointer + "` leads nowhere.");
        return next;
      }
      at = next;
    }
    problem("This $ref leads back to itself.");
    return new Node(document, parent, key, null);
  }

  String pointer() {
    StringBuilder pointer = new StringBuilder();
    for (Node at = this; at.parent != null; at = at.parent) {
      pointer.insert(0, "/" + at.key.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  void problem(String message) {
    document.problem(new Problem(document.file(), pointer(), message));
  }
}
