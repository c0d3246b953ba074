package dev.isobar.sandbox;

import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Puts what is to be shown into the response that the operation declares. Thread-safe.
final class Responses {
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private final Store store;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, Maker> makers = new ConcurrentHashMap<>();

  Responses(Store store) {
    this.store = store;
  }

  Answer answer(Route route, Set<String> fields) {
    return answers.computeIfAbsent(route.key(), _ -> Answer.of(route, fields));
  }

  /// The response that shows an entity.
  HttpResponse shown(Exchange exchange, Map<String, @Nullable Object> entity) {
    Route route = exchange.route();
    Envelope envelope = route.envelope();
    Schema root = envelope.root();
    if (root == null || (Makers.propertiesOf(root).isEmpty() && !isArray(root))) {
      boolean freeForm = root != null && !route.verb().equals("POST");
      return freeForm ? written(route, entity) : done(route);
    }
    if (envelope.list() && !envelope.path().isEmpty()) {
      return listed(exchange, entity);
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
      return written(route, whole);
    }
    Answer answer = answer(route, entity.keySet());
    if (!answer.holdsEntity()) {
      return written(route, generated(exchange));
    }
    boolean alone = answer.wrapper().isEmpty();
    return written(route, answer.wrap(entity, alone ? Map.of() : generated(exchange)));
  }

  /// The entity as the one row of a list.
  private HttpResponse listed(Exchange exchange, Map<String, @Nullable Object> entity) {
    Route route = exchange.route();
    Envelope envelope = route.envelope();
    Map<String, @Nullable Object> whole = Values.copy(Values.object(generated(exchange)));
    Schema row = envelope.row();
    Map<String, Schema> fields = row == null ? Map.of() : Makers.propertiesOf(row);
    Object made = at(whole, envelope.path());
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    if (made instanceof List<?> list && !list.isEmpty()) {
      shown.putAll(Values.object(list.getFirst()));
    }
    entity.forEach((name, value) -> {
      if (fields.isEmpty() || fields.containsKey(name)) {
        shown.put(name, value);
      }
    });
    Map<String, @Nullable Object> inside = whole;
    for (String name : envelope.path().subList(0, envelope.path().size() - 1)) {
      Map<String, @Nullable Object> next = new LinkedHashMap<>(Values.object(inside.get(name)));
      inside.put(name, next);
      inside = next;
    }
    inside.put(envelope.path().getLast(), List.of(shown));
    return written(route, whole);
  }

  private static @Nullable Object at(Map<String, @Nullable Object> whole, List<String> path) {
    Object at = whole;
    for (String name : path) {
      at = Values.object(at).get(name);
    }
    return at;
  }

  /// A body in the form that the operation declares.
  static HttpResponse written(Route route, @Nullable Object body) {
    return written(route, body, 256);
  }

  /// @param expected bytes of the body, roughly
  static HttpResponse written(Route route, @Nullable Object body, int expected) {
    int status = route.success();
    return switch (route.envelope().form()) {
      case XML -> HttpResponse.of(status, "text/xml", XmlText.of(Values.object(body)));
      case LINES -> {
        var out = new JsonBytes(expected);
        for (Object line : body instanceof List<?> ? Values.list(body) : List.of(body)) {
          out.value(line);
          out.raw('\n');
        }
        yield HttpResponse.of(
            status, mediaType(route), java.util.Arrays.copyOf(out.array(), out.length()));
      }
      case JSON, TEXT, BYTES -> {
        var out = new JsonBytes(expected);
        out.value(body);
        yield HttpResponse.json(status, out);
      }
    };
  }

  private static Object nested(List<String> path, int from, Map<String, @Nullable Object> entity) {
    return from == path.size() ? entity : Map.of(path.get(from), nested(path, from + 1, entity));
  }

  private static boolean isArray(Schema schema) {
    return schema.type().equals("array") || schema.items() != null;
  }

  @Nullable Object generated(Exchange exchange) {
    Route route = exchange.route();
    Scope scope = store.scope(route, exchange.path(), exchange.values());
    Object made = whole(route).make(scope, Math.floorMod(Scope.hash(exchange.path()), 1000L));
    return made instanceof Map<?, ?> ? Pages.alone(route, Values.object(made)) : made;
  }

  Maker whole(Route route) {
    return makers.computeIfAbsent(
        route.key(),
        _ -> {
          Schema root = route.envelope().root();
          return root == null
              ? (_, _) -> Map.of()
              : new Makers(store.behaviour(), route.path(), route.variables(), null, Map.of())
                  .value(root);
        });
  }

  private static String mediaType(Route route) {
    Operation.Body success =
        route.method().operation().responses().get(route.method().operation().success());
    return success == null ? "application/json" : success.mediaType();
  }

  /// Whether the body has no fields: text, an image, an archive.
  static boolean isPlain(Route route) {
    Envelope.Form form = route.envelope().form();
    return form == Envelope.Form.TEXT || form == Envelope.Form.BYTES;
  }

  /// A body without fields; empty where none is declared.
  static HttpResponse plain(Route route) {
    String mediaType = mediaType(route);
    Operation.Body success =
        route.method().operation().responses().get(route.method().operation().success());
    if (success == null || success.mediaType().isEmpty() || route.success() == 204) {
      return done(route);
    }
    if (mediaType.startsWith("image/")) {
      return HttpResponse.of(route.success(), "image/png", PNG);
    }
    byte[] text = "sandbox\n".getBytes(StandardCharsets.UTF_8);
    return HttpResponse.of(
        route.success(), mediaType.contains("*") ? "text/plain" : mediaType, text);
  }

  /// The response of an operation that has nothing to show.
  static HttpResponse done(Route route) {
    int status = route.success();
    return status == 204 || status == 205
        ? HttpResponse.empty(status)
        : HttpResponse.json(status, Map.of());
  }
}
