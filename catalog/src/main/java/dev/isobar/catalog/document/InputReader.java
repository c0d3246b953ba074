package dev.isobar.catalog.document;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Input.Location;
import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Operation.Server;
import dev.isobar.catalog.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects what can be given to one operation: `provider-format.md`, sections 4.2 to 4.5.
final class InputReader {
  private final SchemaReader schemas;
  private final Map<String, Input> inputs = new LinkedHashMap<>();

  InputReader(SchemaReader schemas) {
    this.schemas = schemas;
  }

  /// All that was added, each name once.
  ///
  /// @param names names the inputs for SQL
  /// @param shown names of those that are shown as required, whether they are or not
  List<Input> inputs(InputNames names, Set<String> shown) {
    List<Input> all = new ArrayList<>();
    for (Input input : inputs.values()) {
      boolean listed = shown.contains(input.name()) || shown.contains(input.wireName());
      all.add(listed ? input.asShownRequired() : input);
    }
    return names.of(all);
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
    Set<String> variables = variables(path);
    parameters.forEach((place, parameter) -> {
      boolean inPath = place.location().equals("path");
      // A GraphQL query takes its parameters wherever they are declared to travel.
      boolean unsent = inPath && !operation.get("x-stackQL-graphQL").exists();
      if (unsent && !variables.contains(place.name())) {
        parameter.problem("The path has no `{" + place.name() + "}`, so its value is not sent.");
      }
      // A variable of the path has to have its value, so it comes before a namesake elsewhere.
      if (inPath || !parameters.containsKey(new Place(place.name(), "path"))) {
        addParameter(parameter);
      }
    });
    variables.forEach(this::addUndeclared);
  }

  private static boolean isRequired(Node parameter) {
    return parameter.text("in").equals("path")
        || (parameter.flag("required") && !parameter.flag("allowEmptyValue"));
  }

  private void addParameter(Node parameter) {
    String name = parameter.text("name");
    Optional<Location> location = location(parameter.text("in"));
    if (name.isEmpty() || location.isEmpty()) {
      boolean cookie = parameter.text("in").equals("cookie");
      if (!cookie && parameter.exists()) {
        parameter.problem("The parameter has no name, or no place in a request; it is left out.");
      }
      return;
    }
    // Credentials come from the auth configuration, never from a statement.
    if (name.equalsIgnoreCase("Authorization")) {
      return;
    }
    Node content = parameter.get("content");
    Node schemaNode =
        content.exists() && !content.members().isEmpty()
            ? content.members().getFirst().get("schema")
            : parameter.get("schema");
    Schema schema = schemas.read(schemaNode);
    String description = parameter.text("description");
    String alias = parameter.text("x-stackQL-alias");
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
            explode(parameter, location.get()),
            alias.isEmpty() ? List.of() : List.of(alias)));
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

  private void addUndeclared(String name) {
    boolean declared = inputs.values().stream().anyMatch(input -> input.wireName().equals(name));
    if (!declared) {
      add(new Input(name, name, Location.PATH, true, Schema.ANY, "", null, null, false));
    }
  }

  /// @param written where the server stands
  /// @param first whether it is the one that is called where another is not asked for
  void addServerVariables(Server server, Node written, boolean first) {
    Node declared = written.get("variables");
    for (String name : server.variables()) {
      add(serverVariable(server, declared.get(name), name, first));
    }
  }

  /// Variables that the server's URL has no place for, as AWS's global services have a `region`:
  /// statements may name them as they name those of other services, and nothing is asked otherwise.
  void addUnplacedVariables(Server server, Node written) {
    for (Node variable : written.get("variables").members()) {
      add(serverVariable(server, variable, variable.key(), false));
    }
  }

  private Input serverVariable(Server server, Node variable, String name, boolean required) {
    return new Input(
        name,
        name,
        Location.SERVER,
        required,
        schemas.read(variable),
        variable.text("description"),
        server.defaults().get(name),
        variable.textOrNull("x-stackQL-envVar"),
        false);
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

  /// The names in braces, `{+name}` included.
  private static Set<String> variables(String path) {
    Set<String> names = new LinkedHashSet<>();
    for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{', open + 1)) {
      int close = Operation.Server.closingBrace(path, open);
      if (close < 0) {
        break;
      }
      String inside = path.substring(open + 1, close);
      names.add(inside.startsWith("+") ? inside.substring(1) : inside);
      open = close;
    }
    return names;
  }
}
