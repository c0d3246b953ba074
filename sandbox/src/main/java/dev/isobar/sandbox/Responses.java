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

  @Nullable Object generated(Exchange exchange) {
    Route route = exchange.route();
    Scope scope = store.scope(route, exchange.path(), exchange.values());
    return whole(route).make(scope, Math.floorMod(Scope.hash(exchange.path()), 1000L));
  }

  Maker whole(Route route) {
    return makers.computeIfAbsent(
        route.key(),
        _ -> {
          Schema root = route.envelope().root();
          return root == null
              ? (_, _) -> Map.of()
              : new Makers(
                      store.behaviour(), route.path(), route.template().variables(), null, Map.of())
                  .value(root);
        });
  }

  private static String mediaType(Route route) {
    Operation.Body success =
        route.method().operation().responses().get(route.method().operation().success());
    return success == null ? "application/json" : success.mediaType();
  }

  /// Whether the body is JSON by its media type, or by a schema that nothing else could follow.
  static boolean isJson(Route route) {
    String mediaType = mediaType(route);
    Schema root = route.envelope().root();
    boolean shaped = root != null && !Makers.propertiesOf(root).isEmpty();
    return Route.isJson(mediaType) || (shaped && !mediaType.contains("xml"));
  }

  static HttpResponse binary(Route route) {
    String mediaType = mediaType(route);
    if (mediaType.startsWith("image/")) {
      return HttpResponse.of(route.success(), "image/png", PNG);
    }
    if (mediaType.startsWith("text/")) {
      byte[] text = "sandbox\n".getBytes(StandardCharsets.UTF_8);
      return HttpResponse.of(route.success(), mediaType, text);
    }
    throw new Refusal(501, null, "The sandbox makes no bodies of type " + mediaType);
  }

  /// The response of an operation that has nothing to show.
  static HttpResponse done(Route route) {
    int status = route.success();
    return status == 204 || status == 205
        ? HttpResponse.empty(status)
        : HttpResponse.json(status, Map.of());
  }
}
