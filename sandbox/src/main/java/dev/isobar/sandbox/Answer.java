package dev.isobar.sandbox;

import dev.isobar.catalog.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How an entity is wrapped in the response of one operation.
///
/// @param root the schema of the response; null when it has no JSON body
/// @param wrapper the property that holds the entity; empty when the response is the entity
/// @param list whether that property, or the response, is a list with the entity in it
/// @param keys the fields of the entity that the response declares; null for all
/// @param holdsEntity whether the response shows the entity at all
record Answer(
    @Nullable Schema root,
    String wrapper,
    boolean list,
    @Nullable Set<String> keys,
    boolean holdsEntity) {

  /// Compares the response of an operation with the fields of a row.
  static Answer of(Route route, Set<String> fields) {
    Schema root = route.envelope().root();
    if (root == null) {
      return new Answer(null, "", false, null, false);
    }
    if (isList(root)) {
      return new Answer(root, "", true, keys(root.items(), fields), true);
    }
    Map<String, Schema> properties = Makers.propertiesOf(root);
    if (alike(properties.keySet(), fields)) {
      return new Answer(root, "", false, keys(root, fields), true);
    }
    for (var property : properties.entrySet()) {
      Schema schema = property.getValue();
      Schema inner = isList(schema) ? schema.items() : schema;
      if (inner != null && alike(Makers.propertiesOf(inner).keySet(), fields)) {
        return new Answer(root, property.getKey(), isList(schema), keys(inner, fields), true);
      }
    }
    return new Answer(root, "", false, null, false);
  }

  /// The part of a response that is a row with these fields, or null.
  static @Nullable Schema rowIn(Schema root, Set<String> fields) {
    if (isList(root)) {
      return root.items();
    }
    Map<String, Schema> properties = Makers.propertiesOf(root);
    if (fields.isEmpty() || alike(properties.keySet(), fields)) {
      return fields.isEmpty() ? null : root;
    }
    for (Schema schema : properties.values()) {
      Schema inner = isList(schema) ? schema.items() : schema;
      if (inner != null && alike(Makers.propertiesOf(inner).keySet(), fields)) {
        return inner;
      }
    }
    return null;
  }

  private static boolean isList(Schema schema) {
    return schema.type().equals("array") || schema.items() != null;
  }

  /// Whether at least half of the names of the smaller set are in the other.
  private static boolean alike(Set<String> some, Set<String> fields) {
    if (some.isEmpty() || fields.isEmpty()) {
      return false;
    }
    long common = some.stream().filter(fields::contains).count();
    return common * 2 >= Math.min(some.size(), fields.size());
  }

  private static @Nullable Set<String> keys(@Nullable Schema row, Set<String> fields) {
    if (row == null) {
      return null;
    }
    Set<String> declared = Makers.propertiesOf(row).keySet();
    return declared.isEmpty() || declared.containsAll(fields) ? null : Set.copyOf(declared);
  }

  /// Whether the response is the entity itself.
  boolean isWhole() {
    return holdsEntity && wrapper.isEmpty() && !list;
  }

  /// The response about an entity.
  ///
  /// @param generated a whole response, for what stands beside the entity
  Object wrap(Map<String, @Nullable Object> entity, @Nullable Object generated) {
    Map<String, @Nullable Object> shown = project(entity, keys);
    if (wrapper.isEmpty()) {
      return list ? List.of(shown) : shown;
    }
    Map<String, @Nullable Object> whole = new LinkedHashMap<>(Values.object(generated));
    whole.put(wrapper, list ? List.of(shown) : shown);
    return whole;
  }

  static Map<String, @Nullable Object> project(
      Map<String, @Nullable Object> entity, @Nullable Set<String> keys) {
    if (keys == null) {
      return entity;
    }
    Map<String, @Nullable Object> projected = new LinkedHashMap<>();
    entity.forEach((name, value) -> {
      if (keys.contains(name)) {
        projected.put(name, value);
      }
    });
    return projected;
  }
}
