package dev.isobar.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Input.Location;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Method.FilterSpec;
import dev.isobar.catalog.Method.PageSize;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.View;
import dev.isobar.catalog.Wire;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.SqlVerb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentLoaderTest {
  private final DocumentLoader loader = Samples.acme();
  private final Provider acme = loader.load();

  private Resource widgets() {
    return acme.service("widgets").resource("widgets");
  }

  private Method widget(String method) {
    return widgets().method(method);
  }

  private Method thing(String method) {
    return acme.service("targets").resource("things").method(method);
  }

  private static Input input(Method method, String name) {
    return Objects.requireNonNull(method.input(name), name);
  }

  private static List<String> required(Method method) {
    return method.requiredInputs().stream().map(Input::name).toList();
  }

  private static List<String> columns(Method method) {
    return method.columns().stream().map(RowColumn::name).toList();
  }

  @Test
  void readsTheProvider() {
    assertThat(acme.name()).isEqualTo("acme");
    assertThat(acme.title()).isEqualTo("Acme Works");
    assertThat(acme.auth().type()).isEqualTo("bearer");
    assertThat(acme.auth().setting("credentialsenvvar")).isEqualTo("ACME_TOKEN");
    assertThat(acme.services())
        .extracting(ServiceHeader::name)
        .containsExactly("widgets", "targets");
  }

  @Test
  void findsNothingWrongWithTheSamples() {
    for (ServiceHeader header : acme.services()) {
      for (ResourceHeader resource : acme.service(header.name()).resources()) {
        acme.service(header.name()).resource(resource.name());
      }
    }
    assertThat(loader.problems()).isEmpty();
  }

  @Test
  void findsServiceFilesWhateverTheirCase() {
    assertThat(acme.service("targets").resources()).hasSize(2);
  }

  @Test
  void listsResourcesInDocumentOrder() {
    assertThat(acme.service("widgets").resources())
        .containsExactly(
            new ResourceHeader("widgets", "acme.widgets.widgets", "Widgets", "Things with parts"),
            new ResourceHeader("empty", "", "", ""));
    assertThat(acme.service("widgets").resource("empty").methods()).isEmpty();
  }

  @Test
  void keepsTheOrderOfVerbs() {
    assertThat(widgets().methods(SqlVerb.SELECT))
        .extracting(Method::name)
        .containsExactly("get", "list");
    assertThat(widgets().methods(SqlVerb.UPDATE)).isEmpty();
    assertThat(widgets().methods(SqlVerb.EXEC)).hasSize(5);
  }

  @Test
  void takesVerbsFromMethodNamesWhereNoneAreDeclared() {
    Resource things = acme.service("targets").resource("things");
    assertThat(things.methods(SqlVerb.SELECT)).extracting(Method::name).containsExactly("list");
    assertThat(things.methods(SqlVerb.INSERT)).isEmpty();
  }

  @Test
  void looksPathsUpVerbatim() {
    assertThat(thing("list").operation().path())
        .isEqualTo("/?Action=ListThings&Version=2030-01-01");
    assertThat(thing("list").operation().httpVerb()).isEqualTo("POST");
    assertThat(thing("restore").operation().path()).isEqualTo("/things/{thing}:undelete");
  }

  @Test
  void hidesWhatAPathItemAllowsButDoesNotRequire() {
    Method list = widget("list");
    assertThat(list.input("fields")).isNull();
    assertThat(input(list, "tenant").location()).isEqualTo(Location.HEADER);
    assertThat(list.inputs())
        .extracting(Input::name)
        .containsExactly("tenant", "page", "page_size", "colours");
    assertThat(required(list)).containsExactly("tenant");
  }

  @Test
  void joinsListsOnlyWhereTheDocumentSaysSo() {
    assertThat(input(widget("list"), "colours").explode()).isFalse();
    assertThat(input(widget("list"), "page").explode()).isTrue();
  }

  @Test
  void keepsDefaultsAndDescriptions() {
    Input page = input(widget("list"), "page");
    assertThat(page.defaultValue()).isEqualTo("1");
    assertThat(page.description()).isEqualTo("The page");
    assertThat(input(thing("list"), "X-Acme-Target").defaultValue()).isEqualTo("Things.List");
  }

  @Test
  void prefixesBodyPropertiesUnlessNaive() {
    assertThat(required(widget("create")))
        .containsExactly("tenant", "data__colour", "data__password");
    assertThat(widget("create").bodyNames()).isEqualTo(BodyNames.DEFAULT);
    assertThat(required(widget("create_naive"))).containsExactly("tenant", "colour", "password");
    assertThat(input(widget("create"), "data__colour").wireName()).isEqualTo("colour");
  }

  @Test
  void letsParametersWinOverBodyProperties() {
    assertThat(input(widget("create_naive"), "label").location()).isEqualTo(Location.QUERY);
    assertThat(input(widget("create"), "data__label").location()).isEqualTo(Location.BODY);
  }

  @Test
  void takesNoReadOnlyPropertiesAndNoCredentialsAsInputs() {
    assertThat(widget("create").input("data__id")).isNull();
    assertThat(widget("create").input("Authorization")).isNull();
  }

  @Test
  void namesBodyPropertiesBelowAPath() {
    assertThat(thing("restore").bodyNames()).isEqualTo(new BodyNames("", "DesiredState"));
    assertThat(thing("restore").inputs())
        .extracting(Input::name)
        .containsExactly("thing", "region", "zone", "name", "colour");
    assertThat(required(thing("restore"))).containsExactly("thing", "region", "zone", "name");
  }

  @Test
  void requiresTheVariablesOfTheServer() {
    Input zone = input(thing("restore"), "zone");
    assertThat(zone.location()).isEqualTo(Location.SERVER);
    assertThat(zone.environmentVariable()).isEqualTo("ACME_ZONE");
    assertThat(input(thing("restore"), "region").defaultValue()).isEqualTo("eu-1");
    assertThat(required(thing("list"))).containsExactly("ThingKind");
  }

  @Test
  void prefersServersOfThePathToThoseOfTheDocument() {
    assertThat(thing("list").operation().servers())
        .containsExactly(new Operation.Server("https://other.acme.example", Map.of()));
    assertThat(widget("list").operation().servers())
        .extracting(Operation.Server::url)
        .containsExactly("https://api.acme.example/base");
  }

  @Test
  void readsColumnsInDocumentOrder() {
    assertThat(columns(widget("list")))
        .containsExactly(
            "id", "label", "colour", "weight", "parts", "shape", "made", "$ref", "y", "$owner");
    assertThat(widget("list").columns())
        .extracting(RowColumn::type)
        .containsExactly(
            ColumnType.BIGINT,
            ColumnType.VARCHAR,
            ColumnType.VARCHAR,
            ColumnType.DOUBLE,
            ColumnType.JSON,
            ColumnType.JSON,
            ColumnType.VARCHAR,
            ColumnType.VARCHAR,
            ColumnType.BOOLEAN,
            ColumnType.JSON);
  }

  @Test
  void resolvesEachReferenceOnce() {
    Schema widget = Objects.requireNonNull(widget("get").responseSchema());
    Schema parts = Objects.requireNonNull(widget.properties().get("parts"));
    assertThat(parts.items()).isSameAs(widget);
    assertThat(widget.name()).isEqualTo("Widget");
  }

  @Test
  void followsReferencesIntoAnySection() {
    Schema widget = Objects.requireNonNull(widget("get").responseSchema());
    Schema owner = Objects.requireNonNull(widget.properties().get("$owner"));
    assertThat(owner.name()).isEqualTo("Owner");
    assertThat(owner.description()).isEmpty();
    assertThat(owner.extensions()).containsKey("x-hint");
  }

  @Test
  void impliesItemsAndNamesSingleValues() {
    assertThat(thing("list").objectKey()).isEqualTo("$.items");
    assertThat(thing("list").operation().success()).isEqualTo("2XX");
    assertThat(thing("list").responseMediaType()).isEqualTo("application/vnd.acme+json");
    assertThat(columns(thing("list"))).containsExactly("column_anon");
  }

  @Test
  void unitesAlternativesAndKeepsThoseOfAnotherTypeApart() {
    assertThat(columns(thing("pets"))).containsExactly("name", "lives", "Dog_lives");
    assertThat(thing("pets").columns().getLast().key()).isEqualTo("lives");
  }

  @Test
  void hasNoSchemaWhereThePairOfStatusAndMediaTypeIsNotDeclared() {
    assertThat(thing("restore").responseSchema()).isNull();
    assertThat(thing("restore").columns()).isEmpty();
  }

  @Test
  void inheritsPaginationFromTheNearest() {
    assertThat(widget("list").pagination())
        .isEqualTo(
            new Pagination(
                Pagination.Algorithm.PAGE_NUMBER,
                new Pagination.Token("page", Pagination.Location.QUERY),
                new Pagination.Token("$.page", Pagination.Location.BODY),
                new Pagination.Token("$.pages", Pagination.Location.BODY)));
    assertThat(Objects.requireNonNull(thing("list").pagination()).request().key())
        .isEqualTo("cursor");
    assertThat(Objects.requireNonNull(thing("pets").pagination()).request().location())
        .isEqualTo(Pagination.Location.REQUEST);
  }

  @Test
  void readsOurExtensionsWhereTheyApply() {
    Method list = widget("list");
    assertThat(list.pageSize()).isEqualTo(new PageSize("page_size", 500));
    assertThat(list.total()).isEqualTo(new Pagination.Token("$.results", Pagination.Location.BODY));
    assertThat(list.filter())
        .isEqualTo(new FilterSpec("linode", Location.HEADER, "X-Filter", List.of("id", "label")));
    assertThat(widget("get").filter()).isNull();
    assertThat(widget("get").pageSize()).isNull();
  }

  @Test
  void knowsWhetherACredentialIsNeeded() {
    assertThat(widget("list").credential()).isEqualTo(CredentialUse.NONE);
    assertThat(widget("create").credential()).isEqualTo(CredentialUse.OPTIONAL);
    assertThat(widget("create").scopes()).containsExactly("widgets:write", "widgets:read");
    assertThat(widget("get").credential()).isEqualTo(CredentialUse.REQUIRED);
    assertThat(widget("get").scopes()).containsExactly("widgets:read");
    assertThat(thing("list").credential()).isEqualTo(CredentialUse.REQUIRED);
  }

  @Test
  void describesMethods() {
    assertThat(widget("list").description()).isEqualTo("Lists the widgets of a tenant.");
    assertThat(widget("create").description()).isEqualTo("Make a widget");
    assertThat(widget("create").deprecated()).isTrue();
  }

  @Test
  void readsHowCallsDifferFromPlainOpenApi() {
    Wire wire = thing("list").wire();
    assertThat(wire.casing()).isEqualTo(Wire.Casing.PASCAL);
    assertThat(wire.base()).isEqualTo("{}");
    assertThat(wire.otherwise()).isEqualTo("{\"MaxItems\": 5}");
    assertThat(wire.responseTransform())
        .isEqualTo(new Wire.Transform("golang_template_json_v0.3.0", "{{ toJson . }}"));
    assertThat(wire.overrideMediaType()).isEqualTo("application/json");
    assertThat(wire.formPost()).isTrue();
    assertThat(wire.numberedLists()).isTrue();
    assertThat(wire.dropsDoubleUnderscore()).isFalse();
    assertThat(wire.protocol()).isEqualTo("query");
    assertThat(wire.signingName()).isEqualTo("targets");
    assertThat(widget("get").wire()).isEqualTo(Wire.PLAIN);
  }

  @Test
  void collectsProblemsAndGoesOn(@TempDir Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve("acme/v1"));
    Files.writeString(
        folder.resolve("provider.yaml"),
        """
        name: acme
        providerServices:
          broken: { service: { $ref: acme/v1/broken.yaml } }
          nowhere: { title: No document }
          missing: { service: { $ref: acme/v1/missing.yaml } }
        """);
    Files.writeString(
        folder.resolve("broken.yaml"),
        """
        paths:
          /a:
            get:
              responses:
                '200':
                  content:
                    application/json: { schema: { $ref: '#/components/schemas/Absent' } }
        components:
          x-stackQL-resources:
            things:
              methods:
                good:
                  operation: { $ref: '#/paths/~1a/get' }
                lost:
                  operation: { $ref: '#/paths/~1b/get' }
              sqlVerbs:
                select: [ { $ref: '#/components/x-stackQL-resources/things/methods/lost' } ]
        """);
    DocumentLoader broken = new DocumentLoader(root, folder);
    Provider provider = broken.load();
    assertThat(provider.service("broken").resource("things").methods())
        .extracting(Method::name)
        .containsExactly("good");
    assertThat(broken.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "acme/v1/provider.yaml#/providerServices/nowhere: The service names no document.",
            "acme/v1/broken.yaml#/paths/~1a/get/responses/200/content/application~1json/schema:"
                + " `#/components/schemas/Absent` leads nowhere.",
            "acme/v1/broken.yaml#/components/x-stackQL-resources/things/methods/lost/operation/$ref:"
                + " There is no operation `#/paths/~1b/get`.",
            "acme/v1/broken.yaml#/components/x-stackQL-resources/things/sqlVerbs/select/0:"
                + " The resource has no method `lost`.");
    assertThatThrownBy(() -> provider.service("missing"))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT))
        .hasMessageContaining("`acme/v1/missing.yaml`");
  }

  @Test
  void readsTheChainOfViews() {
    assertThat(acme.service("targets").resource("vw_things").views())
        .containsExactly(
            new View(
                "sqlite3",
                List.of("thing", "region"),
                "SELECT JSON_EXTRACT(tags, '$.a') AS a FROM acme.targets.things"),
            new View("postgres", List.of(), "SELECT tags FROM acme.targets.things;"),
            new View("", List.of(), "SELECT * FROM acme.targets.things"));
    assertThat(widgets().views()).isEmpty();
  }

  @Test
  void namesOfViewParametersAreTheSameInAnyCase() {
    View view = acme.service("targets").resource("vw_things").views().getFirst();
    assertThat(view.missing(Set.of("REGION"))).containsExactly("thing");
    assertThat(view.missing(Set.of("region", "Thing", "other"))).isEmpty();
  }
}
