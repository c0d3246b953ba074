package dev.isobar.sandbox;

import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes faults the way the provider declares its errors.
final class ErrorShape {
  private ErrorShape() {}

  /// The body of an error response.
  ///
  /// @param operation whose declared errors are used; null when the request met none
  static Object body(@Nullable Operation operation, int status, List<Fault> faults) {
    Schema schema = operation == null ? null : schema(operation, status);
    Object body = schema == null ? Map.of() : of(schema, status, faults, 0);
    return body instanceof Map<?, ?> map && map.isEmpty()
        ? Map.of("message", reasons(faults))
        : body;
  }

  private static @Nullable Schema schema(Operation operation, int status) {
    String exact = Integer.toString(status);
    for (String key : List.of(exact, exact.charAt(0) + "XX", "default")) {
      Operation.Body body = operation.responses().get(key);
      if (body != null && body.schema() != null) {
        return body.schema();
      }
    }
    for (var response : operation.responses().entrySet()) {
      if (response.getKey().startsWith("4") && response.getValue().schema() != null) {
        return response.getValue().schema();
      }
    }
    return null;
  }

  private static Object of(Schema schema, int status, List<Fault> faults, int depth) {
    Schema items = schema.items();
    if (items != null || schema.type().equals("array")) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Fault fault : faults) {
        list.add(
            items == null || items.type().equals("string")
                ? fault.reason()
                : of(items, status, List.of(fault), depth + 1));
      }
      return list;
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    if (depth < 4) {
      Map<String, Schema> properties = Makers.propertiesOf(schema);
      boolean named = properties.keySet().stream().anyMatch(ErrorShape::isField);
      List<Fault> told = named ? faults : faults.stream().map(ErrorShape::inWords).toList();
      properties.forEach((name, property) -> {
        boolean inner = !Makers.propertiesOf(property).isEmpty() || property.items() != null;
        Object value = property(name, property, status, inner ? faults : told, depth);
        if (value != null) {
          body.put(name, value);
        }
      });
    }
    return body;
  }

  private static @Nullable Object property(
      String name, Schema schema, int status, List<Fault> faults, int depth) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean many = schema.type().equals("array") || schema.items() != null;
    if (many || !Makers.propertiesOf(schema).isEmpty()) {
      return lower.contains("err") || lower.contains("detail") || lower.contains("fault")
          ? of(schema, status, faults, depth + 1)
          : null;
    }
    return switch (schema.type()) {
      case "integer", "number" ->
          lower.contains("code") || lower.contains("status") ? (Object) status : null;
      case "boolean" -> lower.equals("success") || lower.equals("ok") ? (Object) false : null;
      default -> text(lower, status, faults);
    };
  }

  private static @Nullable String text(String lower, int status, List<Fault> faults) {
    if (isField(lower)) {
      return faults.isEmpty() ? null : faults.getFirst().field();
    }
    for (String word : List.of("reason", "message", "msg", "detail", "description", "title")) {
      if (lower.contains(word)) {
        return reasons(faults);
      }
    }
    if (lower.equals("error")) {
      return reasons(faults);
    }
    return List.of("id", "code", "type", "status").contains(lower) ? slug(status) : null;
  }

  private static boolean isField(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("field") || lower.equals("param") || lower.equals("pointer");
  }

  /// The fault with its field in the reason, for a shape that has no place for it.
  private static Fault inWords(Fault fault) {
    return fault.field() == null ? fault : new Fault(null, fault.field() + ": " + fault.reason());
  }

  private static String reasons(List<Fault> faults) {
    if (faults.size() == 1) {
      return faults.getFirst().reason();
    }
    return String.join(
        "; ",
        faults.stream()
            .map(f -> f.field() == null ? f.reason() : f.field() + ": " + f.reason())
            .toList());
  }

  private static String slug(int status) {
    return switch (status) {
      case 400 -> "bad_request";
      case 401 -> "unauthorized";
      case 404 -> "not_found";
      case 405 -> "method_not_allowed";
      case 429 -> "too_many_requests";
      default -> "error_" + status;
    };
  }
}
