package dev.isobar.catalog;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An OpenAPI schema with its references resolved. May refer to itself: walk with a depth limit.
///
/// Built once by [Builder], then never changed; identity is equality. Thread-safe after it is
/// built.
public final class Schema {
  /// A schema that says nothing.
  public static final Schema ANY = new Builder().build();

  private final Builder facts;

  private Schema(Builder facts) {
    this.facts = facts;
  }

  /// The name under `components.schemas`, or empty.
  public String name() {
    return facts.name;
  }

  /// The OpenAPI type as written; falls through `allOf` when missing; empty when there is none.
  public String type() {
    return type(8);
  }

  private String type(int depth) {
    if (!facts.type.isEmpty() || depth == 0) {
      return facts.type;
    }
    for (Schema branch : facts.allOf) {
      String type = branch.type(depth - 1);
      if (!type.isEmpty()) {
        return type;
      }
    }
    return "";
  }

  public String format() {
    return facts.format;
  }

  public String description() {
    return facts.description;
  }

  public boolean nullable() {
    return facts.nullable;
  }

  public boolean readOnly() {
    return facts.readOnly;
  }

  public boolean writeOnly() {
    return facts.writeOnly;
  }

  public boolean deprecated() {
    return facts.deprecated;
  }

  /// Own properties in document order; branches of `allOf` are not merged in.
  public Map<String, Schema> properties() {
    return Collections.unmodifiableMap(facts.properties);
  }

  public List<String> required() {
    return Collections.unmodifiableList(facts.required);
  }

  /// The schema of an array's elements, or null.
  public @Nullable Schema items() {
    return facts.items;
  }

  /// The schema of the values of keys that are no properties (`additionalProperties`), or null when
  /// nothing is said of them.
  public @Nullable Schema additionalProperties() {
    return facts.additionalProperties;
  }

  public List<Schema> allOf() {
    return Collections.unmodifiableList(facts.allOf);
  }

  public List<Schema> anyOf() {
    return Collections.unmodifiableList(facts.anyOf);
  }

  public List<Schema> oneOf() {
    return Collections.unmodifiableList(facts.oneOf);
  }

  /// Allowed values as plain JSON values; empty when there is no `enum`.
  public List<@Nullable Object> enumValues() {
    return Collections.unmodifiableList(facts.enumValues);
  }

  public @Nullable Object defaultValue() {
    return facts.defaultValue;
  }

  public @Nullable Object example() {
    return facts.example;
  }

  public @Nullable Number minimum() {
    return facts.minimum;
  }

  public @Nullable Number maximum() {
    return facts.maximum;
  }

  public @Nullable Integer minLength() {
    return facts.minLength;
  }

  public @Nullable Integer maxLength() {
    return facts.maxLength;
  }

  public @Nullable String pattern() {
    return facts.pattern;
  }

  /// The name of its element in XML (`xml.name`), or null when it is the property's.
  public @Nullable String xmlName() {
    return facts.xmlName;
  }

  /// Whether it is an attribute of its element in XML, not an element of its own (`xml.attribute`).
  public boolean xmlAttribute() {
    return facts.xmlAttribute;
  }

  /// Whether a list has an element of its own around those of its values in XML (`xml.wrapped`).
  public boolean xmlWrapped() {
    return facts.xmlWrapped;
  }

  /// Keys that begin with `x-`, as plain JSON values.
  public Map<String, @Nullable Object> extensions() {
    return Collections.unmodifiableMap(facts.extensions);
  }

  /// Own properties and those of all `allOf` branches, nearest first; the first of a name wins.
  public Map<String, Schema> allProperties() {
    Map<String, Schema> all = new LinkedHashMap<>();
    for (Schema schema : branches(List.of(Schema::allOf))) {
      schema.facts.properties.forEach(all::putIfAbsent);
    }
    return all;
  }

  /// This schema and all that its branches lead to, each once: a schema, then what the first of
  /// `kinds` holds, and so on.
  ///
  /// @param kinds such as `Schema::allOf`, in the order in which they count
  public Set<Schema> branches(List<Function<Schema, List<Schema>>> kinds) {
    // A schema has no equals of its own, so this is a set by identity.
    Set<Schema> found = new LinkedHashSet<>();
    // No recursion: a chain of branches may be longer than the stack is deep.
    Deque<Schema> next = new ArrayDeque<>();
    next.push(this);
    while (!next.isEmpty()) {
      Schema schema = next.pop();
      if (found.add(schema)) {
        for (Function<Schema, List<Schema>> kind : kinds.reversed()) {
          kind.apply(schema).reversed().forEach(next::push);
        }
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return "Schema[" + (facts.name.isEmpty() ? type() : facts.name) + "]";
  }

  /// The facts of a schema while a document is read. A schema that refers to itself is handed out
  /// by [#build()] before its facts are complete; nobody else may see it until they are.
  public static final class Builder {
    public String name = "";
    public String type = "";
    public String format = "";
    public String description = "";
    public boolean nullable;
    public boolean readOnly;
    public boolean writeOnly;
    public boolean deprecated;
    public final Map<String, Schema> properties = new LinkedHashMap<>();
    public final List<String> required = new java.util.ArrayList<>();
    public @Nullable Schema items;
    public @Nullable Schema additionalProperties;
    public final List<Schema> allOf = new java.util.ArrayList<>();
    public final List<Schema> anyOf = new java.util.ArrayList<>();
    public final List<Schema> oneOf = new java.util.ArrayList<>();
    public final List<@Nullable Object> enumValues = new java.util.ArrayList<>();
    public @Nullable Object defaultValue;
    public @Nullable Object example;
    public @Nullable Number minimum;
    public @Nullable Number maximum;
    public @Nullable Integer minLength;
    public @Nullable Integer maxLength;
    public @Nullable String pattern;
    public @Nullable String xmlName;
    public boolean xmlAttribute;
    public boolean xmlWrapped;
    public final Map<String, @Nullable Object> extensions = new LinkedHashMap<>();

    /// The schema over these facts.
    public Schema build() {
      return new Schema(this);
    }
  }
}
