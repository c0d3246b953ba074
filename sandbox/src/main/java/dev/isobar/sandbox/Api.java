package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Schema;
import dev.isobar.model.Json;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Answers requests the way the provider's documents say: the generic core of the sandbox.
///
/// route → who asks → are the parameters and the body valid → does what the path goes through exist
/// → what the behaviour knows of this operation → create, read, update, delete.
final class Api {
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private final Store store;
  private final Router router;
  private final Behaviour behaviour;
  private final Validator validator = new Validator();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, Maker> makers = new ConcurrentHashMap<>();

  Api(Store store) {
    this.store = store;
    this.router = store.router();
    this.behaviour = store.behaviour();
  }

  HttpResponse handle(HttpRequest request) {
    boolean head = request.verb().equals("HEAD");
    Route.Match match =
        router.match(head ? "GET" : request.verb(), request.path(), request.query());
    try {
      if (match == null) {
        throw unrouted(request);
      }
      return answer(request, match);
    } catch (Refusal refusal) {
      Operation operation = match == null ? nearOperation() : match.route().method().operation();
      Object body = ErrorShape.body(operation, refusal.status(), refusal.faults());
      HttpResponse response = HttpResponse.json(refusal.status(), body);
      for (var header : refusal.headers().entrySet()) {
        response = response.with(header.getKey(), header.getValue());
      }
      return response;
    }
  }

  /// Some operation whose declared error shape stands for that of the provider.
  @Nullable Operation nearOperation() {
    return router.loadedRoutes().stream()
        .map(route -> route.method().operation())
        .filter(operation -> operation.responses().containsKey("default"))
        .findFirst()
        .orElse(null);
  }

  private Refusal unrouted(HttpRequest request) {
    Set<String> verbs = router.verbs(request.path());
    if (verbs.isEmpty()) {
      return Refusal.notFound();
    }
    Fault fault = new Fault(null, "Method not allowed");
    return new Refusal(405, List.of(fault), Map.of("Allow", String.join(", ", verbs)));
  }

  private HttpResponse answer(HttpRequest request, Route.Match match) {
    Route route = match.route();
    String token = request.token();
    if (token == null && route.method().credential() == Method.CredentialUse.REQUIRED) {
      throw new Refusal(401, null, "Invalid Token");
    }
    checkPath(route, match.values());
    Map<String, List<String>> query = request.query();
    checkParameters(route, query, request);
    Object body = body(route, request);
    boolean reads = route.verb().equals("GET") && !behaviour.writes(route.path());
    Lock lock = reads ? store.lock().readLock() : store.lock().writeLock();
    lock.lock();
    try {
      Map<String, String> headers = new LinkedHashMap<>(request.headers());
      headers.put(":path", request.path());
      var exchange =
          new Exchange(
              store,
              route,
              match.values(),
              query,
              headers,
              Values.object(body),
              token == null ? "" : Users.of(token),
              store.now());
      for (Store.Parent parent : store.parents(route.path(), match.values())) {
        if (!parent.collection().has(parent.id())) {
          throw Refusal.notFound();
        }
      }
      return dispatch(exchange, body);
    } finally {
      lock.unlock();
    }
  }

  private static void checkPath(Route route, List<String> values) {
    List<String> names = route.template().variables();
    for (int i = 0; i < names.size(); i++) {
      Input input = route.wire(names.get(i), Input.Location.PATH);
      boolean integer = input != null && input.schema().type().equals("integer");
      if (integer && !values.get(i).matches("-?[0-9]{1,18}")) {
        throw Refusal.notFound();
      }
    }
  }

  private void checkParameters(Route route, Map<String, List<String>> query, HttpRequest request) {
    List<Fault> faults = new ArrayList<>();
    for (Input input : route.method().inputs()) {
      if (input.location() == Input.Location.QUERY) {
        List<String> given = query.getOrDefault(input.wireName(), List.of());
        if (given.isEmpty() && input.required()) {
          faults.add(new Fault(input.wireName(), "Is required"));
        }
        for (String value : given) {
          String reason = validator.parameter(input.schema(), value);
          if (reason != null) {
            faults.add(new Fault(input.wireName(), reason));
          }
        }
      } else if (input.location() == Input.Location.HEADER && input.required()) {
        String name = input.wireName().toLowerCase(java.util.Locale.ROOT);
        if (request.header(name) == null && input.defaultValue() == null) {
          faults.add(new Fault(input.wireName(), "Is required"));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new Refusal(400, faults, Map.of());
    }
  }

  private static @Nullable Object body(Route route, HttpRequest request) {
    Operation.Body declared = route.method().operation().body();
    boolean mutates = !route.verb().equals("GET") && !route.verb().equals("DELETE");
    String mediaType = request.headers().getOrDefault("content-type", "application/json");
    boolean json =
        Route.isJson(mediaType) && (declared == null || Route.isJson(declared.mediaType()));
    if (request.body().length == 0 || !json) {
      return mutates && declared != null && json ? Map.of() : null;
    }
    try {
      return Json.parse(request.body());
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, null, "The body is not valid JSON: " + e.getMessage());
    }
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

  private HttpResponse dispatch(Exchange exchange, @Nullable Object body) {
    Route route = exchange.route();
    String verb = route.verb();
    boolean behind = route.template().endsInVariable();
    boolean one = behind && !route.isList() && !verb.equals("POST");
    if (behaviour.handles(route.key())) {
      checkBody(exchange, body, null);
      Object special = behaviour.handle(exchange);
      if (special instanceof List<?> rows) {
        return listed(exchange, rows);
      }
      if (special instanceof Map<?, ?>) {
        return shown(exchange, Values.object(special));
      }
    }
    Map<String, @Nullable Object> current = one ? entity(exchange) : null;
    boolean upsert = one && current == null && verb.equals("PUT") && !canPost(exchange);
    if (one && current == null && !upsert) {
      throw Refusal.notFound();
    }
    if (!one && !verb.equals("POST") && !verb.equals("GET")) {
      current = singleton(exchange);
    }
    checkBody(exchange, body, current);
    return switch (verb) {
      case "GET" -> {
        if (route.isList()) {
          yield list(exchange);
        }
        if (!isJson(route)) {
          yield binary(route);
        }
        Map<String, @Nullable Object> entity = one ? current : singleton(exchange);
        if (entity == null) {
          throw Refusal.notFound();
        }
        yield shown(exchange, entity);
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
    if (idKey != null && made.get(idKey) instanceof Long) {
      made.put(idKey, id.matches("[0-9]{1,18}") ? Long.valueOf(id) : (Object) id);
    } else if (idKey != null) {
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

  private HttpResponse list(Exchange exchange) {
    Collection collection = exchange.collection();
    Set<String> keys = answerKeys(exchange.route(), collection);
    List<String> named = namedFilters(exchange, collection);
    XFilter filter = filter(exchange);
    if (filter == null && named.isEmpty()) {
      Pages page = Pages.of(exchange, collection.size());
      List<Integer> places =
          IntStream.range(page.offset(), page.offset() + page.count()).boxed().toList();
      return page(exchange, page, new Window(collection, places, keys));
    }
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < collection.size(); place++) {
      Map<String, @Nullable Object> row = collection.glance(place);
      boolean passes = filter == null || filter.condition().test(row);
      if (passes
          && named.stream().allMatch(key -> text(row.get(key)).equals(exchange.query(key)))) {
        places.add(place);
      }
    }
    if (filter != null && filter.order() != null) {
      places.sort(Comparator.comparing(collection::glance, filter.order()));
    }
    Pages page = Pages.of(exchange, places.size());
    int from = Math.min(page.offset(), places.size());
    List<Integer> shown = places.subList(from, from + page.count());
    return page(exchange, page, new Window(collection, shown, keys));
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  /// Rows that a behaviour gave, filtered, sorted and cut into pages like any others.
  private HttpResponse listed(Exchange exchange, List<?> given) {
    XFilter filter = filter(exchange);
    if (filter == null) {
      return cut(exchange, given, null);
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Object row : given) {
      if (filter.condition().test(Values.object(row))) {
        rows.add(Values.object(row));
      }
    }
    sort(rows, filter);
    return cut(exchange, rows, null);
  }

  private static void sort(List<Map<String, @Nullable Object>> rows, @Nullable XFilter filter) {
    if (filter != null && filter.order() != null) {
      rows.sort(filter.order());
    }
  }

  private HttpResponse cut(Exchange exchange, List<?> rows, @Nullable Set<String> keys) {
    Pages page = Pages.of(exchange, rows.size());
    int from = Math.min(page.offset(), rows.size());
    List<Object> shown = new ArrayList<>();
    for (Object row : rows.subList(from, from + page.count())) {
      shown.add(row instanceof Map<?, ?> ? Answer.project(Values.object(row), keys) : row);
    }
    return page(exchange, page, shown);
  }

  private HttpResponse page(Exchange exchange, Pages page, List<?> rows) {
    Route route = exchange.route();
    Scope scope = store.scope(route, exchange.path(), exchange.values());
    Object body = page.body(rows, route.envelope(), whole(route), scope);
    var out = new JsonBytes(rows.size() * 512);
    out.value(body);
    HttpResponse response = HttpResponse.json(route.success(), out);
    for (var header : page.headers().entrySet()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response;
  }

  /// Some rows of a collection; each is made when it is read.
  private static final class Window extends AbstractList<@Nullable Object> {
    private final Collection collection;
    private final List<Integer> places;
    private final @Nullable Set<String> keys;

    Window(Collection collection, List<Integer> places, @Nullable Set<String> keys) {
      this.collection = collection;
      this.places = places;
      this.keys = keys;
    }

    @Override
    public @Nullable Object get(int index) {
      Object row = collection.at(places.get(index));
      return keys != null && row instanceof Map<?, ?>
          ? Answer.project(Values.object(row), keys)
          : row;
    }

    @Override
    public int size() {
      return places.size();
    }
  }

  private @Nullable Set<String> answerKeys(Route route, Collection collection) {
    Schema row = route.envelope().row();
    if (row == null || collection.type().scalar() != null) {
      return null;
    }
    Set<String> declared = new LinkedHashSet<>(Makers.propertiesOf(row).keySet());
    route.method().columns().forEach(column -> declared.add(column.key()));
    return declared.isEmpty() || declared.containsAll(collection.type().fields().names())
        ? null
        : declared;
  }

  /// Declared query parameters that have the name of a field: they select rows.
  private static List<String> namedFilters(Exchange exchange, Collection collection) {
    List<String> named = new ArrayList<>();
    for (String name : exchange.query().keySet()) {
      if (exchange.declares(name) && collection.type().fields().has(name)) {
        named.add(name);
      }
    }
    return named;
  }

  private static @Nullable XFilter filter(Exchange exchange) {
    Method method = exchange.route().method();
    String header = exchange.headers().get("x-filter");
    Method.FilterSpec spec = method.filter();
    if (header == null || (spec == null && !exchange.store().behaviour().filters())) {
      return null;
    }
    return XFilter.parse(header, spec == null ? Set.of() : Set.copyOf(spec.columns()));
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
    return shown(exchange, behaviour.present(store, collection.type().path(), entity));
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
      return shown(exchange, after);
    }
    String renamed = collection.id(after);
    if (!renamed.equals(id) && collection.has(renamed)) {
      throw new Refusal(400, collection.type().idKey(), "Already exists");
    }
    behaviour.check(exchange, collection, current, after);
    collection.replace(id, after);
    behaviour.changed(exchange, collection, current, after);
    return shown(exchange, behaviour.present(store, collection.type().path(), after));
  }

  private HttpResponse updateSingleton(Exchange exchange) {
    Map<String, @Nullable Object> current = singleton(exchange);
    Map<String, @Nullable Object> after =
        Values.copy(current == null ? new LinkedHashMap<>() : current);
    Answer wrapped = answer(exchange.route(), after.keySet());
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
    return shown(exchange, after);
  }

  private HttpResponse delete(Exchange exchange, Map<String, @Nullable Object> current) {
    String id = exchange.values().getLast();
    Collection collection = exchange.collection();
    if (!hasRows(exchange, collection)) {
      store.removeObject(collection.path() + "/" + id);
      return done(exchange.route());
    }
    behaviour.check(exchange, collection, current, null);
    collection.remove(id);
    store.forgetBelow(collection.path() + "/" + id);
    behaviour.changed(exchange, collection, current, null);
    return done(exchange.route());
  }

  private HttpResponse clear(Exchange exchange) {
    if (singleton(exchange) == null) {
      throw Refusal.notFound();
    }
    store.removeObject(
        store.objectKey(exchange.route().path(), exchange.values(), exchange.user()));
    return done(exchange.route());
  }

  /// A POST that creates no row: what it is given is kept where the same path shows it, and the
  /// answer is the entity that it acts on, or made from the schema.
  private HttpResponse action(Exchange exchange) {
    Route route = exchange.route();
    Route read = router.loaded("GET", route.path());
    if (read != null && !read.isList()) {
      Map<String, @Nullable Object> object = singleton(exchange);
      Map<String, @Nullable Object> after =
          object == null ? new LinkedHashMap<>() : Values.copy(object);
      mergeKnown(after, exchange.body());
      store.putObject(store.objectKey(route.path(), exchange.values(), exchange.user()), after);
      return shown(exchange, after);
    }
    List<Store.Parent> parents = store.parents(route.path(), exchange.values());
    if (!parents.isEmpty()) {
      Store.Parent parent = parents.getLast();
      Map<String, @Nullable Object> entity = parent.collection().find(parent.id());
      Answer answer = answer(route, parent.collection().type().fields().names());
      if (entity != null && answer.holdsEntity()) {
        return shown(exchange, entity);
      }
    }
    if (!isJson(route)) {
      return binary(route);
    }
    Object made = generated(exchange);
    if (made instanceof Map<?, ?>) {
      Map<String, @Nullable Object> copy = Values.copy(Values.object(made));
      mergeKnown(copy, exchange.body());
      made = copy;
    }
    return HttpResponse.json(route.success(), made);
  }

  // --- answering

  private Answer answer(Route route, Set<String> fields) {
    return answers.computeIfAbsent(route.key(), _ -> Answer.of(route, fields));
  }

  /// The response that shows an entity.
  private HttpResponse shown(Exchange exchange, Map<String, @Nullable Object> entity) {
    Route route = exchange.route();
    Envelope envelope = route.envelope();
    Schema root = envelope.root();
    if (root == null || (Makers.propertiesOf(root).isEmpty() && !isArray(root))) {
      boolean freeForm = root != null && !route.verb().equals("POST");
      return freeForm ? HttpResponse.json(route.success(), entity) : done(route);
    }
    boolean inside = !envelope.path().isEmpty() && !envelope.list();
    if (inside && !answer(route, entity.keySet()).isWhole()) {
      Map<String, @Nullable Object> whole = new LinkedHashMap<>();
      if (Makers.propertiesOf(root).size() > 1) {
        whole.putAll(Values.object(generated(exchange)));
      }
      Schema row = envelope.row();
      String wrapper = row == null ? null : Answer.wrapperIn(row, entity.keySet());
      Map<String, @Nullable Object> inner = entity;
      if (wrapper != null && !wrapper.isEmpty()) {
        inner = new LinkedHashMap<>();
        inner.put(wrapper, entity);
      }
      whole.put(envelope.path().getFirst(), nested(envelope.path(), 1, inner));
      return HttpResponse.json(route.success(), whole);
    }
    Answer answer = answer(route, entity.keySet());
    if (!answer.holdsEntity()) {
      return HttpResponse.json(route.success(), generated(exchange));
    }
    boolean alone = answer.wrapper().isEmpty();
    return HttpResponse.json(
        route.success(), answer.wrap(entity, alone ? Map.of() : generated(exchange)));
  }

  private static Object nested(List<String> path, int from, Map<String, @Nullable Object> entity) {
    return from == path.size() ? entity : Map.of(path.get(from), nested(path, from + 1, entity));
  }

  private static boolean isArray(Schema schema) {
    return schema.type().equals("array") || schema.items() != null;
  }

  private @Nullable Object generated(Exchange exchange) {
    Route route = exchange.route();
    Scope scope = store.scope(route, exchange.path(), exchange.values());
    return whole(route).make(scope, Math.floorMod(Scope.hash(exchange.path()), 1000L));
  }

  private Maker whole(Route route) {
    return makers.computeIfAbsent(
        route.key(),
        _ -> {
          Schema root = route.envelope().root();
          return root == null
              ? (_, _) -> Map.of()
              : new Makers(behaviour, route.path(), route.template().variables(), null, Map.of())
                  .value(root);
        });
  }

  private static String mediaType(Route route) {
    Operation.Body success =
        route.method().operation().responses().get(route.method().operation().success());
    return success == null ? "application/json" : success.mediaType();
  }

  /// Whether the body is JSON by its media type, or by a schema that nothing else could follow.
  private static boolean isJson(Route route) {
    String mediaType = mediaType(route);
    Schema root = route.envelope().root();
    boolean shaped = root != null && !Makers.propertiesOf(root).isEmpty();
    return Route.isJson(mediaType) || (shaped && !mediaType.contains("xml"));
  }

  private static HttpResponse binary(Route route) {
    String mediaType = mediaType(route);
    if (mediaType.startsWith("image/")) {
      return HttpResponse.of(route.success(), "image/png", PNG);
    }
    if (mediaType.startsWith("text/")) {
      byte[] text = "sandbox\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      return HttpResponse.of(route.success(), mediaType, text);
    }
    throw new Refusal(501, null, "The sandbox makes no bodies of type " + mediaType);
  }

  /// The response of an operation that has nothing to show.
  private static HttpResponse done(Route route) {
    int status = route.success();
    return status == 204 || status == 205
        ? HttpResponse.empty(status)
        : HttpResponse.json(status, Map.of());
  }
}
