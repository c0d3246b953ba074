package dev.isobar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Resource;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The requests that small documents lead to.
class DocumentedRequestsTest {
  @TempDir Path root;
  private String servers = "[ { url: https://api.acme.example/base } ]";
  private String info = "{}";
  private String schemas = "";

  /// @param path the path key, then the operation in flow style without its braces
  private Resource resource(String method, String verb, String path, String operation)
      throws IOException {
    Path folder = Files.createDirectories(root.resolve("acme/v1"));
    Files.writeString(
        folder.resolve("provider.yaml"),
        "{name: acme, providerServices: {s: {service: {$ref: acme/v1/s.yaml}}}}");
    String pointer = "'#/paths/" + path.replace("/", "~1") + "/" + verb + "'";
    Files.writeString(
        folder.resolve("s.yaml"),
        """
        info: %s
        servers: %s
        paths: { '%s': { %s: { operationId: MakeThing, %s } } }
        components:
          schemas: { %s }
          x-stackQL-resources:
            things: { methods: { m: { operation: { $ref: %s } %s } } }
        """
            .formatted(info, servers, path, verb, operation, schemas, pointer, method));
    return new DocumentLoader(root, folder).load().service("s").resource("things");
  }

  private Request request(
      String method,
      String verb,
      String path,
      String operation,
      Map<String, @Nullable Object> values)
      throws IOException {
    Resource things = resource(method, verb, path, operation);
    return new Requests("acme", things.method("m")).request(values, null);
  }

  private static String header(Request request, String name) {
    List<String> values =
        request.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase(name))
            .map(Request.Pair::value)
            .toList();
    assertThat(values).hasSizeLessThanOrEqualTo(1);
    return String.join("", values);
  }

  private static String body(String schema) {
    return "requestBody: { content: { application/json: { schema: " + schema + " } } }";
  }

  private static final String NAIVE = ", config: { requestBodyTranslate: { algorithm: naive } }";

  @Test
  void awsJsonIsSentByHeadersThatNobodyWrites() throws IOException {
    servers = "[ { url: 'https://things.{region}.acme.example', variables: { region: {} } } ]";
    Request request =
        request(
            ", request: { nativeCasing: pascal, mediaType: application/x-amz-json-1.1, base: '{}' }"
                + NAIVE,
            "post",
            "/?Action=List&Version=1",
            "parameters: [ { name: X-Amz-Target, in: header, schema: { default: Things.List } },"
                + " { name: content-type, in: header, schema: { default: text/plain } } ], "
                + body("{ properties: { MaxItems: { type: integer } } }"),
            Map.of("region", "eu-1", "max_items", "5"));
    assertThat(request.url()).isEqualTo("https://things.eu-1.acme.example/?Action=List&Version=1");
    assertThat(header(request, "X-Amz-Target")).isEqualTo("Things.List");
    assertThat(header(request, "Content-Type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(request.body()).isEqualTo("{\"MaxItems\":5}");
  }

  @Test
  void queryDefaultsAreNotSent() throws IOException {
    Request request =
        request(
            "",
            "get",
            "/a",
            "parameters: [ { name: q, in: query, schema: { default: 5 } } ]",
            Map.of());
    assertThat(request.url()).isEqualTo("https://api.acme.example/base/a");
  }

  @Test
  void fieldsAreMergedOverTheBase() throws IOException {
    String operation =
        body("{ properties: { Kind: {}, Inner: { type: object, properties: { a: {}, b: {} } } } }");
    String base = ", request: { base: '{\"Kind\": \"K\", \"Inner\": {\"b\": 1}}' }";
    String inside = ", config: { requestBodyTranslate: { algorithm: naive_Inner } }";
    assertThat(request(base, "post", "/a", operation, Map.of()).body())
        .isEqualTo("{\"Kind\":\"K\",\"Inner\":{\"b\":1}}");
    assertThat(request(base + inside, "post", "/a", operation, Map.of("a", "x")).body())
        .isEqualTo("{\"Kind\":\"K\",\"Inner\":{\"b\":1,\"a\":\"x\"}}");
    assertThat(request(base + NAIVE, "post", "/a", operation, Map.of("Kind", "L")).body())
        .isEqualTo("{\"Kind\":\"L\",\"Inner\":{\"b\":1}}");
  }

  @Test
  void theDefaultBodyIsSentWhereNothingIsGiven() throws IOException {
    String operation = body("{ properties: { a: {} } }");
    String method = ", request: { default: \"'{\\\"a\\\": 1}'\" }";
    assertThat(request(method, "post", "/a", operation, Map.of()).body()).isEqualTo("{\"a\":1}");
    assertThat(request(method, "post", "/a", operation, Map.of("data__a", "x")).body())
        .isEqualTo("{\"a\":\"x\"}");
  }

  @Test
  void anObjectMayHaveToBeAString() throws IOException {
    String state =
        "{ type: object, x-stackQL-stringOnly: true, properties: { n: { type: integer },"
            + " patch: { type: array, x-stackQL-stringOnly: true } } }";
    Request request =
        request(
            ", config: { requestBodyTranslate: { algorithm: naive_State } }",
            "post",
            "/a",
            body("{ properties: { State: " + state + " } }"),
            Map.of("n", 1L, "patch", "[{\"op\": \"add\"}]"));
    assertThat(Json.parse(String.valueOf(request.body())))
        .isEqualTo(Map.of("State", "{\"n\":1,\"patch\":\"[{\\\"op\\\":\\\"add\\\"}]\"}"));
  }

  @Test
  void theQueryMayTravelAsAForm() throws IOException {
    info = "{ x-protocol: query }";
    String config =
        ", config: { queryParamTranspose: { algorithm: AWSCanonical },"
            + " requestTranslate: { algorithm: get_query_to_post_form_utf_8 } }";
    String operation = "parameters: [ { name: Tags, in: query, schema: { type: array } } ]";
    Request request =
        request(
            config,
            "get",
            "/?Action=Tag&Version=1",
            operation,
            Map.of("Tags", "[{\"Key\": \"a b\", \"Values\": [1, 2]}]"));
    assertThat(request.verb()).isEqualTo("POST");
    assertThat(request.url()).isEqualTo("https://api.acme.example/base/");
    assertThat(header(request, "Content-Type"))
        .isEqualTo("application/x-www-form-urlencoded; charset=utf-8");
    assertThat(request.body())
        .isEqualTo(
            "Action=Tag&Version=1&Tags.member.1.Key=a%20b"
                + "&Tags.member.1.Values.member.1=1&Tags.member.1.Values.member.2=2");
    assertThat(request(config, "get", "/", operation, Map.of("Tags", "[{\"member\": [1]}]")).body())
        .isEqualTo("Tags.member.1.member.1=1");
  }

  @Test
  void entriesOfMapsAreNumberedAndMembersOfStructuresAreNot() throws IOException {
    info = "{ x-protocol: query }";
    String config = ", config: { queryParamTranspose: { algorithm: AWSCanonical } }";
    String operation =
        "parameters: [ { name: Labels, in: query, schema: { type: object, properties: {} } },"
            + " { name: Box, in: query, schema: { type: object, properties: { Size: {}, Labels: {"
            + " type: object } } } } ]";
    assertThat(
            request(config, "get", "/", operation, Map.of("Labels", "{\"a\": \"b\", \"c\": 1}"))
                .url())
        .endsWith(
            "?Labels.entry.1.key=a&Labels.entry.1.value=b"
                + "&Labels.entry.2.key=c&Labels.entry.2.value=1");
    assertThat(
            request(
                    config,
                    "get",
                    "/",
                    operation,
                    Map.of("Box", "{\"Size\": 1, \"Labels\": {\"a\": \"b\"}}"))
                .url())
        .endsWith("?Box.Size=1&Box.Labels.entry.1.key=a&Box.Labels.entry.1.value=b");
    String said = "{\"entry\": [{\"key\": \"a\", \"value\": \"b\"}]}";
    assertThat(request(config, "get", "/", operation, Map.of("Labels", said)).url())
        .endsWith("?Labels.entry.1.key=a&Labels.entry.1.value=b");
    info = "{ x-protocol: ec2 }";
    assertThat(request(config, "get", "/", operation, Map.of("Labels", "{\"a\": \"b\"}")).url())
        .endsWith("?Labels.a=b");
  }

  @Test
  void listsAreNumberedInTheWayOfEc2() throws IOException {
    info = "{ x-protocol: ec2 }";
    Request request =
        request(
            ", config: { queryParamTranspose: { algorithm: AWSCanonical } }",
            "get",
            "/",
            "parameters: [ { name: Filter, in: query, schema: { type: array } } ]",
            Map.of("Filter", "[{\"Name\": \"n\", \"Value\": [\"v\"]}]"));
    assertThat(request.url())
        .isEqualTo("https://api.acme.example/base/?Filter.1.Name=n&Filter.1.Value.1=v");
  }

  @Test
  void aSlashIsAPartOfTheValueInAwssRestProtocols() throws IOException {
    String operation =
        "parameters: [ { name: arn, in: path, required: true, schema: { type: string } } ]";
    Map<String, @Nullable Object> arn = Map.of("arn", "arn:a/b");
    assertThat(request("", "get", "/tags/{arn}", operation, arn).url()).endsWith("/tags/arn:a/b");
    for (String protocol : List.of("rest-json", "rest-xml")) {
      info = "{ x-protocol: " + protocol + " }";
      assertThat(request("", "get", "/tags/{arn}", operation, arn).url())
          .endsWith("/tags/arn:a%2Fb");
      info = "{ x-protocol: " + protocol + ", x-serviceName: s3 }";
      assertThat(request("", "get", "/tags/{arn}", operation, arn).url()).endsWith("/tags/arn:a/b");
    }
  }

  @Test
  void parametersThatOnlyTellOperationsApartAreNotSent() throws IOException {
    String drop = ", config: { requestTranslate: { algorithm: drop_double_underscore_params } }";
    String path = "/a?__Bucket&x=1&__more=true&acl";
    assertThat(request(drop, "get", path, "", Map.of()).url()).endsWith("/base/a?x=1&acl");
    assertThat(request("", "get", path, "", Map.of()).url())
        .endsWith("/base/a?__Bucket&x=1&__more=true&acl");
  }

  @Test
  void xmlIsCalledAsItsSchemaSays() throws IOException {
    schemas =
        "Zone: { properties: { Name: {}, Tags: { type: array, items: { xml: { name: Tag } },"
            + " xml: { wrapped: true } }, Id: { xml: { attribute: true, name: id } },"
            + " Port: { type: array, items: { type: integer } } } }";
    String operation =
        "requestBody: { content: { application/xml: { schema: { $ref: '#/components/schemas/Zone' }"
            + " } } }";
    Request request =
        request(
            NAIVE,
            "post",
            "/a",
            operation,
            Map.of("Name", "a<b&c", "Tags", "[\"x\", \"y\"]", "Id", "7\"", "Port", "[1, 2]"));
    assertThat(header(request, "Content-Type")).isEqualTo("application/xml");
    assertThat(request.body())
        .isEqualTo(
            "<Zone id=\"7&quot;\"><Name>a&lt;b&amp;c</Name><Tags><Tag>x</Tag><Tag>y</Tag></Tags>"
                + "<Port>1</Port><Port>2</Port></Zone>");
  }

  @Test
  void xmlOfASchemaWithoutANameIsARequestOrItsOneStructure() throws IOException {
    schemas = "Rules: { type: object, properties: { Rule: {} } }";
    String operation =
        "requestBody: { content: { text/xml: { schema: { properties: {"
            + " Rules: { $ref: '#/components/schemas/Rules' }, Name: {} } } } } }";
    assertThat(request(NAIVE, "post", "/a", operation, Map.of("Name", "n")).body())
        .isEqualTo("<MakeThingRequest><Name>n</Name></MakeThingRequest>");
    assertThat(
            request(NAIVE, "post", "/a", operation, Map.of("Rules", "{\"Rule\": [1, 2]}")).body())
        .isEqualTo("<Rules><Rule>1</Rule><Rule>2</Rule></Rules>");
    info = "{ x-serviceName: route53 }";
    assertThat(request(NAIVE, "post", "/a", operation, Map.of("Rules", "{\"@a\": 1}")).body())
        .isEqualTo("<MakeThingRequest><Rules a=\"1\"></Rules></MakeThingRequest>");
  }

  @Test
  void xmlIsDressedAsTheMethodSays() throws IOException {
    schemas = "Zone: { properties: { Raw: {} } }";
    String operation =
        "requestBody: { content: { application/xml: { schema: { $ref: '#/components/schemas/Zone' }"
            + " } } }";
    String method =
        ", request: { xmlDeclaration: '<?xml version=\"1.0\"?>', xmlTransform: unescape,"
            + " xmlRootAnnotation: 'xmlns=\"urn:a\"' }";
    assertThat(request(method + NAIVE, "post", "/a", operation, Map.of("Raw", "<b/>")).body())
        .isEqualTo("<?xml version=\"1.0\"?><Zone xmlns=\"urn:a\"><Raw><b/></Raw></Zone>");
  }

  @Test
  void elementsNeedNames() {
    schemas = "Zone: { type: object }";
    String operation =
        "requestBody: { content: { application/xml: { schema: { $ref: '#/components/schemas/Zone' }"
            + " } } }";
    assertThatThrownBy(
            () -> request("", "post", "/a", operation, Map.of("@@json", "{\"a><b\": 1}")))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER));
  }

  @Test
  void formsAreEncoded() throws IOException {
    Request request =
        request(
            NAIVE,
            "post",
            "/a",
            "requestBody: { content: { application/x-www-form-urlencoded: { schema: { properties: {"
                + " a: {}, b: { type: array }, c: { type: object } } } } } }",
            Map.of("a", "x y&z", "b", "[1, 2]", "c", "{\"d\": true}"));
    assertThat(request.body()).isEqualTo("a=x%20y%26z&b=1&b=2&c%5Bd%5D=true");
    assertThat(header(request, "Content-Type")).isEqualTo("application/x-www-form-urlencoded");
  }

  @Test
  void filesAreParts() throws IOException {
    Request request =
        request(
            NAIVE,
            "post",
            "/a",
            "requestBody: { content: { multipart/form-data: { schema: { properties: { a: {},"
                + " file: { type: string, format: binary }, meta: { type: object } } } } } }",
            Map.of("a", "x", "file", "line\r\nline", "meta", "{\"b\": 1}"));
    String type = header(request, "Content-Type");
    String boundary = type.substring("multipart/form-data; boundary=".length());
    assertThat(request.body())
        .isEqualTo(
            """
            --B
            Content-Disposition: form-data; name="a"

            x
            --B
            Content-Disposition: form-data; name="file"; filename="file"
            Content-Type: application/octet-stream

            line
            line
            --B
            Content-Disposition: form-data; name="meta"
            Content-Type: application/json

            {"b":1}
            --B--
            """
                .replace("\n", "\r\n")
                .replace("--B", "--" + boundary));
  }

  @Test
  void aWholeBodyIsGivenUnderItsOwnName() throws IOException {
    String list = body("{ type: array, items: { type: string } }");
    assertThat(request("", "post", "/a", list, Map.of("@@json", "[\"x\"]")).body())
        .isEqualTo("[\"x\"]");
    String text = "requestBody: { content: { text/plain: { schema: { type: string } } } }";
    Request request = request("", "put", "/a", text, Map.of("@@json", "\"a\\nb\""));
    assertThat(request.body()).isEqualTo("a\nb");
    assertThat(header(request, "Content-Type")).isEqualTo("text/plain");
    assertThatThrownBy(() -> request("", "post", "/a", list, Map.of("@@json", "[")))
        .hasMessageContaining("is not JSON");
  }

  @Test
  void aBodyThatIsNeededIsAskedFor() {
    String list = body("{ type: array }").replace("{ content", "{ required: true, content");
    assertThatThrownBy(() -> request("", "post", "/a", list, Map.of()))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MISSING_REQUIRED_PARAMETER);
              assertThat(e.hint()).contains("@@json");
            });
  }

  @Test
  void theFirstServerThatTakesTheValuesIsCalled() throws IOException {
    servers =
        """
        [ { url: 'https://{region}.acme.example', variables: { region: { enum: [ eu ] } } },
          { url: 'https://{region}.acme.example.cn', variables: { region: { enum: [ cn ] } } },
          { url: '{protocol}://{host}', variables: { protocol: { default: https } } } ]
        """
            .replace("\n", " ");
    assertThat(request("", "get", "/a", "", Map.of("region", "eu")).url())
        .isEqualTo("https://eu.acme.example/a");
    assertThat(request("", "get", "/a", "", Map.of("region", "cn")).url())
        .isEqualTo("https://cn.acme.example.cn/a");
    assertThat(request("", "get", "/a", "", Map.of("region", "us")).url())
        .isEqualTo("https://us.acme.example/a");
    assertThat(request("", "get", "/a", "", Map.of("host", "h.example")).url())
        .isEqualTo("https://h.example/a");
    assertThatThrownBy(
            () -> request("", "get", "/a", "", Map.of("host", "h.example", "protocol", "file")))
        .isInstanceOf(IsobarException.class);
  }

  @Test
  void aServerTakesTheValueOfAParameterOfItsName() throws IOException {
    servers = "[ { url: 'https://{bucket}.acme.example' } ]";
    assertThat(
            request(
                    "",
                    "get",
                    "/a",
                    "parameters: [ { name: bucket, in: query, schema: { type: string } } ]",
                    Map.of("bucket", "b"))
                .url())
        .isEqualTo("https://b.acme.example/a?bucket=b");
  }

  @Test
  void theEnvironmentGivesAVariableThatTheStatementDoesNot() throws IOException {
    servers =
        "[ { url: 'https://acme.example/{org}', variables: { org: { x-stackQL-envVar: ORG } } } ]";
    Resource things = resource("", "get", "/a", "");
    assertThat(things.inEnvironment(_ -> null).method("m").requiredInputs()).hasSize(1);
    Resource set = things.inEnvironment(Map.of("ORG", "o1")::get);
    assertThat(set.method("m").requiredInputs()).isEmpty();
    Requests requests = new Requests("acme", set.method("m"));
    assertThat(requests.request(Map.of(), null).url()).isEqualTo("https://acme.example/o1/a");
    assertThat(requests.request(Map.of("org", "o2"), null).url())
        .isEqualTo("https://acme.example/o2/a");
  }

  @Test
  void anIdMayHoldASlashThatIsNoneOfThePath() throws IOException {
    String path = "/a/{id}/b";
    assertThat(request("", "get", path, "", Map.of("id", "x%2Fy/z%20")).url())
        .endsWith("/base/a/x%2Fy/z%2520/b");
  }

  @Test
  void anAddressIsAnAddress() {
    servers = "[ { url: '/relative' } ]";
    assertThatThrownBy(() -> request("", "get", "/a", "", Map.of()))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT));
  }

  @Test
  void whatTheStatementGivesComesBeforeWhatFollows() throws IOException {
    Request request =
        request(
            ", response: { mediaType: application/json, openAPIDocKey: '200' }",
            "get",
            "/a",
            "parameters: [ { name: accept, in: header, schema: { default: a/b } } ],"
                + " responses: { '200': { content: { application/json: {} } } }",
            Map.of("accept", "c/d"));
    assertThat(header(request, "Accept")).isEqualTo("c/d");
  }
}
