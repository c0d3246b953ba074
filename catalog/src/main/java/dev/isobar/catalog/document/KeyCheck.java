package dev.isobar.catalog.document;

import dev.isobar.model.Names;
import java.util.Map;
import java.util.Set;

/// Finds keys of a method that are read nowhere because of where they stand or how they are spelt.
/// Any other key that is not known is somebody else's, and none of our business.
final class KeyCheck {
  private static final Set<String> METHOD =
      Set.of(
          "operation", "path", "request", "response", "config", "servers", "parameters", "inline");

  private static final Map<String, Set<String>> PARTS =
      Map.of(
          "request",
          Set.of(
              "mediaType",
              "nativeCasing",
              "base",
              "default",
              "required",
              "schema_override",
              "transform",
              "projection_map",
              "xmlDeclaration",
              "xmlRootAnnotation",
              "xmlTransform"),
          "response",
          Set.of(
              "mediaType",
              "openAPIDocKey",
              "objectKey",
              "schema_override",
              "overrideMediaType",
              "transform",
              "async_schema_override",
              "asyncOverrideMediaType",
              "projection_map"),
          "config",
          Set.of(
              "auth",
              "requestBodyTranslate",
              "requestTranslate",
              "queryParamTranspose",
              "pagination",
              "queryParamPushdown",
              "retry",
              "variations",
              "views",
              "sqlExternalTables",
              "snake_case_aliases",
              "minStackQLVersion",
              "docs"));

  /// Known, and read by nobody.
  private static final Set<String> IGNORED =
      Set.of(
          "apiMethod",
          "serviceName",
          "inverse",
          "undo",
          "await",
          "description",
          "summary",
          "title",
          "name",
          "id",
          "type",
          "schemaRef",
          "operationId");

  private KeyCheck() {}

  static void check(Node method) {
    check(method, "", METHOD);
    PARTS.forEach((part, known) -> check(method.get(part), part, known));
  }

  private static void check(Node node, String part, Set<String> known) {
    for (Node member : node.members()) {
      String key = member.key();
      if (known.contains(key) || IGNORED.contains(key) || key.startsWith("x-")) {
        continue;
      }
      String place = placeOf(key, part);
      if (!place.isEmpty()) {
        member.problem("`" + key + "` is read in `" + place + "`, not here.");
        continue;
      }
      String meant = Names.didYouMean(key, known);
      if (!meant.isEmpty()) {
        member.problem("Nothing reads `" + key + "`. " + meant.strip());
      }
    }
  }

  /// The part of a method where the key belongs; empty when it belongs to none, or to several.
  private static String placeOf(String key, String here) {
    String place = METHOD.contains(key) && !here.isEmpty() ? "the method" : "";
    for (var part : PARTS.entrySet()) {
      if (part.getValue().contains(key)) {
        if (!place.isEmpty()) {
          return "";
        }
        place = part.getKey();
      }
    }
    return place;
  }
}
