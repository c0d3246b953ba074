package dev.isobar.catalog.authoring;

import dev.isobar.catalog.authoring.Finding.Confidence;
import dev.isobar.catalog.authoring.ResourceDraft.MethodDraft;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Groups operations into resources and gives each a name, a SQL verb, rows and pages.
final class Resources {
  private final Spec spec;
  private final List<Call> calls;
  private final Map<String, Set<String>> verbsByKey = new LinkedHashMap<>();
  private final RowInference rows;
  private final PageInference pages;
  private final List<Finding> findings = new ArrayList<>();

  Resources(Spec spec, List<Call> calls) {
    this.spec = spec;
    this.calls = calls;
    this.rows = new RowInference(spec);
    this.pages = new PageInference(spec);
    for (Call call : calls) {
      verbsByKey
          .computeIfAbsent(Route.of(call.path()).key(), _ -> new HashSet<>())
          .add(call.verb());
    }
  }

  /// Where an operation belongs.
  ///
  /// @param action its name among the resource's own methods; empty for one of create, read,
  ///   change, delete
  /// @param item whether it is about one of many
  private record Home(Route resource, String action, boolean item, Confidence confidence) {}

  /// The resources by the key of their route, not yet named.
  Map<String, ResourceDraft> group() {
    Map<String, ResourceDraft> resources = new LinkedHashMap<>();
    for (Call call : calls) {
      Route resource = home(call).resource();
      resources.computeIfAbsent(resource.key(), _ -> new ResourceDraft(resource));
    }
    return resources;
  }

  /// The key of the resource that an operation belongs to.
  String keyOf(Call call) {
    return home(call).resource().key();
  }

  private Home home(Call call) {
    Route route = Route.of(call.path());
    String custom = route.isEmpty() ? "" : route.customVerb();
    if (!custom.isEmpty()) {
      Route target = route.withoutCustomVerb();
      boolean item = target.endsInVariable();
      return new Home(item ? target.parent() : target, Words.snake(custom), item, Confidence.HIGH);
    }
    if (route.endsInVariable()) {
      return new Home(route.parent(), "", true, Confidence.HIGH);
    }
    Confidence action = actionConfidence(route);
    if (action != null) {
      Route parent = route.parent();
      boolean item = parent.endsInVariable();
      return new Home(item ? parent.parent() : parent, Words.snake(route.last()), item, action);
    }
    return new Home(route, "", false, Confidence.HIGH);
  }

  /// Whether the last word of a path is something to do (`/widgets/{id}/reboot`) and no place where
  /// things are; null when it is a place.
  private @Nullable Confidence actionConfidence(Route route) {
    Set<String> verbs = verbsByKey.getOrDefault(route.key(), Set.of());
    boolean only = !verbs.isEmpty() && Set.of("post", "put", "patch").containsAll(verbs);
    Route parent = route.parent();
    if (!only || parent.isEmpty()) {
      return null;
    }
    String below = route.key() + "/";
    if (verbsByKey.keySet().stream().anyMatch(key -> key.startsWith(below))) {
      return null;
    }
    if (parent.endsInVariable()) {
      // `POST /widgets/{id}/parts` alone makes a part.
      return verbs.equals(Set.of("post")) && Words.isPlural(Words.snake(route.last()))
          ? null
          : Confidence.HIGH;
    }
    boolean ofCollection =
        verbs.equals(Set.of("post"))
            && verbsByKey.containsKey(parent.key())
            && !parent.words().isEmpty()
            && !Words.isPlural(Words.snake(route.last()));
    return ofCollection ? Confidence.MEDIUM : null;
  }

  /// Names the resources of one service: the last word of each path, with the words before it where
  /// two would be called the same.
  static void name(List<ResourceDraft> resources, String otherwise) {
    Map<ResourceDraft, Integer> words = new LinkedHashMap<>();
    resources.forEach(resource -> words.put(resource, 1));
    for (int round = 0; round < 12; round++) {
      Map<String, List<ResourceDraft>> byName = new LinkedHashMap<>();
      for (ResourceDraft resource : resources) {
        resource.call(name(resource.route(), words.getOrDefault(resource, 1), otherwise));
        byName.computeIfAbsent(resource.name(), _ -> new ArrayList<>()).add(resource);
      }
      boolean unique = true;
      for (List<ResourceDraft> same : byName.values()) {
        if (same.size() > 1) {
          unique = false;
          // The shortest path keeps the short name.
          same.sort((a, b) -> Integer.compare(a.route().parts().size(), b.route().parts().size()));
          boolean tie = same.get(0).route().parts().size() == same.get(1).route().parts().size();
          for (ResourceDraft resource : tie ? same : same.subList(1, same.size())) {
            words.merge(resource, 1, Integer::sum);
          }
        }
      }
      if (unique) {
        return;
      }
    }
    Set<String> taken = new HashSet<>();
    for (ResourceDraft resource : resources) {
      String name = resource.name();
      for (int i = 2; !taken.add(resource.name()); i++) {
        resource.call(name + "_" + i);
      }
    }
  }

  private static String name(Route route, int count, String otherwise) {
    List<String> words =
        route.words().stream().map(Words::snake).filter(w -> !w.isEmpty()).toList();
    if (count > words.size()) {
      // Versions and the like tell apart what nothing else does.
      words =
          route.parts().stream()
              .map(Words::snake)
              .filter(word -> !word.isEmpty())
              .map(word -> word.startsWith("_") ? "v" + word.substring(1) : word)
              .toList();
    }
    if (words.isEmpty()) {
      return otherwise;
    }
    List<String> taken = words.subList(Math.max(0, words.size() - count), words.size());
    List<String> name = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) {
      name.add(i < taken.size() - 1 ? Words.singular(taken.get(i)) : taken.get(i));
    }
    String joined = String.join("_", name);
    return joined.startsWith("_") ? "r" + joined : joined;
  }

  /// Adds an operation to its resource.
  ///
  /// @param place `service.resource`
  void add(Call call, ResourceDraft resource, String place) {
    Home home = home(call);
    boolean hasItems = verbsByKey.containsKey(resource.route().key() + "/{}");
    boolean reads = home.action().isEmpty() && call.verb().equals("get");
    RowInference.Rows found = reads ? rows.of(call, resource.name(), !home.item(), hasItems) : null;
    Choice choice =
        found == null ? choose(call, home, resource, hasItems) : select(home, found.list());
    Set<String> needs = call.requiredNames();
    SqlVerb verb = choice.verb;
    if (verb != null && resource.has(verb, needs)) {
      choice =
          new Choice(
              choice.name,
              null,
              "another method of " + verb + " needs the same",
              Confidence.MEDIUM,
              call.text() + " would never be chosen for " + verb + ", so that only EXEC calls it.");
    }
    String name = resource.free(choice.name, call);
    String at = place + "." + name;
    findings.add(
        new Finding(
            at,
            "method",
            (choice.verb == null ? "EXEC" : choice.verb.toString()) + " by " + call.text(),
            choice.source,
            choice.confidence,
            choice.check));
    Map<String, Object> written = new LinkedHashMap<>();
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("$ref", "#/paths/" + call.path().replace("/", "~1") + "/" + call.verb());
    written.put("operation", operation);
    Map<String, Object> response = new LinkedHashMap<>();
    Map<String, Object> config = new LinkedHashMap<>();
    if (!call.mediaType().isEmpty()) {
      response.put("mediaType", call.mediaType());
    }
    if (!call.success().isEmpty()) {
      response.put("openAPIDocKey", call.success());
    }
    if (found != null) {
      addRows(call, found, at, response, config);
    }
    addBody(call, at, config, written);
    if (!response.isEmpty()) {
      written.put("response", response);
    }
    if (!config.isEmpty()) {
      written.put("config", config);
    }
    resource.add(new MethodDraft(name, call, choice.verb, needs, written));
  }

  private void addRows(
      Call call,
      RowInference.Rows found,
      String at,
      Map<String, Object> response,
      Map<String, Object> config) {
    if (!found.objectKey().isEmpty()) {
      response.put("objectKey", found.objectKey());
    }
    String shape = found.list() ? "a list" : "one row";
    findings.add(
        new Finding(
            at,
            "rows",
            shape + (found.objectKey().isEmpty() ? "" : " in " + found.objectKey()),
            found.source(),
            found.confidence(),
            found.check()));
    if (found.list()) {
      PageInference.Pages next = pages.of(call, found.objectKey());
      if (next.config() != null) {
        config.put("pagination", next.config());
      }
      findings.add(
          new Finding(
              at, "pages", next.decision(), next.source(), next.confidence(), next.check()));
    }
  }

  private void addBody(
      Call call, String at, Map<String, Object> config, Map<String, Object> written) {
    String type = call.bodyType();
    if (type.isEmpty()) {
      return;
    }
    if (!type.equals("*/*") && !type.equals("application/json")) {
      Map<String, Object> request = new LinkedHashMap<>();
      request.put("mediaType", type);
      written.put("request", request);
    }
    Map<?, ?> body = call.body();
    Set<String> names = spec.properties(body).keySet();
    if (!Call.isJson(type)) {
      findings.add(
          new Finding(
              at,
              "body",
              "not sent",
              "the body is " + type,
              Confidence.LOW,
              "Bodies are JSON; " + call.text() + " cannot be given this one."));
      return;
    }
    if (names.isEmpty() || spec.isArray(body)) {
      findings.add(
          new Finding(
              at,
              "body",
              "whole",
              "its schema has no properties",
              Confidence.MEDIUM,
              "No column stands for a part of the body of "
                  + call.text()
                  + ": EXEC … @@json = '…' sends it."));
      return;
    }
    Map<String, Object> translate = new LinkedHashMap<>();
    translate.put("algorithm", "naive");
    config.put("requestBodyTranslate", translate);
    List<String> hidden = names.stream().filter(call.parameters()::containsKey).toList();
    if (!hidden.isEmpty()) {
      findings.add(
          new Finding(
              at,
              "body",
              "properties by their own names",
              "the schema of the body",
              Confidence.MEDIUM,
              "The body of "
                  + call.text()
                  + " has "
                  + String.join(", ", hidden)
                  + " too, which is then the parameter: EXEC … @@json = '…' gives the body its"
                  + " own."));
    }
  }

  private record Choice(
      String name, @Nullable SqlVerb verb, String source, Confidence confidence, String check) {}

  private static Choice select(Home home, boolean list) {
    return new Choice(
        list ? "list" : "get",
        SqlVerb.SELECT,
        home.item() ? "GET of a path that ends in an id" : "GET",
        Confidence.HIGH,
        "");
  }

  private Choice choose(Call call, Home home, ResourceDraft resource, boolean hasItems) {
    if (!home.action().isEmpty()) {
      return new Choice(
          home.action(),
          null,
          "the last word of the path is something to do",
          home.confidence(),
          home.confidence() == Confidence.HIGH
              ? ""
              : call.text() + " was taken for an action on " + resource.name() + ".");
    }
    boolean item = home.item();
    return switch (call.verb()) {
      case "post" ->
          item
              ? new Choice(
                  "update",
                  has(resource, "patch") ? null : SqlVerb.UPDATE,
                  "POST of a path that ends in an id",
                  Confidence.MEDIUM,
                  call.text() + " was taken for a change of what is there.")
              : new Choice("create", SqlVerb.INSERT, "POST", Confidence.HIGH, "");
      case "put" ->
          new Choice(
              "replace",
              SqlVerb.REPLACE,
              "PUT",
              item || !hasItems ? Confidence.HIGH : Confidence.MEDIUM,
              item || !hasItems
                  ? ""
                  : call.text() + " may replace the whole list; only REPLACE calls it.");
      case "patch" -> new Choice("update", SqlVerb.UPDATE, "PATCH", Confidence.HIGH, "");
      default ->
          item || !hasItems
              ? new Choice("delete", SqlVerb.DELETE, "DELETE", Confidence.HIGH, "")
              : new Choice(
                  "delete_all",
                  null,
                  "DELETE of a whole list",
                  Confidence.MEDIUM,
                  call.text() + " may delete everything, so that only EXEC calls it.");
    };
  }

  private boolean has(ResourceDraft resource, String verb) {
    return verbsByKey.getOrDefault(resource.route().key() + "/{}", Set.of()).contains(verb);
  }

  List<Finding> findings() {
    return findings;
  }
}
