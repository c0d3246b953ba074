package dev.isobar.sandbox;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire;
import dev.isobar.model.ResourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where in a response the rows are, or the one object that it is about.
///
/// @param root the schema of the whole response; null when it has no JSON body
/// @param path the properties that lead to the rows; empty when the response is the rows
/// @param row the schema of a row; null when it is not known
/// @param list whether there is a list of rows
/// @param form how the response is written
record Envelope(
    @Nullable Schema root, List<String> path, @Nullable Schema row, boolean list, Form form) {
  static final Envelope NONE = new Envelope(null, List.of(), null, false, Form.JSON);

  /// How a body is written.
  enum Form {
    JSON,
    XML,
    /// Lines of JSON.
    LINES,
    TEXT,
    /// Bytes that nothing here reads.
    BYTES
  }

  /// The key of a map that leads to the rows: it has all that there is, of whatever zone.
  private static final String ONLY_KEY = "global";

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

  /// The envelope of a method's response as it travels, before a transform makes rows of it.
  static Envelope of(Method method, ResourceName resource) {
    Wire wire = method.wire();
    Wire.Transform transform = wire.responseTransform();
    Wire.GraphQl graphQl = wire.graphQl();
    if (transform != null && (wire.overrideMediaType() != null || graphQl != null)) {
      Envelope before = WireShape.of(method, transform, resource);
      if (before != null) {
        return before;
      }
      Operation.Body declared = method.operation().responses().get(method.operation().success());
      Schema schema = declared == null ? null : declared.schema();
      return read(method, schema == null ? method.responseSchema() : schema, form(method));
    }
    Envelope read = read(method, method.responseSchema(), form(method));
    return graphQl == null ? read : WireShape.of(graphQl, read);
  }

  private static Form form(Method method) {
    Operation.Body declared = method.operation().responses().get(method.operation().success());
    String mediaType = declared == null ? "" : declared.mediaType().toLowerCase(Locale.ROOT);
    Schema root = method.responseSchema();
    boolean shaped = root != null && (!Makers.propertiesOf(root).isEmpty() || root.items() != null);
    if (mediaType.contains("ndjson") || mediaType.contains("jsonl")) {
      return Form.LINES;
    }
    if (Route.isJson(mediaType)) {
      return Form.JSON;
    }
    if (mediaType.contains("xml")) {
      return Form.XML;
    }
    if (mediaType.startsWith("text/")) {
      return Form.TEXT;
    }
    // What has fields and a media type that could not carry them is JSON all the same.
    return shaped ? Form.JSON : Form.BYTES;
  }

  /// Reads the envelope from the method's object key, or from the names in its response.
  private static Envelope read(Method method, @Nullable Schema root, Form form) {
    if (root == null) {
      return new Envelope(null, List.of(), null, false, form);
    }
    String key = method.objectKey();
    if (key != null && !key.equals("$")) {
      List<String> path = new ArrayList<>();
      Schema target = walk(root, key, path);
      if (target != null) {
        return at(root, path, target, form);
      }
    }
    if (isList(root)) {
      return at(root, List.of(), root, form);
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
          return at(root, List.of(name), properties.get(name), form);
        }
      }
    }
    return new Envelope(root, List.of(), root, false, form);
  }

  static Envelope at(Schema root, List<String> path, @Nullable Schema target, Form form) {
    boolean list = target != null && isList(target);
    Schema items = list && target != null ? target.items() : null;
    return new Envelope(root, path, list ? items : target, list, form);
  }

  private static boolean isList(Schema schema) {
    return schema.type().equals("array") || schema.items() != null;
  }

  /// What an array is made of; a list of lists is as good as one.
  private static Schema element(Schema schema) {
    Schema at = schema;
    for (int depth = 0; depth < 4 && at.items() != null; depth++) {
      at = at.items();
    }
    return at;
  }

  /// What an object key leads to; null when it leads nowhere.
  ///
  /// @param path gets the properties on the way
  private static @Nullable Schema walk(Schema root, String key, List<String> path) {
    Schema at = root;
    for (String step : key.replaceFirst("^\\$\\.?", "").split("\\.", -1)) {
      String name = step.replace("[*]", "");
      Schema next = at == null ? null : Makers.propertiesOf(element(at)).get(name);
      if (next == null) {
        return null;
      }
      path.add(name);
      at = next;
      Schema values = next.additionalProperties();
      if (values != null && step.endsWith("[*]") && !isList(next)) {
        path.add(ONLY_KEY);
        at = values;
      }
    }
    return at;
  }

  /// Whether some response with a body is declared.
  boolean hasBody() {
    return root != null;
  }
}
