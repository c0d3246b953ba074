package dev.isobar.catalog.authoring;

import dev.isobar.catalog.document.YamlText;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An OpenAPI document as plain values, with its references.
final class Spec {
  private static final int LONGEST_CHAIN = 32;
  private static final List<String> BRANCHES = List.of("allOf", "oneOf", "anyOf");

  private final Map<?, ?> root;

  private Spec(Map<?, ?> root) {
    this.root = root;
  }

  /// @param file its name, for messages
  /// @throws IsobarException `INVALID_DOCUMENT` when it is no OpenAPI 3 document
  static Spec read(String file, String text) {
    Object value =
        text.stripLeading().startsWith("{") ? json(file, text) : YamlText.read(file, text);
    Map<?, ?> root = value instanceof Map<?, ?> map ? map : Map.of();
    String version = String.valueOf(root.get("openapi"));
    if (root.containsKey("swagger")) {
      throw invalid(
          file,
          "it is Swagger " + root.get("swagger"),
          "Convert it to OpenAPI 3 first, for example with swagger2openapi.");
    }
    if (!version.startsWith("3.")) {
      throw invalid(
          file,
          root.containsKey("openapi") ? "it is OpenAPI " + version : "it has no `openapi`",
          "Give an OpenAPI 3.0 or 3.1 document, in YAML or JSON.");
    }
    if (!(root.get("paths") instanceof Map<?, ?> paths) || paths.isEmpty()) {
      throw invalid(file, "it has no `paths`", "Without operations there is nothing to query.");
    }
    return new Spec(root);
  }

  private static @Nullable Object json(String file, String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      // YAML may begin with a brace too.
      return YamlText.read(file, text);
    }
  }

  private static IsobarException invalid(String file, String why, String hint) {
    return new IsobarException(
        ErrorCode.INVALID_DOCUMENT,
        "The document `" + file + "` cannot become a provider: " + why + ".",
        hint);
  }

  Map<?, ?> root() {
    return root;
  }

  /// The value as a map, its reference followed; empty when it is none.
  Map<?, ?> map(@Nullable Object value) {
    return resolved(value) instanceof Map<?, ?> map ? map : Map.of();
  }

  /// The map under a key.
  Map<?, ?> map(Map<?, ?> owner, String key) {
    return map(owner.get(key));
  }

  /// The list under a key; empty when there is none.
  static List<?> list(Map<?, ?> owner, String key) {
    return owner.get(key) instanceof List<?> list ? list : List.of();
  }

  /// The scalar under a key as text; empty when there is none.
  static String text(Map<?, ?> owner, String key) {
    Object value = owner.get(key);
    return value == null || value instanceof Map || value instanceof List ? "" : value.toString();
  }

  static boolean flag(Map<?, ?> owner, String key) {
    return Boolean.TRUE.equals(owner.get(key));
  }

  /// What a reference leads to; null when it leads nowhere, or out of the document.
  @Nullable Object resolved(@Nullable Object value) {
    Object at = value;
    for (int hops = 0; hops < LONGEST_CHAIN; hops++) {
      if (!(at instanceof Map<?, ?> map) || !(map.get("$ref") instanceof String pointer)) {
        return at;
      }
      at = at(pointer);
    }
    return null;
  }

  @Nullable Object at(String pointer) {
    if (!pointer.startsWith("#/")) {
      return null;
    }
    Object at = root;
    for (String part : pointer.substring(2).split("/", -1)) {
      String key = part.replace("~1", "/").replace("~0", "~");
      at =
          switch (at) {
            case Map<?, ?> map -> map.get(key);
            case List<?> list when key.matches("[0-9]{1,6}") ->
                Integer.parseInt(key) < list.size() ? list.get(Integer.parseInt(key)) : null;
            case null, default -> null;
          };
    }
    return at;
  }

  /// The type of a schema; the first that is not null where there are several.
  String type(Map<?, ?> schema) {
    Object type = schema.get("type");
    if (type instanceof List<?> types) {
      for (Object each : types) {
        if (!"null".equals(each)) {
          return String.valueOf(each);
        }
      }
    }
    if (type instanceof String written) {
      return written;
    }
    if (schema.containsKey("items")) {
      return "array";
    }
    return properties(schema).isEmpty() ? "" : "object";
  }

  /// The properties of a schema and of its branches, in document order.
  Map<String, Map<?, ?>> properties(Map<?, ?> schema) {
    Map<String, Map<?, ?>> properties = new LinkedHashMap<>();
    collect(schema, properties, Collections.newSetFromMap(new IdentityHashMap<>()));
    return properties;
  }

  private void collect(Map<?, ?> schema, Map<String, Map<?, ?>> properties, Set<Map<?, ?>> seen) {
    if (!seen.add(schema)) {
      return;
    }
    map(schema, "properties")
        .forEach((name, property) -> properties.putIfAbsent(String.valueOf(name), map(property)));
    for (String branch : BRANCHES) {
      list(schema, branch).forEach(each -> collect(map(each), properties, seen));
    }
  }

  /// The schema of an array's elements; empty when it is none.
  Map<?, ?> items(Map<?, ?> schema) {
    if (schema.containsKey("items")) {
      return map(schema, "items");
    }
    for (String branch : BRANCHES) {
      for (Object each : list(schema, branch)) {
        Map<?, ?> items = map(map(each), "items");
        if (!items.isEmpty()) {
          return items;
        }
      }
    }
    return Map.of();
  }

  boolean isArray(Map<?, ?> schema) {
    return type(schema).equals("array");
  }
}
