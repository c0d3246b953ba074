package dev.isobar.fetch;

import dev.isobar.catalog.Schema;
import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the rows in AWS's XML by the schema of a row, whatever they are wrapped in.
///
/// Source: `provider-format.md`, section 5.2.
final class XmlRows {
  private static final int DEEPEST = 8;

  private final Map<String, Schema> properties;

  /// @param row schema of a row
  XmlRows(Schema row) {
    this.properties = row.allProperties();
  }

  /// Where the answer proper begins: below the root, and under the query protocol below
  /// `<SomethingResult>`.
  static Map<String, @Nullable Object> content(XmlTree.Root root, String protocol) {
    Map<String, @Nullable Object> content = root.content();
    if (protocol.equals("query")) {
      for (Map.Entry<String, @Nullable Object> child : new TreeMap<>(content).entrySet()) {
        if (child.getKey().endsWith("Result")) {
          return XmlTree.map(child.getValue());
        }
      }
    }
    return content;
  }

  /// The rows, each with the properties of the schema.
  ///
  /// @throws FetchFailure when the list holds texts, which are no rows
  List<Map<String, @Nullable Object>> find(Map<String, @Nullable Object> content)
      throws FetchFailure {
    if (isRow(content)) {
      return List.of(project(content));
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    collect(list(content), rows, 0);
    return rows;
  }

  /// What holds the list: the surest sign of one first, wherever it stands. An element that is
  /// empty (a `<KeyMarker/>` beside the list, or the list itself) holds nothing.
  private static @Nullable Object list(Map<String, @Nullable Object> content) {
    List<@Nullable Object> children = new ArrayList<>(new TreeMap<>(content).values());
    for (Object child : children) {
      if (child instanceof List) {
        return child;
      }
    }
    for (Object child : children) {
      if (child instanceof Map<?, ?> map && map.containsKey("item")) {
        return child;
      }
    }
    for (Object child : children) {
      if (child instanceof Map<?, ?> map && sole(map) != null) {
        return child;
      }
    }
    return null;
  }

  private boolean isRow(Map<?, ?> map) {
    return properties.entrySet().stream()
        .anyMatch(property -> map.containsKey(element(property.getKey(), property.getValue())));
  }

  private static String element(String name, Schema schema) {
    String own = schema.xmlName();
    return own == null ? name : own;
  }

  /// The only thing in a wrapper, or null when it is none.
  private static @Nullable Object sole(Map<?, ?> map) {
    Object only = map.size() == 1 ? map.values().iterator().next() : null;
    return only instanceof Map || only instanceof List ? only : null;
  }

  private void collect(@Nullable Object value, List<Map<String, @Nullable Object>> rows, int depth)
      throws FetchFailure {
    switch (value) {
      case List<?> list -> {
        for (Object element : list) {
          collect(element, rows, depth + 1);
        }
      }
      case Map<?, ?> map -> {
        Object wrapped = map.containsKey("item") ? map.get("item") : sole(map);
        if (wrapped != null && !isRow(map) && depth < DEEPEST) {
          collect(wrapped, rows, depth + 1);
        } else {
          rows.add(project(XmlTree.map(map)));
        }
      }
      case String text when !text.isBlank() ->
          throw FetchFailure.of(
              ErrorCode.REQUEST_FAILED,
              "the list in the answer's XML holds texts where its schema has rows with columns",
              "",
              Repeat.USELESS);
      case null, default -> {}
    }
  }

  private Map<String, @Nullable Object> project(Map<String, @Nullable Object> found) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    properties.forEach(
        (name, schema) -> row.put(name, cell(found.get(element(name, schema)), schema)));
    return row;
  }

  private static @Nullable Object cell(@Nullable Object value, Schema schema) {
    String type = schema.type();
    if (!(value instanceof String text)) {
      // What is more than text where text is declared is shown as it came.
      return value != null && type.equals("string") ? Json.write(value) : value;
    }
    return scalar(text, type);
  }

  /// Text as the schema's type; as it is where it does not read as one.
  static @Nullable Object scalar(String text, String type) {
    if (text.isEmpty() && !type.equals("string") && !type.isEmpty()) {
      return null;
    }
    String stripped = text.strip();
    return switch (type) {
      case "integer", "number" ->
          stripped.matches("-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?")
              ? new BigDecimal(stripped)
              : text;
      case "boolean" ->
          switch (stripped.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> text;
          };
      default -> text;
    };
  }

  /// Plain XML as the JSON that its schema describes: lists where the schema has them, values of
  /// its types.
  static @Nullable Object cast(@Nullable Object value, @Nullable Schema schema, int depth) {
    if (schema == null || depth > 50) {
      return value;
    }
    Schema items = schema.items();
    if (items != null || schema.type().equals("array")) {
      List<@Nullable Object> list = new ArrayList<>();
      Object inner = value;
      // `<Things><Thing/><Thing/></Things>`: the list is in the one member of the wrapper.
      if (value instanceof Map<?, ?> map && items != null) {
        boolean item = items.allProperties().keySet().stream().anyMatch(map::containsKey);
        Object only = map.size() == 1 ? map.values().iterator().next() : null;
        inner = !item && only != null ? only : value;
      }
      if (inner instanceof String text && text.isBlank()) {
        return list;
      }
      for (Object element : XmlTree.list(inner)) {
        list.add(cast(element, items, depth + 1));
      }
      return list;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Schema> properties = schema.allProperties();
      Map<String, String> names = new LinkedHashMap<>();
      properties.forEach((name, property) -> names.put(element(name, property), name));
      Map<String, @Nullable Object> cast = new LinkedHashMap<>();
      map.forEach((key, element) -> {
        String name = names.getOrDefault(String.valueOf(key), String.valueOf(key));
        cast.put(name, cast(element, properties.get(name), depth + 1));
      });
      return cast;
    }
    return value instanceof String text ? scalar(text, schema.type()) : value;
  }
}
