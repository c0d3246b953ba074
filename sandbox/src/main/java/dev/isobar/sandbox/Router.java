package dev.isobar.sandbox;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.Wire;
import dev.isobar.model.ResourceName;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the operation that a request is for.
///
/// Services are loaded one by one, those first whose names are like the path's first segment, until
/// one has a route that fits: a process that asks one question must not decode a whole provider. A
/// request that names its service has only that one loaded. Thread-safe.
final class Router {
  private final Provider provider;
  private final Behaviour behaviour;
  private final List<ServiceHeader> waiting;
  private final Map<Operation.Server, ServerTemplate> servers = new HashMap<>();
  private volatile Table table = new Table(Set.of(), Map.of(), Map.of());

  /// What is loaded: routes by the literal that their path begins with, and by verb and path.
  private record Table(
      Set<String> services, Map<String, List<Route>> byFirst, Map<String, List<Route>> byKey) {}

  /// What a request tells of the operation that it is for.
  ///
  /// @param service named by the request, or null
  /// @param host of the provider that it was meant for, or null
  /// @param body the fields of its body
  record Asked(
      String verb,
      String path,
      @Nullable String service,
      @Nullable String host,
      Map<String, List<String>> query,
      Map<String, String> headers,
      Map<String, @Nullable Object> body) {}

  Router(Provider provider, Behaviour behaviour) {
    this.provider = provider;
    this.behaviour = behaviour;
    this.waiting = new ArrayList<>(provider.services());
  }

  Provider provider() {
    return provider;
  }

  /// How requests of the provider are authenticated.
  AuthSpec auth() {
    return provider.auth();
  }

  /// The route that fits best, or null. A request that names its service is not answered by
  /// another.
  Route.@Nullable Match match(Asked asked) {
    List<String> segments = PathTemplate.split(asked.path()).stream().map(Router::decoded).toList();
    String service = asked.service();
    if (service != null && provider.services().stream().anyMatch(s -> s.name().equals(service))) {
      loadService(service);
      return matchAmong(table, asked, segments);
    }
    while (true) {
      Table now = table;
      Route.Match found = matchAmong(now, asked, segments);
      if (found != null || !loadFor(asked.host(), asked.path(), now)) {
        return found;
      }
    }
  }

  private Route.@Nullable Match matchAmong(Table now, Asked asked, List<String> segments) {
    Route.Match found = match(now, asked, segments, false);
    return found == null ? match(now, asked, segments, true) : found;
  }

  /// The verbs that some route has for the path.
  Set<String> verbs(Asked asked) {
    List<String> segments = PathTemplate.split(asked.path()).stream().map(Router::decoded).toList();
    Set<String> verbs = new TreeSet<>();
    for (Route route : asked.service() == null ? routes() : loadedRoutes()) {
      for (ServerTemplate server : route.servers()) {
        boolean under = segments.size() >= server.length() && server.match(null, segments) != null;
        if (under
            && isOf(asked.service(), route)
            && route.template().match(segments.subList(server.length(), segments.size()), false)
                != null) {
          verbs.add(route.verb());
        }
      }
    }
    return verbs;
  }

  /// The routes of a verb and a path with `{}` for variables; loads what is needed to know.
  List<Route> routes(String verb, String path) {
    String key = verb + " " + path;
    while (true) {
      Table now = table;
      List<Route> found = now.byKey.getOrDefault(key, List.of());
      if (!found.isEmpty() || !loadFor(null, path, now)) {
        return found;
      }
    }
  }

  /// The routes over one method's operation and the other operations of its service.
  List<Route> routesOf(String service) {
    loadService(service);
    List<Route> found = new ArrayList<>();
    table
        .byKey
        .values()
        .forEach(routes -> {
          for (Route route : routes) {
            if (route.resource().service().equals(service)) {
              found.add(route);
            }
          }
        });
    return found;
  }

  /// The routes of a verb and a path among the services that are loaded.
  @Nullable Route loaded(String verb, String path) {
    List<Route> found = table.byKey.get(verb + " " + path);
    return found == null ? null : found.getFirst();
  }

  /// All routes of all services.
  List<Route> routes() {
    while (loadFor(null, "/", table)) {
      // one more service each time
    }
    return loadedRoutes();
  }

  List<Route> loadedRoutes() {
    return table.byKey.values().stream().flatMap(List::stream).toList();
  }

  private static String decoded(String segment) {
    // a plus sign in a path is a plus sign
    return segment.indexOf('%') < 0 ? segment : HttpRequest.decode(segment.replace("+", "%2B"));
  }

  private Route.@Nullable Match match(
      Table now, Asked asked, List<String> segments, boolean spanning) {
    Route.Match best = null;
    int bestScore = -1;
    for (String first : List.of(segments.isEmpty() ? "" : segments.getFirst(), "{}")) {
      for (Route route : now.byFirst.getOrDefault(first, List.of())) {
        if (!route.verb().equals(asked.verb()) || !isOf(asked.service(), route)) {
          continue;
        }
        if (route.servers().isEmpty()) {
          List<String> values = route.template().match(segments, spanning);
          int score = values == null ? -1 : score(route, asked);
          if (values != null && score > bestScore) {
            best = new Route.Match(route, values);
            bestScore = score;
          }
        }
        for (ServerTemplate server : route.servers()) {
          Map<String, String> at = server.match(asked.host(), segments);
          List<String> values =
              at == null
                  ? null
                  : route
                      .template()
                      .match(segments.subList(server.length(), segments.size()), spanning);
          int score = values == null ? -1 : score(route, asked);
          String host = asked.host();
          if (score >= 0 && host != null && server.isAt(host)) {
            score += 100_000;
          }
          if (values != null && at != null && score > bestScore) {
            best = new Route.Match(route, all(route, at, values));
            bestScore = score;
          }
        }
      }
    }
    return best;
  }

  private static boolean isOf(@Nullable String service, Route route) {
    return service == null || route.resource().service().equals(service);
  }

  private static List<String> all(Route route, Map<String, String> server, List<String> values) {
    List<String> all = new ArrayList<>();
    for (String name : route.variables().subList(0, route.serverVariables())) {
      all.add(server.getOrDefault(name, ""));
    }
    all.addAll(values);
    return all;
  }

  /// How well a route whose path fits is meant by a request; -1 when it is not.
  private static int score(Route route, Asked asked) {
    PathTemplate template = route.template();
    int score = template.literals() * 100 + (template.isArtificial() ? 0 : 50);
    for (var demanded : template.query().entrySet()) {
      List<String> given = asked.query().get(demanded.getKey());
      boolean any = demanded.getValue().contains("{");
      if (given == null || !(any || given.contains(demanded.getValue()))) {
        return -1;
      }
      score++;
    }
    Input target = route.target();
    if (target != null) {
      String given = asked.headers().get(target.wireName().toLowerCase(Locale.ROOT));
      if (given != null && !given.equals(target.defaultValue())) {
        return -1;
      }
      score += given == null ? 0 : 60;
    }
    Map<String, @Nullable Object> base = route.base();
    boolean based =
        base.entrySet().stream()
            .allMatch(e -> Validator.same(asked.body().get(e.getKey()), e.getValue()));
    score += base.isEmpty() ? 0 : based ? 60 : -1;
    Wire.GraphQl graphQl = route.method().wire().graphQl();
    if (graphQl != null) {
      int alike = likeness(graphQl.query(), String.valueOf(asked.body().get("query")));
      return alike < 0 ? -1 : score + alike;
    }
    return Math.max(score, 0);
  }

  /// A part of a template that holds none itself, and is not in every text.
  private static final Pattern CONDITIONAL =
      Pattern.compile(
          "\\{\\{-?\\s*(?:if|with|range)\\b[^}]*}}"
              + "(?:(?!\\{\\{-?\\s*(?:if|with|range|end)\\b).)*+\\{\\{-?\\s*end\\s*-?}}",
          Pattern.DOTALL);

  /// How many characters of a template stand in a text in its order; -1 when some do not.
  private static int likeness(String template, String text) {
    String plain = text.replaceAll("\\s+", "");
    String always = template;
    for (String before = ""; !before.equals(always); ) {
      before = always;
      always = CONDITIONAL.matcher(always).replaceAll("{{}}");
    }
    int at = 0;
    int common = 0;
    for (String piece : always.replaceAll("\\s+", "").split("\\{\\{.*?}}", -1)) {
      int found = plain.indexOf(piece, at);
      if (found < 0) {
        return -1;
      }
      at = found + piece.length();
      common += piece.length();
    }
    return common;
  }

  private synchronized void loadService(String service) {
    if (!table.services().contains(service)) {
      waiting.removeIf(header -> header.name().equals(service));
      add(provider.service(service));
    }
  }

  /// Loads one more service unless another thread just did; false when there is none left.
  private synchronized boolean loadFor(@Nullable String host, String path, Table seen) {
    if (table.services().size() != seen.services().size()) {
      return true;
    }
    if (waiting.isEmpty()) {
      return false;
    }
    ServiceHeader next = nearest(host, path);
    waiting.remove(next);
    add(provider.service(next.name()));
    return true;
  }

  private void add(Service service) {
    Map<String, List<Route>> byFirst = new HashMap<>(table.byFirst);
    Map<String, List<Route>> byKey = new LinkedHashMap<>(table.byKey);
    for (Route route : load(service)) {
      byKey.merge(route.key(), List.of(route), Router::joined);
      List<String> segments = PathTemplate.split(route.template().text());
      String own = segments.isEmpty() ? "" : segments.getFirst();
      Set<String> firsts = new TreeSet<>();
      route
          .servers()
          .forEach(server -> {
            String base = server.firstSegment();
            firsts.add(base == null ? own : base);
          });
      if (firsts.isEmpty()) {
        firsts.add(own);
      }
      for (String first : firsts) {
        byFirst.merge(first.contains("{") ? "{}" : first, List.of(route), Router::joined);
      }
    }
    Set<String> services = new TreeSet<>(table.services());
    services.add(service.name());
    table = new Table(services, byFirst, byKey);
  }

  private static List<Route> joined(List<Route> before, List<Route> more) {
    List<Route> all = new ArrayList<>(before);
    all.addAll(more);
    return all;
  }

  private ServiceHeader nearest(@Nullable String host, String path) {
    List<String> segments = new ArrayList<>();
    if (host != null) {
      // the name of a service is the first label of its host, where each has one of its own
      segments.add(host.split("\\.", 2)[0]);
    }
    PathTemplate.split(path).stream()
        .filter(segment -> !segment.contains("{") && !segment.contains("."))
        .forEach(segments::add);
    return waiting.stream()
        .max(Comparator.comparingInt(service -> likeness(service.name(), segments)))
        .orElseThrow();
  }

  /// How probable it is that a service has a path; the first segments tell more than later ones.
  private int likeness(String service, List<String> segments) {
    int most = 0;
    for (int i = 0; i < Math.min(3, segments.size()); i++) {
      String segment = segments.get(i);
      int weight = 10 - i;
      if (behaviour.services(segment).contains(service)) {
        most = Math.max(most, 10 * weight);
      }
      String plain = plain(segment);
      String name = plain(service);
      if (plain.equals(name)) {
        most = Math.max(most, 5 * weight);
      } else if (!plain.isEmpty() && (name.contains(plain) || plain.contains(name))) {
        most = Math.max(most, weight);
      }
    }
    return most;
  }

  private static String plain(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return letters.endsWith("s") ? letters.substring(0, letters.length() - 1) : letters;
  }

  /// The routes of a service: methods over one operation are one route, and the method that says
  /// where the rows are comes first. Methods that fix other fields of the body are apart.
  private List<Route> load(Service service) {
    Map<String, ResourceName> owners = new LinkedHashMap<>();
    Map<String, List<Method>> methods = new LinkedHashMap<>();
    Map<String, Set<SqlVerb>> verbs = new HashMap<>();
    for (ResourceHeader header : service.resources()) {
      Resource resource = service.resource(header.name());
      for (Method method : resource.methods()) {
        String base = method.wire().base();
        String key =
            method.operation().httpVerb()
                + " "
                + method.operation().path()
                + (base == null ? "" : " " + base);
        List<Method> same = methods.computeIfAbsent(key, _ -> new ArrayList<>());
        boolean better =
            !same.isEmpty() && same.getFirst().objectKey() == null && method.objectKey() != null;
        if (same.isEmpty() || better) {
          same.addFirst(method);
          owners.put(key, resource.name());
        } else {
          same.add(method);
        }
        verbs
            .computeIfAbsent(key, _ -> EnumSet.noneOf(SqlVerb.class))
            .addAll(resource.verbsOf(method));
      }
    }
    List<Route> routes = new ArrayList<>();
    methods.forEach((key, same) -> {
      ResourceName owner = owners.get(key);
      Set<SqlVerb> uses = verbs.getOrDefault(key, Set.of());
      if (owner != null) {
        List<ServerTemplate> at =
            same.getFirst().operation().servers().stream()
                .map(server -> servers.computeIfAbsent(server, ServerTemplate::new))
                .toList();
        routes.add(Route.of(owner, same, uses, at, behaviour.oneServer()));
      }
    });
    return routes;
  }
}
