package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// Answers requests the way the provider's documents say: the generic core of the sandbox.
///
/// route → who asks → are the parameters and the body valid → does what the path goes through exist
/// → what the behaviour knows of this operation → create, read, update, delete.
final class Api {
  private final Store store;
  private final Router router;
  private final Behaviour behaviour;
  private final Validator validator = new Validator();
  private final Operations operations;

  Api(Store store) {
    this.store = store;
    this.router = store.router();
    this.behaviour = store.behaviour();
    this.operations = new Operations(store, validator);
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
      return operations.dispatch(exchange, body);
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
}
