package dev.isobar.sandbox;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where in a response the rows are, or the one object that it is about.
///
/// @param root the schema of the whole response; null when it has no JSON body
/// @param path the properties that lead to the rows; empty when the response is the rows
/// @param row the schema of a row; null when it is not known
/// @param list whether there is a list of rows
record Envelope(@Nullable Schema root, List<String> path, @Nullable Schema row, boolean list) {
  static final Envelope NONE = new Envelope(null, List.of(), null, false);

  private static final Set<String> LIST_NAMES =
      Set.of("data", "items", "results", "value", "values", "records", "rows", "entries");
  private static final Set<String> PAGE_NAMES =
      Set.of(
          "page",
          "pages",
          "results",
          "total",
          "total_count",
          "count",
          "next",
          "next_page",
          "nextPageToken",
          "next_page_token",
          "nextLink",
          "has_more",
          "links",
          "meta",
          "paging",
          "pagination",
          "next_cursor",
          "cursor",
          "result_info");

  /// Reads the envelope from the method's object key, or from the names in its response.
  static Envelope of(Method method) {
    Schema root = method.responseSchema();
    if (root == null) {
      return NONE;
    }
    String key = method.objectKey();
    if (key != null && !key.equals("$")) {
      List<String> path =
          List.of(key.replaceFirst("^\\$\\.?", "").replace("[*]", "").split("\\.", -1));
      Schema target = walk(root, path);
      if (target != null) {
        return at(root, path, target);
      }
    }
    if (root.type().equals("array") || root.items() != null) {
      return at(root, List.of(), root);
    }
    if (method.operation().httpVerb().equals("GET")) {
      Map<String, Schema> properties = root.allProperties();
      List<String> arrays =
          properties.entrySet().stream()
              .filter(entry -> isList(entry.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      boolean paged = properties.keySet().stream().anyMatch(PAGE_NAMES::contains);
      for (String name : arrays) {
        boolean alone = arrays.size() == 1 && (paged || properties.size() == 1);
        if ((alone && paged) || (LIST_NAMES.contains(name) && (alone || paged))) {
          return at(root, List.of(name), properties.get(name));
        }
      }
    }
    return new Envelope(root, List.of(), root, false);
  }

  private static Envelope at(Schema root, List<String> path, @Nullable Schema target) {
    boolean list = target != null && isList(target);
    Schema items = list && target != null ? target.items() : null;
    return new Envelope(root, path, list ? items : target, list);
  }

  private static boolean isList(Schema schema) {
    return schema.type().equals("array") || schema.items() != null;
  }

  private static @Nullable Schema walk(Schema root, List<String> path) {
    Schema at = root;
    for (String name : path) {
      Schema next = at == null ? null : at.allProperties().get(name);
      if (next == null) {
        return null;
      }
      at = next;
    }
    return at;
  }

  /// Whether some response with a body is declared.
  boolean hasBody() {
    return root != null;
  }
}
