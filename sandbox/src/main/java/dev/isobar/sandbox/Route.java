package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire;
import dev.isobar.model.Json;
import dev.isobar.model.ResourceName;
import dev.isobar.model.SqlVerb;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One operation of the provider and where it is reached.
///
/// @param resource the one whose method says where the rows are
/// @param methods the methods over the operation; the first decides where its rows are
/// @param verbs what SQL uses the operation for
/// @param servers where it is reached, the usual one first; empty when the document names none
/// @param prefix the server's part of [#path], with `{}` for variables; empty where it does not
///   matter
/// @param variables names of the variables of [#path], from left to right
/// @param envelope of the response as it travels
record Route(
    ResourceName resource,
    List<Method> methods,
    Set<SqlVerb> verbs,
    PathTemplate template,
    List<ServerTemplate> servers,
    String prefix,
    List<String> variables,
    Envelope envelope) {

  /// @param oneServer whether all operations of the provider are at the same server
  static Route of(
      ResourceName resource,
      List<Method> methods,
      Set<SqlVerb> verbs,
      List<ServerTemplate> servers,
      boolean oneServer) {
    Method first = methods.getFirst();
    Wire.GraphQl graphQl = first.wire().graphQl();
    // A GraphQL method's own path and verb name it in its document; calls go to one URL.
    var template =
        new PathTemplate(graphQl == null ? first.operation().path() : pathOf(graphQl.url()));
    List<ServerTemplate> at = graphQl == null ? servers : List.of();
    boolean alone = oneServer || at.isEmpty();
    List<String> variables = new ArrayList<>(alone ? List.of() : at.getFirst().variables());
    variables.addAll(template.variables());
    return new Route(
        resource,
        List.copyOf(methods),
        Set.copyOf(verbs),
        template,
        at,
        alone ? "" : at.getFirst().text(),
        List.copyOf(variables),
        Envelope.of(first, resource));
  }

  private static String pathOf(String url) {
    try {
      String path = URI.create(url).getRawPath();
      return path == null || path.isEmpty() ? "/" : path;
    } catch (IllegalArgumentException _) {
      return "/";
    }
  }

  Method method() {
    return methods.getFirst();
  }

  String verb() {
    Wire.GraphQl graphQl = method().wire().graphQl();
    return graphQl == null ? method().operation().httpVerb() : graphQl.httpVerb();
  }

  /// The path with `{}` for variables: equal for equal places.
  String path() {
    return prefix + template.text();
  }

  /// How many of the variables belong to the server.
  int serverVariables() {
    return variables.size() - template.variables().size();
  }

  /// `GET /widgets/{}`.
  String key() {
    return verb() + " " + path();
  }

  boolean isList() {
    return verb().equals("GET") && envelope.list();
  }

  /// Whether the operation is named by something else than verb and path, or its verb means another
  /// thing than it does: then its resource, not its path, says what it works on.
  boolean isAction() {
    boolean named = !template.query().isEmpty() && template.variables().isEmpty();
    if (named || template.isArtificial() || target() != null) {
      return true;
    }
    String verb = verb();
    return (verbs.contains(SqlVerb.SELECT) && !verb.equals("GET") && !verb.equals("HEAD"))
        || (verbs.contains(SqlVerb.DELETE) && (verb.equals("POST") || verb.equals("GET")))
        || (verb.equals("GET")
            && (verbs.contains(SqlVerb.INSERT) || verbs.contains(SqlVerb.UPDATE)))
        || method().wire().graphQl() != null;
  }

  /// The header that says which operation is meant where all have one path, such as `X-Amz-Target`;
  /// null when there is none.
  @Nullable Input target() {
    for (Input input : method().inputs()) {
      String name = input.wireName().toLowerCase(Locale.ROOT);
      if (input.location() == Input.Location.HEADER
          && input.defaultValue() != null
          && name.endsWith("target")) {
        return input;
      }
    }
    return null;
  }

  /// The fields that every body of the method has: what tells actions on one path apart.
  Map<String, @Nullable Object> base() {
    String base = method().wire().base();
    if (base == null) {
      return Map.of();
    }
    try {
      return Values.object(Json.parse(base));
    } catch (IllegalArgumentException _) {
      return Map.of();
    }
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

  /// A route, and the values of its variables for one request.
  record Match(Route route, List<String> values) {}
}
