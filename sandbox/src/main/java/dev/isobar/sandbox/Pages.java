package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which rows of a list a request asks for, and what the response says of the others.
///
/// @param offset of the first row
/// @param size rows of a page
/// @param total rows of the whole list
record Pages(Exchange exchange, int offset, int size, int total) {
  private static final List<String> SIZE_NAMES =
      List.of(
          "page_size",
          "per_page",
          "pageSize",
          "perPage",
          "limit",
          "page[size]",
          "maxResults",
          "max_results",
          "MaxItems",
          "first",
          "count");
  private static final List<String> TOKEN_NAMES =
      List.of(
          "cursor",
          "pageToken",
          "page_token",
          "continue",
          "nextToken",
          "next_token",
          "after",
          "starting_after",
          "marker",
          "token",
          "page");
  private static final int USUAL = 100;

  /// Reads the page parameters of a request for a list of `total` rows.
  ///
  /// @throws Refusal 400 for a page that cannot be, 404 for one behind the last
  static Pages of(Exchange exchange, int total) {
    Method method = exchange.route().method();
    Pagination pagination = method.pagination();
    String sizeKey = sizeKey(exchange, method);
    int size = size(exchange, sizeKey, pagination != null);
    if (pagination != null && pagination.algorithm() == Pagination.Algorithm.TOKEN) {
      String token =
          pagination.request().location() == Pagination.Location.REQUEST
              ? exchange.query("cursor")
              : exchange.text(pagination.request());
      String offset = exchange.query("offset");
      if (token == null && offset == null && exchange.query("page") != null) {
        return numbered(exchange, "page", size, total, false);
      }
      int from = token == null ? (offset == null ? 0 : number("offset", offset)) : fromToken(token);
      return new Pages(exchange, from, size, total);
    }
    if (pagination != null) {
      return numbered(
          exchange, pagination.request().key(), size, total, pagination.terminator() != null);
    }
    for (String name : TOKEN_NAMES) {
      String given = exchange.declares(name) ? exchange.query(name) : null;
      if (given != null && given.matches("c[0-9a-z]{1,6}")) {
        return new Pages(exchange, fromToken(given), size, total);
      }
    }
    if (exchange.declares("page")) {
      return numbered(exchange, "page", size, total, false);
    }
    String offset = exchange.declares("offset") ? exchange.query("offset") : null;
    return new Pages(exchange, offset == null ? 0 : number("offset", offset), size, total);
  }

  private static Pages numbered(
      Exchange exchange, String key, int size, int total, boolean strict) {
    String given = exchange.query(key);
    int page = given == null ? 1 : number(key, given);
    if (page < 1) {
      throw new Refusal(400, key, "Must be at least 1");
    }
    long offset = (page - 1L) * size;
    if (strict && page > 1 && offset >= total) {
      throw Refusal.notFound();
    }
    return new Pages(exchange, (int) Math.min(offset, Integer.MAX_VALUE - 1), size, total);
  }

  private static @Nullable String sizeKey(Exchange exchange, Method method) {
    Method.PageSize declared = method.pageSize();
    if (declared != null) {
      return declared.key();
    }
    for (String name : SIZE_NAMES) {
      if (exchange.declares(name)) {
        return name;
      }
    }
    boolean paged = method.pagination() != null;
    return paged && exchange.query("page_size") != null ? "page_size" : null;
  }

  private static int size(Exchange exchange, @Nullable String key, boolean paged) {
    if (key == null) {
      return paged || exchange.declares("page") ? USUAL : Integer.MAX_VALUE;
    }
    Input input = exchange.route().wire(key, Input.Location.QUERY);
    String given = exchange.query(key);
    if (given != null) {
      int size = number(key, given);
      if (size < 1) {
        throw new Refusal(400, key, "Must be at least 1");
      }
      return size;
    }
    boolean known = input != null && input.defaultValue() != null;
    String usual = known ? String.valueOf(input == null ? null : input.defaultValue()) : "";
    return usual.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(usual) : USUAL;
  }

  private static int number(String key, String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new Refusal(400, key, "Must be an integer");
    }
    return Integer.parseInt(text);
  }

  private static int fromToken(String token) {
    String text = token.startsWith("http") ? token.replaceFirst("^.*[?&]cursor=", "") : token;
    if (!text.matches("c[0-9a-z]{1,6}")) {
      throw new Refusal(400, "cursor", "Is not a page token that was given out");
    }
    return Integer.parseInt(text.substring(1), 36);
  }

  int count() {
    return Math.max(0, Math.min(size, total - offset));
  }

  private boolean more() {
    return offset + (long) size < total;
  }

  private int pages() {
    return Math.max(1, (int) ((total + (long) size - 1) / size));
  }

  private int page() {
    return offset / size + 1;
  }

  private String token() {
    return "c" + Integer.toString(offset + size, 36);
  }

  /// The whole response around the rows of the page.
  Object body(List<?> rows, Envelope envelope, Maker generated, Scope scope) {
    Schema root = envelope.root();
    if (root == null || envelope.path().isEmpty()) {
      return rows;
    }
    if (envelope.path().size() > 1 && envelope.form() == Envelope.Form.XML) {
      return xml(rows, envelope);
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    Makers.propertiesOf(root).forEach((name, schema) -> body.put(name, told(name, schema, 0)));
    boolean unknown = body.values().stream().anyMatch(value -> value == UNKNOWN);
    if (unknown) {
      Map<String, @Nullable Object> made = Values.object(generated.make(scope, 0));
      Map<String, @Nullable Object> calm = settled(made, false);
      body.replaceAll((name, value) -> value == UNKNOWN ? calm.get(name) : value);
    }
    Method method = exchange.route().method();
    Pagination pagination = method.pagination();
    if (pagination != null && pagination.response().location() == Pagination.Location.BODY) {
      Object next =
          pagination.algorithm() == Pagination.Algorithm.PAGE_NUMBER
              ? (Object) (long) page()
              : !more()
                  ? null
                  : pagination.request().location() == Pagination.Location.REQUEST
                      ? nextUrl()
                      : token();
      put(body, pagination.response().key(), next);
    }
    if (pagination != null && pagination.terminator() != null) {
      put(body, pagination.terminator().key(), (long) pages());
    }
    Pagination.Token all = method.total();
    if (all != null && all.location() == Pagination.Location.BODY) {
      put(body, all.key(), (long) total);
    }
    put(body, String.join(".", envelope.path()), rows);
    return body;
  }

  /// An XML answer: the token of the next page stands beside the element that holds the rows.
  private Object xml(List<?> rows, Envelope envelope) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    List<String> path = envelope.path();
    put(body, String.join(".", path), rows);
    Pagination pagination = exchange.route().method().pagination();
    if (pagination != null
        && more()
        && pagination.response().location() == Pagination.Location.BODY) {
      List<String> beside = new ArrayList<>(path.subList(0, Math.max(1, path.size() - 2)));
      beside.addAll(WireShape.names(pagination.response().key()));
      put(body, String.join(".", beside), token());
    }
    return body;
  }

  /// Headers that say where the next page is.
  Map<String, String> headers() {
    Pagination pagination = exchange.route().method().pagination();
    if (!more()) {
      return Map.of();
    }
    if (pagination == null || pagination.response().key().equalsIgnoreCase("link")) {
      return Map.of("Link", "<" + nextUrl() + ">; rel=\"next\"");
    }
    return pagination.response().location() == Pagination.Location.HEADER
        ? Map.of(pagination.response().key(), token())
        : Map.of();
  }

  private String nextUrl() {
    Pagination pagination = exchange.route().method().pagination();
    String key =
        pagination != null && pagination.algorithm() == Pagination.Algorithm.TOKEN
            ? pagination.request().key()
            : "page";
    key = key.isEmpty() ? (exchange.declares("page") ? "page" : "cursor") : key;
    Map<String, List<String>> query = new LinkedHashMap<>(exchange.query());
    boolean numbered = key.equals("page");
    query.put(key, List.of(numbered ? Integer.toString(page() + 1) : token()));
    List<String> pairs = new ArrayList<>();
    query.forEach((name, values) -> values.forEach(v -> pairs.add(encode(name) + "=" + encode(v))));
    return "http://"
        + exchange.headers().getOrDefault("host", "127.0.0.1")
        + exchange.headers().getOrDefault(":path", exchange.path())
        + "?"
        + String.join("&", pairs);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// A response that is all there is: nothing in it says that there is more.
  static Map<String, @Nullable Object> alone(Route route, Map<String, @Nullable Object> made) {
    Map<String, @Nullable Object> settled = settled(made, true);
    Pagination pagination = route.method().pagination();
    if (pagination != null && pagination.response().location() == Pagination.Location.BODY) {
      boolean numbered = pagination.algorithm() == Pagination.Algorithm.PAGE_NUMBER;
      List<String> names = WireShape.names(pagination.response().key());
      if (Values.object(at(settled, names)).isEmpty() && at(settled, names) != null) {
        put(settled, String.join(".", names), numbered ? (Object) 1L : null);
      }
    }
    return settled;
  }

  private static @Nullable Object at(Map<String, @Nullable Object> body, List<String> names) {
    Object at = body;
    for (String name : names) {
      at = Values.object(at).get(name);
    }
    return at;
  }

  /// @param whole whether this is the whole response, not what it holds about its page
  private static Map<String, @Nullable Object> settled(
      Map<String, @Nullable Object> made, boolean whole) {
    Map<String, @Nullable Object> settled = new LinkedHashMap<>();
    made.forEach((name, value) -> {
      String lower = Words.snake(name);
      if (value instanceof Map<?, ?> && ABOUT_PAGES.contains(lower)) {
        settled.put(name, settled(Values.object(value), false));
      } else if (value instanceof String && NEXT.contains(lower.replaceFirst("^@odata[._]", ""))) {
        // the last page names no other
        settled.remove(name);
      } else if (value instanceof Number && !whole && TOTALS.contains(lower)) {
        settled.put(name, 1L);
      } else if (value instanceof Boolean && MORE.contains(lower)) {
        settled.put(name, false);
      } else {
        settled.put(name, value);
      }
    });
    return settled;
  }

  private static final Set<String> ABOUT_PAGES =
      Set.of(
          "result_info", "meta", "metadata", "pagination", "paging", "links", "page_info", "pages");
  private static final Set<String> NEXT =
      Set.of(
          "next",
          "next_page",
          "next_url",
          "next_link",
          "next_page_token",
          "next_token",
          "next_cursor",
          "next_marker",
          "cursor",
          "continue",
          "marker");
  private static final Set<String> TOTALS =
      Set.of(
          "total",
          "total_count",
          "count",
          "total_pages",
          "pages",
          "page",
          "remaining_item_count",
          "total_results");
  private static final Set<String> MORE =
      Set.of("has_more", "more", "has_next", "has_next_page", "is_truncated");

  private static final Object UNKNOWN = new Object();

  /// What a property beside the rows says of the page, by its name.
  private @Nullable Object told(String name, Schema schema, int depth) {
    Map<String, Schema> properties = Makers.propertiesOf(schema);
    String lower = Words.snake(name).toLowerCase(Locale.ROOT);
    if (!properties.isEmpty() && depth < 3) {
      Map<String, @Nullable Object> inner = new LinkedHashMap<>();
      for (var property : properties.entrySet()) {
        Object value = told(property.getKey(), property.getValue(), depth + 1);
        boolean around = exchange.route().envelope().path().contains(name);
        if (value == UNKNOWN && (around || ABOUT_PAGES.contains(lower))) {
          // what is not about the page is left out rather than made up
          continue;
        }
        if (value == UNKNOWN) {
          return UNKNOWN;
        }
        inner.put(property.getKey(), value);
      }
      return inner;
    }
    return switch (lower) {
      case "page", "current_page", "page_number" -> (long) page();
      case "pages", "total_pages", "last_page", "page_count" -> (long) pages();
      case "results", "total", "total_count", "total_results", "total_items", "total_size" ->
          schema.type().equals("array") ? UNKNOWN : (Object) (long) total;
      case "count" -> (long) count();
      case "per_page", "page_size", "limit" -> (long) Math.min(size, total);
      case "offset" -> (long) offset;
      case "has_more", "more", "has_next", "is_truncated" -> more();
      case "next", "next_page", "next_url", "next_link" -> more() ? nextUrl() : null;
      case "next_page_token", "next_token", "next_cursor", "next_marker", "cursor", "continue" ->
          more() ? token() : null;
      case "previous", "prev", "first", "last" -> schema.type().equals("string") ? null : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  private static void put(Map<String, @Nullable Object> body, String path, @Nullable Object value) {
    Map<String, @Nullable Object> at = body;
    List<String> names = List.of(path.replaceFirst("^\\$\\.?", "").split("\\.", -1));
    for (String name : names.subList(0, names.size() - 1)) {
      Map<String, @Nullable Object> next = new LinkedHashMap<>(Values.object(at.get(name)));
      at.put(name, next);
      at = next;
    }
    if (value == null) {
      at.remove(names.getLast());
    } else {
      at.put(names.getLast(), value);
    }
  }
}
