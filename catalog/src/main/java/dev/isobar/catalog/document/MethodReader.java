package dev.isobar.catalog.document;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Operation.Body;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import java.util.List;
import java.util.Optional;
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
    return operations.find(method).map(located -> read(method, settings, located));
  }

  private Method read(Node method, Settings settings, OperationReader.Located located) {
    Operation operation = operations.read(method, located);
    Node written = located.operation();
    Node response = method.get("response");
    BodyNames bodyNames =
        BodyShape.names(method.get("config").get("requestBodyTranslate").text("algorithm"));
    List<Input> inputs = inputs(method, located, operation, bodyNames);

    Body answer = operation.responses().get(operation.success());
    Schema declared = answer == null ? null : answer.schema();
    RowShape shape =
        RowShape.of(
            operations.override(response).orElse(declared), response.textOrNull("objectKey"));
    if (shape.isLost()) {
      response.get("objectKey").problem("The response has no `" + shape.objectKey() + "`.");
    }
    List<RowColumn> columns = shape.columns(provider.snakeCaseAliases());

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
        WireReader.read(method, written, settings, provider.auth()));
  }

  private List<Input> inputs(
      Node method, OperationReader.Located located, Operation operation, BodyNames bodyNames) {
    InputReader inputs = new InputReader(schemas);
    inputs.addParameters(located.pathItem(), located.operation(), located.path());
    if (!operation.servers().isEmpty()) {
      Node written = located.servers(method).elements().getFirst();
      inputs.addServerVariables(operation.servers().getFirst(), written);
    }
    Body body = operation.body();
    Node request = method.get("request");
    boolean named = request.get("mediaType").exists();
    if (body != null && MediaTypes.hasFields(body.mediaType(), named)) {
      Optional<Schema> override = operations.override(request);
      inputs.addBody(
          override.orElse(body.schema() == null ? Schema.ANY : body.schema()), bodyNames);
    }
    return inputs.inputs();
  }

  private static @Nullable String accept(Node response, @Nullable Body answer) {
    String written = response.textOrNull("mediaType");
    if (written != null) {
      return written;
    }
    return answer == null || answer.mediaType().isEmpty() ? null : answer.mediaType();
  }
}
