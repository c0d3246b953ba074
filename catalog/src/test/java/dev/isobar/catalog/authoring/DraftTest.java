package dev.isobar.catalog.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.Pagination.Location;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.authoring.DraftOptions.Services;
import dev.isobar.catalog.authoring.Finding.Confidence;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.SqlVerb;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftTest {
  @TempDir private Path folder;

  private static final String HEAD =
      """
      openapi: 3.0.3
      info: { title: Acme, version: '1' }
      servers: [{ url: https://api.acme.example }]
      """;

  private static Draft draft(String text) {
    return Draft.of("acme.yaml", text, DraftOptions.DEFAULT);
  }

  /// The draft as any other provider is read; it has no problem.
  private Provider written(Draft draft) {
    Path at = draft.write(folder, true);
    DocumentLoader loader = new DocumentLoader(folder.resolve("src"), at);
    Provider provider = loader.load();
    for (ServiceHeader header : provider.services()) {
      for (ResourceHeader resource : provider.service(header.name()).resources()) {
        assertThat(provider.service(header.name()).resource(resource.name()).methods())
            .isNotEmpty();
      }
    }
    assertThat(loader.problems()).isEmpty();
    return provider;
  }

  private Provider provider(String text) {
    return written(draft(text));
  }

  /// A document whose only operation is `GET path`.
  private static String get(String path, String parameters, String schema) {
    return HEAD
        + """
        paths:
          %s:
            get:
              parameters: %s
              responses: { '200': { description: x, content: { application/json: { schema: %s } } } }
        """
            .formatted(path, parameters, schema);
  }

  private Method only(String text) {
    Provider provider = provider(text);
    return provider
        .service(provider.services().getFirst().name())
        .resource(
            provider.service(provider.services().getFirst().name()).resources().getFirst().name())
        .methods()
        .getFirst();
  }

  private static String crud() {
    String ok = "responses: { '200': { description: x } }";
    return HEAD
        + """
        paths:
          /v1/widgets:
            get: { responses: { '200': { description: x, content: { application/json: { schema: { type: array, items: { type: object, properties: { id: { type: string } } } } } } } } }
            post: { requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }, OK }
            delete: { OK }
          /v1/widgets/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
            get: { OK }
            put: { OK }
            patch: { OK }
            delete: { OK }
          /v1/widgets/{id}/reboot: { post: { OK } }
          /v1/widgets/{id}:undelete: { post: { OK } }
          /v1/widgets/search: { post: { OK } }
          /v1/widgets/{id}/parts: { post: { OK } }
          /v1/gadgets/{id}/parts: { get: { OK } }
          /v1/gadgets/{id}: { post: { OK } }
          /v1/account: { get: { OK }, put: { OK } }
        """
            .replace("OK", ok);
  }

  @Test
  void pathsBecomeResourcesAndVerbs() {
    Provider provider = provider(crud());
    assertThat(provider.name()).isEqualTo("acme");
    assertThat(provider.services())
        .extracting(ServiceHeader::name)
        .containsExactly("account", "gadgets", "widgets");
    Resource widgets = provider.service("widgets").resource("widgets");
    assertThat(verbs(widgets))
        .isEqualTo(
            Map.of(
                SqlVerb.SELECT, List.of("get", "list"),
                SqlVerb.INSERT, List.of("create"),
                SqlVerb.UPDATE, List.of("update"),
                SqlVerb.REPLACE, List.of("replace"),
                SqlVerb.DELETE, List.of("delete")));
    assertThat(widgets.methods())
        .extracting(Method::name)
        .contains("reboot", "undelete", "search", "delete_all");
    assertThat(widgets.method("create").input("name")).isNotNull();
    assertThat(verbs(provider.service("widgets").resource("parts")))
        .containsEntry(SqlVerb.INSERT, List.of("create"));
    assertThat(verbs(provider.service("gadgets").resource("gadgets")))
        .containsEntry(SqlVerb.UPDATE, List.of("update"));
    assertThat(verbs(provider.service("account").resource("account")))
        .containsEntry(SqlVerb.SELECT, List.of("get"))
        .containsEntry(SqlVerb.REPLACE, List.of("replace"));
  }

  private static Map<SqlVerb, List<String>> verbs(Resource resource) {
    Map<SqlVerb, List<String>> verbs = new java.util.EnumMap<>(SqlVerb.class);
    for (SqlVerb verb : SqlVerb.values()) {
      List<String> names = resource.methods(verb).stream().map(Method::name).toList();
      if (verb != SqlVerb.EXEC && !names.isEmpty()) {
        verbs.put(verb, names);
      }
    }
    return verbs;
  }

  @Test
  void whatIsDoubtfulIsSaid() {
    List<Finding> findings = draft(crud()).findings();
    assertThat(findings)
        .filteredOn(finding -> finding.place().equals("widgets.widgets.delete_all"))
        .extracting(Finding::check)
        .first()
        .asString()
        .contains("may delete everything");
    assertThat(findings)
        .filteredOn(finding -> finding.place().equals("widgets.widgets.search"))
        .extracting(Finding::confidence)
        .containsExactly(Confidence.MEDIUM);
    assertThat(findings)
        .filteredOn(finding -> finding.aspect().equals("auth"))
        .extracting(Finding::decision)
        .containsExactly("none");
  }

  @Test
  void namesThatWouldBeTheSameGetTheWordsBefore() {
    String ok = "{ get: { tags: [All], responses: { '200': { description: x } } } }";
    Provider provider =
        provider(
            HEAD
                + """
                paths:
                  /parts: OK
                  /widgets/{id}/parts: OK
                  /gadgets/{id}/parts: OK
                  /v1/things: OK
                  /v2/things: OK
                """
                    .replace("OK", ok));
    assertThat(provider.service("all").resources())
        .extracting(ResourceHeader::name)
        .containsExactlyInAnyOrder(
            "parts", "widget_parts", "gadget_parts", "v1_things", "v2_things");
  }

  @Test
  void aMethodThatWouldNeverBeChosenIsForExec() {
    String text =
        HEAD
            + """
            paths:
              /widgets: { post: OK }
              /widgets?kind=round: { post: OK }
              /widgets/{id}:
                parameters: [{ name: id, in: path, required: true }, { name: stray, in: path, required: true }]
                delete: OK
            """
                .replace("OK", "{ responses: { '200': { description: x } } }");
    Resource widgets = provider(text).service("widgets").resource("widgets");
    assertThat(verbs(widgets)).containsEntry(SqlVerb.INSERT, List.of("create"));
    assertThat(widgets.methods()).extracting(Method::name).contains("create_2");
    assertThat(widgets.method("delete").requiredInputs())
        .as("a path parameter without a place is left out")
        .extracting(Input::name)
        .containsExactly("id");
  }

  @Test
  void servicesAreTagsOrPaths() {
    String text =
        HEAD
            + """
            paths:
              /a/x: { get: { tags: ['Two Words'], responses: { '200': { description: x } } } }
              /a/y: { get: { tags: [Other], responses: { '200': { description: x } } } }
            """;
    assertThat(draft(text).services()).containsOnlyKeys("two_words", "other");
    Draft byPath =
        Draft.of("x", text, new DraftOptions("other", "https://x.example/", Services.PATH));
    assertThat(byPath.services()).containsExactly(Map.entry("a", 2));
    assertThat(written(byPath).name()).isEqualTo("other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{ type: array, items: { type: object } } | - | HIGH",
        "{ type: object, properties: { data: { type: array, items: {} }, total: { type: integer } }"
            + " } | $.data | HIGH",
        "{ properties: { widgets: { type: array, items: {} }, tags: { type: array, items: {} } } }"
            + " | $.widgets | HIGH",
        "{ properties: { foos: { type: array, items: {} }, total: { type: integer } } } | $.foos |"
            + " MEDIUM",
        "{ properties: { foos: { type: array, items: {} }, bars: { type: array, items: {} } } } |"
            + " - | MEDIUM",
        "{ properties: { errors: { type: array, items: {} }, success: {}, result: { properties:"
            + " { id: {} } } } } | $.result | MEDIUM",
        "{ properties: { result: { properties: { items: { type: array, items: {} } } } } }"
            + " | $.result.items | MEDIUM",
        "{ properties: { _embedded: { type: object, properties: { foos: { type: array, items: {} }"
            + " } } } } | $._embedded.foos | MEDIUM",
        "{ allOf: [{ properties: { next: { type: string } } }, { properties: { items: { type:"
            + " array, items: {} } } }] } | $.items | HIGH",
        "{ type: ['object', 'null'], properties: { data: { type: ['array', 'null'], items: {} } } }"
            + " | $.data | HIGH",
        "{ properties: { widget: { type: object, properties: { id: {} } } } } | $.widget | HIGH",
        "{ properties: { id: { type: string }, tags: { type: string } } } | - | HIGH",
      })
  void findsTheRows(String schema, @Nullable String key, Confidence confidence) {
    String text = get("/widgets", "[]", schema);
    Method method = only(text);
    assertThat("$.items".equals(key) ? "$.items" : method.objectKey()).isEqualTo(key);
    assertThat(draft(text).findings())
        .filteredOn(finding -> finding.aspect().equals("rows"))
        .extracting(Finding::confidence)
        .containsExactly(confidence);
  }

  private static String list(String more) {
    return "{ properties: { data: { type: array, items: { type: object } }, " + more + " } }";
  }

  private static String query(String... names) {
    StringBuilder parameters = new StringBuilder("[");
    for (String name : names) {
      parameters.append("{ name: '" + name + "', in: query, schema: { type: string } },");
    }
    return parameters.append("]").toString();
  }

  private @Nullable Pagination pages(String parameters, String schema) {
    return only(get("/widgets", parameters, schema)).pagination();
  }

  @Test
  void findsCursors() {
    assertThat(pages(query("page_token"), list("next_page_token: { type: string }")))
        .isEqualTo(token("page_token", "$.next_page_token"));
    assertThat(
            pages(
                query("cursor", "limit"),
                list("meta: { properties: { next_cursor: { type: string } } }")))
        .isEqualTo(token("cursor", "$.meta.next_cursor"));
    assertThat(pages(query("page"), list("next_page: { type: integer }")))
        .isEqualTo(token("page", "$.next_page"));
    assertThat(pages(query("page"), list("cursor: { type: string }"))).isNull();
  }

  private static Pagination token(String parameter, String key) {
    return new Pagination(
        Pagination.Algorithm.TOKEN,
        new Pagination.Token(parameter, Location.QUERY),
        new Pagination.Token(key, Location.BODY),
        null);
  }

  @Test
  void findsTheNextUrl() {
    Pagination.Token whole = new Pagination.Token("", Location.REQUEST);
    for (String[] each :
        new String[][] {
          {"next: { type: string, format: uri }", "$.next"},
          {"'@odata.nextLink': { type: string }", "$.@odata.nextLink"},
          {"links: { properties: { next: { type: string } } }", "$.links.next"},
          {
            "_links: { properties: { next: { properties: { href: { type: string } } } } }",
            "$._links.next.href"
          },
        }) {
      assertThat(pages(query("limit"), list(each[0])))
          .isEqualTo(
              new Pagination(
                  Pagination.Algorithm.TOKEN,
                  whole,
                  new Pagination.Token(each[1], Location.BODY),
                  null));
    }
    String header =
        get("/widgets", query("page"), list("x: { type: string }"))
            .replace("content:", "headers: { Link: { schema: { type: string } } }, content:");
    assertThat(only(header).pagination())
        .isEqualTo(
            new Pagination(
                Pagination.Algorithm.TOKEN,
                whole,
                new Pagination.Token("Link", Location.HEADER),
                null));
  }

  @Test
  void findsPageNumbers() {
    Pagination pages =
        pages(
            query("page", "page_size"), list("page: { type: integer }, pages: { type: integer }"));
    assertThat(pages)
        .isEqualTo(
            new Pagination(
                Pagination.Algorithm.PAGE_NUMBER,
                new Pagination.Token("page", Location.QUERY),
                new Pagination.Token("$.page", Location.BODY),
                new Pagination.Token("$.pages", Location.BODY)));
  }

  @Test
  void aListThatLooksPagedAndIsNotIsReported() {
    String text = get("/widgets", query("limit", "offset"), list("total: { type: integer }"));
    assertThat(only(text).pagination()).isNull();
    assertThat(draft(text).findings())
        .filteredOn(finding -> finding.aspect().equals("pages"))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.confidence()).isEqualTo(Confidence.LOW);
          assertThat(finding.check()).contains("looks paged (limit, offset)").contains("total");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ type: http, scheme: bearer } | bearer | {credentialsenvvar=ACME_TOKEN} | HIGH",
        "{ type: http, scheme: Basic } | basic | {username_var=ACME_USERNAME,"
            + " password_var=ACME_PASSWORD} | HIGH",
        "{ type: apiKey, in: header, name: X-Key } | custom | {location=header, name=X-Key,"
            + " credentialsenvvar=ACME_API_KEY} | HIGH",
        "{ type: apiKey, in: query, name: key } | custom | {location=query, name=key,"
            + " credentialsenvvar=ACME_API_KEY} | MEDIUM",
        "{ type: apiKey, in: header, name: Authorization } | api_key |"
            + " {credentialsenvvar=ACME_API_KEY, valuePrefix=} | MEDIUM",
        "{ type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://a.example/t', scopes: {"
            + " read: r } } } } | oauth2 | {grant_type=client_credentials,"
            + " token_url=https://a.example/t, client_id_env_var=ACME_CLIENT_ID,"
            + " client_secret_env_var=ACME_CLIENT_SECRET, scopes=[read]} | HIGH",
        "{ type: oauth2, flows: { implicit: {} } } | bearer | {credentialsenvvar=ACME_TOKEN} |"
            + " MEDIUM",
        "{ type: apiKey, in: cookie, name: s } | null_auth | {} | LOW",
      })
  void findsTheCredential(String scheme, String type, String settings, Confidence confidence) {
    String text =
        get("/widgets", "[]", "{ type: array, items: {} }")
            + "security: [{ it: [] }]\ncomponents: { securitySchemes: { it: "
            + scheme
            + " } }\n";
    Provider provider = provider(text);
    assertThat(provider.auth().type()).isEqualTo(type);
    assertThat(provider.auth().settings()).hasToString(settings);
    assertThat(draft(text).findings().getFirst().confidence()).isEqualTo(confidence);
  }

  @Test
  void twoKeysTogetherAreAChain() {
    String text =
        get("/widgets", "[]", "{ type: array, items: {} }")
            + """
            security: [{ key: [], app: [] }]
            components:
              securitySchemes:
                key: { type: apiKey, in: header, name: X-Key }
                app: { type: apiKey, in: header, name: X-App }
            """;
    assertThat(provider(text).auth().settings().get("successor"))
        .hasToString("{type=custom, location=header, name=X-App, credentialsenvvar=ACME_APP}");
  }

  @Test
  void componentsThatNothingUsesStayOut() {
    String text =
        get("/widgets", "[]", "{ $ref: '#/components/schemas/List' }")
            + """
            components:
              schemas:
                List: { type: array, items: { $ref: '#/components/schemas/Tree/properties/child' } }
                Tree: { type: object, properties: { child: { $ref: '#/components/schemas/Tree' } } }
                Unused: { type: string }
            """;
    Path at = draft(text).write(folder, false);
    assertThat(at.resolve("services/widgets.yaml"))
        .content()
        .contains("Tree:")
        .doesNotContain("Unused");
    assertThat(only(text).columns()).hasSize(1);
  }

  @Test
  void variablesOfTheServerThatAreFixedAreWrittenIntoIt() {
    String text =
        get("/widgets", "[]", "{ type: array, items: {} }")
            .replace(
                "{ url: https://api.acme.example }",
                "{ url: 'https://{region}.{host}/v1/', variables: { region: { default: eu, enum:"
                    + " [eu, us] }, host: { default: api.example } } }");
    Method method = only(text);
    assertThat(method.operation().servers().getFirst().url())
        .isEqualTo("https://{region}.api.example/v1");
    assertThat(method.input("region")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "swagger: '2.0' | it is Swagger 2.0 | swagger2openapi",
        "a: 1 | it has no `openapi` | 3.0 or 3.1",
        "openapi: 4.0.0 | it is OpenAPI 4.0.0 | 3.0 or 3.1",
        "openapi: 3.1.0 | it has no `paths` | operations",
        "'a: [' | is no YAML | Correct",
        "{\"openapi\": \"3.0.0\", \"info\": {\"title\": \"a\"}, \"paths\": {\"/a\": {}}} | does not"
            + " say where the API is | --server",
        "{openapi: 3.0.0, info: {title: a}, paths: {/a: {get: {}}}, servers: [{url: /v1}]} | `/v1`,"
            + " is no whole URL | --server",
        "{openapi: 3.0.0, info: {title: '1'}, paths: {/a: {}}} | is no name of a provider | --name",
        "{openapi: 3.0.0, info: {title: a}, paths: {/a: {}}, servers: [{url: 'http://x'}]} | no"
            + " operation | get",
      })
  void refusesWhatCannotBecomeAProvider(String text, String message, String hint) {
    assertThatThrownBy(() -> draft(text))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code())
                  .isIn(ErrorCode.INVALID_DOCUMENT, ErrorCode.INVALID_CONFIGURATION);
              assertThat(e.hint()).contains(hint);
            })
        .hasMessageContaining(message);
  }

  @Test
  void anEarlierDraftIsNotOverwrittenUnasked() {
    Draft draft = draft(crud());
    draft.write(folder, false);
    assertThatThrownBy(() -> draft.write(folder, false)).hasMessageContaining("already");
    draft.write(folder, true);
  }
}
