package dev.isobar.catalog.document;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Operation.Body;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the methods of one service document: `provider-format.md`, section 2.3.
final class MethodReader {
  private final Document document;
  private final ProviderFacts provider;
  private final SchemaReader schemas = new SchemaReader();
  private final OperationReader operations;

  MethodReader(Document document, ProviderFacts provider) {
    this.document = document;
    this.provider = provider;
    this.operations = new OperationReader(document, schemas);
  }

  /// The method, or empty, with a problem, when it has no operation to call.
  ///
  /// @param settings with the method's own `config` first
  Optional<Method> read(Node method, Settings settings) {
    KeyCheck.check(method);
    return operations.find(method).map(located -> read(method, settings, located));
  }

  private Method read(Node method, Settings settings, OperationReader.Located located) {
    Operation operation = operations.read(method, located);
    Node written = located.operation();
    Node response = method.get("response");
    BodyNames bodyNames =
        BodyShape.names(method.get("config").get("requestBodyTranslate").text("algorithm"));
    Body answer = operation.responses().get(operation.success());
    Schema declared = answer == null ? null : answer.schema();
    RowShape shape =
        RowShape.of(
            operations.override(response).orElse(declared), response.textOrNull("objectKey"));
    if (shape.isLost()) {
      response.get("objectKey").problem("The response has no `" + shape.objectKey() + "`.");
    }
    boolean united = settings.find("variations").flag("isObjectSchemaImplicitlyUnioned");
    List<RowColumn> columns = shape.columns(provider.snakeCaseAliases(), united);
    Wire wire = WireReader.read(method, written, settings, provider.auth());
    List<Input> inputs = inputs(method, located, operation, bodyNames, wire);

    boolean needsCredential = !provider.auth().type().equals("null_auth");
    Security security = Security.of(written, document.root(), needsCredential);
    Paging paging =
        Paging.of(document.root(), settings, operation.httpVerb(), inputs, shape, columns);
    String summary = written.text("summary");
    String description = written.text("description");
    return new Method(
        method.key(),
        summary,
        description.isEmpty() ? summary : description,
        written.flag("deprecated"),
        operation,
        inputs,
        bodyNames,
        shape.objectKey(),
        shape.response(),
        columns,
        accept(response, answer),
        security.scopes(),
        security.use(),
        paging.pagination(),
        paging.pageSize(),
        paging.total(),
        paging.filter(),
        wire);
  }

  private List<Input> inputs(
      Node method,
      OperationReader.Located located,
      Operation operation,
      BodyNames bodyNames,
      Wire wire) {
    InputReader inputs = new InputReader(schemas);
    inputs.addParameters(located.pathItem(), located.operation(), located.path());
    List<Node> servers = located.servers(method).elements();
    for (int i = 0; i < servers.size(); i++) {
      inputs.addServerVariables(operation.servers().get(i), servers.get(i), i == 0);
    }
    Body body = operation.body();
    Node request = method.get("request");
    boolean named = request.get("mediaType").exists();
    if (body != null && MediaTypes.hasFields(body.mediaType(), named)) {
      Optional<Schema> override = operations.override(request);
      Schema schema = override.orElse(body.schema() == null ? Schema.ANY : body.schema());
      if (BodyShape.fields(schema, bodyNames) == Schema.ANY && !bodyNames.path().isEmpty()) {
        method
            .get("config")
            .get("requestBodyTranslate")
            .problem("The body has no property `" + bodyNames.path() + "`.");
      }
      inputs.addBody(schema, bodyNames);
    }
    for (int i = 0; i < servers.size(); i++) {
      inputs.addUnplacedVariables(operation.servers().get(i), servers.get(i));
    }
    Set<String> shown = new HashSet<>();
    SchemaReader.texts(request.get("required"), shown::add);
    return inputs.inputs(new InputNames(wire.casing(), provider.snakeCaseAliases()), shown);
  }

  private static @Nullable String accept(Node response, @Nullable Body answer) {
    String written = response.textOrNull("mediaType");
    if (written != null) {
      return written;
    }
    return answer == null || answer.mediaType().isEmpty() ? null : answer.mediaType();
  }
}
