package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Schema;
import dev.isobar.model.ResourceName;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// Made-up inputs with which any method of a provider can be called on a sandbox: for tests that
/// call every method once.
///
/// Ids in paths are those of rows that the sandbox has; bodies fit their schemas; what only the
/// emulation of a provider knows (a volume to be attached must be free) is asked of it, and may
/// change the sandbox's state.
public final class SampleInputs {
  private static final int DEEPEST = 5;
  private static final int MOST_OBJECTS = 500;

  private final Store store;
  private final Validator validator = new Validator();
  private long calls;
  private int objects;

  public SampleInputs(Sandbox sandbox) {
    this.store = sandbox.store();
  }

  /// A value for every required input of a method, by SQL name, and for optional ones without which
  /// the provider would refuse. Values are plain JSON values.
  ///
  /// @param resource that the method belongs to
  /// @param user the token that the call will carry
  public synchronized Map<String, @Nullable Object> of(
      ResourceName resource, Method method, String user) {
    calls++;
    Lock lock = store.lock().writeLock();
    lock.lock();
    try {
      return make(route(resource.service(), method), method, Users.of(user));
    } finally {
      lock.unlock();
    }
  }

  private Map<String, @Nullable Object> make(Route route, Method method, String user) {
    List<String> values = new ArrayList<>();
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < route.variables().size(); i++) {
      String variable = route.variables().get(i);
      values.add(
          i < route.serverVariables() && !namesRow(route.path(), i)
              ? serverValue(method, variable)
              : pathValue(route, route.path(), values, variable));
      named.put(variable, values.get(i));
    }
    var exchange =
        new Exchange(store, route, values, Map.of(), Map.of(), Map.of(), user, store.now());
    Map<String, @Nullable Object> known = new LinkedHashMap<>(store.behaviour().sample(exchange));
    Schema body = route.bodySchema();
    Set<String> chosen = body == null ? Set.of() : chosen(body, 0);
    Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
    Map<String, @Nullable Object> wires = new LinkedHashMap<>();
    for (Input input : method.inputs()) {
      String wire = input.wireName();
      boolean given = true;
      Object value = null;
      if (known.containsKey(wire)) {
        value = known.get(wire);
      } else if (input.location() == Input.Location.PATH && named.containsKey(wire)) {
        value = typed(input.schema(), String.valueOf(named.get(wire)));
      } else if (input.location() == Input.Location.SERVER) {
        given = input.required();
        value = named.getOrDefault(wire, serverValue(method, wire));
      } else if (input.required() || chosen.contains(wire)) {
        value = value(route, wire, input.schema(), 0);
      } else {
        given = false;
      }
      if (given) {
        inputs.put(input.name(), value);
        wires.put(wire, value);
      }
    }
    if (route.isAction()) {
      nameRow(route, method, inputs, wires, values);
    }
    return inputs;
  }

  /// Puts the id of a row where an action names one.
  private void nameRow(
      Route route,
      Method method,
      Map<String, @Nullable Object> inputs,
      Map<String, @Nullable Object> wires,
      List<String> values) {
    var exchange = new Exchange(store, route, values, Map.of(), Map.of(), wires, "", store.now());
    Actions actions = store.actions(route);
    Collection rows = store.collection(actions.path(), actions.values(exchange));
    String idKey = rows.type().idKey();
    if (idKey == null || route.verbs().contains(SqlVerb.INSERT)) {
      return;
    }
    List<String> ids = actions.ids(exchange, idKey);
    Object id = ids.isEmpty() ? null : rows.liveId(calls);
    for (Input input : method.inputs()) {
      Object given = inputs.get(input.name());
      boolean names =
          given instanceof List<?> list
              ? list.size() == 1 && ids.contains(String.valueOf(list.getFirst()))
              : given != null && ids.contains(given.toString());
      boolean scope = actions.variables().contains(input.wireName());
      if (id != null && names && !scope && input.location() != Input.Location.SERVER) {
        Object named =
            given instanceof List<?> ? List.of(id) : typed(input.schema(), id.toString());
        if (validator.check(input.schema(), named, null).isEmpty()) {
          inputs.put(input.name(), named);
        }
      }
    }
  }

  /// Whether the n-th variable names a row of a collection, be it in the server's part of a path.
  private boolean namesRow(String path, int n) {
    int at = -1;
    for (int i = 0; i <= n; i++) {
      at = path.indexOf("{}", at + 1);
    }
    return at > 0 && path.charAt(at - 1) == '/' && store.isCollection(path.substring(0, at - 1));
  }

  private static String serverValue(Method method, String variable) {
    for (Input input : method.inputs()) {
      String usual = input.defaultValue();
      if (input.location() == Input.Location.SERVER && input.wireName().equals(variable)) {
        return usual == null || usual.isEmpty() ? "sample" : usual;
      }
    }
    String usual = method.operation().servers().getFirst().defaults().get(variable);
    return usual == null || usual.isEmpty() ? "sample" : usual;
  }

  /// Properties that the first branch of each choice requires.
  private static Set<String> chosen(Schema schema, int depth) {
    Set<String> required = new HashSet<>();
    if (depth < DEEPEST) {
      for (List<Schema> choice : List.of(schema.oneOf(), schema.anyOf())) {
        if (!choice.isEmpty()) {
          required.addAll(choice.getFirst().required());
          required.addAll(chosen(choice.getFirst(), depth + 1));
        }
      }
      for (Schema part : schema.allOf()) {
        required.addAll(part.required());
        required.addAll(chosen(part, depth + 1));
      }
    }
    return required;
  }

  private Route route(String service, Method method) {
    return store.router().routesOf(service).stream()
        .filter(route -> route.methods().contains(method))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("The sandbox does not serve " + method.name()));
  }

  /// The id of a row where the path names one, else something of the right type.
  private String pathValue(Route route, String template, List<String> before, String variable) {
    int at = -1;
    for (int i = 0; i <= before.size(); i++) {
      at = template.indexOf("{}", at + 1);
    }
    boolean whole = at > 0 && template.charAt(at - 1) == '/';
    String list = whole ? template.substring(0, at - 1) : "";
    Input input = route.wire(variable, Input.Location.PATH);
    Schema schema = input == null ? Schema.ANY : input.schema();
    if (whole && (store.isCollection(list) || isList(list))) {
      Collection collection = store.collection(list, before);
      Object id = collection.liveId(calls);
      if (id == null && collection.type().idKey() != null && collection.type().scalar() == null) {
        Map<String, @Nullable Object> row = collection.next();
        collection.add(row);
        id = collection.id(row);
      }
      if (id != null) {
        return id.toString();
      }
    }
    Object some = value(route, variable, schema, 0);
    return some == null ? "1" : some.toString();
  }

  private boolean isList(String path) {
    Route list = store.router().loaded("GET", path);
    return list != null && list.isList();
  }

  private static Object typed(Schema schema, String value) {
    boolean number = schema.type().equals("integer") && value.matches("-?[0-9]{1,18}");
    return number ? (Object) Long.valueOf(value) : value;
  }

  private @Nullable Object value(Route route, String name, Schema schema, int depth) {
    if (depth == 0) {
      objects = 0;
    }
    if (!schema.enumValues().isEmpty()) {
      return schema.enumValues().getFirst();
    }
    Map<String, Schema> properties = Makers.propertiesOf(schema);
    boolean scalar = properties.isEmpty() && schema.items() == null;
    String target = store.behaviour().reference(route.path(), Words.snake(name));
    if (scalar && target != null && !target.isEmpty()) {
      return store.collection(target).liveId(calls);
    }
    if (!properties.isEmpty() && depth < DEEPEST && ++objects < MOST_OBJECTS) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      Set<String> chosen = chosen(schema, depth);
      chosen.addAll(schema.required());
      properties.forEach((key, property) -> {
        if (chosen.contains(key) && !property.readOnly()) {
          object.put(key, value(route, key, property, depth + 1));
        }
      });
      if (object.isEmpty() && depth == 0) {
        // Templates of requests take an empty object for none.
        properties.entrySet().stream()
            .filter(each -> each.getValue().type().equals("string"))
            .filter(each -> !each.getValue().readOnly())
            .findFirst()
            .ifPresent(
                each -> object.put(each.getKey(), value(route, each.getKey(), each.getValue(), 1)));
      }
      return object;
    }
    Schema items = schema.items();
    if (schema.type().equals("array") || items != null) {
      Object item = items == null ? null : value(route, Words.singular(name), items, depth + 1);
      // What is too deep to be made whole is left out.
      boolean hollow =
          items != null
              && item instanceof Map<?, ?> map
              && map.isEmpty()
              && !items.required().isEmpty();
      return item == null || hollow ? List.of() : List.of(item);
    }
    return switch (schema.type()) {
      case "integer" -> number(schema);
      case "number" -> (double) number(schema);
      case "boolean" -> true;
      case "object" -> Map.of();
      default -> text(name, schema);
    };
  }

  private long number(Schema schema) {
    Number least = schema.minimum();
    Number most = schema.maximum();
    return least != null ? least.longValue() : most == null ? 1 : Math.min(1, most.longValue());
  }

  private String text(String name, Schema schema) {
    String lower = Words.snake(name);
    String text =
        switch (schema.format()) {
          case "email" -> "someone@example.com";
          case "date-time" -> "2027-01-02T03:04:05";
          case "date" -> "2027-01-02";
          case "uuid" -> Makers.uuid(calls, 1);
          case "ip", "ipv4" -> "203.0.113.7";
          case "ipv6" -> "2001:db8::7";
          case "uri", "url" -> "https://www.example.com/";
          case "digits" -> "123";
          default ->
              schema.format().contains("prefix_length") || schema.format().contains("netmask")
                  ? "203.0.113.0/24"
                  : lower.endsWith("_ip") || lower.equals("address")
                      ? "203.0.113.7"
                      : "sample" + calls;
        };
    Integer most = schema.maxLength();
    Integer least = schema.minLength();
    String pattern = schema.pattern();
    if (pattern != null) {
      String made =
          PatternText.of(
              pattern, calls, least == null ? 0 : least, most == null ? Integer.MAX_VALUE : most);
      if (made != null) {
        return made;
      }
    }
    if (most != null && text.length() > most) {
      text = text.substring(text.length() - most);
    }
    if (least != null && text.length() < least) {
      text = text + "x".repeat(least - text.length());
    }
    return text;
  }
}
