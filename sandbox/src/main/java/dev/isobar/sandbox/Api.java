package dev.isobar.sandbox;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    Route.Match match = null;
    try {
      Object body = body(request);
      Map<String, List<String>> query = query(request);
      match = match(request, query, body);
      if (match == null) {
        throw unrouted(asked(request, request.verb(), query, body));
      }
      return answer(request, query, body, match);
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

  private Route.@Nullable Match match(
      HttpRequest request, Map<String, List<String>> query, @Nullable Object body) {
    Route.Match found = router.match(asked(request, request.verb(), query, body));
    if (found == null && request.verb().equals("HEAD")) {
      found = router.match(asked(request, "GET", query, body));
    }
    if (found == null && isForm(request)) {
      // An operation that is declared as GET may be asked by a form.
      found = router.match(asked(request, "GET", query, body));
    }
    return found;
  }

  private static Router.Asked asked(
      HttpRequest request, String verb, Map<String, List<String>> query, @Nullable Object body) {
    String host = request.header("x-forwarded-host");
    String own = request.header("host");
    boolean elsewhere = own != null && !own.startsWith("127.") && !own.startsWith("localhost");
    return new Router.Asked(
        verb,
        request.path(),
        request.header("x-isobar-service"),
        host != null ? host : elsewhere ? own : null,
        query,
        request.headers(),
        Values.object(body));
  }

  private static boolean isForm(HttpRequest request) {
    String type = request.headers().getOrDefault("content-type", "");
    return type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
  }

  /// The parameters of the query, and of a form.
  private static Map<String, List<String>> query(HttpRequest request) {
    if (!isForm(request) || request.body().length == 0) {
      return request.query();
    }
    Map<String, List<String>> query = new LinkedHashMap<>(request.query());
    query.putAll(HttpRequest.pairs(new String(request.body(), StandardCharsets.UTF_8)));
    return query;
  }

  /// Some operation whose declared error shape stands for that of the provider.
  @Nullable Operation nearOperation() {
    return router.loadedRoutes().stream()
        .map(route -> route.method().operation())
        .filter(operation -> operation.responses().containsKey("default"))
        .findFirst()
        .orElse(null);
  }

  private Refusal unrouted(Router.Asked asked) {
    Set<String> verbs = router.verbs(asked);
    if (verbs.isEmpty()) {
      return Refusal.notFound();
    }
    Fault fault = new Fault(null, "Method not allowed");
    return new Refusal(405, List.of(fault), Map.of("Allow", String.join(", ", verbs)));
  }

  private HttpResponse answer(
      HttpRequest request,
      Map<String, List<String>> query,
      @Nullable Object body,
      Route.Match match) {
    Route route = match.route();
    String token = credential(request, query);
    boolean open = router.auth().type().equals("null_auth");
    if (token == null && !open && route.method().credential() == Method.CredentialUse.REQUIRED) {
      throw new Refusal(401, null, "Invalid Token");
    }
    checkPath(route, match.values());
    checkParameters(route, query, request);
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
      for (Store.Parent parent : parents(route, match.values())) {
        if (!parent.collection().has(parent.id())) {
          throw Refusal.notFound();
        }
      }
      return operations.dispatch(exchange, checkedBody(route, body));
    } finally {
      lock.unlock();
    }
  }

  private List<Store.Parent> parents(Route route, List<String> values) {
    return route.isAction() ? List.of() : store.parents(route.path(), values);
  }

  /// Who asks: the token of the provider's kind of credential, or null when there is none.
  private @Nullable String credential(HttpRequest request, Map<String, List<String>> query) {
    AuthSpec auth = router.auth();
    if (!auth.type().equals("custom")) {
      List<String> signed = query.get("X-Amz-Signature");
      String token = request.token();
      return token == null && signed != null ? signed.getFirst() : token;
    }
    String token = null;
    while (auth != null) {
      String name = Objects.requireNonNullElse(auth.setting("name"), "Authorization");
      List<String> given = query.get(name);
      String found =
          given == null ? request.header(name.toLowerCase(Locale.ROOT)) : given.getFirst();
      if (found == null) {
        return null;
      }
      token = token == null ? found : token;
      Object next = auth.settings().get("successor");
      auth = next instanceof Map<?, ?> map ? AuthSpec.of(map, "custom") : null;
    }
    return token;
  }

  private static void checkPath(Route route, List<String> values) {
    List<String> names = route.variables();
    for (int i = route.serverVariables(); i < names.size(); i++) {
      Input input = route.wire(names.get(i), Input.Location.PATH);
      boolean integer = input != null && input.schema().type().equals("integer");
      if (integer && !values.get(i).matches("-?[0-9]{1,18}")) {
        throw Refusal.notFound();
      }
    }
  }

  private void checkParameters(Route route, Map<String, List<String>> query, HttpRequest request) {
    List<Fault> faults = new ArrayList<>();
    // What a GraphQL method declares for its query is filled into the text of one.
    boolean inText = route.method().wire().graphQl() != null;
    for (Input input : route.method().inputs()) {
      if (inText && input.location() != Input.Location.HEADER) {
        continue;
      }
      if (input.location() == Input.Location.QUERY) {
        List<String> given = query.getOrDefault(input.wireName(), List.of());
        if (given.isEmpty() && input.required() && !isNumbered(route, input, query)) {
          faults.add(new Fault(input.wireName(), "Is required"));
        }
        for (String value : given) {
          String reason = validator.parameter(input.schema(), value);
          if (reason != null) {
            faults.add(new Fault(input.wireName(), reason));
          }
        }
      } else if (input.location() == Input.Location.HEADER && input.required()) {
        String name = input.wireName().toLowerCase(Locale.ROOT);
        if (request.header(name) == null && input.defaultValue() == null) {
          faults.add(new Fault(input.wireName(), "Is required"));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new Refusal(400, faults, Map.of());
    }
  }

  /// Whether the query has a list or an object in parts, such as `Names.member.1` or `Name.First`.
  private static boolean isNumbered(Route route, Input input, Map<String, List<String>> query) {
    String start = input.wireName() + ".";
    return route.method().wire().numberedLists()
        && query.keySet().stream().anyMatch(key -> key.startsWith(start));
  }

  /// The body as plain values; null when there is none, or nothing here reads its kind.
  private static @Nullable Object body(HttpRequest request) {
    String mediaType = request.headers().getOrDefault("content-type", "application/json");
    if (request.body().length == 0) {
      return null;
    }
    if (mediaType.toLowerCase(Locale.ROOT).contains("xml")) {
      return XmlBody.parse(request.body());
    }
    if (!Route.isJson(mediaType)) {
      return null;
    }
    try {
      return Json.parse(request.body());
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, null, "The body is not valid JSON: " + e.getMessage());
    }
  }

  /// The body that is compared with the schema: an empty one where the operation takes one.
  private static @Nullable Object checkedBody(Route route, @Nullable Object body) {
    Operation.Body declared = route.method().operation().body();
    boolean mutates = !route.verb().equals("GET") && !route.verb().equals("DELETE");
    boolean json = declared == null || Route.isJson(declared.mediaType());
    if (!json) {
      return null;
    }
    return body == null && mutates && declared != null ? Map.of() : body;
  }
}
