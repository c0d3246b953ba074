package dev.isobar.engine;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Resource;
import dev.isobar.model.Json;
import dev.isobar.model.SqlVerb;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the statement that calls a method with given inputs.
final class Statements {
  private Statements() {}

  static String of(
      Resource resource, Method method, SqlVerb verb, Map<String, @Nullable Object> inputs) {
    String name = resource.name().toString();
    String where =
        inputs.isEmpty()
            ? ""
            : " WHERE "
                + inputs.entrySet().stream()
                    .map(e -> quoted(e.getKey()) + " = " + literal(e.getValue()))
                    .collect(Collectors.joining(" AND "));
    return switch (verb) {
      case SELECT -> "SELECT * FROM " + name + where;
      case DELETE -> "DELETE FROM " + name + where;
      case INSERT ->
          "INSERT INTO "
              + name
              + " ("
              + inputs.keySet().stream().map(Statements::quoted).collect(Collectors.joining(", "))
              + ") VALUES ("
              + inputs.values().stream().map(Statements::literal).collect(Collectors.joining(", "))
              + ")";
      case UPDATE, REPLACE -> {
        String set =
            inputs.keySet().stream()
                .filter(key -> isBody(method, key))
                .map(key -> quoted(key) + " = " + literal(inputs.get(key)))
                .collect(Collectors.joining(", "));
        String keys =
            inputs.keySet().stream()
                .filter(key -> !isBody(method, key))
                .map(key -> quoted(key) + " = " + literal(inputs.get(key)))
                .collect(Collectors.joining(" AND "));
        // A body without required fields: any input will do.
        yield set.isEmpty()
            ? exec(name, method, inputs)
            : verb + " " + name + " SET " + set + (keys.isEmpty() ? "" : " WHERE " + keys);
      }
      case EXEC -> exec(name, method, inputs);
    };
  }

  private static String exec(String name, Method method, Map<String, @Nullable Object> inputs) {
    return "EXEC "
        + name
        + "."
        + method.name()
        + " "
        + inputs.entrySet().stream()
            .map(e -> "@" + quoted(e.getKey()) + " = " + literal(e.getValue()))
            .collect(Collectors.joining(", "))
        + (needsWholeBody(method) ? " @@json = '\"made up\"'" : "");
  }

  /// A picture has no fields.
  private static boolean needsWholeBody(Method method) {
    Operation.Body body = method.operation().body();
    return body != null
        && body.required()
        && method.takesWholeBodyOnly()
        && !body.mediaType().contains("json");
  }

  private static boolean isBody(Method method, String name) {
    Input input = method.input(name);
    return input != null && input.location() == Input.Location.BODY;
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }

  private static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case String text -> "'" + text.replace("'", "''") + "'";
      default -> "'" + Json.write(value).replace("'", "''") + "'";
    };
  }
}
