package dev.isobar.fetch;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire;
import dev.isobar.catalog.template.Template;
import dev.isobar.catalog.template.TemplateFailure;
import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.fetch.auth.Redaction;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// Makes JSON with the method's rows in it of an answer that is something else, or that its
/// document transforms. One instance per scan; thread-safe.
///
/// Source: `provider-format.md`, sections 2.7, 3.2 and 5.
final class Conversion {
  /// Characters that a template may make of one answer.
  private static final long LONGEST = Bounds.LARGEST_BODY;

  private static final Pattern BINARY =
      Pattern.compile("(?i)(image|audio|video)/.*|application/(octet-stream|pdf|zip)\\b.*");

  private enum Kind {
    /// The text is parsed as JSON and given to the template.
    JSON_TEMPLATE,
    TEXT_TEMPLATE,
    XML_TEMPLATE,
    AWS_XML,
    /// XML as it is.
    XML,
    GRAPHQL,
    /// A JSON value a line.
    LINES
  }

  private final Method method;
  private final Kind kind;
  private final @Nullable Template template;

  private Conversion(Method method, Kind kind, @Nullable Template template) {
    this.method = method;
    this.kind = kind;
    this.template = template;
  }

  /// An answer made JSON.
  ///
  /// @param raw what the answer held before, as a plain value, where tokens of the next page are
  ///   looked for first; null when it holds no places
  /// @param next under GraphQL, the cursor of the next page, or null; the JSON is the rows alone
  ///   then
  record Converted(String json, @Nullable Object raw, @Nullable String next) {
    Converted(String json, @Nullable Object raw) {
      this(json, raw, null);
    }
  }

  /// Whether the JSON is a list of the rows, wherever the document says that they are.
  boolean givesRows() {
    return kind == Kind.GRAPHQL;
  }

  /// What the method's answers need, or null when they are read as they come.
  ///
  /// @throws FetchFailure when its transform cannot be used
  static @Nullable Conversion of(Method method) throws FetchFailure {
    Wire wire = method.wire();
    Wire.Transform transform = wire.responseTransform();
    if (wire.graphQl() != null) {
      Template template = transform == null ? null : of(method, transform).template;
      return new Conversion(method, Kind.GRAPHQL, template);
    }
    boolean applies = wire.overrideMediaType() != null;
    if (transform != null && applies) {
      return of(method, transform);
    }
    String declared = String.valueOf(method.responseMediaType()).toLowerCase(Locale.ROOT);
    if (declared.contains("xml")) {
      return new Conversion(method, Kind.XML, null);
    }
    return declared.contains("ndjson")
            || declared.contains("jsonl")
            || declared.contains("json-seq")
        ? new Conversion(method, Kind.LINES, null)
        : null;
  }

  private static Conversion of(Method method, Wire.Transform transform) throws FetchFailure {
    String type = transform.type().replaceFirst("_v[0-9.]+$", "");
    Kind kind =
        switch (type) {
          case "golang_template_json" -> Kind.JSON_TEMPLATE;
          case "golang_template_text", "golang_template" -> Kind.TEXT_TEMPLATE;
          case "golang_template_mxj" -> Kind.XML_TEMPLATE;
          case "schema_driven_xml" -> Kind.AWS_XML;
          default ->
              throw failed(
                  "its document transforms the answer by `"
                      + transform.type()
                      + "`, which is not known",
                  Repeat.USELESS);
        };
    if (kind == Kind.AWS_XML) {
      return new Conversion(method, kind, null);
    }
    try {
      return new Conversion(method, kind, Template.parse(transform.body()));
    } catch (TemplateFailure e) {
      throw broken(e);
    }
  }

  private static FetchFailure broken(TemplateFailure e) {
    return failed(
        "its document's transform of the answer failed: " + e.getMessage(), Repeat.USELESS);
  }

  private static FetchFailure failed(String what, Repeat repeat) {
    return FetchFailure.of(ErrorCode.REQUEST_FAILED, what, "", repeat);
  }

  /// @param utf8 a body that is not empty
  /// @param known whether it is known to be UTF-8, whatever XML says of itself
  Converted convert(byte[] utf8, boolean known) throws FetchFailure {
    return switch (kind) {
      case JSON_TEMPLATE -> {
        Object raw = parse(text(utf8));
        yield new Converted(evaluate(raw), raw);
      }
      case TEXT_TEMPLATE -> {
        // A template reads text; of a picture that is its bytes in base64, as in a cell.
        boolean binary = isBinary(method.responseMediaType());
        String text = binary ? Base64.getEncoder().encodeToString(utf8) : text(utf8);
        yield new Converted(evaluate(text), binary ? null : leniently(text));
      }
      case XML_TEMPLATE -> {
        XmlTree.Root root = xml(utf8, known, true);
        Map<String, @Nullable Object> whole = new LinkedHashMap<>();
        whole.put(root.name(), root.value());
        yield new Converted(evaluate(whole), root.content());
      }
      case AWS_XML -> awsXml(utf8, known);
      case XML -> {
        if (isJson(utf8)) {
          yield new Converted(text(utf8), null);
        }
        XmlTree.Root root = xml(utf8, known, false);
        Object content = XmlRows.cast(root.value(), method.responseSchema(), 0);
        yield new Converted(json(content), content);
      }
      case LINES -> new Converted(lines(utf8), null);
      case GRAPHQL -> graphQl(utf8);
    };
  }

  private Converted awsXml(byte[] utf8, boolean known) throws FetchFailure {
    if (isJson(utf8)) {
      return new Converted(text(utf8), null);
    }
    Map<String, @Nullable Object> content =
        XmlRows.content(xml(utf8, known, false), method.wire().protocol());
    List<String> path = method.objectKey() == null ? List.of() : PathNode.names(method.objectKey());
    Schema row = method.responseSchema();
    for (String name : path) {
      row = row == null ? null : row.allProperties().get(name);
    }
    Schema items = row == null ? null : row.items();
    if (path.isEmpty() || items == null) {
      return new Converted(json(XmlRows.cast(content, method.responseSchema(), 0)), content);
    }
    Object rows = new XmlRows(items).find(content);
    for (String name : path.reversed()) {
      Map<String, @Nullable Object> outer = new LinkedHashMap<>();
      outer.put(name, rows);
      rows = outer;
    }
    return new Converted(json(rows), content);
  }

  /// The rows and the next cursor. Both are looked for in what the transform gives, and the cursor
  /// then in the answer itself, where some documents mean it to be.
  private Converted graphQl(byte[] utf8) throws FetchFailure {
    Wire.GraphQl graphQl = method.wire().graphQl();
    if (graphQl == null) {
      throw new IllegalStateException("no GraphQL query");
    }
    Object raw = parse(text(utf8));
    if (raw instanceof Map<?, ?> map && map.get("errors") instanceof List<?> errors) {
      refuse(errors);
    }
    if (!(raw instanceof Map<?, ?> map) || map.get("data") == null) {
      throw failed("the answer has no `data`", Repeat.USELESS);
    }
    Object answer = template == null ? raw : parse(evaluate(raw));
    List<@Nullable Object> rows = JsonPath.find(graphQl.rows(), answer);
    if (rows.size() == 1) {
      rows = XmlTree.list(rows.getFirst());
    }
    String goesOn = graphQl.cursor().goesOn();
    String next = null;
    if (goesOn == null || Boolean.TRUE.equals(last(goesOn, answer, raw))) {
      Object cursor = last(graphQl.cursor().path(), answer, raw);
      next = cursor == null ? null : cursor instanceof String text ? text : Json.write(cursor);
    }
    return new Converted(json(rows), raw, next);
  }

  private static @Nullable Object last(String path, @Nullable Object answer, @Nullable Object raw) {
    List<@Nullable Object> found = path.isEmpty() ? List.of() : JsonPath.find(path, answer);
    if (found.isEmpty() && !path.isEmpty()) {
      found = JsonPath.find(path, raw);
    }
    return found.isEmpty() ? null : found.getLast();
  }

  private static void refuse(List<?> errors) throws FetchFailure {
    if (errors.isEmpty()) {
      return;
    }
    List<String> messages =
        errors.stream()
            .limit(3)
            .map(error ->
                error instanceof Map<?, ?> map && map.get("message") instanceof String text
                    ? text
                    : Json.write(error))
            .map(text -> Redaction.excerpt(text, 200))
            .toList();
    throw failed("the API answered `" + String.join("`, `", messages) + "`", Repeat.USELESS);
  }

  private String evaluate(@Nullable Object value) throws FetchFailure {
    Template written = template;
    if (written == null) {
      throw new IllegalStateException("no template");
    }
    try {
      return written.evaluate(value, LONGEST);
    } catch (TemplateFailure e) {
      throw broken(e);
    }
  }

  private static @Nullable Object parse(String text) throws FetchFailure {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw failed(
          "the API's answer is not JSON: " + String.valueOf(e.getMessage()).replace('\n', ' '),
          Repeat.MAYBE_DONE);
    }
  }

  private static @Nullable Object leniently(String text) {
    String stripped = text.stripLeading();
    if (!stripped.startsWith("{")) {
      return null;
    }
    try {
      return Json.parse(stripped);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static XmlTree.Root xml(byte[] utf8, boolean known, boolean typed) throws FetchFailure {
    try {
      return typed ? XmlTree.readTyped(utf8, known) : XmlTree.read(utf8, known);
    } catch (XMLStreamException e) {
      throw failed("the API's answer is not whole XML: " + firstLine(e), Repeat.MAYBE_DONE);
    }
  }

  private static String firstLine(XMLStreamException e) {
    String text = String.valueOf(e.getMessage());
    int line = text.indexOf("Message: ");
    String message = line < 0 ? text : text.substring(line + 9);
    return message.lines().findFirst().orElse("");
  }

  private static boolean isJson(byte[] utf8) {
    for (byte b : utf8) {
      if (b > ' ') {
        return b == '{' || b == '[';
      }
    }
    return false;
  }

  private static String lines(byte[] utf8) throws FetchFailure {
    StringBuilder array = new StringBuilder("[");
    text(utf8)
        .lines()
        // A sequence of texts begins each with a record separator.
        .map(line -> line.replace("\u001e", "").strip())
        .filter(line -> !line.isEmpty())
        .forEach(line -> array.append(array.length() > 1 ? "," : "").append(line));
    return array.append(']').toString();
  }

  private static String json(@Nullable Object value) {
    return Json.write(value);
  }

  /// A body that is neither text nor anything else that a cell could hold, so that nothing of it is
  /// lost.
  ///
  /// @throws FetchFailure when it should be text, and some bytes are none
  static String text(String declared, byte[] body, Charset charset) throws FetchFailure {
    boolean text =
        declared.startsWith("text/")
            || List.of("yaml", "javascript", "csv", "pkcs10", "pem", "graphql", "html", "svg")
                .stream()
                .anyMatch(declared::contains);
    return text ? decoded(body, charset) : Base64.getEncoder().encodeToString(body);
  }

  private static boolean isBinary(@Nullable String declared) {
    return declared != null && BINARY.matcher(declared).matches();
  }

  private static String text(byte[] utf8) throws FetchFailure {
    return decoded(utf8, StandardCharsets.UTF_8);
  }

  /// The text without a byte order mark. A byte that is no text fails the page: a `\uFFFD` in its
  /// place would be another value.
  private static String decoded(byte[] body, Charset charset) throws FetchFailure {
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw failed(
          "the API's answer should be text, and holds bytes that are none in " + charset.name(),
          Repeat.USELESS);
    }
  }
}
