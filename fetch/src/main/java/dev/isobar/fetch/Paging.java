package dev.isobar.fetch;

import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.Pagination.Token;
import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.Json;
import dev.isobar.plan.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From a page to the request for the next.
///
/// Source: `provider-format.md`, section 6.
final class Paging {
  private Paging() {}

  /// The token that the response's headers hold, or null.
  static @Nullable String headerToken(Pagination pagination, Response response) {
    String key = pagination.response().key();
    if (!key.equalsIgnoreCase("Link")) {
      return response.headers.firstValue(key).orElse(null);
    }
    return LinkHeader.next(response.headers.allValues(key));
  }

  /// The request for the page that `token` stands for.
  static Request request(Request previous, Token place, String token) throws FetchFailure {
    return switch (place.location()) {
      case QUERY ->
          isForm(previous)
              ? withForm(previous, place.key(), token)
              : previous.withQuery(place.key(), token);
      case HEADER -> withHeader(previous, place.key(), token);
      case BODY -> withBody(previous, place.key(), token);
      case REQUEST -> withUrl(previous, token);
    };
  }

  private static Request withHeader(Request previous, String name, String value) {
    List<Request.Pair> headers = new ArrayList<>(previous.headers());
    headers.removeIf(header -> header.name().equalsIgnoreCase(name));
    headers.add(new Request.Pair(name, value));
    return new Request(
        previous.verb(), previous.endpoint(), previous.query(), headers, previous.body());
  }

  private static Request withBody(Request previous, String path, String token) throws FetchFailure {
    if (isForm(previous)) {
      return withForm(previous, String.join(".", PathNode.names(path)), token);
    }
    Object body = null;
    String text = previous.body();
    if (text != null && !text.isBlank()) {
      try {
        body = Json.parse(text);
      } catch (IllegalArgumentException e) {
        throw broken("the next page is asked for in a body that is not JSON");
      }
    }
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    copy(body, root);
    Map<String, @Nullable Object> object = root;
    List<String> names = PathNode.names(path);
    if (names.isEmpty()) {
      throw broken("the document does not say where in the body the next page is asked for");
    }
    for (String name : names.subList(0, names.size() - 1)) {
      Map<String, @Nullable Object> inner = new LinkedHashMap<>();
      copy(object.get(name), inner);
      object.put(name, inner);
      object = inner;
    }
    object.put(names.getLast(), structure(token));
    return new Request(
        previous.verb(),
        previous.endpoint(),
        previous.query(),
        previous.headers(),
        Json.write(root));
  }

  /// Whether the request's parameters travel as a form in its body, as AWS's older services have
  /// it.
  private static boolean isForm(Request request) {
    return request.body() != null
        && request.headers().stream()
            .anyMatch(header ->
                header.name().equalsIgnoreCase("Content-Type")
                    && header
                        .value()
                        .toLowerCase(Locale.ROOT)
                        .startsWith("application/x-www-form-urlencoded"));
  }

  private static Request withForm(Request previous, String name, String value) {
    String body = previous.body() == null ? "" : previous.body();
    String key = URLEncoder.encode(name, StandardCharsets.UTF_8);
    List<String> fields = new ArrayList<>();
    for (String field : body.split("&", -1)) {
      if (!field.isEmpty() && !field.equals(key) && !field.startsWith(key + "=")) {
        fields.add(field);
      }
    }
    fields.add(key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    return new Request(
        previous.verb(),
        previous.endpoint(),
        previous.query(),
        previous.headers(),
        String.join("&", fields));
  }

  private static void copy(@Nullable Object from, Map<String, @Nullable Object> to) {
    if (from instanceof Map<?, ?> map) {
      map.forEach((key, value) -> to.put(String.valueOf(key), value));
    }
  }

  /// A token that was a structure goes back as one.
  private static @Nullable Object structure(String token) {
    if (token.startsWith("{") || token.startsWith("[")) {
      try {
        return Json.parse(token);
      } catch (IllegalArgumentException e) {
        return token;
      }
    }
    return token;
  }

  /// The page at a URL that the API named. Whether it may be asked is for [PageSource] to say.
  static Request withUrl(Request previous, String token) throws FetchFailure {
    try {
      URI before = URI.create(previous.url());
      URI next = before.resolve(token.strip());
      if ("https".equals(before.getScheme())
          && "http".equals(next.getScheme())
          && next.getPort() < 0
          && before.getHost().equalsIgnoreCase(next.getHost())) {
        // Behind a proxy, some APIs take themselves for plain HTTP.
        String path = next.getRawPath() == null ? "" : next.getRawPath();
        String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
        next = URI.create(before.getScheme() + "://" + before.getRawAuthority() + path + query);
      }
      return new Request(
          previous.verb(), next.toString(), List.of(), previous.headers(), previous.body());
    } catch (IllegalArgumentException e) {
      throw broken("the API names a next page that is not a URL");
    }
  }

  static FetchFailure broken(String what) {
    return FetchFailure.of(ErrorCode.REQUEST_FAILED, what, "", Repeat.USELESS);
  }
}
