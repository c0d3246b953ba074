package dev.isobar.plan;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Writes the body of a method's requests, in the media type that it takes: `provider-format.md`,
/// sections 2.6 and 4.6.
final class RequestBody {
  private static final String STRING_ONLY = "x-stackQL-stringOnly";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int DEEPEST = 16;

  private final Method method;

  RequestBody(Method method) {
    this.method = method;
  }

  /// A body and the type to send it as.
  record Content(String mediaType, String text) {}

  /// The body of the fields given, or null when none is sent.
  ///
  /// @param fields by their names on the wire
  /// @param whole a body to begin with, or null
  @Nullable Content of(Map<String, @Nullable Object> fields, @Nullable Object whole) {
    Operation.Body body = method.operation().body();
    boolean given = whole != null || !fields.isEmpty();
    if (body == null) {
      if (given) {
        throw new IsobarException(
            ErrorCode.INVALID_PARAMETER,
            "`" + method.name() + "` takes no body.",
            "Leave @@json out.");
      }
      return null;
    }
    String verb = method.operation().httpVerb();
    boolean reads = verb.equals("GET") || verb.equals("HEAD");
    String otherwise = method.wire().otherwise();
    if (!given && otherwise != null) {
      return written(body, document("default", otherwise));
    }
    boolean begun = method.wire().base() != null && !reads;
    if (!given && !begun && !body.required()) {
      return null;
    }
    if (!given && !begun) {
      return transformed(body, nothing(body));
    }
    boolean fieldless = fields.isEmpty() && whole != null && !(whole instanceof Map);
    boolean alone = !begun || base().isEmpty();
    return transformed(body, fieldless && alone ? whole : fields(fields, whole));
  }

  /// Fields as the document's transform wants them sent; text and lists are the body already.
  private Content transformed(Operation.Body body, @Nullable Object value) {
    Wire.Transform transform = method.wire().requestTransform();
    if (transform == null || !(value instanceof Map)) {
      return written(body, value);
    }
    String mediaType = sent(body.mediaType());
    String text =
        new RequestTransform(method, transform).apply(Tree.map(value), isJson(bare(mediaType)));
    return new Content(mediaType, text);
  }

  private Map<String, @Nullable Object> base() {
    String base = method.wire().base();
    return base == null ? Map.of() : Tree.map(document("base", base));
  }

  /// The fields of the body: the document's own, then those of the whole, then single ones.
  Map<String, @Nullable Object> fields(
      Map<String, @Nullable Object> fields, @Nullable Object whole) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>(base());
    if (whole != null && !(whole instanceof Map)) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "The body given as @@json is not an object, so single fields cannot be set in it.",
          "Give the whole body as @@json, or only the fields.");
    }
    body.putAll(Tree.map(whole));
    String path = method.bodyNames().path();
    if (path.isEmpty()) {
      body.putAll(fields);
    } else if (!fields.isEmpty()) {
      Map<String, @Nullable Object> inner = new LinkedHashMap<>(Tree.map(body.get(path)));
      inner.putAll(fields);
      body.put(path, inner);
    }
    return body;
  }

  private @Nullable Object document(String key, String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IsobarException(
          ErrorCode.INVALID_DOCUMENT,
          "`request." + key + "` of `" + method.name() + "` is not JSON: " + e.getMessage() + ".",
          "Correct the document, or take another version of the provider.",
          null,
          e);
    }
  }

  /// What is sent where a body is needed and nothing was given: an object without fields, if the
  /// body may be one.
  private Object nothing(Operation.Body body) {
    String type = body.schema() == null ? "" : body.schema().type();
    boolean object = type.isEmpty() || type.equals("object");
    String mediaType = bare(body.mediaType());
    boolean empty =
        isJson(mediaType) || isXml(mediaType) || mediaType.equals("*/*") || mediaType.equals(FORM);
    if (!object || !empty) {
      throw new IsobarException(
          ErrorCode.MISSING_REQUIRED_PARAMETER,
          "`" + method.name() + "` needs a body of type `" + body.mediaType() + "`.",
          "EXEC takes it as @@json = '…', INSERT as a column named \"@@json\".");
    }
    return Map.of();
  }

  private Content written(Operation.Body body, @Nullable Object value) {
    String mediaType = bare(body.mediaType());
    Schema schema = body.schema() == null ? Schema.ANY : body.schema();
    // The text of a body that is no JSON may be given as it is to be sent.
    if (value instanceof String text && !isJson(mediaType)) {
      return new Content(sent(body.mediaType()), text);
    }
    if (isXml(mediaType)) {
      return new Content(body.mediaType(), new XmlWriter(method, schema).write(value));
    }
    Map<String, @Nullable Object> fields = Tree.map(value);
    if (mediaType.equals(FORM) && value instanceof Map) {
      return new Content(body.mediaType(), form(flat(fields)));
    }
    if (mediaType.equals("multipart/form-data") && value instanceof Map) {
      return multipart(fields, schema);
    }
    if (mediaType.equals("application/octet-stream") || mediaType.startsWith("text/")) {
      if (fields.size() == 1 && fields.values().iterator().next() instanceof String text) {
        return new Content(body.mediaType(), text);
      }
    }
    return new Content(sent(body.mediaType()), Json.write(strings(value, schema, DEEPEST)));
  }

  private static String sent(String mediaType) {
    return mediaType.isEmpty() || mediaType.contains("*") ? "application/json" : mediaType;
  }

  private static String bare(String mediaType) {
    int end = mediaType.indexOf(';');
    return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isJson(String bare) {
    return bare.isEmpty() || bare.contains("json");
  }

  private static boolean isXml(String bare) {
    return bare.endsWith("/xml") || bare.endsWith("+xml");
  }

  /// The value with every object that the API wants as a string made one.
  private static @Nullable Object strings(@Nullable Object value, Schema schema, int depth) {
    if (depth == 0) {
      return value;
    }
    Object inner = value;
    if (value instanceof Map<?, ?> map) {
      Map<String, Schema> properties = schema.allProperties();
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, member) -> {
        Schema property = properties.getOrDefault(String.valueOf(key), Schema.ANY);
        copy.put(String.valueOf(key), strings(member, property, depth - 1));
      });
      inner = copy;
    }
    boolean string = Boolean.TRUE.equals(schema.extensions().get(STRING_ONLY));
    return string && (inner instanceof Map || inner instanceof List) ? Json.write(inner) : inner;
  }

  /// Names and values as a form.
  static String form(List<Request.Pair> pairs) {
    return pairs.stream()
        .map(pair -> Request.encode(pair.name()) + "=" + Request.encode(pair.value()))
        .collect(Collectors.joining("&"));
  }

  /// Lists repeat their name, objects name their members in brackets.
  private static List<Request.Pair> flat(Map<String, @Nullable Object> fields) {
    List<Request.Pair> pairs = new java.util.ArrayList<>();
    fields.forEach((name, value) -> flat(pairs, name, value));
    return pairs;
  }

  private static void flat(List<Request.Pair> pairs, String name, @Nullable Object value) {
    switch (value) {
      case List<?> list -> list.forEach(element -> flat(pairs, name, element));
      case Map<?, ?> map ->
          map.forEach((key, member) -> flat(pairs, name + "[" + key + "]", member));
      case null -> pairs.add(new Request.Pair(name, ""));
      default -> pairs.add(new Request.Pair(name, Values.plainText(value)));
    }
  }

  /// Text properties are parts, binary ones files, objects and lists of objects JSON.
  private static Content multipart(Map<String, @Nullable Object> fields, Schema schema) {
    StringBuilder parts = new StringBuilder();
    Map<String, Schema> properties = schema.allProperties();
    fields.forEach((name, value) -> {
      Schema property = properties.getOrDefault(name, Schema.ANY);
      boolean texts =
          value instanceof List<?> list
              && list.stream().noneMatch(e -> e instanceof Map || e instanceof List);
      if (texts && value instanceof List<?> list) {
        Schema items = property.items();
        list.forEach(each -> part(parts, name, each, items == null ? Schema.ANY : items));
      } else {
        part(parts, name, value, property);
      }
    });
    String boundary = boundary(parts.toString());
    String text = parts.toString().replace("\0", "--" + boundary) + "--" + boundary + "--\r\n";
    return new Content("multipart/form-data; boundary=" + boundary, text);
  }

  private static void part(
      StringBuilder parts, String name, @Nullable Object value, Schema schema) {
    if (value == null) {
      return;
    }
    String quoted = name.replace("\"", "%22").replace("\r", "").replace("\n", "");
    // The boundary is known when the parts are.
    parts.append("\0\r\nContent-Disposition: form-data; name=\"").append(quoted).append('"');
    if (schema.format().equals("binary")) {
      parts.append("; filename=\"").append(quoted).append('"');
      parts.append("\r\nContent-Type: application/octet-stream");
    } else if (value instanceof Map || value instanceof List) {
      parts.append("\r\nContent-Type: application/json");
    }
    parts.append("\r\n\r\n").append(Values.plainText(value).replace("\0", "")).append("\r\n");
  }

  /// A line that stands in none of the parts. The same request twice has the same one.
  private static String boundary(String parts) {
    CRC32 checksum = new CRC32();
    checksum.update(parts.getBytes(StandardCharsets.UTF_8));
    String boundary = "isobar-" + Long.toHexString(checksum.getValue());
    while (parts.contains(boundary)) {
      boundary += "-x";
    }
    return boundary;
  }
}
