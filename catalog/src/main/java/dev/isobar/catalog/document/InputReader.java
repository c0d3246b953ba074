package dev.isobar.catalog.document;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Input.Location;
import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Operation.Server;
import dev.isobar.catalog.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Collects what can be given to one operation: `provider-format.md`, sections 4.2 to 4.5.
final class InputReader {
  private final SchemaReader schemas;
  private final Map<String, Input> inputs = new LinkedHashMap<>();

  InputReader(SchemaReader schemas) {
    this.schemas = schemas;
  }

  /// All that was added, each name once.
  List<Input> inputs() {
    return new ArrayList<>(inputs.values());
  }

  void addParameters(Node pathItem, Node operation, String path) {
    record Place(String name, String location) {}
    Map<Place, Node> parameters = new LinkedHashMap<>();
    for (Node written : pathItem.get("parameters").elements()) {
      Node parameter = written.target();
      // Those of a path item that may be left out steer the API's own tools, not its data.
      if (isRequired(parameter)) {
        parameters.put(new Place(parameter.text("name"), parameter.text("in")), parameter);
      }
    }
    for (Node written : operation.get("parameters").elements()) {
      Node parameter = written.target();
      parameters.put(new Place(parameter.text("name"), parameter.text("in")), parameter);
    }
    parameters.values().forEach(this::addParameter);
    variables(path, true).forEach(this::addUndeclared);
  }

  private static boolean isRequired(Node parameter) {
    return parameter.text("in").equals("path")
        || (parameter.flag("required") && !parameter.flag("allowEmptyValue"));
  }

  private void addParameter(Node parameter) {
    String name = parameter.text("name");
    Optional<Location> location = location(parameter.text("in"));
    // Credentials come from the auth configuration, never from a statement.
    if (name.isEmpty() || location.isEmpty() || name.equalsIgnoreCase("Authorization")) {
      return;
    }
    Node content = parameter.get("content");
    Node schemaNode =
        content.exists() && !content.members().isEmpty()
            ? content.members().getFirst().get("schema")
            : parameter.get("schema");
    Schema schema = schemas.read(schemaNode);
    String description = parameter.text("description");
    add(
        new Input(
            name,
            name,
            location.get(),
            isRequired(parameter),
            schema,
            description.isEmpty() ? schema.description() : description,
            scalar(schema.defaultValue()),
            null,
            explode(parameter, location.get())));
  }

  private static Optional<Location> location(String in) {
    return switch (in.toLowerCase(Locale.ROOT)) {
      case "path" -> Optional.of(Location.PATH);
      case "query" -> Optional.of(Location.QUERY);
      case "header" -> Optional.of(Location.HEADER);
      default -> Optional.empty();
    };
  }

  private static boolean explode(Node parameter, Location location) {
    if (parameter.get("explode").exists()) {
      return parameter.flag("explode");
    }
    String style = parameter.text("style");
    return style.isEmpty() ? location == Location.QUERY : style.equals("form");
  }

  private static @Nullable String scalar(@Nullable Object value) {
    return value == null || value instanceof Map || value instanceof List ? null : value.toString();
  }

  private void addUndeclared(String variable) {
    String name = variable.startsWith("+") ? variable.substring(1) : variable;
    boolean declared = inputs.values().stream().anyMatch(input -> input.wireName().equals(name));
    if (!declared) {
      add(new Input(name, name, Location.PATH, true, Schema.ANY, "", null, null, false));
    }
  }

  /// @param written the `servers` list that the server is the first of
  void addServerVariables(Server server, Node written) {
    Node declared = written.get("variables");
    for (String name : variables(server.url(), false)) {
      Node variable = declared.get(name);
      add(
          new Input(
              name,
              name,
              Location.SERVER,
              true,
              schemas.read(variable),
              variable.text("description"),
              server.defaults().get(name),
              variable.textOrNull("x-stackQL-envVar"),
              false));
    }
  }

  void addBody(Schema body, BodyNames names) {
    BodyShape shape = BodyShape.of(body, names);
    shape
        .properties()
        .forEach((name, schema) ->
            add(
                new Input(
                    names.prefix() + name,
                    name,
                    Location.BODY,
                    shape.required().contains(name),
                    schema,
                    schema.description(),
                    scalar(schema.defaultValue()),
                    null,
                    false)));
  }

  /// The first of a name stays, so a parameter wins over a body property.
  private void add(Input input) {
    inputs.putIfAbsent(input.name(), input);
  }

  /// The names in braces; in a server's URL a regular expression may follow the name.
  static List<String> variables(String template, boolean path) {
    List<String> names = new ArrayList<>();
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', open + 1)) {
      int close = Operation.Server.closingBrace(template, open);
      if (close < 0) {
        break;
      }
      String inside = template.substring(open + 1, close);
      int colon = path ? -1 : inside.indexOf(':');
      names.add(colon < 0 ? inside : inside.substring(0, colon));
      open = close;
    }
    return names;
  }
}
