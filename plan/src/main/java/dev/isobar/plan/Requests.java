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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the requests of one method from values for its inputs.
///
/// Knows no statement: the SQL planner, EXEC and the tests of every method stand on it. Source:
/// `provider-format.md`, sections 4.3 to 4.6.
public final class Requests {
  private final String provider;
  private final Method method;

  public Requests(String provider, Method method) {
    this.provider = provider;
    this.method = method;
  }

  /// The request for the first page: like [#request], with the largest page that the document
  /// allows unless the values say otherwise.
  public Request firstPage(Map<String, @Nullable Object> values) {
    Request request = request(values, null);
    Method.PageSize pageSize = method.pageSize();
    boolean chosen =
        pageSize == null || request.query().stream().anyMatch(p -> p.name().equals(pageSize.key()));
    return chosen || pageSize == null
        ? request
        : request.withQuery(pageSize.key(), Long.toString(pageSize.largest()));
  }

  /// The request that carries the values.
  ///
  /// @param values by the inputs' SQL names; a dotted name reaches into a body property. A null is
  ///   left out, except in the body, where it is sent.
  /// @param json a body to begin with, or null
  /// @throws IsobarException `MISSING_REQUIRED_PARAMETER`, `INVALID_PARAMETER` or `UNKNOWN_COLUMN`
  public Request request(Map<String, @Nullable Object> values, @Nullable Object json) {
    Operation operation = method.operation();
    int mark = operation.path().indexOf('?');
    String path = mark < 0 ? operation.path() : operation.path().substring(0, mark);
    List<Request.Pair> query = new ArrayList<>();
    if (mark >= 0) {
      for (String pair : operation.path().substring(mark + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        query.add(
            equals < 0
                ? new Request.Pair(decode(pair), "")
                : new Request.Pair(
                    decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
      }
    }
    List<Request.Pair> headers = new ArrayList<>();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    Map<String, @Nullable Object> serverValues = new LinkedHashMap<>();
    for (Input input : method.inputs()) {
      if (!values.containsKey(input.name())) {
        if (input.location() == Input.Location.HEADER && input.defaultValue() != null) {
          headers.add(new Request.Pair(input.wireName(), input.defaultValue()));
        }
        continue;
      }
      Object given = values.get(input.name());
      Object value = given == null ? null : Values.convert(given, input);
      if (input.location() == Input.Location.BODY) {
        fields.put(input.wireName(), value);
      } else if (value != null) {
        switch (input.location()) {
          case PATH -> {
            String text = Values.plainText(value);
            path = fill(path, input, text);
            String placeholder = "{" + input.wireName() + "}";
            query.replaceAll(
                pair -> new Request.Pair(pair.name(), pair.value().replace(placeholder, text)));
          }
          case QUERY -> addQuery(query, input, value);
          case HEADER -> headers.add(new Request.Pair(input.wireName(), headerText(input, value)));
          case SERVER -> serverValues.put(input.wireName(), value);
          case BODY -> throw new IllegalStateException("handled above");
        }
      }
    }
    nested(values, fields, json);
    String name = unfilled(path, query);
    if (name != null) {
      throw new IsobarException(
          ErrorCode.MISSING_REQUIRED_PARAMETER,
          "`" + method.name() + "` needs `" + name + "`.",
          "Give it a value that is not NULL.");
    }
    String body = body(operation, fields, json);
    if (method.responseMediaType() != null) {
      headers.add(new Request.Pair("Accept", method.responseMediaType()));
    }
    if (body != null && operation.body() != null) {
      headers.add(new Request.Pair("Content-Type", operation.body().mediaType()));
    }
    return new Request(
        operation.httpVerb(), server(operation, serverValues) + path, query, headers, body);
  }

  private static String fill(String path, Input input, String value) {
    boolean leaves =
        Arrays.stream(value.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."));
    if (value.isEmpty() || leaves) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "`" + input.name() + "` is part of the path and cannot be `" + value + "`.",
          "Give the id of one thing.");
    }
    String encoded = encodePath(value);
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

  /// Encodes what cannot stand in a path and keeps `/`, which some ids hold.
  static String encodePath(String value) {
    StringBuilder out = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~!$&'()*+,;=:@/".indexOf(c) >= 0;
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

  private @Nullable String body(
      Operation operation, Map<String, @Nullable Object> fields, @Nullable Object json) {
    if (json == null && fields.isEmpty()) {
      boolean expected = operation.body() != null && operation.body().required();
      return expected ? "{}" : null;
    }
    if (operation.body() == null) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "`" + method.name() + "` takes no body.",
          "Leave @@json out.");
    }
    if (fields.isEmpty()) {
      return Json.write(json);
    }
    if (json != null && !(json instanceof Map)) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "The body given as @@json is not an object, so single fields cannot be set in it.",
          "Give the whole body as @@json, or only the fields.");
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>(Tree.map(json));
    String path = method.bodyNames().path();
    if (path.isEmpty()) {
      body.putAll(fields);
    } else {
      object(body, path).putAll(fields);
    }
    return Json.write(body);
  }

  private String server(Operation operation, Map<String, @Nullable Object> values) {
    if (operation.servers().isEmpty()) {
      throw new IsobarException(
          ErrorCode.INVALID_DOCUMENT,
          "The document of `" + provider + "` names no server for `" + method.name() + "`.",
          "Add `servers` to the service document.");
    }
    Operation.Server server = operation.servers().getFirst();
    StringBuilder url = new StringBuilder();
    String template = server.url();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : Operation.Server.closingBrace(template, open);
      if (close < 0) {
        url.append(template, at, template.length());
        break;
      }
      url.append(template, at, open);
      String name = template.substring(open + 1, close);
      int colon = name.indexOf(':');
      String variable = colon < 0 ? name : name.substring(0, colon);
      Object value = values.get(variable);
      String text = value == null ? server.defaults().get(variable) : Values.plainText(value);
      if (text == null || text.isEmpty()) {
        throw new IsobarException(
            ErrorCode.MISSING_REQUIRED_PARAMETER,
            "`" + method.name() + "` needs `" + variable + "`.",
            "It is part of the server's address.");
      }
      // Where the host goes on behind the variable, its value must not end the host before that:
      // the credential would go to somebody else.
      String rest = template.substring(close + 1);
      boolean ends = rest.isEmpty() || rest.startsWith("/");
      if (!text.matches(ends ? "[A-Za-z0-9._:/-]+" : "[A-Za-z0-9._-]+") || text.contains("//")) {
        throw new IsobarException(
            ErrorCode.INVALID_PARAMETER,
            "`" + variable + "` is part of the server's address and cannot be `" + text + "`.",
            "Give letters, digits, dots and hyphens.");
      }
      url.append(text);
      at = close + 1;
    }
    String whole = url.toString();
    return whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
  }
}
