package dev.isobar.testing;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.Pagination.Token;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.View;
import dev.isobar.catalog.Wire;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ResourceName;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Catalog nouns in a line or two, without a document behind them.
public final class Samples {
  private Samples() {}

  /// Linode's way: `?page=2`, `$.page`, `$.pages`.
  public static Pagination numberedPages() {
    return new Pagination(
        Pagination.Algorithm.PAGE_NUMBER,
        new Token("page", Pagination.Location.QUERY),
        new Token("$.page", Pagination.Location.BODY),
        new Token("$.pages", Pagination.Location.BODY));
  }

  /// An opaque token.
  public static Pagination tokens(
      String requestKey,
      Pagination.Location requestLocation,
      String responseKey,
      Pagination.Location responseLocation) {
    return new Pagination(
        Pagination.Algorithm.TOKEN,
        new Token(requestKey, requestLocation),
        new Token(responseKey, responseLocation),
        null);
  }

  /// The schema of an object.
  ///
  /// @param namesAndTypes of its properties, in turn
  public static Schema object(String... namesAndTypes) {
    Schema.Builder object = new Schema.Builder();
    object.type = "object";
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      object.properties.put(namesAndTypes[i], schema(namesAndTypes[i + 1]));
    }
    return object.build();
  }

  /// A schema of an OpenAPI type.
  public static Schema schema(String type) {
    Schema.Builder schema = new Schema.Builder();
    schema.type = type;
    return schema.build();
  }

  /// A column whose key is its name.
  public static RowColumn column(String name, String openApiType) {
    return new RowColumn(
        name, name, ColumnType.ofOpenApi(openApiType), openApiType, "", schema(openApiType));
  }

  /// An input that SQL names as the request does.
  public static Input input(String name, Input.Location location, boolean required, String type) {
    return new Input(name, name, location, required, schema(type), "", null, null, true);
  }

  /// A body property `wireName` that SQL knows as `data__wireName`.
  public static Input property(String wireName, boolean required, String type) {
    return new Input(
        "data__" + wireName,
        wireName,
        Input.Location.BODY,
        required,
        schema(type),
        "",
        null,
        null,
        true);
  }

  /// Begins a method; `GET`, no credential, no pages, rows at the root.
  public static MethodBuilder method(String name, String path) {
    return new MethodBuilder(name, path);
  }

  /// A provider of resources; the resources name their services.
  public static Provider provider(String name, AuthSpec auth, Resource... resources) {
    List<ServiceHeader> services =
        Arrays.stream(resources)
            .map(resource -> resource.name().service())
            .distinct()
            .map(service ->
                new ServiceHeader(
                    service + ":v1", service, service, "", "v1", true, service + ".yaml"))
            .toList();
    return new Provider(
        name,
        "v1",
        name,
        "",
        auth,
        false,
        services,
        service -> service(name, service, List.of(resources)));
  }

  private static Service service(String provider, ServiceHeader header, List<Resource> resources) {
    List<Resource> own =
        resources.stream()
            .filter(resource -> resource.name().service().equals(header.name()))
            .toList();
    List<ResourceHeader> headers =
        own.stream()
            .map(resource ->
                new ResourceHeader(
                    resource.name().resource(),
                    resource.id(),
                    resource.title(),
                    resource.description()))
            .toList();
    return new Service(
        provider,
        header,
        headers,
        wanted ->
            own.stream()
                .filter(resource -> resource.name().resource().equals(wanted.name()))
                .findFirst()
                .orElseThrow());
  }

  /// A resource with the methods that each verb may use.
  public static Resource resource(
      String provider, String service, String name, Map<SqlVerb, List<Method>> verbs) {
    List<Method> methods = verbs.values().stream().flatMap(List::stream).distinct().toList();
    Map<SqlVerb, List<String>> names = new java.util.EnumMap<>(SqlVerb.class);
    verbs.forEach((verb, list) -> names.put(verb, list.stream().map(Method::name).toList()));
    ResourceName full = new ResourceName(provider, service, name);
    return new Resource(full, full.toString(), name, "", methods, names);
  }

  /// A resource that views answer for.
  public static Resource viewed(String provider, String service, String name, View... views) {
    ResourceName full = new ResourceName(provider, service, name);
    return new Resource(full, full.toString(), name, "", List.of(), Map.of(), Arrays.asList(views));
  }

  /// The facts of a method that a test cares about.
  public static final class MethodBuilder {
    private final String name;
    private final String path;
    private String verb = "GET";
    private Operation.Server server = new Operation.Server("https://api.acme.example/v4", Map.of());
    private Operation.@Nullable Body body;
    private Method.BodyNames bodyNames = Method.BodyNames.DEFAULT;
    private final List<Input> inputs = new ArrayList<>();
    private final List<RowColumn> columns = new ArrayList<>();
    private final List<String> scopes = new ArrayList<>();
    private @Nullable String objectKey;
    private @Nullable Schema responseSchema;
    private String mediaType = "application/json";
    private CredentialUse credential = CredentialUse.NONE;
    private @Nullable Pagination pagination;
    private Method.@Nullable PageSize pageSize;
    private @Nullable Token total;
    private Wire wire = Wire.PLAIN;

    private MethodBuilder(String name, String path) {
      this.name = name;
      this.path = path;
    }

    public MethodBuilder verb(String httpVerb) {
      verb = httpVerb;
      return this;
    }

    public MethodBuilder server(String url) {
      return server(url, Map.of());
    }

    public MethodBuilder server(String url, Map<String, String> defaults) {
      server = new Operation.Server(url, defaults);
      return this;
    }

    /// A JSON body, whose properties are the inputs located there.
    public MethodBuilder body(boolean required) {
      body = new Operation.Body("application/json", required, null);
      return this;
    }

    public MethodBuilder bodyNames(Method.BodyNames names) {
      bodyNames = names;
      return this;
    }

    public MethodBuilder input(Input input) {
      inputs.add(input);
      return this;
    }

    public MethodBuilder column(String column, String openApiType) {
      columns.add(Samples.column(column, openApiType));
      return this;
    }

    public MethodBuilder scope(String scope) {
      scopes.add(scope);
      return this;
    }

    public MethodBuilder rowsAt(String key) {
      objectKey = key;
      return this;
    }

    public MethodBuilder returns(Schema schema) {
      responseSchema = schema;
      return this;
    }

    public MethodBuilder accepts(String responseMediaType) {
      mediaType = responseMediaType;
      return this;
    }

    public MethodBuilder credential(CredentialUse use) {
      credential = use;
      return this;
    }

    public MethodBuilder paged(Pagination by) {
      pagination = by;
      return this;
    }

    public MethodBuilder pageSize(String key, long largest) {
      pageSize = new Method.PageSize(key, largest);
      return this;
    }

    public MethodBuilder totalAt(String bodyPath) {
      total = new Token(bodyPath, Pagination.Location.BODY);
      return this;
    }

    public MethodBuilder wire(Wire how) {
      wire = how;
      return this;
    }

    public Method build() {
      return new Method(
          name,
          "",
          "",
          false,
          new Operation(
              name,
              verb,
              path,
              body,
              List.of(server),
              "200",
              Map.of("200", new Operation.Body(mediaType, true, responseSchema))),
          inputs,
          bodyNames,
          objectKey,
          responseSchema,
          columns,
          mediaType,
          scopes,
          credential,
          pagination,
          pageSize,
          total,
          null,
          wire);
    }
  }
}
