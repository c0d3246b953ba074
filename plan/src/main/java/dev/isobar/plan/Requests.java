package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Schema;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the requests of one method from values for its inputs.
///
/// Knows no statement: the SQL planner, EXEC and the tests of every method stand on it. Source:
/// `provider-format.md`, sections 4.3 to 4.6.
public final class Requests {
  /// What a whole body is called where SQL gives one; EXEC writes it without quotes.
  public static final String WHOLE_BODY = "@@json";

  /// AWS's services by whose ids things lie in folders.
  private static final Set<String> PATHS_AS_IDS = Set.of("s3", "mediastore");

  private final String provider;
  private final Method method;

  public Requests(String provider, Method method) {
    this.provider = provider;
    this.method = method;
  }

  /// The request for the first page: like [#request], with the largest page that the document
  /// allows unless the values say otherwise.
  public Request firstPage(Map<String, @Nullable Object> values) {
    Method.PageSize pageSize = method.pageSize();
    Map<String, @Nullable Object> asked = new LinkedHashMap<>(values);
    for (Input input : method.inputs()) {
      if (pageSize != null
          && input.location() == Input.Location.QUERY
          && input.wireName().equals(pageSize.key())
          && values.keySet().stream().noneMatch(input::isCalled)) {
        asked.put(input.name(), pageSize.largest());
      }
    }
    return request(asked, null);
  }

  /// The request that carries the values.
  ///
  /// @param values by the inputs' SQL names; a dotted name reaches into a body property, and
  ///   [#WHOLE_BODY] is the body to begin with, as JSON text. A null is left out, except in the
  ///   body, where it is sent.
  /// @param json a body to begin with, or null
  /// @throws IsobarException `MISSING_REQUIRED_PARAMETER`, `INVALID_PARAMETER` or `UNKNOWN_COLUMN`
  public Request request(Map<String, @Nullable Object> values, @Nullable Object json) {
    if (method.wire().graphQl() != null) {
      return new GraphQlRequests(method).page(values, null, null);
    }
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    values.forEach((name, value) -> given.put(listedName(method, name), value));
    Object whole = given.containsKey(WHOLE_BODY) ? whole(given.remove(WHOLE_BODY)) : json;
    if (!method.wire().program().isEmpty()) {
      return new ProgramRun(method).request(given);
    }
    Operation operation = method.operation();
    int mark = operation.path().indexOf('?');
    String path = mark < 0 ? operation.path() : operation.path().substring(0, mark);
    List<Request.Pair> query = mark < 0 ? new ArrayList<>() : query(mark);
    Headers headers = new Headers();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    Map<String, String> variables = new LinkedHashMap<>();
    for (Input input : method.inputs()) {
      if (!given.containsKey(input.name())) {
        unasked(input, headers, variables);
        continue;
      }
      Object written = given.get(input.name());
      Object value = written == null ? null : Values.convert(written, input);
      if (input.location() == Input.Location.BODY) {
        fields.put(input.wireName(), value);
      } else if (value != null) {
        String text = Values.plainText(value);
        switch (input.location()) {
          case PATH -> {
            path = fill(path, input, text);
            String placeholder = "{" + input.wireName() + "}";
            query.replaceAll(
                pair -> new Request.Pair(pair.name(), pair.value().replace(placeholder, text)));
            variables.putIfAbsent(input.wireName(), text);
          }
          case QUERY -> {
            if (method.wire().numberedLists()) {
              NumberedLists.add(query, input, value, method.wire().protocol().equals("query"));
            } else {
              addQuery(query, input, value);
            }
            variables.putIfAbsent(input.wireName(), text);
          }
          case HEADER -> headers.given(input.wireName(), headerText(input, value));
          case SERVER -> variables.put(input.wireName(), text);
          case BODY -> throw new IllegalStateException("handled above");
        }
      }
    }
    nested(given, fields, whole);
    String name = unfilled(path, query);
    if (name != null) {
      throw new IsobarException(
          ErrorCode.MISSING_REQUIRED_PARAMETER,
          "`" + method.name() + "` needs `" + name + "`.",
          "Give it a value that is not NULL.");
    }
    if (method.wire().dropsDoubleUnderscore()) {
      query.removeIf(pair -> pair.name().startsWith("__"));
    }
    String endpoint = new Servers(provider, method).url(variables) + path;
    RequestBody body = new RequestBody(method);
    return method.wire().formPost()
        ? formPost(endpoint, query, headers, body.fields(fields, whole))
        : send(endpoint, query, headers, body.of(fields, whole));
  }

  private Request send(
      String endpoint,
      List<Request.Pair> query,
      Headers headers,
      RequestBody.@Nullable Content content) {
    if (content != null) {
      headers.computed("Content-Type", content.mediaType());
    }
    accept(headers);
    return new Request(
        method.operation().httpVerb(),
        endpoint,
        query,
        headers.list(),
        content == null ? null : content.text());
  }

  /// The query travels as a form.
  private Request formPost(
      String endpoint,
      List<Request.Pair> query,
      Headers headers,
      Map<String, @Nullable Object> fields) {
    for (Input input : method.inputs()) {
      Object value = input.location() == Input.Location.BODY ? fields.get(input.wireName()) : null;
      if (value != null) {
        NumberedLists.add(query, input, value, method.wire().protocol().equals("query"));
      }
    }
    headers.computed("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    accept(headers);
    return new Request("POST", endpoint, List.of(), headers.list(), RequestBody.form(query));
  }

  /// AWS answers with another type than its documents say, and refuses what it is asked for then.
  private void accept(Headers headers) {
    String accept = method.responseMediaType();
    if (accept != null && accept.contains("/") && !provider.equals("aws")) {
      headers.computed("Accept", accept);
    }
  }

  /// What is sent of an input that has no value: defaults, of headers only.
  private static void unasked(Input input, Headers headers, Map<String, String> variables) {
    String value = input.defaultValue();
    if (value != null && input.location() == Input.Location.HEADER) {
      headers.unasked(input.wireName(), value);
    } else if (value != null
        && input.location() == Input.Location.SERVER
        && input.environmentVariable() != null
        && !input.required()) {
      variables.put(input.wireName(), value);
    }
  }

  /// The name under which the method lists what SQL calls so: an input's own name for any of its
  /// names, also before a dot. A name that means nothing stays.
  static String listedName(Method method, String sqlName) {
    Input input = method.input(sqlName);
    if (input != null) {
      return input.name();
    }
    int dot = sqlName.indexOf('.');
    Input outer = dot < 0 ? null : method.input(sqlName.substring(0, dot));
    return outer == null ? sqlName : outer.name() + sqlName.substring(dot);
  }

  private static @Nullable Object whole(@Nullable Object written) {
    if (!(written instanceof String text)) {
      return written;
    }
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "The body given as `" + WHOLE_BODY + "` is not JSON: " + e.getMessage() + ".",
          "Give one JSON value, such as '[1, 2]'.",
          null,
          e);
    }
  }

  /// The query that the path key holds.
  private List<Request.Pair> query(int mark) {
    List<Request.Pair> query = new ArrayList<>();
    for (String pair : method.operation().path().substring(mark + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!name.isEmpty()) {
        query.add(
            new Request.Pair(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
      }
    }
    return query;
  }

  /// Headers in sent order. What the statement gives comes before what follows from the method, and
  /// that before what a document sends unasked.
  private static final class Headers {
    private final List<Request.Pair> pairs = new ArrayList<>();
    private final Set<String> firm = new HashSet<>();

    void given(String name, String value) {
      put(name, value);
      firm.add(name.toLowerCase(Locale.ROOT));
    }

    void computed(String name, String value) {
      if (!firm.contains(name.toLowerCase(Locale.ROOT))) {
        put(name, value);
      }
    }

    void unasked(String name, String value) {
      put(name, value);
    }

    private void put(String name, String value) {
      pairs.removeIf(pair -> pair.name().equalsIgnoreCase(name));
      pairs.add(new Request.Pair(name, value));
    }

    List<Request.Pair> list() {
      return pairs;
    }
  }

  private String fill(String path, Input input, String value) {
    boolean leaves =
        Arrays.stream(value.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."));
    if (value.isEmpty() || leaves) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "`" + input.name() + "` is part of the path and cannot be `" + value + "`.",
          "Give the id of one thing.");
    }
    String encoded = encodePath(method, value);
    return path.replace("{" + input.wireName() + "}", encoded)
        .replace("{+" + input.wireName() + "}", encoded);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /// The first placeholder that no value has replaced, or null.
  private @Nullable String unfilled(String path, List<Request.Pair> query) {
    int open = path.indexOf('{');
    if (open >= 0) {
      String name = path.substring(open + 1, Math.max(open + 1, path.indexOf('}', open)));
      return name.startsWith("+") ? name.substring(1) : name;
    }
    for (Input input : method.inputs()) {
      String placeholder = "{" + input.wireName() + "}";
      if (input.location() == Input.Location.PATH
          && query.stream().anyMatch(pair -> pair.value().contains(placeholder))) {
        return input.wireName();
      }
    }
    return null;
  }

  /// Encodes what cannot stand in a path and keeps `/`, which some ids hold. An id that holds one
  /// where the path would end may write it as `%2F`. AWS's REST protocols take a value for one part
  /// of the path: there a `/` is written so.
  static String encodePath(Method method, String value) {
    boolean one =
        method.wire().protocol().startsWith("rest-")
            && !PATHS_AS_IDS.contains(method.wire().signingName());
    String kept = one ? "-._~!$&'()*+,;=:@" : "-._~!$&'()*+,;=:@/";
    StringBuilder out = new StringBuilder();
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (c == '%' && i + 2 < bytes.length && bytes[i + 1] == '2' && (bytes[i + 2] | 0x20) == 'f') {
        out.append(c);
        continue;
      }
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || kept.indexOf(c) >= 0;
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return out.toString();
  }

  private static void addQuery(List<Request.Pair> query, Input input, Object value) {
    if (!(value instanceof List<?> list)) {
      query.add(new Request.Pair(input.wireName(), Values.plainText(value)));
    } else if (input.explode()) {
      for (Object element : list) {
        query.add(new Request.Pair(input.wireName(), elementText(element)));
      }
    } else {
      query.add(
          new Request.Pair(
              input.wireName(),
              String.join(",", list.stream().map(Requests::elementText).toList())));
    }
  }

  private static String elementText(@Nullable Object element) {
    return element == null ? "" : Values.plainText(element);
  }

  private static String headerText(Input input, Object value) {
    String text = Values.plainText(value);
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "`" + input.name() + "` is sent as a header and cannot hold line breaks.",
          "Remove the control characters.");
    }
    return text;
  }

  /// Dotted names (`data__a.b`) set a property inside a property, be it that of the body given.
  private void nested(
      Map<String, @Nullable Object> values,
      Map<String, @Nullable Object> fields,
      @Nullable Object json) {
    Map<String, @Nullable Object> given = Tree.map(json);
    if (!method.bodyNames().path().isEmpty()) {
      given = Tree.map(given.get(method.bodyNames().path()));
    }
    Map<String, @Nullable Object> base = given;
    values.forEach((name, value) -> {
      if (method.input(name) != null) {
        return;
      }
      Input outer = outerInput(name);
      if (outer == null) {
        throw unknown(name);
      }
      String[] path = name.substring(outer.name().length() + 1).split("\\.", -1);
      fields.computeIfAbsent(outer.wireName(), base::get);
      Map<String, @Nullable Object> at = object(fields, outer.wireName());
      Schema schema = outer.schema();
      for (int i = 0; i < path.length - 1; i++) {
        at = object(at, path[i]);
        schema = schema.allProperties().getOrDefault(path[i], Schema.ANY);
      }
      String last = path[path.length - 1];
      Schema type = schema.allProperties().getOrDefault(last, Schema.ANY);
      at.put(last, value == null ? null : Values.convert(value, part(name, type)));
    });
  }

  private static Input part(String name, Schema schema) {
    return new Input(name, name, Input.Location.BODY, false, schema, "", null, null, true);
  }

  private @Nullable Input outerInput(String name) {
    int dot = name.indexOf('.');
    Input input = dot < 0 ? null : method.input(name.substring(0, dot));
    return input != null && input.location() == Input.Location.BODY ? input : null;
  }

  private static Map<String, @Nullable Object> object(
      Map<String, @Nullable Object> parent, String key) {
    Map<String, @Nullable Object> child = new LinkedHashMap<>(Tree.map(parent.get(key)));
    parent.put(key, child);
    return child;
  }

  private IsobarException unknown(String name) {
    return new IsobarException(
        ErrorCode.UNKNOWN_COLUMN,
        "`" + method.name() + "` takes no `" + name + "`.",
        dev.isobar.model.Names.didYouMean(name, method.inputs().stream().map(Input::name).toList())
            + "It takes "
            + (method.inputs().isEmpty()
                ? "nothing."
                : String.join(", ", method.inputs().stream().map(Input::name).toList()) + "."));
  }
}
