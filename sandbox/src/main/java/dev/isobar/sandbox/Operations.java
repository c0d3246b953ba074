package dev.isobar.sandbox;

import dev.isobar.catalog.Schema;
import dev.isobar.model.SqlVerb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Does what a request asks for: create, read, update, delete, or an action. Whoever calls holds
/// the store's lock.
final class Operations {
  private final Store store;
  private final Router router;
  private final Behaviour behaviour;
  private final Responses responses;
  private final Lists lists;
  private final Validator validator;

  Operations(Store store, Validator validator) {
    this.store = store;
    this.router = store.router();
    this.behaviour = store.behaviour();
    this.responses = new Responses(store);
    this.lists = new Lists(store, responses);
    this.validator = validator;
  }

  /// Refuses a body that does not fit.
  ///
  /// @param current the entity that it changes, or null
  private void checkBody(
      Exchange exchange, @Nullable Object body, @Nullable Map<String, @Nullable Object> current) {
    Schema schema = exchange.route().bodySchema();
    if (schema != null && body != null) {
      List<Fault> faults = validator.check(schema, body, current);
      if (!faults.isEmpty()) {
        throw new Refusal(400, faults, Map.of());
      }
    }
    if (!exchange.route().verb().equals("GET")) {
      behaviour.admit(exchange);
    }
  }

  HttpResponse dispatch(Exchange exchange, @Nullable Object body) {
    Route route = exchange.route();
    String verb = route.verb();
    if (route.isAction() && !behaviour.handles(route.key())) {
      return act(exchange, body);
    }
    boolean behind = route.template().endsInVariable();
    boolean one = behind && !route.isList() && !verb.equals("POST");
    if (behaviour.handles(route.key())) {
      checkBody(exchange, body, null);
      Object special = behaviour.handle(exchange);
      if (special instanceof List<?> rows) {
        return lists.listed(exchange, rows);
      }
      if (special instanceof Map<?, ?>) {
        return responses.shown(exchange, Values.object(special));
      }
    }
    Map<String, @Nullable Object> current = one ? entity(exchange) : null;
    boolean upsert = one && current == null && verb.equals("PUT") && !canPost(exchange);
    if (one && current == null && !upsert) {
      throw Refusal.notFound();
    }
    if (!one && !verb.equals("POST") && !verb.equals("GET") && !verb.equals("HEAD")) {
      current = singleton(exchange);
    }
    checkBody(exchange, body, current);
    return switch (verb) {
      case "GET", "HEAD" -> {
        if (route.isList()) {
          yield lists.list(exchange);
        }
        if (Responses.isPlain(route)) {
          yield Responses.plain(route);
        }
        Map<String, @Nullable Object> entity = one ? current : singleton(exchange);
        if (entity == null) {
          throw Refusal.notFound();
        }
        yield responses.shown(exchange, entity);
      }
      case "POST" ->
          store.hasEntities(route.path()) || isListed(route)
              ? create(exchange, null)
              : action(exchange);
      case "PUT", "PATCH" ->
          upsert
              ? create(exchange, exchange.values().getLast())
              : one && current != null ? update(exchange, current) : updateSingleton(exchange);
      case "DELETE" -> one && current != null ? delete(exchange, current) : clear(exchange);
      default -> throw new Refusal(405, null, "Method not allowed");
    };
  }

  private boolean isListed(Route route) {
    Route list = router.loaded("GET", route.path());
    return list != null && list.isList();
  }

  private boolean canPost(Exchange exchange) {
    return router.loaded("POST", listPath(exchange)) != null;
  }

  /// Whether rows are looked up, rather than made for any id: they are where they can be listed or
  /// created, and where something tells which is which.
  private boolean hasRows(Exchange exchange, Collection collection) {
    return (collection.type().list() != null || canPost(exchange))
        && collection.type().idKey() != null;
  }

  private static String listPath(Exchange exchange) {
    String path = exchange.route().path();
    return path.substring(0, path.length() - 3);
  }

  // --- reading

  /// The row that the path names; one is made up where the provider has no list to look in.
  private @Nullable Map<String, @Nullable Object> entity(Exchange exchange) {
    Collection collection = exchange.collection();
    String id = exchange.values().getLast();
    if (hasRows(exchange, collection)) {
      return collection.find(id);
    }
    String key = collection.path() + "/" + id;
    if (store.isGone(key)) {
      return null;
    }
    Map<String, @Nullable Object> stored = store.storedObject(key);
    if (stored != null) {
      return stored;
    }
    Map<String, @Nullable Object> made =
        collection.type().fields().make(collection.scope(), Math.floorMod(Scope.hash(id), 1000L));
    String idKey = collection.type().idKey();
    boolean numbered = idKey != null && made.get(idKey) instanceof Number;
    if (numbered && id.matches("[0-9]{1,18}")) {
      made.put(idKey, Long.valueOf(id));
    } else if (idKey != null && !numbered) {
      // A row that has a number besides the name by which it is asked for keeps it.
      made.put(idKey, id);
    }
    return made;
  }

  /// The single object at the path, or null when it was deleted.
  private @Nullable Map<String, @Nullable Object> singleton(Exchange exchange) {
    Route read = router.loaded("GET", exchange.route().path());
    Route route = read == null ? exchange.route() : read;
    Map<String, @Nullable Object> object =
        store.object(route, exchange.values(), exchange.user(), rowFields(route));
    return object == null ? null : behaviour.present(store, route.path(), object);
  }

  static Map<String, Schema> rowFields(Route route) {
    Schema row = route.envelope().row();
    return row == null ? Map.of() : Makers.propertiesOf(row);
  }

  // --- changing

  /// @param id the id that the path gives to the new row, or null
  private HttpResponse create(Exchange exchange, @Nullable String id) {
    Collection collection =
        id == null
            ? store.collection(exchange.route().path(), exchange.values())
            : exchange.collection();
    Map<String, @Nullable Object> entity = newEntity(exchange, collection, exchange.body());
    String key = collection.type().idKey();
    if (id != null && key != null) {
      entity.put(key, id);
    }
    if (key != null && collection.has(collection.id(entity))) {
      throw new Refusal(400, key, "Already exists");
    }
    behaviour.check(exchange, collection, null, entity);
    collection.add(entity);
    behaviour.changed(exchange, collection, null, entity);
    return responses.shown(exchange, behaviour.present(store, collection.type().path(), entity));
  }

  /// A row as a request would create it: generated, then what can be set but was not given is
  /// reset, then the body is put over it.
  Map<String, @Nullable Object> newEntity(
      Exchange exchange, Collection collection, Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> entity = Values.copy(collection.next());
    Schema schema = exchange.route().bodySchema();
    if (schema != null) {
      Makers.propertiesOf(schema)
          .forEach((name, property) -> {
            boolean settable = entity.containsKey(name) && !property.readOnly();
            if (settable && !body.containsKey(name)) {
              unset(entity, name, property, collection.type());
            }
          });
    }
    stamp(entity, exchange.now(), true);
    mergeKnown(entity, body);
    return entity;
  }

  private static void unset(
      Map<String, @Nullable Object> entity, String name, Schema schema, CollectionType type) {
    Schema shown = type.schemas().get(name);
    if (name.equals(type.idKey())) {
      return;
    }
    if (schema.defaultValue() != null) {
      entity.put(name, schema.defaultValue());
    } else if (schema.nullable() || (shown != null && shown.nullable())) {
      entity.put(name, null);
    } else if (entity.get(name) instanceof List<?>) {
      entity.put(name, List.of());
    } else if (entity.get(name) instanceof Boolean) {
      entity.put(name, false);
    } else if (!schema.enumValues().isEmpty()) {
      entity.put(name, schema.enumValues().getFirst());
    } else if (entity.get(name) instanceof String && !isLabel(name)) {
      entity.put(name, "");
    }
  }

  private static boolean isLabel(String name) {
    return Set.of("label", "name", "title", "slug").contains(name);
  }

  /// Merges the body's fields that the entity has; fields that are only given, never shown, such as
  /// passwords, are dropped.
  private static void mergeKnown(
      Map<String, @Nullable Object> entity, Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> known = new LinkedHashMap<>(body);
    known.keySet().retainAll(entity.keySet());
    Values.merge(entity, known);
  }

  private void stamp(Map<String, @Nullable Object> entity, Instant now, boolean created) {
    String text = Dates.text(now, behaviour.dateSuffix());
    for (String name : List.copyOf(entity.keySet())) {
      boolean date = entity.get(name) instanceof String value && value.matches("[0-9-]{10}T.*");
      if (date && (name.startsWith("updated") || (created && name.startsWith("created")))) {
        entity.put(name, text);
      }
    }
  }

  private HttpResponse update(Exchange exchange, Map<String, @Nullable Object> current) {
    String id = exchange.values().getLast();
    Collection collection = exchange.collection();
    Map<String, @Nullable Object> after = Values.copy(current);
    mergeKnown(after, exchange.body());
    stamp(after, exchange.now(), false);
    if (!hasRows(exchange, collection)) {
      store.putObject(collection.path() + "/" + id, after);
      return responses.shown(exchange, after);
    }
    String renamed = collection.id(after);
    if (!renamed.equals(id) && collection.has(renamed)) {
      throw new Refusal(400, collection.type().idKey(), "Already exists");
    }
    behaviour.check(exchange, collection, current, after);
    collection.replace(id, after);
    behaviour.changed(exchange, collection, current, after);
    return responses.shown(exchange, behaviour.present(store, collection.type().path(), after));
  }

  private HttpResponse updateSingleton(Exchange exchange) {
    Map<String, @Nullable Object> current = singleton(exchange);
    Map<String, @Nullable Object> after =
        Values.copy(current == null ? new LinkedHashMap<>() : current);
    Answer wrapped = responses.answer(exchange.route(), after.keySet());
    Map<String, @Nullable Object> body = exchange.body();
    Object inner = wrapped.wrapper().isEmpty() ? null : body.get(wrapped.wrapper());
    if (current == null) {
      after.putAll(body);
    } else if (inner instanceof Map<?, ?>) {
      mergeKnown(after, Values.object(inner));
    } else if (after.isEmpty()) {
      after.putAll(body);
    } else {
      mergeKnown(after, body);
    }
    store.putObject(
        store.objectKey(exchange.route().path(), exchange.values(), exchange.user()), after);
    behaviour.acted(exchange);
    return responses.shown(exchange, after);
  }

  private HttpResponse delete(Exchange exchange, Map<String, @Nullable Object> current) {
    String id = exchange.values().getLast();
    Collection collection = exchange.collection();
    if (!hasRows(exchange, collection)) {
      store.removeObject(collection.path() + "/" + id);
      return Responses.done(exchange.route());
    }
    behaviour.check(exchange, collection, current, null);
    collection.remove(id);
    store.forgetBelow(collection.path() + "/" + id);
    behaviour.changed(exchange, collection, current, null);
    return Responses.done(exchange.route());
  }

  private HttpResponse clear(Exchange exchange) {
    if (singleton(exchange) == null) {
      throw Refusal.notFound();
    }
    store.removeObject(
        store.objectKey(exchange.route().path(), exchange.values(), exchange.user()));
    behaviour.acted(exchange);
    return Responses.done(exchange.route());
  }

  /// A POST that creates no row: what it is given is kept where the same path shows it, and the
  /// answer is the entity that it acts on, or made from the schema.
  private HttpResponse action(Exchange exchange) {
    behaviour.acted(exchange);
    Route route = exchange.route();
    Route read = router.loaded("GET", route.path());
    if (read != null && !read.isList()) {
      Map<String, @Nullable Object> object = singleton(exchange);
      Map<String, @Nullable Object> after =
          object == null ? new LinkedHashMap<>() : Values.copy(object);
      mergeKnown(after, exchange.body());
      store.putObject(store.objectKey(route.path(), exchange.values(), exchange.user()), after);
      return responses.shown(exchange, after);
    }
    List<Store.Parent> parents = store.parents(route.path(), exchange.values());
    if (!parents.isEmpty()) {
      Store.Parent parent = parents.getLast();
      Map<String, @Nullable Object> entity = parent.collection().find(parent.id());
      Answer answer = responses.answer(route, parent.collection().type().fields().names());
      if (entity != null && answer.holdsEntity()) {
        return responses.shown(exchange, entity);
      }
    }
    if (Responses.isPlain(route)) {
      return Responses.plain(route);
    }
    Object made = responses.generated(exchange);
    if (made instanceof Map<?, ?>) {
      Map<String, @Nullable Object> copy = Values.copy(Values.object(made));
      mergeKnown(copy, exchange.body());
      made = copy;
    }
    return Responses.written(route, made);
  }

  // --- actions: what the path does not name

  private HttpResponse act(Exchange exchange, @Nullable Object body) {
    checkBody(exchange, body, null);
    Route route = exchange.route();
    Set<SqlVerb> verbs = route.verbs();
    Actions actions = store.actions(route);
    Collection rows = store.collection(actions.path(), actions.values(exchange));
    String idKey = rows.type().idKey();
    List<String> ids = idKey == null ? List.of() : actions.ids(exchange, idKey);
    if (verbs.contains(SqlVerb.SELECT)) {
      return select(exchange, rows, ids);
    }
    if (verbs.contains(SqlVerb.INSERT) && rows.type().scalar() == null) {
      return create(exchange, rows, ids.isEmpty() ? null : ids.getFirst());
    }
    boolean keyed = idKey != null && !ids.isEmpty();
    if (keyed && verbs.contains(SqlVerb.DELETE)) {
      Map<String, @Nullable Object> last = null;
      for (String id : ids) {
        last = existing(actions, rows, id);
        behaviour.check(exchange, rows, last, null);
        if (rows.has(id)) {
          rows.remove(id);
        }
        behaviour.changed(exchange, rows, last, null);
      }
      return last == null ? Responses.done(route) : responses.shown(exchange, last);
    }
    if (keyed && (verbs.contains(SqlVerb.UPDATE) || verbs.contains(SqlVerb.REPLACE))) {
      String id = ids.getFirst();
      Map<String, @Nullable Object> before = existing(actions, rows, id);
      Map<String, @Nullable Object> after = Values.copy(before);
      mergeAlike(after, exchange);
      after.put(idKey, before.get(idKey));
      stamp(after, exchange.now(), false);
      behaviour.check(exchange, rows, before, after);
      if (rows.has(id)) {
        rows.replace(id, after);
      } else {
        rows.add(after);
      }
      behaviour.changed(exchange, rows, before, after);
      return responses.shown(exchange, after);
    }
    behaviour.acted(exchange);
    if (Responses.isPlain(route)) {
      return Responses.plain(route);
    }
    return route.envelope().root() == null
        ? Responses.done(route)
        : Responses.written(route, responses.generated(exchange));
  }

  private HttpResponse select(Exchange exchange, Collection rows, List<String> ids) {
    Route route = exchange.route();
    if (Responses.isPlain(route)) {
      return Responses.plain(route);
    }
    if (route.envelope().list() && ids.isEmpty()) {
      return lists.list(exchange, rows);
    }
    UnaryOperator<Map<String, @Nullable Object>> texts = store.jsonTexts().in(exchange);
    Actions actions = store.actions(route);
    if (route.envelope().list()) {
      List<Map<String, @Nullable Object>> found = new ArrayList<>();
      for (String id : ids) {
        found.add(texts.apply(existing(actions, rows, id)));
      }
      return lists.listed(exchange, found);
    }
    if (rows.type().scalar() != null || rows.type().fields().names().isEmpty()) {
      return Responses.written(route, responses.generated(exchange));
    }
    if (!ids.isEmpty()) {
      return responses.shown(exchange, texts.apply(existing(actions, rows, ids.getFirst())));
    }
    Object first = rows.size() == 0 ? null : rows.at(0);
    if (first instanceof Map<?, ?>) {
      // Nothing tells which row is asked for: the one that looks as it was asked for.
      Map<String, @Nullable Object> row = Values.copy(Values.object(first));
      mergeAlike(row, exchange);
      return responses.shown(exchange, texts.apply(row));
    }
    return Responses.written(route, responses.generated(exchange));
  }

  /// The row of that id; one is made up where no list shows which there are.
  private Map<String, @Nullable Object> existing(Actions actions, Collection rows, String id) {
    Map<String, @Nullable Object> row = rows.find(id);
    if (row != null) {
      return row;
    }
    String idKey = rows.type().idKey();
    String gone = rows.path() + "/" + id;
    if (actions.list() != null || idKey == null || store.isGone(gone)) {
      throw Refusal.notFound();
    }
    Map<String, @Nullable Object> made =
        rows.type().fields().make(rows.scope(), Math.floorMod(Scope.hash(id), 1000L));
    made.put(idKey, id);
    return made;
  }

  /// @param id that the request gives to the new row, or null
  private HttpResponse create(Exchange exchange, Collection rows, @Nullable String id) {
    Map<String, @Nullable Object> entity = Values.copy(rows.next());
    stamp(entity, exchange.now(), true);
    mergeAlike(entity, exchange);
    String idKey = rows.type().idKey();
    if (idKey != null && id != null) {
      entity.put(idKey, id);
      if (rows.has(id)) {
        throw new Refusal(400, idKey, "Already exists");
      }
    }
    behaviour.check(exchange, rows, null, entity);
    rows.add(entity);
    behaviour.changed(exchange, rows, null, entity);
    return responses.shown(exchange, entity);
  }

  /// Puts what a request gives into the fields of those names, whatever their spelling.
  private static void mergeAlike(Map<String, @Nullable Object> entity, Exchange exchange) {
    for (String name : List.copyOf(entity.keySet())) {
      Object given = exchange.given(name);
      Object before = entity.get(name);
      boolean fits =
          given != null
              && (before == null
                  || before.getClass() == given.getClass()
                  || (before instanceof Map<?, ?> && given instanceof Map<?, ?>)
                  || (before instanceof List<?> && given instanceof List<?>));
      if (fits) {
        entity.put(name, given);
      }
    }
  }
}
