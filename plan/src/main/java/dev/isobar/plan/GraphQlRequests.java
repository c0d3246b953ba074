package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Wire;
import dev.isobar.catalog.template.Template;
import dev.isobar.catalog.template.TemplateFailure;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes the requests of a method that stands for a GraphQL query.
///
/// The query is a template over the method's parameters, `.limit` and `.cursor`. Values are put in
/// behind marks first, and only the finished text tells whether a value stands in a string, where
/// it is escaped, or beside one, where it must be a number or a name: a value never becomes a part
/// of the query's syntax.
///
/// Source: `provider-format.md`, section 8.2.
public final class GraphQlRequests {
  private static final long LONGEST = 1_000_000;
  private static final Pattern MOST =
      Pattern.compile("\\b(?:limit|first|last)\\s*:\\s*([0-9]{1,18})\\b");

  /// Around the number of a value; no query holds them.
  private static final char OPEN = '\uE000';

  private static final char CLOSE = '\uE001';

  private final Method method;
  private final Wire.GraphQl graphQl;

  /// @throws IllegalArgumentException when there is no query behind the method
  public GraphQlRequests(Method method) {
    Wire.GraphQl found = method.wire().graphQl();
    if (found == null) {
      throw new IllegalArgumentException("no GraphQL query: " + method.name());
    }
    this.method = method;
    this.graphQl = found;
  }

  /// The request for a page.
  ///
  /// @param values by the inputs' SQL names
  /// @param limit how many rows are wanted in all, or null when all are
  /// @param cursor of the page before, or null for the first page
  /// @throws IsobarException `MISSING_REQUIRED_PARAMETER`, `INVALID_PARAMETER`, `INVALID_DOCUMENT`
  public Request page(
      Map<String, @Nullable Object> values, @Nullable Long limit, @Nullable String cursor) {
    List<Given> given = new ArrayList<>();
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("limit", limit == null ? "" : mark(given, "limit", limit.toString()));
    for (Input input : method.inputs()) {
      Object value = value(values, input);
      if (value != null) {
        String text = Values.plainText(Values.convert(value, input));
        context.put(input.wireName(), text.isEmpty() ? "" : mark(given, input.name(), text));
      } else if (input.required() && input.location() != Input.Location.SERVER) {
        throw new IsobarException(
            ErrorCode.MISSING_REQUIRED_PARAMETER,
            "`" + method.name() + "` needs `" + input.name() + "`.",
            "Give it a value that is not NULL.");
      } else {
        context.put(input.wireName(), "");
      }
    }
    context.put("cursor", cursor == null ? "" : cursor(given, cursor));
    String query = filled(evaluate(graphQl.query(), context), given);
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("query", onOneLine(query));
    return new Request(
        graphQl.httpVerb(),
        endpoint(),
        List.of(),
        List.of(
            new Request.Pair("Accept", "application/json"),
            new Request.Pair("Content-Type", "application/json")),
        Json.write(body));
  }

  /// Whether a page has as many rows as its query lets through: there may be more.
  public static boolean isFull(Request request, long rows) {
    Matcher most = MOST.matcher(String.valueOf(request.body()));
    while (most.find()) {
      if (rows > 1 && most.group(1).equals(Long.toString(rows))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Object value(Map<String, @Nullable Object> values, Input input) {
    for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
      if (input.isCalled(entry.getKey())) {
        return entry.getValue();
      }
    }
    return null;
  }

  private String endpoint() {
    try {
      URI url = URI.create(graphQl.url());
      if (url.getHost() != null && String.valueOf(url.getScheme()).startsWith("http")) {
        return graphQl.url();
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new IsobarException(
        ErrorCode.INVALID_DOCUMENT,
        "The GraphQL query of `" + method.name() + "` goes to `" + graphQl.url() + "`.",
        "Its document must give the whole URL of the API.");
  }

  private String cursor(List<Given> given, String cursor) {
    String marked = mark(given, "cursor", cursor);
    if (!graphQl.cursor().format().isEmpty()) {
      Map<String, @Nullable Object> context = new LinkedHashMap<>();
      context.put("value", marked);
      return evaluate(graphQl.cursor().format(), context);
    }
    return graphQl.cursor().strategy().equals("offset")
        ? ", offset: " + marked
        : ", after: \"" + marked + "\"";
  }

  private String evaluate(String template, Map<String, @Nullable Object> context) {
    try {
      return Template.parse(template).evaluate(context, LONGEST);
    } catch (TemplateFailure e) {
      throw new IsobarException(
          ErrorCode.INVALID_DOCUMENT,
          "The GraphQL query of `" + method.name() + "` cannot be written: " + e.getMessage() + ".",
          "Look at `x-stackQL-graphQL` of its operation.",
          null,
          e);
    }
  }

  private record Given(String name, String text) {}

  private static String mark(List<Given> given, String name, String text) {
    given.add(new Given(name, text));
    return OPEN + Integer.toString(given.size() - 1) + CLOSE;
  }

  /// Puts the values where their marks are.
  private static String filled(String marked, List<Given> given) {
    StringBuilder out = new StringBuilder();
    boolean quoted = false;
    boolean block = false;
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == OPEN) {
        int close = marked.indexOf(CLOSE, i);
        Given value = given.get(Integer.parseInt(marked.substring(i + 1, close)));
        out.append(quoted ? escaped(value.text, block) : bare(value));
        i = close;
        continue;
      }
      out.append(c);
      if (c == '\\' && quoted && !block && i + 1 < marked.length()) {
        out.append(marked.charAt(++i));
      } else if (c == '"') {
        boolean three = marked.startsWith("\"\"\"", i);
        if (three && (!quoted || block)) {
          out.append("\"\"");
          i += 2;
          block = !quoted;
          quoted = !quoted;
        } else if (!block) {
          quoted = !quoted;
        }
      }
    }
    return out.toString();
  }

  private static String escaped(String text, boolean block) {
    if (block) {
      return text.replace("\"\"\"", "\\\"\"\"");
    }
    String json = Json.write(text);
    return json.substring(1, json.length() - 1);
  }

  /// Outside of a string only what cannot change the query: a number, a flag, or one name.
  private static String bare(Given value) {
    if (value.text.matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?|[_A-Za-z][_A-Za-z0-9]*")) {
      return value.text;
    }
    throw new IsobarException(
        ErrorCode.INVALID_PARAMETER,
        "`"
            + value.name
            + "` goes into a GraphQL query as a number or a name, and cannot be `"
            + value.text
            + "`.",
        "Give a number, true, false, or one word.");
  }

  /// Line breaks as blanks, as the format has it; where a comment or a block string needs them,
  /// they stay.
  private static String onOneLine(String query) {
    return query.indexOf('#') >= 0 || query.contains("\"\"\"")
        ? query
        : query.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
