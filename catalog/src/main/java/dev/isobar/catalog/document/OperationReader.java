package dev.isobar.catalog.document;

import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Operation.Body;
import dev.isobar.catalog.Operation.Server;
import dev.isobar.catalog.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds and reads the HTTP operation behind a method: `provider-format.md`, sections 2.4 to 2.7
/// and 4.3.
final class OperationReader {
  private static final String PATHS = "#/paths/";
  private static final String JSON = "application/json";

  private final Document document;
  private final SchemaReader schemas;

  OperationReader(Document document, SchemaReader schemas) {
    this.document = document;
    this.schemas = schemas;
  }

  /// An operation and where it stands.
  record Located(String path, String httpVerb, Node pathItem, Node operation) {
    /// The list of servers that holds for the operation.
    Node servers(Node method) {
      for (Node owner : List.of(operation, pathItem, method)) {
        if (!owner.get("servers").elements().isEmpty()) {
          return owner.get("servers");
        }
      }
      return operation.root().get("servers");
    }
  }

  /// The operation that the method names, or empty, with a problem, when there is none.
  Optional<Located> find(Node method) {
    Node reference = method.get("operation").get("$ref");
    String pointer = reference.asText();
    int verbAt = pointer == null ? -1 : pointer.lastIndexOf('/');
    if (pointer == null || !pointer.startsWith(PATHS) || verbAt < PATHS.length()) {
      method.problem("The method names no operation.");
      return Optional.empty();
    }
    // The path is a key as written: it may hold a query or a tilde, so this is no JSON pointer.
    String path = pointer.substring(PATHS.length(), verbAt).replace("~1", "/");
    String verb = pointer.substring(verbAt + 1);
    Node pathItem = document.root().get("paths").get(path).target();
    Node operation = pathItem.get(verb.toLowerCase(Locale.ROOT)).target();
    if (!operation.isMap()) {
      reference.problem("There is no operation `" + pointer + "`.");
      return Optional.empty();
    }
    return Optional.of(new Located(path, verb.toUpperCase(Locale.ROOT), pathItem, operation));
  }

  Operation read(Node method, Located located) {
    Node operation = located.operation();
    Node response = method.get("response");
    Map<String, Node> declared = new LinkedHashMap<>();
    for (Node each : operation.get("responses").members()) {
      declared.put(each.key(), each.target());
    }
    String success = success(response.text("openAPIDocKey"), declared);
    if (!declared.isEmpty()
        && response.get("openAPIDocKey").exists()
        && !declared.containsKey(success)) {
      response
          .get("openAPIDocKey")
          .problem(
              "The operation has no response `"
                  + success
                  + "`, only "
                  + String.join(", ", declared.keySet())
                  + "; the method has no columns.");
    }
    Map<String, Body> responses = new LinkedHashMap<>();
    declared.forEach((status, node) -> {
      String wanted = status.equals(success) ? response.textOrNull("mediaType") : null;
      responses.put(status, body(node, false, wanted));
    });
    return new Operation(
        operation.text("operationId"),
        located.httpVerb(),
        located.path(),
        requestBody(method, operation),
        located.servers(method).elements().stream().map(OperationReader::server).toList(),
        success,
        responses);
  }

  /// The schema of `schema_override`, or empty.
  Optional<Schema> override(Node requestOrResponse) {
    Node override = requestOrResponse.get("schema_override");
    return override.isMap() ? Optional.of(schemas.read(override)) : Optional.empty();
  }

  /// The body that may be sent. A media type that the method names is sent, whichever entry of the
  /// operation describes it.
  private @Nullable Body requestBody(Node method, Node operation) {
    Node written = operation.get("requestBody").target();
    Node request = method.get("request");
    String named = request.text("mediaType");
    if (!written.isMap()) {
      boolean sent = request.get("base").exists() || request.get("default").exists();
      return sent ? new Body(named.isEmpty() ? JSON : named, false, null) : null;
    }
    Body body = body(written, written.flag("required"), named.isEmpty() ? null : named);
    return named.isEmpty() ? body : new Body(named, body.required(), body.schema());
  }

  /// Where no media type fits, it is the first.
  private Body body(Node written, boolean required, @Nullable String wanted) {
    Node content = written.get("content");
    List<Node> entries = content.members();
    Optional<Node> chosen =
        MediaTypes.choose(content, wanted)
            .or(() -> wanted == null ? entries.stream().findFirst() : Optional.empty());
    return chosen
        .map(entry -> new Body(entry.key(), required, schemas.readOrNull(entry.get("schema"))))
        .orElse(new Body("", required, null));
  }

  /// The response key that the method takes as success.
  ///
  /// @param wanted `openAPIDocKey`; when empty, the smallest status below 300, else `default`
  private static String success(String wanted, Map<String, Node> declared) {
    if (!wanted.isEmpty()) {
      return wanted;
    }
    return declared.keySet().stream()
        .filter(status -> status.startsWith("2") || status.startsWith("1"))
        .sorted()
        .findFirst()
        .orElse("default");
  }

  private static Server server(Node written) {
    Map<String, String> defaults = new HashMap<>();
    Map<String, List<String>> choices = new HashMap<>();
    for (Node variable : written.get("variables").members()) {
      List<String> listed = new ArrayList<>();
      SchemaReader.texts(variable.get("enum"), listed::add);
      if (!listed.isEmpty()) {
        choices.put(variable.key(), List.copyOf(listed));
      }
      String value = variable.textOrNull("default");
      if (value != null) {
        defaults.put(variable.key(), value);
      }
    }
    return new Server(written.text("url"), defaults, choices);
  }
}
