package dev.isobar.catalog.authoring;

import dev.isobar.catalog.authoring.Finding.Confidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds how a list goes on: what of its parameters and its answer belongs together. What is
/// declared has the form of `provider-format.md`, section 6.
final class PageInference {
  /// Properties that may hold facts about pages.
  private static final List<String> HOLDERS =
      List.of(
          "",
          "meta",
          "pagination",
          "paging",
          "page",
          "page_info",
          "pageInfo",
          "links",
          "_links",
          "metadata",
          "_metadata",
          "result_info",
          "response_metadata",
          "links.pages",
          "meta.pagination",
          "meta.page",
          "meta.cursor",
          "cursor",
          "cursors",
          "paging.cursors",
          "page_metadata");

  private static final List<String> NEXT_URLS =
      List.of(
          "next",
          "next_url",
          "nexturl",
          "nextlink",
          "next_link",
          "@odata.nextlink",
          "next_page_url",
          "next_page_uri",
          "next_uri",
          "next_href",
          "next.href");

  private static final List<String> CURSOR_PARAMETERS =
      List.of(
          "cursor",
          "page_token",
          "pagetoken",
          "next_token",
          "nexttoken",
          "page_cursor",
          "next_cursor",
          "after",
          "starting_after",
          "marker",
          "continuation_token",
          "continuationtoken",
          "continue",
          "next",
          "start_cursor",
          "start_token",
          "starttoken",
          "position",
          "page[cursor]",
          "page[after]",
          "scroll_id",
          "token",
          "offset",
          "page",
          "before");

  private static final List<String> CURSORS =
      List.of(
          "next_cursor",
          "nextcursor",
          "next_page_token",
          "nextpagetoken",
          "next_token",
          "nexttoken",
          "next_page_cursor",
          "cursor",
          "after",
          "end_cursor",
          "endcursor",
          "next_marker",
          "nextmarker",
          "marker",
          "continuation_token",
          "continuationtoken",
          "continue",
          "next",
          "next_page",
          "nextpage",
          "scroll_id",
          "next_offset",
          "nextoffset",
          "position",
          "last_id");

  private static final List<String> PAGE_PARAMETERS =
      List.of("page", "page_number", "pagenumber", "page[number]", "pageno", "page_no", "p");

  private static final List<String> PAGE_NUMBERS =
      List.of(
          "page",
          "current_page",
          "currentpage",
          "page_number",
          "pagenumber",
          "number",
          "pageno",
          "page_no",
          "current");

  private static final List<String> PAGE_COUNTS =
      List.of(
          "pages",
          "total_pages",
          "totalpages",
          "last_page",
          "lastpage",
          "page_count",
          "pagecount",
          "num_pages",
          "numpages",
          "total_page",
          "last");

  /// Parameters that only lists with pages have.
  private static final List<String> SIGNS =
      List.of(
          "page",
          "per_page",
          "perpage",
          "page_size",
          "pagesize",
          "limit",
          "offset",
          "cursor",
          "skip",
          "top",
          "$top",
          "$skip",
          "start",
          "count",
          "max_results",
          "maxresults",
          "page[size]",
          "page[limit]",
          "page[offset]",
          "first",
          "after",
          "marker",
          "page_token",
          "pagetoken");

  private final Spec spec;

  PageInference(Spec spec) {
    this.spec = spec;
  }

  /// How a list goes on.
  ///
  /// @param config the object `pagination`; null when nothing can be declared
  record Pages(
      @Nullable Map<String, Object> config,
      String decision,
      String source,
      Confidence confidence,
      String check) {}

  static boolean isAboutPages(String property) {
    String name = property.toLowerCase(Locale.ROOT);
    return HOLDERS.contains(property)
        || NEXT_URLS.contains(name)
        || CURSORS.contains(name)
        || PAGE_NUMBERS.contains(name)
        || PAGE_COUNTS.contains(name)
        || SIGNS.contains(name)
        || name.matches(
            "(has_?(more|next|prev).*|more|total.*|.*_?count|prev.*|first.*|object|kind|success|size|self)");
  }

  /// A property of the answer, and where it is.
  private record Found(String path, Map<?, ?> schema) {}

  /// @param objectKey where the rows are, which are no facts about the page
  Pages of(Call call, String objectKey) {
    Map<String, Found> facts = facts(call.answer(), objectKey);
    List<String> query = call.queryNames();
    String header = linkHeader(call);
    if (!header.isEmpty()) {
      return pages(
          token("", "request"),
          token("Link", "header"),
          "the answer's header Link",
          header,
          Confidence.HIGH);
    }
    Pages next = nextUrl(facts, query);
    if (next == null) {
      next = numbered(facts, query, call);
    }
    if (next == null) {
      next = cursor(facts, query);
    }
    return next != null ? next : none(call, facts, query);
  }

  /// By path from the top, such as `meta.next`; those of the holders.
  private Map<String, Found> facts(Map<?, ?> answer, String objectKey) {
    Map<String, Found> facts = new LinkedHashMap<>();
    for (String holder : HOLDERS) {
      Map<?, ?> at = answer;
      for (String step : holder.isEmpty() ? List.<String>of() : List.of(holder.split("\\.", -1))) {
        Map<?, ?> inner = spec.properties(at).get(step);
        at = inner == null ? Map.of() : inner;
      }
      String prefix = holder.isEmpty() ? "" : holder + ".";
      spec.properties(at)
          .forEach((name, schema) -> {
            String path = prefix + name;
            if (!objectKey.equals("$." + path)) {
              facts.putIfAbsent(path, new Found(path, schema));
            }
            Map<?, ?> href = spec.properties(schema).get("href");
            if (href != null) {
              facts.putIfAbsent(path + ".href", new Found(path + ".href", href));
            }
          });
    }
    return facts;
  }

  private String linkHeader(Call call) {
    for (Object name : spec.map(call.successResponse(), "headers").keySet()) {
      if (String.valueOf(name).equalsIgnoreCase("link")) {
        return "the header `" + name + "` of the answer";
      }
    }
    return "";
  }

  private static @Nullable Pages nextUrl(Map<String, Found> facts, List<String> query) {
    for (Found found : facts.values()) {
      String name = lastName(found.path());
      String full = found.path().toLowerCase(Locale.ROOT);
      boolean named = NEXT_URLS.contains(name) || full.endsWith("next.href");
      boolean scalar = isText(found.schema());
      String format = Spec.text(found.schema(), "format");
      boolean url =
          format.startsWith("ur")
              || name.contains("url")
              || name.contains("link")
              || name.contains("href")
              || full.contains("links.")
              || (Spec.text(found.schema(), "description") + Spec.text(found.schema(), "example"))
                  .matches("(?is).*(\\burl\\b|\\buri\\b|https?://).*");
      boolean cursorsToo =
          query.stream().anyMatch(p -> isOneOf(CURSOR_PARAMETERS.subList(0, 9), p));
      if (named && scalar && (url || !cursorsToo)) {
        return pages(
            token("", "request"),
            token("$." + found.path(), "body"),
            "the URL in $." + found.path(),
            url ? "`" + found.path() + "` is a URL" : "`" + found.path() + "` is text",
            url ? Confidence.HIGH : Confidence.MEDIUM);
      }
    }
    return null;
  }

  private static @Nullable Pages numbered(Map<String, Found> facts, List<String> query, Call call) {
    String parameter = first(query, PAGE_PARAMETERS);
    Found current = first(facts, PAGE_NUMBERS, true);
    Found count = first(facts, PAGE_COUNTS, true);
    if (parameter == null || current == null || count == null) {
      return null;
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("algorithm", "page_number");
    config.put("requestToken", token(parameter, "query"));
    config.put("responseToken", token("$." + current.path(), "body"));
    config.put("responseTerminator", token("$." + count.path(), "body"));
    Map<?, ?> written = call.parameters().getOrDefault(parameter, Map.of());
    Object start = schemaFact(written, "default");
    boolean fromZero = "0".equals(String.valueOf(start));
    return new Pages(
        config,
        "page numbers in `" + parameter + "`, $." + current.path() + " of $." + count.path(),
        "the parameter and both properties",
        fromZero ? Confidence.LOW : Confidence.HIGH,
        fromZero
            ? "The first page of " + call.text() + " is 0: check that the last one is read."
            : "");
  }

  private static @Nullable Object schemaFact(Map<?, ?> parameter, String key) {
    return parameter.get("schema") instanceof Map<?, ?> schema ? schema.get(key) : null;
  }

  private static @Nullable Pages cursor(Map<String, Found> facts, List<String> query) {
    String parameter = first(query, CURSOR_PARAMETERS);
    Found token = parameter == null ? null : cursorOf(parameter, facts);
    if (parameter == null || token == null) {
      return null;
    }
    boolean sure = !List.of("page", "offset", "before", "token").contains(parameter);
    return pages(
        token(parameter, "query"),
        token("$." + token.path(), "body"),
        "`" + parameter + "` from $." + token.path(),
        "the parameter and the property of the answer",
        sure ? Confidence.HIGH : Confidence.MEDIUM);
  }

  /// `offset` goes on with `next_offset`, `page` with `next_page`; anything else with any cursor.
  private static @Nullable Found cursorOf(String parameter, Map<String, Found> facts) {
    String plain = parameter.toLowerCase(Locale.ROOT);
    boolean strict = List.of("page", "offset", "before", "token").contains(plain);
    if (!strict) {
      return first(facts, CURSORS, false);
    }
    return first(facts, List.of("next_" + plain, "next" + plain), false);
  }

  private static Pages none(Call call, Map<String, Found> facts, List<String> query) {
    List<String> signs = query.stream().filter(name -> isOneOf(SIGNS, name)).toList();
    if (signs.isEmpty()) {
      return new Pages(
          null, "none", "no parameter and no property of pages", Confidence.MEDIUM, "");
    }
    List<String> told =
        facts.keySet().stream().filter(path -> isAboutPages(lastName(path))).limit(6).toList();
    return new Pages(
        null,
        "not declared",
        "the parameters " + String.join(", ", signs),
        Confidence.LOW,
        call.text()
            + " looks paged ("
            + String.join(", ", signs)
            + "), and nothing in the answer tells how it goes on"
            + (told.isEmpty() ? "" : " (" + String.join(", ", told) + ")")
            + ": Isobar follows what it recognises, and fails where it cannot. Declare"
            + " config.pagination by hand.");
  }

  private static Pages pages(
      Map<String, Object> request,
      Map<String, Object> response,
      String decision,
      String source,
      Confidence confidence) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("requestToken", request);
    config.put("responseToken", response);
    return new Pages(config, decision, source, confidence, "");
  }

  private static Map<String, Object> token(String key, String location) {
    Map<String, Object> token = new LinkedHashMap<>();
    token.put("key", key);
    token.put("location", location);
    return token;
  }

  private static @Nullable String first(List<String> names, List<String> wanted) {
    for (String each : wanted) {
      for (String name : names) {
        if (name.equalsIgnoreCase(each)) {
          return name;
        }
      }
    }
    return null;
  }

  private static @Nullable Found first(
      Map<String, Found> facts, List<String> wanted, boolean number) {
    for (String each : wanted) {
      for (Found found : facts.values()) {
        boolean fits =
            number ? isNumber(found.schema()) : isText(found.schema()) || isNumber(found.schema());
        if (lastName(found.path()).equals(each) && fits) {
          return found;
        }
      }
    }
    return null;
  }

  private static boolean isOneOf(List<String> names, String name) {
    return names.contains(name.toLowerCase(Locale.ROOT));
  }

  private static String lastName(String path) {
    if (path.startsWith("@")) {
      return path.toLowerCase(Locale.ROOT);
    }
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean isText(Map<?, ?> schema) {
    Object type = schema.get("type");
    boolean untyped = type == null && !schema.containsKey("properties");
    return untyped
        || "string".equals(type)
        || (type instanceof List<?> list && list.contains("string"));
  }

  private static boolean isNumber(Map<?, ?> schema) {
    Object type = schema.get("type");
    return "integer".equals(type)
        || "number".equals(type)
        || (type instanceof List<?> list && (list.contains("integer") || list.contains("number")));
  }
}
