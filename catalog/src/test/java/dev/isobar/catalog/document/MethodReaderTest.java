package dev.isobar.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation.Server;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.RowColumn;
import dev.isobar.model.SqlVerb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How one method of an invented document is read.
class MethodReaderTest {
  @TempDir Path root;
  private List<String> problems = List.of();

  /// @param method the entry of the method, in flow style
  /// @param operation the operation behind it, without its braces
  private Method method(String method, String path, String operation) throws IOException {
    return resource("m: " + method, path, operation, "").methods().getFirst();
  }

  private Resource resource(String methods, String path, String operation, String more)
      throws IOException {
    String pointer = "{ $ref: '#/paths/" + path.replace("/", "~1") + "/post' }";
    return read(
        """
        servers: [ { url: https://acme.example } ]
        paths:
          %s: { post: { %s } }
        components:
          x-stackQL-resources:
            things:
              methods: { %s }
              %s
        """
            .formatted(path, operation, methods.replace("OPERATION", pointer), more));
  }

  private Resource read(String service) throws IOException {
    Path folder = Files.createDirectories(root.resolve("acme/v1"));
    Files.writeString(
        folder.resolve("provider.yaml"),
        "{name: acme, config: {snake_case_aliases: "
            + snakeCase
            + "}, providerServices: {s: {service: {$ref: acme/v1/s.yaml}}}}");
    Files.writeString(folder.resolve("s.yaml"), service);
    DocumentLoader loader = new DocumentLoader(root, folder);
    Provider provider = loader.load();
    Resource resource = provider.service("s").resource("things");
    problems = loader.problems().stream().map(p -> p.pointer() + ": " + p.message()).toList();
    return resource;
  }

  private boolean snakeCase;

  private static List<String> names(Method method) {
    List<String> names = new ArrayList<>();
    method.inputs().forEach(input -> names.add(input.name() + input.aliases()));
    return names;
  }

  private static final String CASED =
      """
      parameters: [ { name: WidgetId, in: query, schema: { type: string } },
        { name: X-Acme-Target, in: header, schema: { type: string } },
        { name: kind, in: query, x-stackQL-alias: sort, schema: { type: string } },
        { name: Size, in: query, schema: {} }, { name: size, in: query, schema: {} } ],
      requestBody: { content: { application/json: { schema: { properties: { TagList: {} } } } } }
      """
          .replace("\n", " ");

  @Test
  void aNativeNameHasASnakeCaseNameBeside() throws IOException {
    Method method =
        method("{ operation: OPERATION, request: { nativeCasing: pascal } }", "/a", CASED);
    assertThat(names(method))
        .containsExactly(
            "WidgetId[widget_id]",
            "X-Acme-Target[x_acme_target]",
            "kind[sort]",
            "Size[]",
            "size[]",
            "data__TagList[data__tag_list]");
    assertThat(method.input("widget_id")).isSameAs(method.input("WidgetId"));
    assertThat(problems).isEmpty();
  }

  @Test
  void theSnakeCaseNameIsShownWhereTheProviderSaysSo() throws IOException {
    snakeCase = true;
    Method method =
        method(
            "{ operation: OPERATION, request: { nativeCasing: pascal },"
                + " config: { requestBodyTranslate: { algorithm: naive } } }",
            "/a",
            CASED);
    assertThat(names(method))
        .containsExactly(
            "widget_id[WidgetId]",
            "X-Acme-Target[x_acme_target]",
            "kind[sort]",
            "Size[]",
            "size[]",
            "tag_list[TagList]");
    assertThat(method.inputs().getLast().wireName()).isEqualTo("TagList");
  }

  @Test
  void namesHaveOneFormWithoutACasing() throws IOException {
    snakeCase = true;
    Method method = method("{ operation: OPERATION }", "/a", CASED);
    assertThat(names(method)).contains("WidgetId[]", "data__TagList[]");
  }

  @Test
  void aVariableOfThePathComesBeforeItsNamesake() throws IOException {
    Method method =
        method(
            "{ operation: OPERATION }",
            "/a/{id}/{+rest}",
            "parameters: [ { name: id, in: query }, { name: id, in: path } ]");
    assertThat(method.inputs())
        .extracting(Input::name, Input::location)
        .containsExactly(tuple("id", Input.Location.PATH), tuple("rest", Input.Location.PATH));
  }

  @Test
  void tellsOfParametersThatCannotBeSent() throws IOException {
    method(
        "{ operation: OPERATION }",
        "/a",
        "parameters: [ { name: gone, in: path, required: true }, { name: b, in: body },"
            + " { name: c, in: cookie }, { in: query } ]");
    assertThat(problems)
        .containsExactly(
            "/paths/~1a/post/parameters/0: The path has no `{gone}`, so its value is not sent.",
            "/paths/~1a/post/parameters/1: The parameter has no name, or no place in a request; it"
                + " is left out.",
            "/paths/~1a/post/parameters/3: The parameter has no name, or no place in a request; it"
                + " is left out.");
  }

  @Test
  void tellsOfKeysThatNothingReads() throws IOException {
    method(
        "{ operation: OPERATION, pagination: {}, undo: {}, x-mine: 1, summary: s,"
            + " response: { objektKey: $.a, whatever: 1, nativeCasing: camel } }",
        "/a",
        "responses: {}");
    assertThat(problems)
        .containsExactlyInAnyOrder(
            "/components/x-stackQL-resources/things/methods/m/pagination:"
                + " `pagination` is read in `config`, not here.",
            "/components/x-stackQL-resources/things/methods/m/response/objektKey:"
                + " Nothing reads `objektKey`. Did you mean `objectKey`?",
            "/components/x-stackQL-resources/things/methods/m/response/nativeCasing:"
                + " `nativeCasing` is read in `request`, not here.");
  }

  @Test
  void tellsOfAResponseThatTheOperationHasNot() throws IOException {
    Method method =
        method(
            "{ operation: OPERATION, response: { openAPIDocKey: '200', mediaType: a/b } }",
            "/a",
            "responses: { '201': { content: { a/b: { schema: { properties: { c: {} } } } } } }");
    assertThat(method.columns()).isEmpty();
    assertThat(method.rowColumns()).containsExactly(RowColumn.WHOLE_ROW);
    assertThat(problems)
        .containsExactly(
            "/components/x-stackQL-resources/things/methods/m/response/openAPIDocKey:"
                + " The operation has no response `200`, only 201; the method has no columns.");
  }

  @Test
  void tellsOfABodyWithoutThePropertyForItsFields() throws IOException {
    Method method =
        method(
            "{ operation: OPERATION,"
                + " config: { requestBodyTranslate: { algorithm: naive_Wanted } } }",
            "/a",
            "requestBody: { content: { application/json: { schema: { properties: { c: {} } } } } }");
    assertThat(method.takesWholeBodyOnly()).isTrue();
    assertThat(problems)
        .containsExactly(
            "/components/x-stackQL-resources/things/methods/m/config/requestBodyTranslate:"
                + " The body has no property `Wanted`.");
  }

  @Test
  void sendsTheMediaTypeThatTheMethodNames() throws IOException {
    Method method =
        method(
            "{ operation: OPERATION, request: { mediaType: application/x-acme-json-1.1 } }",
            "/a",
            "requestBody: { content: { application/json: { schema: { properties: { c: {} } } } } }");
    assertThat(Objects.requireNonNull(method.operation().body()).mediaType())
        .isEqualTo("application/x-acme-json-1.1");
    assertThat(names(method)).containsExactly("data__c[]");
  }

  @Test
  void hasABodyWhereOnlyTheMethodSaysSo() throws IOException {
    Method method = method("{ operation: OPERATION, request: { base: '{}' } }", "/a", "tags: []");
    assertThat(Objects.requireNonNull(method.operation().body()).mediaType())
        .isEqualTo("application/json");
  }

  @Test
  void formsHaveFields() throws IOException {
    for (String type : List.of("multipart/form-data", "application/x-www-form-urlencoded")) {
      Method method =
          method(
              "{ operation: OPERATION }",
              "/a",
              "requestBody: { content: { "
                  + type
                  + ": { schema: { required: [ c ], properties: { c: {}, d: {} } } } } }");
      assertThat(names(method)).containsExactly("data__c[]", "data__d[]");
    }
  }

  @Test
  void showsMoreAsRequiredThanACallNeeds() throws IOException {
    Method method =
        method(
            "{ operation: OPERATION, request: { required: [ c ] } }",
            "/a",
            "requestBody: { content: { application/json: { schema: { properties: { c: {} } } } } }");
    assertThat(method.inputs().getFirst().shownAsRequired()).isTrue();
    assertThat(method.requiredInputs()).isEmpty();
  }

  @Test
  void onlyTheFirstServerAsksForItsVariables() throws IOException {
    Resource things =
        read(
            """
            servers:
              - url: https://{region:[a-z]{2}}.acme.example
                variables: { region: { enum: [ eu, us ], default: eu } }
              - url: https://{region}.acme.example.cn/{stage}
                variables: { region: { enum: [ cn ] } }
            paths: { /a: { get: {} } }
            components:
              x-stackQL-resources:
                things: { methods: { list: { operation: { $ref: '#/paths/~1a/get' } } } }
            """);
    Method list = things.method("list");
    assertThat(list.requiredInputs()).extracting(Input::name).containsExactly("region");
    assertThat(list.inputs()).extracting(Input::name).containsExactly("region", "stage");
    assertThat(list.operation().servers())
        .containsExactly(
            new Server(
                "https://{region:[a-z]{2}}.acme.example",
                Map.of("region", "eu"), Map.of("region", List.of("eu", "us"))),
            new Server(
                "https://{region}.acme.example.cn/{stage}",
                Map.of(),
                Map.of("region", List.of("cn"))));
  }

  @Test
  void aVariableThatNoUrlHasAPlaceForMayBeNamedAndIsNotAskedFor() throws IOException {
    Resource things =
        read(
            """
            servers:
              - url: https://acme.example
                variables: { region: { default: us-east-1 }, zone: { default: a } }
            paths:
              /a:
                post:
                  requestBody:
                    content: { application/json: { schema: { properties: { zone: { type: integer } } } } }
            components:
              x-stackQL-resources:
                things:
                  methods:
                    list:
                      operation: { $ref: '#/paths/~1a/post' }
                      config: { requestBodyTranslate: { algorithm: naive } }
            """);
    Method list = things.method("list");
    assertThat(list.requiredInputs()).isEmpty();
    assertThat(list.inputs())
        .extracting(Input::name, Input::location)
        .containsExactly(
            tuple("zone", Input.Location.BODY), tuple("region", Input.Location.SERVER));
  }

  @Test
  void oneBadMethodLosesNoOther() throws IOException {
    Resource things =
        resource(
            "a: { operation: OPERATION }, b: 7, c: [ 1 ], d: { operation: { $ref: 3 } },"
                + " e: { operation: OPERATION, request: x, response: [ ], config: true }",
            "/a",
            "parameters: { no: list }, responses: 5, requestBody: [ 1 ]",
            "sqlVerbs: { select: [ x, { $ref: '#/a/b/a' } ], insert: { $ref: e }, upsert: [ ] }");
    assertThat(things.methods()).extracting(Method::name).containsExactly("a", "e");
    assertThat(things.methods(SqlVerb.SELECT)).extracting(Method::name).containsExactly("a");
    assertThat(problems).hasSize(6);
  }
}
