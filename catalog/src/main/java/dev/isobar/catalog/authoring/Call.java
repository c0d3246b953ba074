package dev.isobar.catalog.authoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// One operation of the document.
///
/// @param path as the document writes it
/// @param verb in lower case
record Call(Spec spec, String path, String verb, Map<?, ?> pathItem, Map<?, ?> operation) {
  /// What can be given, by name, those of the operation before those of its path.
  Map<String, Map<?, ?>> parameters() {
    Map<String, Map<?, ?>> parameters = new LinkedHashMap<>();
    for (Map<?, ?> owner : List.of(operation, pathItem)) {
      for (Object written : Spec.list(owner, "parameters")) {
        Map<?, ?> parameter = spec.map(written);
        parameters.putIfAbsent(Spec.text(parameter, "name"), parameter);
      }
    }
    return parameters;
  }

  /// Names of the query parameters.
  List<String> queryNames() {
    List<String> names = new ArrayList<>();
    parameters()
        .forEach((name, parameter) -> {
          if (Spec.text(parameter, "in").equals("query")) {
            names.add(name);
          }
        });
    return names;
  }

  /// Names of all that a call needs: parameters, and properties of its body.
  Set<String> requiredNames() {
    Set<String> names = new TreeSet<>();
    parameters()
        .forEach((name, parameter) -> {
          boolean path = Spec.text(parameter, "in").equals("path");
          if (path || Spec.flag(parameter, "required")) {
            names.add(name);
          }
        });
    requiredOf(body(), names, 0);
    return names;
  }

  private void requiredOf(Map<?, ?> schema, Set<String> names, int depth) {
    Spec.list(schema, "required").forEach(name -> names.add(String.valueOf(name)));
    for (Object branch : depth < 8 ? Spec.list(schema, "allOf") : List.of()) {
      requiredOf(spec.map(branch), names, depth + 1);
    }
  }

  /// The key of the answer that means success; empty when none is declared.
  String success() {
    Map<?, ?> responses = spec.map(operation, "responses");
    String best = "";
    for (Object key : responses.keySet()) {
      String status = String.valueOf(key);
      boolean good = status.startsWith("2");
      if (good && (best.isEmpty() || status.compareTo(best) < 0)) {
        best = status;
      }
    }
    return best.isEmpty() && responses.containsKey("default") ? "default" : best;
  }

  Map<?, ?> successResponse() {
    return spec.map(spec.map(operation, "responses"), success());
  }

  /// The media type of the answer, JSON if there is any; empty when it has no body.
  String mediaType() {
    return mediaType(spec.map(successResponse(), "content"));
  }

  static String mediaType(Map<?, ?> content) {
    String best = "";
    for (Object key : content.keySet()) {
      String type = String.valueOf(key);
      boolean json = isJson(type);
      if (best.isEmpty() || (json && !isJson(best))) {
        best = type;
      }
    }
    return best;
  }

  static boolean isJson(String mediaType) {
    String type = mediaType.toLowerCase(Locale.ROOT);
    return type.contains("json") || type.equals("*/*");
  }

  /// The schema of the answer; empty when none is declared.
  Map<?, ?> answer() {
    Map<?, ?> content = spec.map(successResponse(), "content");
    return spec.map(spec.map(content, mediaType()), "schema");
  }

  /// The schema of the request's body; empty when it takes none.
  Map<?, ?> body() {
    Map<?, ?> content = spec.map(spec.map(operation, "requestBody"), "content");
    return spec.map(spec.map(content, mediaType(content)), "schema");
  }

  String bodyType() {
    return mediaType(spec.map(spec.map(operation, "requestBody"), "content"));
  }

  /// As people write it: `GET /widgets`.
  String text() {
    return verb.toUpperCase(Locale.ROOT) + " " + path;
  }
}
