package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation.Server;
import dev.isobar.catalog.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value for anything that a schema describes.
final class MadeUpValues {
  private static final int DEEPEST = 3;

  private MadeUpValues() {}

  /// Values for the inputs of a method, by SQL name.
  ///
  /// @param all whether to give those too that a call may do without
  static Map<String, @Nullable Object> of(Method method, boolean all) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Input input : method.inputs()) {
      if (all || input.required()) {
        values.put(
            input.name(),
            input.location() == Input.Location.SERVER
                ? serverValue(method, input)
                : value(input.schema(), DEEPEST));
      }
    }
    var body = method.operation().body();
    if (body != null && method.takesWholeBodyOnly() && (all || body.required())) {
      Schema schema = body.schema() == null ? Schema.ANY : body.schema();
      values.put(Requests.WHOLE_BODY, dev.isobar.model.Json.write(value(schema, DEEPEST)));
    }
    return values;
  }

  /// What the first server takes, so that it is the one that is called.
  private static String serverValue(Method method, Input input) {
    Server server = method.operation().servers().getFirst();
    List<String> choices = server.choices().getOrDefault(input.wireName(), List.of());
    String other = server.defaults().getOrDefault(input.wireName(), "");
    String value = choices.isEmpty() ? other : choices.getFirst();
    boolean whole =
        server.url().startsWith("{" + input.wireName() + "}/")
            || server.url().equals("{" + input.wireName() + "}");
    return value.isEmpty() ? (whole ? "https://made-up.example" : "made-up.example") : value;
  }

  static Object value(Schema schema, int depth) {
    if (!schema.enumValues().isEmpty() && schema.enumValues().getFirst() != null) {
      return schema.enumValues().getFirst();
    }
    return switch (schema.type()) {
      case "integer" -> 7L;
      case "number" -> new java.math.BigDecimal("1.5");
      case "boolean" -> true;
      case "array" -> {
        Schema items = schema.items() == null ? Schema.ANY : schema.items();
        yield depth == 0 ? List.of() : List.of(value(items, depth - 1), value(items, depth - 1));
      }
      case "string" -> "a b/ü&?#%<\"'>";
      default -> {
        Map<String, Schema> properties = schema.allProperties();
        Map<String, Object> object = new LinkedHashMap<>();
        if (depth > 0) {
          properties.forEach((name, property) -> object.put(name, value(property, depth - 1)));
        }
        if (object.isEmpty()) {
          object.put("made", "up");
        }
        yield object;
      }
    };
  }
}
