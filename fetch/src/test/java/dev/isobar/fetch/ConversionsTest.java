package dev.isobar.fetch;

import static dev.isobar.fetch.Fixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.Pagination.Location;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire;
import dev.isobar.model.ColumnType;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.plan.Call;
import dev.isobar.plan.GraphQlRequests;
import dev.isobar.plan.ScanColumn;
import dev.isobar.plan.Split;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Answers that are no plain JSON, or that their documents transform.
class ConversionsTest {
  private static final String JSON = "golang_template_json_v0.3.0";

  private static Schema object(Object... properties) {
    Schema.Builder schema = new Schema.Builder();
    schema.type = "object";
    for (int i = 0; i < properties.length; i += 2) {
      schema.properties.put(
          (String) properties[i],
          properties[i + 1] instanceof Schema nested
              ? nested
              : Samples.schema((String) properties[i + 1]));
    }
    return schema.build();
  }

  private static Schema list(Schema items) {
    Schema.Builder schema = new Schema.Builder();
    schema.type = "array";
    schema.items = items;
    return schema.build();
  }

  private static Wire transform(String type, String body, String protocol) {
    return new Wire(
        Wire.Casing.NONE,
        null,
        null,
        null,
        new Wire.Transform(type, body),
        "application/json",
        false,
        false,
        false,
        null,
        protocol,
        "",
        null,
        List.of());
  }

  private static Wire graphQl(String url, String query, String rows, Wire.Cursor cursor) {
    return new Wire(
        Wire.Casing.NONE,
        null,
        null,
        null,
        null,
        null,
        false,
        false,
        false,
        null,
        "",
        "",
        new Wire.GraphQl(url, "POST", query, rows, cursor),
        List.of());
  }

  private static Reply reply(String type, String text) {
    return Reply.json("").header("Content-Type", type).body(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<List<@Nullable Object>> rows(
      Method method, List<ScanColumn> columns, Reply reply) throws Exception {
    try (var fixture = new Fixture(_ -> reply)) {
      return fixture.read(fixture.scan(method, columns, fixture.split("/things"))).rows();
    }
  }

  private static ScanColumn text(String name) {
    return Fixture.column(name, ColumnType.VARCHAR);
  }

  private static ScanColumn whole(String name) {
    return Fixture.column(name, ColumnType.BIGINT);
  }

  @Test
  void transformsJson() throws Exception {
    String body =
        "{\"rows\":[{{ range $i, $t := index . \"things\" }}{{ if $i }},{{ end }}"
            + "{\"name\":{{ toJson (index $t \"n\") }},\"size\":{{ toJson (index $t \"s\") }}}{{ end }}]}";
    Method method =
        Samples.method("list", "/things").rowsAt("$.rows").wire(transform(JSON, body, "")).build();
    assertThat(
            rows(
                method,
                List.of(text("name"), whole("size")),
                Reply.json("{\"things\":[{\"n\":\"a\",\"s\":9007199254740993},{\"n\":\"b\"}]}")))
        .containsExactly(List.of("a", 9007199254740993L), java.util.Arrays.asList("b", null));
  }

  @Test
  void aTransformThatFailsIsAFailedPage() {
    Method method =
        Samples.method("list", "/things")
            .rowsAt("$.rows")
            .wire(transform(JSON, "{{ index (index . \"absent\") \"x\" }}", ""))
            .build();
    assertThatThrownBy(() -> rows(method, List.of(text("name")), Reply.json("{\"things\":[]}")))
        .isInstanceOf(IsobarException.class)
        .hasMessageContaining("its document's transform of the answer failed: line 1");
  }

  @Test
  void aTransformThatMakesNothingIsAFailedPage() {
    Method method =
        Samples.method("list", "/things")
            .rowsAt("$.rows")
            .wire(transform(JSON, "{{ if .absent }}x{{ end }}", ""))
            .build();
    assertThatThrownBy(() -> rows(method, List.of(text("name")), Reply.json("{\"things\":[]}")))
        .isInstanceOf(IsobarException.class)
        .hasMessageContaining("makes nothing of the answer");
  }

  @Test
  void takesTheTokenFromTheAnswerBeforeItsTransform() throws Exception {
    Method method =
        Samples.method("list", "/things")
            .rowsAt("$.rows")
            .paged(
                new Pagination(
                    Pagination.Algorithm.TOKEN,
                    new Pagination.Token("at", Location.QUERY),
                    new Pagination.Token("$.next", Location.BODY),
                    null))
            .wire(transform("golang_template_text_v0.3.0", "{\"rows\":[{\"id\":1}]}", ""))
            .build();
    try (var fixture =
        new Fixture(request ->
            Reply.json(
                request.number("at", 0) < 2
                    ? "{\"next\":" + (request.number("at", 0) + 1) + "}"
                    : "{}"))) {
      assertThat(fixture.read(fixture.ids(method)).first()).hasSize(3);
    }
  }

  @Test
  void flattensAsAzuresDocumentsDo() throws Exception {
    String body =
        "{\"value\":[{{ range $i, $r := index . \"value\" }}{{ if $i }},{{ end }}{"
            + "{{ range $k, $v := index $r \"properties\" }}{{ printf \"%q\" $k }}:{{ toJson $v }},{{ end }}"
            + "{{ range $k, $v := $r }}{{ printf \"%q\" $k }}:{{ toJson $v }},{{ end }}"
            + "\"_flattened\":true}{{ end }}],\"nextLink\":{{ toJson (index . \"nextLink\") }}}";
    Method method =
        Samples.method("list", "/things").rowsAt("$.value").wire(transform(JSON, body, "")).build();
    try (var fixture =
        new Fixture(request ->
            Reply.json(
                request.number("p", 1) == 1
                    ? "{\"value\":[{\"name\":\"a\",\"properties\":{\"name\":\"inner\",\"id\":1}}],"
                        + "\"nextLink\":\"/things?p=2\"}"
                    : "{\"value\":[{\"name\":\"b\",\"properties\":{\"id\":2}}]}"))) {
      var read =
          fixture.read(
              fixture.scan(method, List.of(whole("id"), text("name")), fixture.split("/things")));
      // Of two keys the last counts.
      assertThat(read.rows()).containsExactly(List.of(1L, "a"), List.of(2L, "b"));
      assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
    }
  }

  private static Method aws(String protocol) {
    Schema row = object("Name", "string", "Size", "integer", "Tags", "array", "Public", "boolean");
    return Samples.method("list", "/things")
        .rowsAt("$.line_items")
        .returns(object("line_items", list(row)))
        .wire(transform("schema_driven_xml_v0.1.0", "", protocol))
        .build();
  }

  private static final List<ScanColumn> AWS_COLUMNS =
      List.of(
          text("Name"),
          whole("Size"),
          Fixture.column("Tags", ColumnType.JSON),
          Fixture.column("Public", ColumnType.BOOLEAN));

  @Test
  void findsRowsOfTheQueryProtocol() throws Exception {
    String xml =
        "<ListThingsResponse xmlns=\"http://aws.example/\"><ListThingsResult><Things>"
            + "<member><Name>a</Name><Size>5</Size><Tags><member>x</member><member>y</member></Tags>"
            + "<Public>true</Public></member>"
            + "<member><Name>b &amp; c</Name><Size/><Public>false</Public></member>"
            + "</Things></ListThingsResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>"
            + "</ListThingsResponse>";
    assertThat(rows(aws("query"), AWS_COLUMNS, reply("text/xml", xml)))
        .containsExactly(
            List.of("a", 5L, "{\"member\":[\"x\",\"y\"]}", true),
            java.util.Arrays.asList("b & c", null, null, false));
  }

  @Test
  void findsOneRowAndNoneOfTheQueryProtocol() throws Exception {
    String one = "<R><RResult><Things><member><Name>a</Name></member></Things></RResult></R>";
    String none = "<R><RResult><Things/></RResult></R>";
    String single = "<R><RResult><Name>only</Name><Size>3</Size></RResult></R>";
    assertThat(rows(aws("query"), List.of(text("Name")), reply("text/xml", one)))
        .containsExactly(List.of("a"));
    assertThat(rows(aws("query"), List.of(text("Name")), reply("text/xml", none))).isEmpty();
    assertThat(rows(aws("query"), List.of(text("Name"), whole("Size")), reply("text/xml", single)))
        .containsExactly(List.of("only", 3L));
  }

  @Test
  void findsRowsOfEc2AndRestXml() throws Exception {
    String ec2 =
        "<DescribeThingsResponse><requestId>x</requestId><thingSet><item><Name>a</Name></item>"
            + "<item><Name>b</Name></item></thingSet></DescribeThingsResponse>";
    String rest =
        "<?xml version=\"1.0\"?><ListAll><Owner><ID>1</ID></Owner><Things><Thing><Name>a</Name>"
            + "</Thing><Thing><Name>b</Name></Thing></Things></ListAll>";
    for (String xml : List.of(ec2, rest)) {
      assertThat(rows(aws("ec2"), List.of(text("Name")), reply("text/xml", xml)))
          .containsExactly(List.of("a"), List.of("b"));
    }
  }

  @Test
  void anEmptyElementBesideTheListHidesNoRows() throws Exception {
    String siblings =
        "<ListVersionsResult><KeyMarker/><Prefix></Prefix><Version><Name>a</Name></Version>"
            + "<Version><Name>b</Name></Version></ListVersionsResult>";
    String wrapped =
        "<ListZonesResponse><Marker/><Delegation><Set><Id>1</Id></Set></Delegation>"
            + "<zoneSet><item><Name>a</Name></item><item><Name>b</Name></item></zoneSet>"
            + "</ListZonesResponse>";
    for (String xml : List.of(siblings, wrapped)) {
      assertThat(rows(aws("rest-xml"), List.of(text("Name")), reply("text/xml", xml)))
          .containsExactly(List.of("a"), List.of("b"));
    }
    assertThat(
            rows(
                aws("rest-xml"),
                List.of(text("Name")),
                reply("text/xml", "<ListZonesResponse><Marker/><Zones/></ListZonesResponse>")))
        .isEmpty();
  }

  @Test
  void textsInTheListAreNoRowsThatCouldBeLeftOut() {
    String xml = "<ListResponse><Names><member>a</member><member>b</member></Names></ListResponse>";
    assertThatThrownBy(() -> rows(aws("ec2"), List.of(text("Name")), reply("text/xml", xml)))
        .hasMessageContaining("holds texts where its schema has rows");
  }

  @Test
  void xmlIsReadInTheCharsetThatTheHeaderNamesOrElseItself() throws Exception {
    String xml =
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><R><set><item><Name>é</Name></item>"
            + "</set></R>";
    byte[] latin = xml.getBytes(StandardCharsets.ISO_8859_1);
    byte[] wide = xml.getBytes(StandardCharsets.UTF_16LE);
    for (Reply reply :
        List.of(
            reply("text/xml", "").body(latin),
            reply("text/xml; charset=ISO-8859-1", "").body(latin),
            reply("text/xml; charset=utf-8", xml),
            reply("text/xml", "").body(wide),
            reply("text/xml; charset=utf-16le", "").body(wide))) {
      assertThat(rows(aws("ec2"), List.of(text("Name")), reply)).containsExactly(List.of("é"));
    }
  }

  @Test
  void aTemplateReadsThePictureThatItsDocumentDeclaresInBase64() throws Exception {
    Method picture =
        Samples.method("get", "/things")
            .accepts("image/*")
            .wire(transform("golang_template_text_v0.3.0", "[{\"contents\": {{ toJson . }}}]", ""))
            .build();
    byte[] bytes = {(byte) 0x89, 'P', 'N', 'G', (byte) 0xFF};
    assertThat(rows(picture, List.of(text("contents")), reply("image/png", "").body(bytes)))
        .containsExactly(List.of(Base64.getEncoder().encodeToString(bytes)));
  }

  @Test
  void bytesThatAreNoTextAreNotMadeText() throws Exception {
    Method transformed =
        Samples.method("get", "/things")
            .wire(transform("golang_template_text_v0.3.0", "[{\"contents\": {{ toJson . }}}]", ""))
            .build();
    Method plain = Samples.method("get", "/things").accepts("text/plain").build();
    byte[] marked = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a'};
    byte[] binary = {'a', (byte) 0xFF, 'b'};
    for (var each : Map.of("contents", transformed, "column_anon", plain).entrySet()) {
      List<ScanColumn> columns = List.of(text(each.getKey()));
      assertThat(rows(each.getValue(), columns, reply("text/plain", "").body(marked)))
          .containsExactly(List.of("a"));
      assertThatThrownBy(() -> rows(each.getValue(), columns, reply("text/plain", "").body(binary)))
          .hasMessageContaining("should be text, and holds bytes that are none in UTF-8");
    }
  }

  @Test
  void cutOffOrHostileXmlIsAFailedPage() {
    for (String xml :
        List.of(
            "<R><Things><item><Name>a</Name></item>",
            "<!DOCTYPE R [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><R><Name>&e;</Name></R>",
            "<!DOCTYPE R [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><R><Name>&b;</Name></R>",
            "<a>".repeat(100_000))) {
      assertThatThrownBy(() -> rows(aws("ec2"), List.of(text("Name")), reply("text/xml", xml)))
          .as(xml.substring(0, 20))
          .isInstanceOf(IsobarException.class)
          .hasMessageContaining("is not whole XML");
    }
  }

  @Test
  void givesXmlToTemplatesWithItsTypes() throws Exception {
    String xml =
        "<Things page=\"2\"><Thing id=\"1\">a</Thing><Thing id=\"2\">b</Thing><More>true</More>"
            + "<Rate>1.50</Rate></Things>";
    String body = "{\"rows\":[{\"all\":{{ toJson . }}}]}";
    Method method =
        Samples.method("list", "/things")
            .rowsAt("$.rows")
            .wire(transform("golang_template_mxj_v0.3.0", body, ""))
            .build();
    List<List<@Nullable Object>> rows =
        rows(
            method, List.of(Fixture.column("all", ColumnType.JSON)), reply("application/xml", xml));
    assertThat(Json.parse(String.valueOf(rows.getFirst().getFirst())))
        .isEqualTo(
            Json.parse(
                "{\"Things\":{\"-page\":2,\"Thing\":[{\"-id\":1,\"#text\":\"a\"},"
                    + "{\"-id\":2,\"#text\":\"b\"}],\"More\":true,\"Rate\":1.5}}"));
  }

  @Test
  void readsPlainXmlByItsSchema() throws Exception {
    Schema row = object("Name", "string", "Size", "integer");
    Method method =
        Samples.method("list", "/things")
            .accepts("application/xml")
            .rowsAt("$.Things")
            .returns(object("Things", list(row)))
            .build();
    String one = "<R><Things><Thing><Name>7</Name><Size>7</Size></Thing></Things></R>";
    assertThat(rows(method, List.of(text("Name"), whole("Size")), reply("application/xml", one)))
        .containsExactly(List.of("7", 7L));
  }

  @Test
  void readsAJsonValueALine() throws Exception {
    Method method = Samples.method("list", "/things").accepts("application/x-ndjson").build();
    assertThat(
            rows(
                method,
                List.of(whole("id")),
                reply("application/x-ndjson", "{\"id\":1}\n\n{\"id\":2}\r\n")))
        .containsExactly(List.of(1L), List.of(2L));
    assertThatThrownBy(() ->
            rows(
                method, List.of(whole("id")), reply("application/x-ndjson", "{\"id\":1}\n{\"id\"")))
        .isInstanceOf(IsobarException.class);
  }

  @Test
  void losesNothingOfBytes() throws Exception {
    Method method = Samples.method("get", "/things").accepts("image/png").build();
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xFF};
    Reply reply = Reply.json("").header("Content-Type", "image/png").body(png);
    assertThat(rows(method, List.of(text("column_anon")), reply))
        .containsExactly(List.of("iVBORwD/"));
  }

  private static final String QUERY =
      "query {\n  things(owner: \"{{ .owner }}\", first: 2{{ .cursor }}) { id }\n}";

  private static Method things(Fixture fixture, Wire.Cursor cursor) {
    return Samples.method("list", "/graphql")
        .input(Samples.input("owner", Input.Location.QUERY, true, "string"))
        .wire(graphQl(fixture.cloud.uri() + "/graphql", QUERY, "$.data.things.nodes[*]", cursor))
        .build();
  }

  private static Method things(Fixture fixture) {
    return things(fixture, new Wire.Cursor("cursor_after", "$.data.__no_cursor", "", null, 0));
  }

  private static String query(Received request) {
    return Json.parse(request.body()) instanceof Map<?, ?> body
        ? String.valueOf(body.get("query"))
        : "";
  }

  private static Fixture.Rows read(Fixture fixture, Method method, String owner)
      throws InterruptedException {
    return fixture.read(
        fixture.scan(
            method,
            List.of(whole("id")),
            new Split(
                Map.of("owner", owner),
                new GraphQlRequests(method).page(Map.of("owner", owner), null, null))));
  }

  /// Two rows a page, five in all, after the number that the query holds.
  private static Reply page(String strategy, String query) {
    int from = query.contains("4") ? 4 : query.matches(".*first: 2,.*2.*") ? 2 : 0;
    boolean last = from == 4;
    String rows = last ? "{\"id\":5}" : "{\"id\":" + (from + 1) + "},{\"id\":" + (from + 2) + "}";
    if (last && strategy.equals("keyset")) {
      rows = "";
    }
    return Reply.json(
        "{\"data\":{\"things\":{\"nodes\":["
            + rows
            + "],\"end\":"
            + (last ? null : "\"" + (from + 2) + "\"")
            + ",\"more\":"
            + !last
            + "}}}");
  }

  @Test
  void goesOnByTheCursorOfAGraphQlPage() throws Exception {
    for (Wire.Cursor cursor :
        List.of(
            new Wire.Cursor("page_info", "$.data.things.end", "", "$.data.things.more", 0),
            new Wire.Cursor("cursor_after", "$.data.things.end", "", null, 0),
            new Wire.Cursor(
                "keyset", "$.data.things.nodes[-1:].id", ", id_gt: {{ .value }}", null, 0),
            new Wire.Cursor("offset", "$.data.none", "", null, 2))) {
      try (var fixture = new Fixture(request -> page(cursor.strategy(), query(request)))) {
        var read = read(fixture, things(fixture, cursor), "me");
        assertThat(read.first())
            .as(cursor.strategy())
            .isEqualTo(numbers(1, cursor.strategy().equals("keyset") ? 4 : 5));
        assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(fixture.cloud.received()).hasSize(3);
      }
    }
  }

  @Test
  void aValueNeverBecomesAPartOfTheQuery() throws Exception {
    try (var fixture = new Fixture(_ -> Reply.json("{\"data\":{\"things\":{\"nodes\":[]}}}"))) {
      read(fixture, things(fixture), "x\"){secret}}\n#\\");
      assertThat(query(fixture.cloud.received().getFirst()))
          .isEqualTo("query {\n  things(owner: \"x\\\"){secret}}\\n#\\\\\", first: 2) { id }\n}");
    }
  }

  @Test
  void saysSoWhenAQueryIsFullAndKnowsNoNextPage() throws Exception {
    try (var fixture =
        new Fixture(request ->
            Reply.json(
                query(request).contains("\"few\"")
                    ? "{\"data\":{\"things\":{\"nodes\":[{\"id\":1}]}}}"
                    : "{\"data\":{\"things\":{\"nodes\":[{\"id\":1},{\"id\":2}]}}}"))) {
      assertThat(read(fixture, things(fixture), "few").report().completeness())
          .isEqualTo(Completeness.COMPLETE);
      var full = read(fixture, things(fixture), "many");
      assertThat(full.first()).isEqualTo(numbers(1, 2));
      assertThat(full.report().completeness()).isEqualTo(Completeness.PARTIAL);
    }
  }

  @Test
  void errorsOfGraphQlFailThePage() {
    try (var fixture =
        new Fixture(
            _ -> Reply.json("{\"data\":null,\"errors\":[{\"message\":\"No such owner\"}]}"))) {
      assertThatThrownBy(() -> read(fixture, things(fixture), "x"))
          .isInstanceOf(IsobarException.class)
          .hasMessageContaining("the API answered `No such owner`");
    }
  }

  @Test
  void errorsOfGraphQlFailTheCall() {
    try (var fixture =
        new Fixture(
            _ -> Reply.json("{\"data\":null,\"errors\":[{\"message\":\"No such owner\"}]}"))) {
      Method method = things(fixture);
      Call call =
          new Call(
              fixture.provider(),
              Fixture.THINGS,
              method,
              new GraphQlRequests(method).page(Map.of("owner", "x"), null, null),
              false);
      assertThatThrownBy(() -> fixture.fetcher.call(call))
          .isInstanceOf(IsobarException.class)
          .hasMessageContaining("the API answered `No such owner`");
    }
  }

  @Test
  void followsASignThatTheTransformDrops() throws Exception {
    String body =
        "{\"value\":[{{ range $i, $r := index . \"value\" }}{{ if $i }},{{ end }}{{ toJson $r }}{{ end }}]}";
    Method method =
        Samples.method("list", "/things")
            .rowsAt("$.value")
            .input(Samples.input("cursor", Input.Location.QUERY, false, "string"))
            .wire(transform(JSON, body, ""))
            .build();
    for (String sign : List.of("odata.nextLink", "@odata.nextLink", "nextLink")) {
      try (var fixture =
          new Fixture(request ->
              Reply.json(
                  request.number("p", 1) == 1
                      ? "{\"value\":[{\"id\":1}],\"" + sign + "\":\"/things?p=2\"}"
                      // A structure where other APIs have a token is none.
                      : "{\"value\":[{\"id\":2}],\"next\":{\"id\":7}}"))) {
        var read = fixture.read(fixture.ids(method));
        assertThat(read.first()).as(sign).isEqualTo(numbers(1, 2));
        assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
      }
    }
  }

  @Test
  void anAnswerWithoutDataIsNoEmptyList() throws Exception {
    try (var fixture = new Fixture(_ -> Reply.json("{\"message\":\"Bad credentials\"}"))) {
      assertThatThrownBy(() -> read(fixture, things(fixture), "x"))
          .isInstanceOf(IsobarException.class)
          .hasMessageContaining("the answer has no `data`");
    }
    Wire.Cursor cursor = new Wire.Cursor("cursor_after", "$.data.__no_cursor", "", null, 0);
    try (var fixture = new Fixture(_ -> Reply.json("{\"data\":{\"things\":null}}"))) {
      Method method =
          Samples.method("list", "/graphql")
              .input(Samples.input("owner", Input.Location.QUERY, true, "string"))
              .wire(graphQl(fixture.cloud.uri() + "/graphql", QUERY, "$.data.things", cursor))
              .build();
      assertThat(read(fixture, method, "x").rows()).isEmpty();
    }
  }

  @Test
  void quotesNoSecretThatAnApiEchoes() {
    try (var fixture =
        new Fixture(request ->
            Reply.json(
                "{\"data\":null,\"errors\":[{\"message\":\"bad `"
                    + request.header("Authorization")
                    + "`\"}]}"))) {
      fixture.environment.put("ACME_TOKEN", "s3cret");
      Method method =
          Samples.method("list", "/graphql")
              .credential(Method.CredentialUse.REQUIRED)
              .input(Samples.input("owner", Input.Location.QUERY, true, "string"))
              .wire(things(fixture).wire())
              .build();
      assertThatThrownBy(() -> read(fixture, method, "x"))
          .isInstanceOf(IsobarException.class)
          .hasMessageContaining("`bad 'Bearer ***'`")
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void readsACallAsItReadsAPage() throws Exception {
    byte[] marked = "\uFEFF{\"id\":1}".getBytes(StandardCharsets.UTF_8);
    try (var fixture = new Fixture(_ -> Reply.json("").body(marked))) {
      Method method = Samples.method("make", "/things").verb("POST").build();
      Call call =
          new Call(fixture.provider(), Fixture.THINGS, method, fixture.get("/things"), false);
      assertThat(fixture.fetcher.call(call).rows()).containsExactly(Map.of("id", 1L));
    }
  }
}
