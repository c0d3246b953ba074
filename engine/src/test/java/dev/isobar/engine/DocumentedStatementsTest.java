package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.fetch.FetchOptions;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import dev.isobar.parse.Statement;
import dev.isobar.registry.Registry;
import dev.isobar.registry.RegistryOptions;
import dev.isobar.render.Format;
import dev.isobar.render.RenderOptions;
import dev.isobar.render.Renderer;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees of a provider whose documents use the whole of the format.
class DocumentedStatementsTest {
  private static final String WIDGETS = "acme.things.widgets";

  private static final String SERVICE =
      """
      info: { title: Things }
      servers:
        - url: https://{region}.acme.example/{org}
          variables: { region: { default: eu }, org: { x-stackQL-envVar: ACME_ORG } }
      paths:
        /widgets/{WidgetId}:
          get:
            parameters:
              - { name: WidgetId, in: path, required: true, schema: { type: string } }
              - { name: $filter, in: query, schema: { type: string } }
              - { name: api-version, in: query, required: true, schema: { type: string } }
            responses:
              '200':
                content:
                  application/json:
                    schema:
                      properties:
                        WidgetColour: { type: string }
                        '@odata.type': { type: string }
                        Id: { type: integer }
                        id: { type: string }
                        PartList: { type: array, items: { type: integer } }
          post:
            parameters: [ { name: WidgetId, in: path, required: true, schema: { type: string } } ]
            requestBody:
              content:
                application/json:
                  schema:
                    required: [ PartList ]
                    properties:
                      PartList: { type: array, items: { type: integer } }
                      WidgetColour: { type: string }
            responses: { '204': {} }
        /orders:
          get:
            responses:
              '200': { content: { application/json: { schema: { type: array, items: { type: object } } } } }
          put:
            requestBody:
              required: true
              content: { application/json: { schema: { type: array, items: { type: string } } } }
            responses: { '204': {} }
      components:
        x-stackQL-resources:
          widgets:
            methods:
              get:
                operation: { $ref: '#/paths/~1widgets~1{WidgetId}/get' }
                request: { nativeCasing: pascal }
                response: { mediaType: application/json, openAPIDocKey: '200' }
              make:
                operation: { $ref: '#/paths/~1widgets~1{WidgetId}/post' }
                request: { nativeCasing: pascal, required: [ WidgetColour ] }
                response: { openAPIDocKey: '204' }
                config: { requestBodyTranslate: { algorithm: naive } }
            sqlVerbs:
              select: [ { $ref: '#/components/x-stackQL-resources/widgets/methods/get' } ]
              insert: [ { $ref: '#/components/x-stackQL-resources/widgets/methods/make' } ]
              update: [ { $ref: '#/components/x-stackQL-resources/widgets/methods/make' } ]
          orders:
            methods:
              list:
                operation: { $ref: '#/paths/~1orders/get' }
                response: { mediaType: application/json, openAPIDocKey: '200' }
              put:
                operation: { $ref: '#/paths/~1orders/put' }
                response: { openAPIDocKey: '204' }
            sqlVerbs:
              select: [ { $ref: '#/components/x-stackQL-resources/orders/methods/list' } ]
              insert: [ { $ref: '#/components/x-stackQL-resources/orders/methods/put' } ]
      """;

  @TempDir Path root;
  private boolean snakeCase = true;

  /// What statements show, one after the other, and what they sent.
  private String see(String sql, String answer) throws IOException {
    Path folder = Files.createDirectories(root.resolve("acme/v1"));
    Files.writeString(
        folder.resolve("provider.yaml"),
        "{name: acme, config: {snake_case_aliases: "
            + snakeCase
            + ", auth: {type: null_auth}}, providerServices:"
            + " {things: {name: things, service: {$ref: acme/v1/things.yaml}}}}");
    Files.writeString(folder.resolve("things.yaml"), SERVICE);
    Function<String, @Nullable String> environment = Map.of("ACME_ORG", "o1")::get;
    StringBuilder seen = new StringBuilder();
    try (FakeCloud cloud = FakeCloud.start(_ -> Reply.json(answer));
        Engine engine =
            new Engine(
                new EngineOptions(
                    Registry.open(new RegistryOptions(root.toString(), null)),
                    FetchOptions.DEFAULT.withEndpoints(Map.of("acme", cloud.uri())),
                    null,
                    false,
                    environment))) {
      for (Statement statement : engine.parse(sql).statements()) {
        try (Result result = engine.execute(statement)) {
          Renderer.of(Format.CSV, RenderOptions.DEFAULT).render(result, seen);
        }
      }
      cloud
          .received()
          .forEach(request ->
              seen.append(request.verb())
                  .append(' ')
                  .append(request.target())
                  .append(request.body().isEmpty() ? "" : " " + request.body())
                  .append('\n'));
    } catch (IsobarException e) {
      seen.append(e.text()).append('\n');
    }
    return seen.toString();
  }

  private String see(String sql) throws IOException {
    return see(
        sql,
        "{\"WidgetColour\": \"red\", \"@odata.type\": \"t\", \"Id\": 1, \"id\": \"one\","
            + " \"PartList\": [1]}");
  }

  @Test
  void columnsHaveTheirSnakeCaseNames() throws IOException {
    assertThat(
            see(
                "SELECT * FROM "
                    + WIDGETS
                    + " WHERE widget_id = 'w' AND \"api-version\" = '1' AND region = 'eu'"))
        .isEqualTo(
            """
            widget_colour,@odata.type,Id,id_2,part_list,widget_id,api-version,region
            red,t,1,one,[1],w,1,eu
            GET /o1/widgets/w?api-version=1
            """);
  }

  @Test
  void everyNameHasItsNativeFormToo() throws IOException {
    String sql =
        """
        SELECT WidgetColour, w.WidgetId, count(*) AS n, "@odata.type" AS t
        FROM acme.things.widgets w
        WHERE WidgetId IN ('a', 'b') AND "api_version" = '1' AND "$filter" = 'x eq 1'
          AND region = 'eu' AND length(w.WidgetColour) = 3
        GROUP BY WidgetColour, w.WidgetId, "@odata.type" ORDER BY WidgetId DESC
        """;
    assertThat(see(sql))
        .startsWith("WidgetColour,WidgetId,n,t\nred,b,1,t\nred,a,1,t\n")
        .contains("GET /o1/widgets/a?%24filter=x%20eq%201&api-version=1\n");
    snakeCase = false;
    assertThat(see(sql)).startsWith("WidgetColour,WidgetId,n,t\nred,b,1,t\n");
    assertThat(
            see(
                "SELECT widget_id, WidgetColour FROM acme.things.widgets"
                    + " WHERE widget_id = 'a' AND api_version = '1' AND region = 'eu'"))
        .startsWith("widget_id,WidgetColour\na,red\n");
  }

  @Test
  void nativeNamesJoin() throws IOException {
    assertThat(
            see(
                """
                SELECT a.WidgetId AS x, b.WidgetColour AS y
                FROM acme.things.widgets a JOIN acme.things.widgets b ON b.WidgetId = a.WidgetColour
                WHERE a.WidgetId = 'q' AND a.api_version = '1' AND b."api-version" = '2'
                  AND region = 'eu'
                """))
        .isEqualTo(
            """
            x,y
            q,red
            GET /o1/widgets/q?api-version=1
            GET /o1/widgets/red?api-version=2
            """);
  }

  @Test
  void changesTakeEitherName() throws IOException {
    assertThat(
            see(
                """
                INSERT INTO acme.things.widgets (WidgetId, part_list, region) VALUES ('a', '[1]', 'eu');
                UPDATE acme.things.widgets SET PartList = '[2]', widget_colour = 'red'
                WHERE widget_id = 'a' AND region = 'eu';
                EXEC acme.things.widgets.make @WidgetId = 'b', @region = 'eu', @part_list = '[3]'
                """,
                "{}"))
        .isEqualTo(
            """
            POST /o1/widgets/a {"PartList":[1]}
            POST /o1/widgets/a {"PartList":[2],"WidgetColour":"red"}
            POST /o1/widgets/b {"PartList":[3]}
            """);
    assertThat(
            see(
                "INSERT INTO acme.things.widgets (WidgetId, widget_id, part_list, region)"
                    + " VALUES ('a', 'b', '[1]', 'eu')"))
        .contains("`widget_id` is given twice.");
  }

  @Test
  void aBodyWithoutFieldsIsGivenWhole() throws IOException {
    assertThat(
            see(
                "INSERT INTO acme.things.orders (region, \"@@json\") VALUES ('eu', '[\"a\"]');"
                    + "EXEC acme.things.orders.put @region = 'eu' @@json = '[\"b\"]'",
                "{}"))
        .isEqualTo("PUT /o1/orders [\"a\"]\nPUT /o1/orders [\"b\"]\n");
    assertThat(see("INSERT INTO acme.things.orders (region) VALUES ('eu')"))
        .isEqualTo("`put` needs a body of type `application/json`.\n");
    assertThat(
            see(
                "INSERT INTO acme.things.widgets (WidgetId, region, \"@@json\")"
                    + " VALUES ('a', 'eu', '{\"PartList\": [4]}')"))
        .isEqualTo("POST /o1/widgets/a {\"PartList\":[4]}\n");
  }

  @Test
  void rowsOfWhichNothingIsDeclaredAreOneColumn() throws IOException {
    assertThat(
            see(
                "SELECT column_anon->>'$.a' AS a FROM acme.things.orders WHERE region = 'eu'",
                "[{\"a\": 1, \"b\": [2]}, {\"a\": \"x\"}]"))
        .startsWith("a\n1\nx\n");
    assertThat(see("DESCRIBE acme.things.orders")).isEqualTo("name,type\ncolumn_anon,object\n");
  }

  @Test
  void methodsTellWhatTheyNeed() throws IOException {
    assertThat(see("SHOW METHODS IN acme.things.widgets; SHOW METHODS IN acme.things.orders"))
        .isEqualTo(
            """
            MethodName,RequiredParams,SQLVerb
            get,"api-version, widget_id, region",SELECT
            make,"widget_id, part_list, widget_colour, region",INSERT
            make,"widget_id, part_list, widget_colour, region",UPDATE
            MethodName,RequiredParams,SQLVerb
            list,region,SELECT
            put,region,INSERT
            """);
    assertThat(see("DESCRIBE METHOD acme.things.orders.put"))
        .isEqualTo(
            """
            name,type,param_type,shape
            region,"",input_required,
            org,"",input_optional,
            @@json,array,input_required,"{""type"":""array"",""items"":{""type"":""string""}}"
            """);
  }

  @Test
  void metadataAsksNobody() throws IOException {
    String sql =
        "SHOW PROVIDERS; SHOW SERVICES IN acme; SHOW RESOURCES IN acme.things;"
            + " SHOW METHODS IN acme.things.widgets; DESCRIBE EXTENDED acme.things.widgets;"
            + " DESCRIBE METHOD EXTENDED acme.things.widgets.get";
    assertThat(List.of(see(sql).split("\n"))).noneMatch(line -> line.startsWith("GET "));
  }
}
