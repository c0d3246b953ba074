package dev.isobar.catalog.authoring;

import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A resource while it is made: its methods in the order in which they were found.
final class ResourceDraft {
  private final Route route;
  private String name = "";
  private final Map<String, MethodDraft> methods = new LinkedHashMap<>();

  /// @param route of the collection, or of the one thing
  ResourceDraft(Route route) {
    this.route = route;
  }

  /// A method.
  ///
  /// @param verb null for one that only EXEC can call
  /// @param needs the names without which it cannot be called
  record MethodDraft(
      String name,
      Call call,
      @Nullable SqlVerb verb,
      Set<String> needs,
      Map<String, Object> written) {}

  /// Whether a method of that verb needs the same, so that another would never be chosen.
  boolean has(SqlVerb verb, Set<String> needs) {
    return methods.values().stream()
        .anyMatch(method -> method.verb() == verb && method.needs().equals(needs));
  }

  Route route() {
    return route;
  }

  String name() {
    return name;
  }

  void call(String resource) {
    name = resource;
  }

  List<MethodDraft> methods() {
    return List.copyOf(methods.values());
  }

  /// A name that no method has yet.
  String free(String wanted, Call call) {
    if (!methods.containsKey(wanted)) {
      return wanted;
    }
    String id = Words.snake(Spec.text(call.operation(), "operationId"));
    String base = id.isEmpty() ? wanted : id;
    String candidate = base;
    for (int i = 2; methods.containsKey(candidate); i++) {
      candidate = base + "_" + i;
    }
    return candidate;
  }

  void add(MethodDraft method) {
    methods.put(method.name(), method);
  }

  /// The resource in the form of the documents: `provider-format.md`, section 2.2.
  Map<String, Object> written(String provider, String service) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("id", provider + "." + service + "." + name);
    written.put("name", name);
    written.put("title", name.replace('_', ' '));
    Map<String, Object> byName = new LinkedHashMap<>();
    Map<SqlVerb, List<MethodDraft>> byVerb = new EnumMap<>(SqlVerb.class);
    for (MethodDraft method : methods.values()) {
      byName.put(method.name(), method.written());
      if (method.verb() != null) {
        byVerb.computeIfAbsent(method.verb(), _ -> new ArrayList<>()).add(method);
      }
    }
    written.put("methods", byName);
    Map<String, Object> verbs = new LinkedHashMap<>();
    for (SqlVerb verb :
        List.of(SqlVerb.SELECT, SqlVerb.INSERT, SqlVerb.UPDATE, SqlVerb.REPLACE, SqlVerb.DELETE)) {
      List<MethodDraft> several = byVerb.getOrDefault(verb, new ArrayList<>());
      // The first that fits is taken, so the one that needs most comes first.
      several.sort((a, b) -> Integer.compare(b.needs().size(), a.needs().size()));
      List<Object> references = new ArrayList<>();
      for (MethodDraft method : several) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put(
            "$ref", "#/components/x-stackQL-resources/" + name + "/methods/" + method.name());
        references.add(reference);
      }
      verbs.put(verb.name().toLowerCase(java.util.Locale.ROOT), references);
    }
    written.put("sqlVerbs", verbs);
    return written;
  }
}
