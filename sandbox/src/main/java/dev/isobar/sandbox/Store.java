package dev.isobar.sandbox;

import dev.isobar.catalog.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// Everything that the emulated provider has: collections, single objects, text messages, and its
/// clock.
///
/// Whoever reads holds the lock for reading, whoever changes holds it for writing.
final class Store {
  /// The name under which objects that each user has find theirs among the bound variables.
  static final String USER = "@user";

  private static final String SAVED_CLOCK = "clock";

  private final Router router;
  private final JsonTexts jsonTexts;
  private final Behaviour behaviour;
  private final SandboxOptions options;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, CollectionType> types = new ConcurrentHashMap<>();
  private final Map<String, Actions> actions = new ConcurrentHashMap<>();
  private final Map<String, Fields> objectTypes = new ConcurrentHashMap<>();
  private final Map<String, List<Map<String, @Nullable Object>>> catalogs =
      new ConcurrentHashMap<>();
  private final Map<String, Collection> topLevel = new ConcurrentHashMap<>();
  private final Map<String, Collection> touched = new LinkedHashMap<>();
  private final Map<String, Map<String, @Nullable Object>> unread = new HashMap<>();
  private final Map<String, Map<String, @Nullable Object>> objects = new LinkedHashMap<>();
  private final Set<String> gone = new LinkedHashSet<>();
  private final List<Message> messages = new ArrayList<>();
  private volatile Duration advanced = Duration.ZERO;
  private final AtomicLong version = new AtomicLong();

  /// A text message that the provider sent to a telephone.
  record Message(String to, String text, String code, Instant at) {}

  Store(Router router, Behaviour behaviour, SandboxOptions options) {
    this.router = router;
    this.jsonTexts = new JsonTexts(router.provider());
    this.behaviour = behaviour;
    this.options = options;
  }

  Router router() {
    return router;
  }

  JsonTexts jsonTexts() {
    return jsonTexts;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  ReentrantReadWriteLock lock() {
    return lock;
  }

  /// A number that grows with each change.
  long version() {
    return version.get();
  }

  long seed() {
    return options.seed();
  }

  // --- time and messages

  Instant now() {
    Clock clock = options.clock();
    return clock.instant().plus(advanced);
  }

  void advance(Duration by) {
    advanced = advanced.plus(by);
    version.incrementAndGet();
  }

  void send(String to, String text, String code) {
    messages.add(new Message(to, text, code, now()));
    version.incrementAndGet();
    options.log().accept("SMS to " + to + ": " + text);
  }

  List<Message> messages() {
    return messages;
  }

  // --- collections

  /// The collection at a path with variables; the services that know the path are loaded.
  Collection collection(String template, List<String> values) {
    String path = concrete(template, values);
    Collection known = touched.get(path);
    if (known != null) {
      return known;
    }
    if (values.isEmpty()) {
      known = topLevel.get(path);
      if (known != null) {
        return known;
      }
    }
    Collection made = make(template, path, values);
    if (values.isEmpty()) {
      Collection earlier = topLevel.putIfAbsent(path, made);
      made = earlier == null ? made : earlier;
    }
    return made;
  }

  /// The top-level collection at a path without variables.
  Collection collection(String path) {
    return collection(path, List.of());
  }

  private Collection make(String template, String path, List<String> values) {
    CollectionType type = type(template);
    Map<String, String> bound = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(values.size(), type.variables().size()); i++) {
      bound.put(type.variables().get(i), values.get(i));
    }
    long hash = Scope.hash(path);
    long firstId =
        values.isEmpty()
            ? 1_000_000 * (1 + Math.floorMod(hash, 90L)) + 1
            : 100_000_000 + Math.floorMod(hash, 40_000_000L) * 20;
    var scope = new Scope(this, Scope.mix(options.seed(), hash), firstId, bound);
    var made = new Collection(this, type, path, scope, rows(type, hash, values));
    Map<String, @Nullable Object> state = unread.get(path);
    if (state != null) {
      made.restore(state);
    }
    return made;
  }

  private int rows(CollectionType type, long hash, List<String> values) {
    List<?> catalog = type.catalog();
    if (catalog != null) {
      return catalog.size();
    }
    if (!parentWasGenerated(type.path(), values)) {
      return 0;
    }
    Route list = type.list();
    if (list != null) {
      String resource = list.resource().resource();
      Integer asked = options.rows().get(list.resource().service() + "." + resource);
      asked = asked == null ? options.rows().get(resource) : asked;
      if (asked != null) {
        return asked;
      }
    }
    int known = behaviour.rows(type.path());
    long some = Math.floorMod(Scope.mix(options.seed(), hash), 1L << 30);
    boolean top = values.size() <= serverVariables(type);
    return known >= 0 ? known : (int) (top ? 3 + some % 58 : 1 + some % 3);
  }

  private static int serverVariables(CollectionType type) {
    return type.list() == null ? 0 : type.list().serverVariables();
  }

  /// What belongs to a row that a request created begins empty.
  private boolean parentWasGenerated(String template, List<String> values) {
    for (Parent parent : parents(template, values)) {
      if (parent.collection().wasAdded(parent.id())) {
        return false;
      }
    }
    return true;
  }

  /// A row that a path goes through.
  record Parent(Collection collection, String id) {}

  /// The rows that a path goes through, from left to right.
  List<Parent> parents(String template, List<String> values) {
    List<Parent> parents = new ArrayList<>();
    int variable = 0;
    for (int at = template.indexOf("{}"); at >= 0; at = template.indexOf("{}", at + 2)) {
      boolean whole = at > 0 && template.charAt(at - 1) == '/';
      boolean ends = at + 2 == template.length();
      if (whole && !ends && template.charAt(at + 2) == '/') {
        String list = template.substring(0, at - 1);
        Boolean known = behaviour.exists(this, list, values.subList(0, variable + 1));
        if (Boolean.FALSE.equals(known)) {
          throw Refusal.notFound();
        }
        if (known == null && isCollection(list)) {
          Collection rows = collection(list, values.subList(0, variable));
          if (rows.type().idKey() != null) {
            parents.add(new Parent(rows, values.get(variable)));
          }
        }
      }
      variable++;
    }
    return parents;
  }

  /// Whether rows live at the path: they can be listed or created there, and named one by one.
  boolean isCollection(String template) {
    Route list = router.loaded("GET", template);
    boolean rows = (list != null && list.isList()) || router.loaded("POST", template) != null;
    return rows && hasEntities(template);
  }

  /// Whether some operation names one row behind the path.
  boolean hasEntities(String template) {
    Route one = router.loaded("GET", template + "/{}");
    return (one != null && !one.isList())
        || router.loaded("PUT", template + "/{}") != null
        || router.loaded("PATCH", template + "/{}") != null
        || router.loaded("DELETE", template + "/{}") != null;
  }

  CollectionType type(String template) {
    CollectionType known = types.get(template);
    if (known == null) {
      Actions acts = actions.get(template);
      if (acts == null) {
        if (!template.startsWith("//")) {
          // Where all is at one server, another service may list what this one shows.
          router.routes("GET", template);
        }
        known = CollectionType.of(template, router, behaviour);
      } else {
        known = CollectionType.of(acts, behaviour);
      }
      types.put(template, known);
    }
    return known;
  }

  /// How the operations over the route's resource belong together.
  Actions actions(Route route) {
    Actions made = Actions.of(route, router.routesOf(route.resource().service()));
    Actions earlier = actions.putIfAbsent(made.path(), made);
    return earlier == null ? made : earlier;
  }

  /// The id of some row of a top-level collection, or null when it has none. Where the rows are
  /// known beforehand, the service that lists them need not be loaded.
  @Nullable Object someId(String path, long choice) {
    List<Map<String, @Nullable Object>> known =
        catalogs.computeIfAbsent(
            path,
            _ -> {
              List<Map<String, @Nullable Object>> rows = behaviour.catalog(path);
              return rows == null ? List.of() : rows;
            });
    if (known.isEmpty() || !known.getFirst().containsKey("id")) {
      return collection(path).someId(choice);
    }
    return known.get((int) Math.floorMod(choice, (long) known.size())).get("id");
  }

  void touched(Collection collection) {
    touched.put(collection.path(), collection);
    unread.remove(collection.path());
    version.incrementAndGet();
  }

  /// Forgets what belongs to a row that is no more.
  void forgetBelow(String path) {
    String below = path + "/";
    touched.keySet().removeIf(key -> key.startsWith(below));
    unread.keySet().removeIf(key -> key.startsWith(below));
    objects.keySet().removeIf(key -> key.startsWith(below));
    gone.removeIf(key -> key.startsWith(below));
    version.incrementAndGet();
  }

  // --- single objects

  /// The object at a path, or null when it was deleted.
  ///
  /// @param schema what is declared of it
  @Nullable Map<String, @Nullable Object> object(
      Route route, List<String> values, String user, Map<String, Schema> schema) {
    String key = objectKey(route.path(), values, user);
    if (gone.contains(key)) {
      return null;
    }
    Map<String, @Nullable Object> stored = objects.get(key);
    return stored != null ? stored : generated(route, key, values, schema);
  }

  private Map<String, @Nullable Object> generated(
      Route route, String key, List<String> values, Map<String, Schema> schema) {
    Fields fields =
        objectTypes.computeIfAbsent(
            route.path(),
            path -> new Makers(behaviour, path, route.variables(), null, Map.of()).row(schema));
    Scope scope = scope(route, key, values);
    int at = key.lastIndexOf('@');
    if (behaviour.perUser(route.path()) && at >= 0) {
      scope.bound().put(USER, key.substring(at + 1));
    }
    return fields.make(scope, Math.floorMod(Scope.hash(key), 1000L));
  }

  /// What generated values at a path depend on.
  Scope scope(Route route, String key, List<String> values) {
    Map<String, String> bound = new LinkedHashMap<>();
    List<String> names = route.variables();
    for (int i = 0; i < Math.min(values.size(), names.size()); i++) {
      bound.put(names.get(i), values.get(i));
    }
    return new Scope(this, Scope.mix(options.seed(), Scope.hash(key)), 1, bound);
  }

  void putObject(String key, Map<String, @Nullable Object> object) {
    objects.put(key, object);
    gone.remove(key);
    version.incrementAndGet();
  }

  @Nullable Map<String, @Nullable Object> storedObject(String key) {
    return objects.get(key);
  }

  void removeObject(String key) {
    objects.remove(key);
    gone.add(key);
    version.incrementAndGet();
  }

  /// Forgets an object without leaving a gap, so that a generated one may stand there again.
  void dropObject(String key) {
    objects.remove(key);
    version.incrementAndGet();
  }

  boolean isGone(String key) {
    return gone.contains(key);
  }

  String objectKey(String template, List<String> values, String user) {
    String path = concrete(template, values);
    return behaviour.perUser(template) ? path + "@" + user : path;
  }

  static String concrete(String template, List<String> values) {
    var path = new StringBuilder();
    int from = 0;
    for (String value : values) {
      int at = template.indexOf("{}", from);
      if (at < 0) {
        break;
      }
      path.append(template, from, at).append(value);
      from = at + 2;
    }
    return path.append(template.substring(from)).toString();
  }

  // --- what is kept

  /// Everything that differs from what is generated.
  Map<String, @Nullable Object> saved() {
    Map<String, @Nullable Object> collections = new LinkedHashMap<>(unread);
    touched.forEach((path, collection) -> {
      if (!collection.untouched()) {
        collections.put(path, collection.saved());
      }
    });
    List<@Nullable Object> sent = new ArrayList<>();
    for (Message message : messages) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("to", message.to());
      one.put("text", message.text());
      one.put("code", message.code());
      one.put("at", message.at().toString());
      sent.add(one);
    }
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put(SAVED_CLOCK, advanced.toString());
    state.put("collections", collections);
    state.put("objects", new LinkedHashMap<>(objects));
    state.put("gone", new ArrayList<>(gone));
    state.put("messages", sent);
    return state;
  }

  /// Takes up what [#saved] gave, before the first request.
  void restore(Map<String, @Nullable Object> state) {
    String clock = Values.text(state.get(SAVED_CLOCK));
    advanced = clock == null ? Duration.ZERO : Duration.parse(clock);
    Values.object(state.get("collections"))
        .forEach((path, saved) -> unread.put(path, Values.object(saved)));
    Values.object(state.get("objects"))
        .forEach((path, saved) -> objects.put(path, Values.object(saved)));
    Values.list(state.get("gone")).forEach(path -> gone.add(String.valueOf(path)));
    for (Object sent : Values.list(state.get("messages"))) {
      Map<String, @Nullable Object> one = Values.object(sent);
      messages.add(
          new Message(
              String.valueOf(one.get("to")),
              String.valueOf(one.get("text")),
              String.valueOf(one.get("code")),
              Instant.parse(String.valueOf(one.get("at")))));
    }
  }
}
