package dev.isobar.fetch;

import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.Pagination.Token;
import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.Json;
import dev.isobar.plan.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// From a page to the request for the next.
///
/// Source: `provider-format.md`, section 6.
final class Paging {
  private static final Pattern LINK = Pattern.compile("<([^>]*)>\\s*((?:;[^,<]*)*)");
  private static final Pattern NEXT =
      Pattern.compile(
          ";\\s*rel\\s*=\\s*\"?(?:[^\";]*\\s)?next(?:\\s[^\";]*)?\"?\\s*(?:;|$)",
          Pattern.CASE_INSENSITIVE);

  private Paging() {}

  /// The token that the response's headers hold, or null.
  static @Nullable String headerToken(Pagination pagination, Response response) {
    String key = pagination.response().key();
    if (!key.equalsIgnoreCase("Link")) {
      return response.headers.firstValue(key).orElse(null);
    }
    for (String value : response.headers.allValues(key)) {
      Matcher link = LINK.matcher(value);
      while (link.find()) {
        if (NEXT.matcher(link.group(2)).find()) {
          return link.group(1);
        }
      }
    }
    return null;
  }

  /// Whether the text says that there is no next page.
  static boolean isEnd(@Nullable String token) {
    return token == null
        || token.isEmpty()
        || token.equals("<nil>")
        || token.equals("[]")
        || token.equals("{}")
        || token.equals("null");
  }

  /// A count that a response gave, or -1 when it is none.
  static long count(@Nullable String text) {
    return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }

  /// The request for the page that `token` stands for.
  static Request request(Request previous, Token place, String token) throws FetchFailure {
    return switch (place.location()) {
      case QUERY -> previous.withQuery(place.key(), token);
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

  private static Request withUrl(Request previous, String token) throws FetchFailure {
    try {
      String url = URI.create(previous.url()).resolve(token).toString();
      return new Request(previous.verb(), url, List.of(), previous.headers(), previous.body());
    } catch (IllegalArgumentException e) {
      throw broken("the API names a next page that is not a URL");
    }
  }

  static FetchFailure broken(String what) {
    return FetchFailure.of(ErrorCode.REQUEST_FAILED, what, "", Repeat.USELESS);
  }
}
