package dev.isobar.sandbox;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.model.ResourceName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the operation that a request is for.
///
/// Services are loaded one by one, those first whose names are like the path's first segment, until
/// one has a route that fits: a process that asks one question must not decode a whole provider.
/// Thread-safe.
final class Router {
  private final Provider provider;
  private final Behaviour behaviour;
  private final List<ServiceHeader> waiting;
  private volatile Table table = new Table(0, Map.of(), Map.of());

  /// What is loaded: routes by the literal that their path begins with, and by verb and path.
  private record Table(
      int services, Map<String, List<Route>> byFirst, Map<String, List<Route>> byKey) {}

  Router(Provider provider, Behaviour behaviour) {
    this.provider = provider;
    this.behaviour = behaviour;
    this.waiting = new ArrayList<>(provider.services());
  }

  /// The most literal route that fits, or null.
  Route.@Nullable Match match(String verb, String path, Map<String, List<String>> query) {
    List<String> segments = PathTemplate.split(path).stream().map(Router::decoded).toList();
    while (true) {
      Table now = table;
      Route.Match found = match(now, verb, segments, query, false);
      if (found == null) {
        found = match(now, verb, segments, query, true);
      }
      if (found != null || !loadFor(path, now)) {
        return found;
      }
    }
  }

  /// The verbs that some route has for the path, all services considered.
  Set<String> verbs(String path) {
    List<String> segments = PathTemplate.split(path).stream().map(Router::decoded).toList();
    Set<String> verbs = new TreeSet<>();
    for (Route route : routes()) {
      for (String base : route.bases()) {
        List<String> rest = without(base, segments);
        if (rest != null && route.template().match(rest, false) != null) {
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
      if (!found.isEmpty() || !loadFor(path, now)) {
        return found;
      }
    }
  }

  /// The routes of a verb and a path among the services that are loaded.
  @Nullable Route loaded(String verb, String path) {
    List<Route> found = table.byKey.get(verb + " " + path);
    return found == null ? null : found.getFirst();
  }

  /// All routes of all services.
  List<Route> routes() {
    while (loadFor("/", table)) {
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
      Table now,
      String verb,
      List<String> segments,
      Map<String, List<String>> query,
      boolean spanning) {
    Route.Match best = null;
    int bestScore = -1;
    for (String first : List.of(segments.isEmpty() ? "" : segments.getFirst(), "{}")) {
      for (Route route : now.byFirst.getOrDefault(first, List.of())) {
        if (!route.verb().equals(verb)) {
          continue;
        }
        for (String base : route.bases()) {
          List<String> rest = without(base, segments);
          List<String> values = rest == null ? null : route.template().match(rest, spanning);
          int score = values == null ? -1 : score(route, query);
          if (values != null && score > bestScore) {
            best = new Route.Match(route, values, base);
            bestScore = score;
          }
        }
      }
    }
    return best;
  }

  private static int score(Route route, Map<String, List<String>> query) {
    int score = route.template().literals() * 100 + (route.template().isArtificial() ? 0 : 50);
    for (var demanded : route.template().query().entrySet()) {
      List<String> given = query.get(demanded.getKey());
      if (given == null || !given.contains(demanded.getValue())) {
        return -1;
      }
      score++;
    }
    return score;
  }

  private static @Nullable List<String> without(String base, List<String> segments) {
    if (base.isEmpty()) {
      return segments;
    }
    List<String> before = PathTemplate.split(base);
    if (segments.size() < before.size()) {
      return null;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).contains("{") && !before.get(i).equals(segments.get(i))) {
        return null;
      }
    }
    return segments.subList(before.size(), segments.size());
  }

  /// Loads one more service unless another thread just did; false when there is none left.
  private synchronized boolean loadFor(String path, Table seen) {
    if (table.services() != seen.services()) {
      return true;
    }
    if (waiting.isEmpty()) {
      return false;
    }
    ServiceHeader next = nearest(path);
    waiting.remove(next);
    Map<String, List<Route>> byFirst = new HashMap<>(table.byFirst);
    Map<String, List<Route>> byKey = new LinkedHashMap<>(table.byKey);
    for (Route route : load(provider.service(next.name()))) {
      byKey.merge(route.key(), List.of(route), Router::joined);
      for (String base : route.bases()) {
        List<String> segments = PathTemplate.split(base + route.path());
        String first = segments.isEmpty() ? "" : segments.getFirst();
        byFirst.merge(first.contains("{") ? "{}" : first, List.of(route), Router::joined);
      }
    }
    table = new Table(seen.services() + 1, byFirst, byKey);
    return true;
  }

  private static List<Route> joined(List<Route> before, List<Route> more) {
    List<Route> all = new ArrayList<>(before);
    more.stream().filter(route -> !all.contains(route)).forEach(all::add);
    return all;
  }

  private ServiceHeader nearest(String path) {
    List<String> segments = PathTemplate.split(path);
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
  /// where the rows are comes first.
  private static List<Route> load(Service service) {
    Map<String, ResourceName> owners = new LinkedHashMap<>();
    Map<String, List<Method>> methods = new LinkedHashMap<>();
    for (ResourceHeader header : service.resources()) {
      Resource resource = service.resource(header.name());
      for (Method method : resource.methods()) {
        String key = method.operation().httpVerb() + " " + method.operation().path();
        List<Method> same = methods.computeIfAbsent(key, _ -> new ArrayList<>());
        boolean better =
            !same.isEmpty() && same.getFirst().objectKey() == null && method.objectKey() != null;
        if (same.isEmpty() || better) {
          same.addFirst(method);
          owners.put(key, resource.name());
        } else {
          same.add(method);
        }
      }
    }
    List<Route> routes = new ArrayList<>();
    methods.forEach((key, same) -> {
      ResourceName owner = owners.get(key);
      if (owner != null) {
        routes.add(Route.of(owner, same));
      }
    });
    return routes;
  }
}
