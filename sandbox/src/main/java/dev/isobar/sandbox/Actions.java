package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Schema;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Operations whose paths do not say what they work on (`POST /?Action=DeleteUser`): those of one
/// resource work on one collection, and their verbs in SQL say what they do to it.
///
/// @param path stands for the collection: `//iam.acme.example/@users/{}`
/// @param variables of that path: the server's, then what the list needs to be told
/// @param list lists the rows, or null
/// @param routes those of the resource, the ones that select first
record Actions(
    String path, List<String> variables, @Nullable Route list, int servers, List<Route> routes) {

  /// @param service all routes of the service
  static Actions of(Route route, List<Route> service) {
    List<Route> routes = new ArrayList<>();
    for (Route other : service) {
      if (other.resource().equals(route.resource()) && other.prefix().equals(route.prefix())) {
        routes.add(other.verbs().contains(SqlVerb.SELECT) ? 0 : routes.size(), other);
      }
    }
    Route list = null;
    for (Route other : routes) {
      boolean lists = other.verbs().contains(SqlVerb.SELECT) && other.envelope().list();
      if (lists && (list == null || scope(other).size() < scope(list).size())) {
        list = other;
      }
    }
    List<String> variables = new ArrayList<>(route.variables().subList(0, route.serverVariables()));
    List<String> scope = list == null ? List.of() : scope(list);
    variables.addAll(scope);
    String path =
        route.prefix()
            + "/@"
            + route.resource().resource()
            + String.join("", Collections.nCopies(scope.size(), "/{}"));
    return new Actions(path, List.copyOf(variables), list, route.serverVariables(), routes);
  }

  /// What the list has to be told: the rows differ with it.
  private static List<String> scope(Route list) {
    List<String> names = new ArrayList<>();
    for (Input input : list.method().inputs()) {
      if (input.required() && isOwn(input)) {
        names.add(input.wireName());
      }
    }
    return names;
  }

  private static boolean isOwn(Input input) {
    return input.location() != Input.Location.SERVER && input.location() != Input.Location.HEADER;
  }

  /// The values of [#variables] in a request; empty text for what it does not say.
  List<String> values(Exchange exchange) {
    List<String> values = new ArrayList<>(exchange.values().subList(0, servers));
    for (String name : variables.subList(servers, variables.size())) {
      Object given = exchange.given(name);
      values.add(given == null ? "" : given.toString());
    }
    return values;
  }

  /// The field of a row that requests name one by, or null.
  @Nullable String idKey(Set<String> columns) {
    for (SqlVerb verb : List.of(SqlVerb.DELETE, SqlVerb.SELECT, SqlVerb.UPDATE)) {
      for (Route route : routes) {
        if (!route.verbs().contains(verb) || route.equals(list)) {
          continue;
        }
        String found = named(route, columns);
        if (found != null) {
          return found;
        }
      }
    }
    String noun = Words.plain(Words.singular(routes.getFirst().resource().resource()));
    for (String ending : List.of("id", "name", "arn", "identifier", "")) {
      for (String column : columns) {
        if (Words.plain(column).equals(noun + ending)) {
          return column;
        }
      }
    }
    for (String usual : List.of("id", "arn", "name")) {
      for (String column : columns) {
        if (Words.plain(column).equals(usual)) {
          return column;
        }
      }
    }
    return null;
  }

  private @Nullable String named(Route route, Set<String> columns) {
    List<String> scope = variables.subList(servers, variables.size());
    for (Input input : route.method().inputs()) {
      if (!input.required() || !isOwn(input) || scope.contains(input.wireName())) {
        continue;
      }
      String plain = Words.plain(input.wireName());
      for (String column : columns) {
        String field = Words.plain(column);
        boolean same =
            field.equals(plain)
                || plain.equals(field + "s")
                || (field.length() >= 2 && plain.endsWith(field) && isShort(field));
        if (same) {
          return column;
        }
      }
    }
    return null;
  }

  private static boolean isShort(String field) {
    return field.equals("id") || field.equals("name") || field.equals("arn");
  }

  /// The schema of the input by which requests name a row, or null.
  @Nullable Schema idSchema(String idKey) {
    String plain = Words.plain(idKey);
    for (Route route : routes) {
      for (Input input : route.method().inputs()) {
        boolean names = Words.plain(input.wireName()).equals(plain);
        if (names && input.required() && isOwn(input)) {
          return input.schema();
        }
      }
    }
    return null;
  }

  /// The ids that a request names; empty when it names none.
  List<String> ids(Exchange exchange, String idKey) {
    Object given = exchange.given(idKey);
    if (given == null) {
      given = exchange.given(idKey + "s");
    }
    String plain = Words.plain(idKey);
    List<String> scope = variables.subList(servers, variables.size());
    for (Input input : exchange.route().method().inputs()) {
      boolean ends = isShort(plain) && Words.plain(input.wireName()).endsWith(plain);
      boolean names = ends && !scope.contains(input.wireName());
      if (given == null && names && input.required() && isOwn(input)) {
        given = exchange.given(input.wireName());
      }
    }
    if (given instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return given == null ? List.of() : List.of(given.toString());
  }
}
