package dev.isobar.catalog.document;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Input.Location;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Operation.Body;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the methods of a service that runs local programs (`protocolType: local_templated`):
/// `provider-format.md`, section 8.1.
final class ProgramReader {
  static final String PROTOCOL = "local_templated";

  private static final String JSON = "application/json";

  private final ProviderFacts provider;
  private final SchemaReader schemas = new SchemaReader();
  private final OperationReader operations;

  ProgramReader(Document document, ProviderFacts provider) {
    this.provider = provider;
    this.operations = new OperationReader(document, schemas);
  }

  /// Whether the service's methods are programs: it says so, or its entry or provider does.
  ///
  /// @param entry the service's entry in `provider.yaml`
  static boolean holdsFor(Document service, Node entry) {
    for (Node each : List.of(service.root(), entry, entry.root())) {
      String protocol = each.text("protocolType");
      if (!protocol.isEmpty()) {
        return protocol.equals(PROTOCOL);
      }
    }
    return false;
  }

  /// The method, or empty, with a problem, when it names no program.
  ///
  /// @param settings with the method's own `config` first
  Optional<Method> read(Node method, Settings settings) {
    Wire wire = WireReader.read(method, method, settings, provider.auth());
    if (wire.program().isEmpty()) {
      method.problem("The method names no program (`inline`).");
      return Optional.empty();
    }
    if (wire.program().getFirst().contains("{{")) {
      // Otherwise a value of a statement would choose what is run.
      method
          .get("inline")
          .problem("The program itself cannot be a template; the method is left out.");
      return Optional.empty();
    }
    Node response = method.get("response");
    Schema declared = operations.override(response).orElse(null);
    RowShape shape = RowShape.of(declared, response.textOrNull("objectKey"));
    if (shape.isLost()) {
      response.get("objectKey").problem("The response has no `" + shape.objectKey() + "`.");
    }
    // What a transform makes of the program's output is JSON.
    String mediaType = wire.responseTransform() == null ? written(response) : JSON;
    String summary = method.text("summary");
    String description = method.text("description");
    return Optional.of(
        new Method(
            method.key(),
            summary,
            description.isEmpty() ? summary : description,
            method.flag("deprecated"),
            operation(mediaType, declared),
            inputs(method),
            BodyNames.DEFAULT,
            shape.objectKey(),
            shape.response(),
            shape.columns(provider.snakeCaseAliases(), false),
            mediaType,
            List.of(),
            CredentialUse.NONE,
            null,
            null,
            null,
            null,
            plain(wire)));
  }

  private static String written(Node response) {
    String mediaType = response.text("mediaType");
    return mediaType.isEmpty() ? JSON : mediaType;
  }

  /// `RUN` stands where HTTP has its verb.
  private static Operation operation(String mediaType, @Nullable Schema schema) {
    return new Operation(
        "", "RUN", "", null, List.of(), "200", Map.of("200", new Body(mediaType, true, schema)));
  }

  /// Nothing of what concerns HTTP.
  private static Wire plain(Wire wire) {
    return new Wire(
        Wire.Casing.NONE,
        null,
        null,
        null,
        wire.responseTransform(),
        null,
        false,
        false,
        false,
        null,
        "",
        "",
        null,
        wire.program());
  }

  /// The program's parameters. They are listed as those of a query are: neither path nor body.
  private List<Input> inputs(Node method) {
    List<Input> inputs = new ArrayList<>();
    for (Node each : method.get("parameters").members()) {
      Node parameter = each.target();
      Schema schema = schemas.read(parameter.get("schema"));
      String description = parameter.text("description");
      inputs.add(
          new Input(
              each.key(),
              each.key(),
              Location.QUERY,
              parameter.flag("required"),
              schema,
              description.isEmpty() ? schema.description() : description,
              null,
              null,
              false));
    }
    return inputs;
  }
}
