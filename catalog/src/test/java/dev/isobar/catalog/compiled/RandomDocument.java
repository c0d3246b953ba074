package dev.isobar.catalog.compiled;

import dev.isobar.model.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A service document that nobody would write, of all that may occur in one.
final class RandomDocument {
  private static final List<String> TYPES =
      List.of("string", "integer", "number", "boolean", "object", "array", "");
  private static final int[] LETTERS = "abcxyzÄ漢😀_ .~/%".codePoints().toArray();
  private static final int SCHEMAS = 8;

  private final Random random;

  RandomDocument(long seed) {
    this.random = new Random(seed);
  }

  /// As JSON, which is YAML too.
  String text() {
    Map<String, @Nullable Object> schemas = new LinkedHashMap<>();
    for (int i = 0; i < SCHEMAS; i++) {
      schemas.put("S" + i, schema(3));
    }
    Map<String, @Nullable Object> paths = new LinkedHashMap<>();
    Map<String, @Nullable Object> resources = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      String path = "/p" + i + "/{id}?q=" + i;
      paths.put(path, map("get", operation(), "post", operation()));
      Map<String, @Nullable Object> methods = new LinkedHashMap<>();
      for (String verb : List.of("get", "post")) {
        String pointer = "#/paths/" + path.replace("/", "~1") + "/" + verb;
        Object response =
            map(
                "openAPIDocKey",
                "200",
                "mediaType",
                "application/json",
                "objectKey",
                maybe("$.a"),
                "transform",
                transform(),
                "overrideMediaType",
                maybe(word()));
        methods.put(
            verb + i,
            map(
                "operation",
                map("$ref", pointer),
                "request",
                request(),
                "response",
                response,
                "config",
                config(),
                "inline",
                random.nextBoolean() ? List.of(word(), word()) : null));
      }
      resources.put(
          "r" + i,
          map("methods", methods, "title", word(), "config", map("views", map("select", view()))));
    }
    return Json.write(
        map(
            "servers",
            List.of(
                map(
                    "url",
                    "https://{region}.example",
                    "variables",
                    map("region", map("enum", values())))),
            "paths",
            paths,
            "components",
            map("schemas", schemas, "x-stackQL-resources", resources)));
  }

  private @Nullable Map<String, @Nullable Object> view() {
    String dialect = "sqlDialect == \"" + word() + "\" && requiredParams == [ " + word() + " ]";
    return random.nextBoolean()
        ? map("predicate", maybe(dialect), "ddl", word(), "fallback", view())
        : null;
  }

  private Map<String, @Nullable Object> operation() {
    return map(
        "summary",
        word(),
        "deprecated",
        random.nextBoolean(),
        "security",
        random.nextBoolean() ? List.of(map("t", List.of(word())), map()) : null,
        "parameters",
        List.of(
            map(
                "name",
                word(),
                "in",
                "query",
                "schema",
                schema(1),
                "explode",
                random.nextBoolean())),
        "requestBody",
        random.nextBoolean() ? content() : null,
        "x-stackQL-graphQL",
        random.nextBoolean() ? graphQl() : null,
        "responses",
        map("200", content(), "default", content()));
  }

  private Map<String, @Nullable Object> request() {
    return map(
        "nativeCasing",
        maybe(List.of("pascal", "camel", "kebab", "snake").get(random.nextInt(4))),
        "required",
        List.of("a"),
        "base",
        maybe(word()),
        "default",
        maybe(word()),
        "transform",
        transform(),
        "xmlDeclaration",
        maybe(word()),
        "xmlTransform",
        maybe("unescape"));
  }

  private @Nullable Map<String, @Nullable Object> transform() {
    return random.nextBoolean() ? map("type", word(), "body", maybe(word())) : null;
  }

  private Map<String, @Nullable Object> graphQl() {
    return map(
        "url",
        word(),
        "httpVerb",
        maybe("post"),
        "query",
        word(),
        "responseSelection",
        map("jsonPath", word()),
        "cursor",
        map(
            "strategy",
            maybe("keyset"),
            "jsonPath",
            word(),
            "terminateOnJsonPath",
            maybe(word()),
            "pageSize",
            random.nextBoolean() ? random.nextLong(1000) : null));
  }

  private Map<String, @Nullable Object> content() {
    return map("content", map("application/json", map("schema", schema(2))));
  }

  private Map<String, @Nullable Object> config() {
    String location = List.of("query", "body", "header", "request").get(random.nextInt(4));
    Map<String, @Nullable Object> token = map("key", word(), "location", location);
    Map<String, @Nullable Object> pagination =
        map("algorithm", maybe("page_number"), "requestToken", token, "responseToken", token);
    String algorithm = List.of("naive", "naive_a", "").get(random.nextInt(3));
    return map(
        "pagination",
        pagination,
        "requestBodyTranslate",
        map("algorithm", algorithm),
        "requestTranslate",
        map("algorithm", maybe("get_query_to_post_form_utf_8")),
        "queryParamTranspose",
        map("algorithm", maybe("AWSCanonical")));
  }

  private Map<String, @Nullable Object> schema(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return map("$ref", "#/components/schemas/S" + random.nextInt(SCHEMAS));
    }
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      properties.put(word(), schema(depth - 1));
    }
    properties.put("a", schema(depth - 1));
    return map(
        "type",
        TYPES.get(random.nextInt(TYPES.size())),
        "format",
        maybe(word()),
        "description",
        maybe(word()),
        "nullable",
        random.nextBoolean(),
        "readOnly",
        random.nextInt(5) == 0,
        "required",
        List.of(word(), "a"),
        "properties",
        random.nextBoolean() ? properties : null,
        "items",
        random.nextBoolean() ? schema(depth - 1) : null,
        List.of("allOf", "anyOf", "oneOf").get(random.nextInt(3)),
        random.nextBoolean() ? List.of(schema(depth - 1), schema(depth - 1)) : null,
        "enum",
        random.nextBoolean() ? values() : null,
        "default",
        random.nextBoolean() ? value(2) : null,
        "example",
        value(3),
        "minimum",
        new BigDecimal(random.nextInt(1000)).movePointLeft(random.nextInt(4)),
        "maxLength",
        random.nextLong(Integer.MAX_VALUE),
        "pattern",
        maybe(word()),
        "xml",
        random.nextBoolean()
            ? map("name", word(), "attribute", random.nextBoolean(), "wrapped", true)
            : null,
        "additionalProperties",
        random.nextInt(4) == 0 ? schema(depth - 1) : null,
        "x-" + word(),
        value(2));
  }

  private List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(value(1));
    }
    return values;
  }

  private @Nullable Object value(int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong();
      case 3 -> new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(30));
      case 4 -> word();
      case 5 -> List.of(map(word(), value(depth - 1)));
      default -> map(word(), value(depth - 1), word(), values());
    };
  }

  private @Nullable String maybe(String word) {
    return random.nextBoolean() ? word : null;
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      word.appendCodePoint(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return word.toString();
  }

  /// Names and values in turn.
  private static Map<String, @Nullable Object> map(@Nullable Object... entries) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put(String.valueOf(entries[i]), entries[i + 1]);
    }
    return map;
  }
}
