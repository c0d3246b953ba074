package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Pagination.Location;
import dev.isobar.catalog.Schema;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How lists go on where their document does not say: what many APIs do alike, as tables.
///
/// A convention holds when an answer shows its sign beside the rows, and, unless the sign is a
/// whole URL, when the operation takes the parameter that belongs to it. Many documents of the
/// public registry declare nothing although their APIs answer in pages (`provider-format.md`,
/// section 6.4).
public final class Conventions {
  /// Places of the next page's whole URL, which may be relative.
  private static final List<String> URLS =
      List.of(
          "@odata.nextLink",
          "odata.nextLink",
          "nextLink",
          "next_link",
          "nextPageLink",
          "nextPageUrl",
          "next_page_url",
          "next_page_uri",
          "nextUrl",
          "next_url",
          "next_href",
          "next",
          "next_page",
          "nextPage",
          "links.next",
          "links.next.href",
          "links.next.url",
          "links.pages.next",
          "_links.next",
          "_links.next.href",
          "paging.next",
          "paging.next.link",
          "paging.nextLink",
          "pagination.next",
          "pagination.next_url",
          "pagination.nextLink",
          "meta.next",
          "meta.next_url",
          "metadata.next",
          "meta.pagination.links.next");

  /// Kubernetes' place of a token. Each of its lists takes it, also where the document leaves that
  /// out.
  private static final String KUBERNETES = "metadata.continue";

  private static final List<String> CURSOR =
      List.of("cursor", "page_cursor", "pageCursor", "page[cursor]", "after", "page[after]");

  /// Places of an opaque token, and the parameters that take it.
  private static final Map<String, List<String>> TOKENS = new LinkedHashMap<>();

  static {
    List<String> pageToken =
        List.of("pageToken", "page_token", "nextPageToken", "next_page_token", "PageToken");
    List<String> nextToken =
        List.of("NextToken", "nextToken", "next_token", "next-token", "nexttoken", "pageToken");
    List<String> marker = List.of("Marker", "marker", "NextMarker", "nextMarker", "next_marker");
    List<String> continuation =
        List.of(
            "ContinuationToken",
            "continuationToken",
            "continuation_token",
            "continuation-token",
            "continuation");
    for (String sign : List.of("nextPageToken", "next_page_token", "NextPageToken")) {
      TOKENS.put(sign, pageToken);
    }
    for (String sign : List.of("NextToken", "nextToken", "next_token")) {
      TOKENS.put(sign, nextToken);
    }
    for (String sign : List.of("NextMarker", "nextMarker", "next_marker", "Marker", "marker")) {
      TOKENS.put(sign, marker);
    }
    for (String sign :
        List.of(
            "NextContinuationToken",
            "nextContinuationToken",
            "ContinuationToken",
            "continuationToken",
            "continuation_token")) {
      TOKENS.put(sign, continuation);
    }
    for (String sign :
        List.of(
            "next_cursor",
            "nextCursor",
            "cursors.after",
            "paging.cursors.after",
            "paging.next.after",
            "page.next_cursor",
            "page.after",
            "pagination.next_cursor",
            "pagination.nextCursor",
            "pagination.cursor",
            "meta.next_cursor",
            "meta.nextCursor",
            "meta.page.after",
            "meta.cursor.next",
            "metadata.next_cursor",
            "response_metadata.next_cursor",
            "result_info.cursors.after",
            "result_info.cursor",
            "result_info.next_cursor",
            "data.nextCursor",
            "data.next_cursor")) {
      TOKENS.put(sign, CURSOR);
    }
    TOKENS.put(KUBERNETES, List.of("continue"));
    TOKENS.put("next", List.of("next", "cursor", "after", "since", "until", "page"));
    TOKENS.put("next_page", List.of("page", "page_token", "pageToken", "cursor"));
    TOKENS.put("nextPage", List.of("page", "pageToken", "nextPage", "cursor"));
    TOKENS.put("pagination.next", List.of("until", "cursor", "after", "page", "from"));
    TOKENS.put("meta.next_page", List.of("page", "page[number]"));
    TOKENS.put("meta.pagination.next_page", List.of("page", "page[number]"));
    TOKENS.put("pagination.next_page", List.of("page", "page[number]"));
    TOKENS.put("next_offset", List.of("offset", "start"));
    TOKENS.put("nextOffset", List.of("offset", "start"));
    TOKENS.put("pagination.next_offset", List.of("offset"));
    TOKENS.put("meta.pagination.next_offset", List.of("offset", "page[offset]", "start"));
    TOKENS.put("nextRecordsUrl", List.of());
    TOKENS.put("$skiptoken", List.of("$skiptoken"));
  }

  /// Signs that only a next page explains, so that one nobody can follow means missing rows.
  private static final Set<String> CERTAIN =
      Set.of(
          "nextPageToken",
          "next_page_token",
          "NextPageToken",
          "NextToken",
          "nextToken",
          "next_token",
          "NextMarker",
          "nextMarker",
          "NextContinuationToken",
          "nextContinuationToken",
          "next_cursor",
          "nextCursor",
          "pagination.next_cursor",
          "pagination.nextCursor",
          "meta.next_cursor",
          KUBERNETES,
          "nextRecordsUrl");

  /// Numbered pages: the page's own number, the number of pages, and the parameters that take one.
  private record Numbers(String page, String pages) {}

  private static final List<Numbers> NUMBERS =
      List.of(
          new Numbers("result_info.page", "result_info.total_pages"),
          new Numbers("page", "pages"),
          new Numbers("page", "total_pages"),
          new Numbers("page", "totalPages"),
          new Numbers("page", "page_count"),
          new Numbers("page", "pageCount"),
          new Numbers("current_page", "total_pages"),
          new Numbers("current_page", "last_page"),
          new Numbers("currentPage", "totalPages"),
          new Numbers("pagination.page", "pagination.pages"),
          new Numbers("pagination.page", "pagination.total_pages"),
          new Numbers("pagination.page", "pagination.pageCount"),
          new Numbers("pagination.current_page", "pagination.total_pages"),
          new Numbers("meta.page", "meta.pages"),
          new Numbers("meta.current_page", "meta.last_page"),
          new Numbers("meta.current_page", "meta.total_pages"),
          new Numbers("meta.pagination.current_page", "meta.pagination.total_pages"),
          new Numbers("meta.pagination.page", "meta.pagination.last_page"));

  private static final List<String> PAGE =
      List.of("page", "page[number]", "page_number", "pageNumber");

  /// Rows from an offset on: the offset, and the rows of a full page.
  private record Offsets(String offset, String limit, String total, String more) {}

  private static final List<Offsets> OFFSETS =
      List.of(
          new Offsets("offset", "limit", "total", "more"),
          new Offsets("offset", "limit", "total_count", "has_more"),
          new Offsets("offset", "limit", "totalCount", "hasMore"),
          new Offsets("startAt", "maxResults", "total", "isLast"),
          new Offsets("startIndex", "itemsPerPage", "totalResults", "hasMore"),
          new Offsets(
              "pagination.offset", "pagination.limit", "pagination.total", "pagination.more"),
          new Offsets("meta.offset", "meta.limit", "meta.total", "meta.more"),
          new Offsets("paging.offset", "paging.limit", "paging.total", "paging.more"));

  private static final List<String> OFFSET =
      List.of("offset", "page[offset]", "startAt", "startIndex", "start", "skip", "$skip");

  /// Flags that say whether there is more.
  private static final List<String> FLAGS =
      List.of(
          "has_more",
          "hasMore",
          "HasMore",
          "more",
          "has_next",
          "hasNext",
          "has_next_page",
          "hasNextPage",
          "isTruncated",
          "IsTruncated",
          "is_truncated",
          "truncated",
          "HasMoreResults",
          "pageInfo.hasNextPage",
          "page_info.has_next_page",
          "pagination.has_more",
          "pagination.hasMore",
          "pagination.more",
          "meta.has_more",
          "paging.more");

  /// Flags that say that the API gave up before it had all rows.
  private static final List<String> FRAGMENTS = List.of("incomplete_results");

  /// Numbers that can only be the number of all rows.
  private static final List<String> TOTALS =
      List.of(
          "total_count",
          "totalCount",
          "totalResults",
          "total_results",
          "@odata.count",
          "result_info.total_count",
          "pagination.total_count",
          "meta.total_count",
          "meta.pagination.total");

  /// Parameters by which a statement says itself which part of a list it wants.
  private static final Set<String> CHOOSING =
      Set.of(
          "limit",
          "$top",
          "$skip",
          "top",
          "skip",
          "count",
          "offset",
          "page",
          "page[number]",
          "page[offset]",
          "page[cursor]",
          "cursor",
          "after",
          "before",
          "start",
          "startAt",
          "startIndex",
          "starting_after",
          "ending_before",
          "pageToken",
          "page_token",
          "NextToken",
          "nextToken",
          "next_token",
          "Marker",
          "marker",
          "continue",
          "ContinuationToken",
          "continuationToken");

  private static final Set<String> SIGNS = signs();

  private Conventions() {}

  private static Set<String> signs() {
    Set<String> all = new LinkedHashSet<>(URLS);
    all.addAll(TOKENS.keySet());
    NUMBERS.forEach(numbers -> all.addAll(List.of(numbers.page, numbers.pages)));
    OFFSETS.forEach(o -> all.addAll(List.of(o.offset, o.limit, o.total, o.more)));
    all.addAll(FLAGS);
    all.addAll(FRAGMENTS);
    all.addAll(TOTALS);
    return all;
  }

  /// The places of an answer that may tell how its list goes on. [#names] reads one.
  public static Collection<String> places() {
    return SIGNS;
  }

  /// The property names that lead to a place. They are joined by dots, and OData's names hold dots
  /// themselves.
  public static List<String> names(String place) {
    boolean one = place.startsWith("@") || place.startsWith("odata.");
    return one ? List.of(place) : List.of(place.split("\\.", -1));
  }

  /// How a list goes on.
  public sealed interface Next {
    /// At a URL, absolute or relative to the one before.
    record Url(String sign, String url) implements Next {}

    /// With a token.
    record Token(String sign, String key, Location location, String value) implements Next {}

    /// Its pages have numbers.
    ///
    /// @param page of the answer
    /// @param pages how many there are, counted as `page` is
    record Pages(String key, long page, long pages) implements Next {}

    /// Its rows have numbers.
    ///
    /// @param offset of the answer's first row
    /// @param step rows of a full page
    /// @param total how many rows there are
    record Rows(String key, long offset, long step, long total) implements Next {}

    /// It does not, or not in a way that can be seen.
    record End() implements Next {}
  }

  /// What a page of a list shows of the next.
  ///
  /// @param signs what the answer holds at [#places]
  /// @param link the URL of a `Link: …; rel="next"`, or null
  /// @param rows how many the answer has
  public static Next next(
      Method method, Map<String, String> signs, @Nullable String link, long rows) {
    if (link != null) {
      return new Next.Url("Link", link);
    }
    if (FLAGS.stream().anyMatch(flag -> "false".equals(signs.get(flag)))) {
      return new Next.End();
    }
    for (String sign : URLS) {
      String url = signs.get(sign);
      if (url != null && isUrl(url)) {
        return new Next.Url(sign, url);
      }
    }
    for (Map.Entry<String, List<String>> entry : TOKENS.entrySet()) {
      String value = signs.get(entry.getKey());
      if (value == null || PageTokens.isEnd(value) || isUrl(value)) {
        continue;
      }
      for (String parameter : entry.getValue()) {
        Location location = location(method, parameter);
        if (location != null) {
          return new Next.Token(entry.getKey(), parameter, location, value);
        }
      }
      if (entry.getKey().equals(KUBERNETES)) {
        return new Next.Token(KUBERNETES, entry.getValue().getFirst(), Location.QUERY, value);
      }
    }
    Next numbered = numbered(method, signs, rows);
    return numbered == null ? new Next.End() : numbered;
  }

  private static @Nullable Next numbered(Method method, Map<String, String> signs, long rows) {
    for (Numbers numbers : NUMBERS) {
      long page = PageTokens.count(signs.get(numbers.page));
      long pages = PageTokens.count(signs.get(numbers.pages));
      String key = query(method, PAGE);
      if (page >= 0 && pages > 1 && key != null) {
        return new Next.Pages(key, page, pages);
      }
    }
    for (Offsets offsets : OFFSETS) {
      long offset = PageTokens.count(signs.get(offsets.offset));
      long step = PageTokens.count(signs.get(offsets.limit));
      String key = query(method, OFFSET);
      if (offset < 0 || step <= 0 || key == null || rows == 0) {
        continue;
      }
      long total = PageTokens.count(signs.get(offsets.total));
      if (total >= 0) {
        return new Next.Rows(key, offset, step, total);
      }
      if ("true".equals(signs.get(offsets.more))) {
        return new Next.Token(offsets.more, key, Location.QUERY, Long.toString(offset + rows));
      }
    }
    return null;
  }

  /// Why rows must be missing although nothing says how to ask for them, or null.
  ///
  /// @param signs of the last page
  /// @param given wire names of what the statement gave
  /// @param rows that were read in all
  public static @Nullable String missing(
      Map<String, String> signs, Collection<String> given, long rows) {
    for (String flag : FRAGMENTS) {
      if ("true".equals(signs.get(flag))) {
        return "the API says that it is not (`" + flag + "`)";
      }
    }
    if (given.stream().anyMatch(CHOOSING::contains)) {
      return null;
    }
    for (String flag : FLAGS) {
      if ("false".equals(signs.get(flag))) {
        return null;
      }
    }
    for (String flag : FLAGS) {
      if ("true".equals(signs.get(flag))) {
        return "the API says that there is more (`"
            + flag
            + "`), and no way to ask for it is known";
      }
    }
    for (String sign : CERTAIN) {
      String value = signs.get(sign);
      if (value != null && !PageTokens.isEnd(value)) {
        return "the API names a next page (`" + sign + "`), and no way to ask for it is known";
      }
    }
    for (String sign : TOTALS) {
      long total = PageTokens.count(signs.get(sign));
      if (total > rows) {
        return "the API says that there are "
            + total
            + " rows (`"
            + sign
            + "`), it sent "
            + rows
            + ", and no way to ask for the others is known";
      }
    }
    return null;
  }

  /// What EXPLAIN may expect of a list whose document declares nothing: the place that its schema
  /// names, or null.
  static @Nullable String expected(Method method) {
    Schema schema = method.responseSchema();
    if (schema == null || method.objectKey() == null || method.pagination() != null) {
      return null;
    }
    for (String sign : URLS) {
      if (declares(schema, sign)) {
        return sign;
      }
    }
    for (Map.Entry<String, List<String>> entry : TOKENS.entrySet()) {
      boolean taken = entry.getValue().stream().anyMatch(each -> location(method, each) != null);
      if (taken && declares(schema, entry.getKey())) {
        return entry.getKey();
      }
    }
    for (Numbers numbers : NUMBERS) {
      if (query(method, PAGE) != null
          && declares(schema, numbers.page)
          && declares(schema, numbers.pages)) {
        return numbers.pages;
      }
    }
    for (Offsets offsets : OFFSETS) {
      if (query(method, OFFSET) != null
          && declares(schema, offsets.offset)
          && declares(schema, offsets.limit)) {
        return offsets.offset;
      }
    }
    return null;
  }

  private static boolean declares(Schema schema, String path) {
    Schema at = schema;
    for (String name : names(path)) {
      at = at.allProperties().get(name);
      if (at == null) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Location location(Method method, String wireName) {
    for (Input input : method.inputs()) {
      if (!input.wireName().equals(wireName)) {
        continue;
      }
      switch (input.location()) {
        case QUERY -> {
          return Location.QUERY;
        }
        case HEADER -> {
          return Location.HEADER;
        }
        case BODY -> {
          return Location.BODY;
        }
        case PATH, SERVER -> {}
      }
    }
    return null;
  }

  private static @Nullable String query(Method method, List<String> wireNames) {
    for (String name : wireNames) {
      if (location(method, name) == Location.QUERY) {
        return name;
      }
    }
    return null;
  }

  private static boolean isUrl(String text) {
    return text.startsWith("https://")
        || text.startsWith("http://")
        || (text.startsWith("/") && text.length() > 1)
        || (text.startsWith("?") && text.contains("="));
  }
}
