package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Schema;
import dev.isobar.model.ResourceName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One operation of the provider and where it is reached.
///
/// @param methods the methods over the operation; the first decides where its rows are
/// @param bases paths of the operation's servers, each to be put before the template
record Route(
    ResourceName resource,
    List<Method> methods,
    PathTemplate template,
    Set<String> bases,
    Envelope envelope) {

  static Route of(ResourceName resource, List<Method> methods) {
    Method first = methods.getFirst();
    Set<String> bases = new TreeSet<>();
    first.operation().servers().forEach(s -> bases.add(PathTemplate.basePath(s.url())));
    if (bases.isEmpty()) {
      bases.add("");
    }
    return new Route(
        resource,
        List.copyOf(methods),
        new PathTemplate(first.operation().path()),
        bases,
        Envelope.of(first));
  }

  Method method() {
    return methods.getFirst();
  }

  String verb() {
    return method().operation().httpVerb();
  }

  /// The path with `{}` for variables, without the server's part.
  String path() {
    return template.text();
  }

  /// `GET /widgets/{}`.
  String key() {
    return verb() + " " + path();
  }

  boolean isList() {
    return verb().equals("GET") && envelope.list();
  }

  /// The schema of the request's JSON body, or null when none is declared.
  @Nullable Schema bodySchema() {
    Operation.Body body = method().operation().body();
    return body == null || !isJson(body.mediaType()) ? null : body.schema();
  }

  /// The input of that name on the wire, or null.
  @Nullable Input wire(String name, Input.Location location) {
    for (Input input : method().inputs()) {
      if (input.location() == location && input.wireName().equals(name)) {
        return input;
      }
    }
    return null;
  }

  /// The declared status of success: 200 for `2XX` and for what cannot be read.
  int success() {
    String declared = method().operation().success();
    return declared.matches("2[0-9][0-9]") ? Integer.parseInt(declared) : 200;
  }

  static boolean isJson(String mediaType) {
    String lower = mediaType.toLowerCase(Locale.ROOT);
    return lower.contains("json") || lower.startsWith("*/*") || lower.isEmpty();
  }

  /// A route, and the values of its path variables for one path.
  record Match(Route route, List<String> values, String base) {
    Map<String, String> variables() {
      Map<String, String> variables = new java.util.LinkedHashMap<>();
      List<String> names = route.template().variables();
      for (int i = 0; i < names.size(); i++) {
        variables.put(names.get(i), values.get(i));
      }
      return variables;
    }
  }
}
