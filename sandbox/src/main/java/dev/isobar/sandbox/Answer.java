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
    String wrapper = wrapper(properties, fields);
    if (wrapper == null) {
      return new Answer(root, "", false, null, false);
    }
    Schema inner = wrapper.isEmpty() ? root : inside(properties, wrapper);
    boolean listed = !wrapper.isEmpty() && isList(properties.getOrDefault(wrapper, root));
    return new Answer(root, wrapper, listed, keys(inner, fields), true);
  }

  /// The part of a response that is a row with these fields, or null.
  static @Nullable Schema rowIn(Schema root, Set<String> fields) {
    if (isList(root)) {
      return root.items();
    }
    Map<String, Schema> properties = Makers.propertiesOf(root);
    String wrapper = fields.isEmpty() ? null : wrapper(properties, fields);
    return wrapper == null ? null : wrapper.isEmpty() ? root : inside(properties, wrapper);
  }

  /// The property of an object that is most like a row; empty when the object itself is, null when
  /// nothing is.
  static @Nullable String wrapperIn(Schema object, Set<String> fields) {
    return wrapper(Makers.propertiesOf(object), fields);
  }

  /// The property that is most like a row; empty when the response itself is, null when nothing is.
  private static @Nullable String wrapper(Map<String, Schema> properties, Set<String> fields) {
    String best = alike(properties.keySet(), fields) ? "" : null;
    long most = best == null ? 0 : common(properties.keySet(), fields);
    for (String name : properties.keySet()) {
      Schema inner = inside(properties, name);
      Set<String> names = inner == null ? Set.of() : Makers.propertiesOf(inner).keySet();
      if (alike(names, fields) && common(names, fields) > most) {
        best = name;
        most = common(names, fields);
      }
    }
    return best;
  }

  private static @Nullable Schema inside(Map<String, Schema> properties, String name) {
    Schema schema = properties.get(name);
    return schema != null && isList(schema) ? schema.items() : schema;
  }

  private static long common(Set<String> some, Set<String> fields) {
    return some.stream().filter(fields::contains).count();
  }

  private static boolean isList(Schema schema) {
    return schema.type().equals("array") || schema.items() != null;
  }

  /// Whether at least half of the names of the smaller set are in the other.
  private static boolean alike(Set<String> some, Set<String> fields) {
    if (some.isEmpty() || fields.isEmpty()) {
      return false;
    }
    return common(some, fields) * 2 >= Math.min(some.size(), fields.size());
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
