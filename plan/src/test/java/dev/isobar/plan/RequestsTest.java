package dev.isobar.plan;

import static dev.isobar.testing.Samples.input;
import static dev.isobar.testing.Samples.method;
import static dev.isobar.testing.Samples.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Input.Location;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.testing.Samples;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
  private static final String BASE = "https://api.acme.example/v4";

  private static final Method GET =
      method("get", "/things/{id}/parts")
          .input(input("id", Location.PATH, true, "string"))
          .input(input("filter", Location.QUERY, false, "string"))
          .input(input("ids", Location.QUERY, false, "array"))
          .input(input("X-Trace", Location.HEADER, false, "string"))
          .build();

  private static final Method CREATE =
      method("create", "/things")
          .verb("POST")
          .body(true)
          .input(property("label", true, "string"))
          .input(property("size", false, "integer"))
          .input(property("ratio", false, "number"))
          .input(property("booted", false, "boolean"))
          .input(property("tags", false, "array"))
          .input(property("alerts", false, "object"))
          .build();

  private static Request request(Method method, Map<String, @Nullable Object> values) {
    return new Requests("acme", method).request(values, null);
  }

  private static String url(Method method, Map<String, @Nullable Object> values) {
    return request(method, values).url();
  }

  private static @Nullable Object body(Map<String, @Nullable Object> values) {
    return Json.parse(String.valueOf(request(CREATE, values).body()));
  }

  private static AbstractThrowableAssert<?, ?> refused(
      Method method, Map<String, @Nullable Object> values, ErrorCode code) {
    return assertThatThrownBy(() -> request(method, values))
        .isInstanceOfSatisfying(IsobarException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource({
    "12, /things/12/parts",
    "a b, /things/a%20b/parts",
    "a?b#c, /things/a%3Fb%23c/parts",
    "50%, /things/50%25/parts",
    "%2e%2e, /things/%252e%252e/parts",
    "grün, /things/gr%C3%BCn/parts",
    "projects/p/zones/z, /things/projects/p/zones/z/parts",
    "::1, /things/::1/parts",
    "{other}, /things/%7Bother%7D/parts",
    "a\\..\\b, /things/a%5C..%5Cb/parts",
    "v1..2, /things/v1..2/parts",
  })
  void pathValuesAreEncoded(String id, String path) {
    assertThat(url(GET, Map.of("id", id))).isEqualTo(BASE + path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../x", "x/../y", "x/..", "./x", "x/.", "x/./y", "/.."})
  void pathValuesThatLeaveTheirPlaceAreRefused(String id) {
    refused(GET, Map.of("id", id), ErrorCode.INVALID_PARAMETER).hasMessageContaining("`id`");
  }

  @Test
  void pathValueIsNeeded() {
    refused(GET, Map.of(), ErrorCode.MISSING_REQUIRED_PARAMETER).hasMessageContaining("`id`");
    refused(GET, Collections.singletonMap("id", null), ErrorCode.MISSING_REQUIRED_PARAMETER);
  }

  @Test
  void placeholderOfAPathMayKeepSlashes() {
    Method method =
        method("get", "/v1/{+name}:run")
            .input(input("name", Location.PATH, true, "string"))
            .build();
    assertThat(url(method, Map.of("name", "projects/p/jobs/j")))
        .isEqualTo(BASE + "/v1/projects/p/jobs/j:run");
  }

  @Test
  void queryOfAPathKeyIsSent() {
    Method method =
        method("list", "/?Action=List&Version=2016-11-15&flag&note=a%20b")
            .input(input("Max", Location.QUERY, false, "integer"))
            .build();
    assertThat(url(method, Map.of("Max", 5L)))
        .isEqualTo(BASE + "/?Action=List&Version=2016-11-15&flag&note=a%20b&Max=5");
  }

  @Test
  void placeholderInTheQueryOfAPathKeyIsFilled() {
    Method method =
        method("list", "/items?kind={kind}")
            .input(input("kind", Location.PATH, true, "string"))
            .build();
    assertThat(url(method, Map.of("kind", "a&b"))).isEqualTo(BASE + "/items?kind=a%26b");
    refused(method, Map.of(), ErrorCode.MISSING_REQUIRED_PARAMETER).hasMessageContaining("`kind`");
  }

  @Test
  void queryValuesAreEncoded() {
    assertThat(url(GET, Map.of("id", 1L, "filter", "a=b&c+d é")))
        .isEqualTo(BASE + "/things/1/parts?filter=a%3Db%26c%2Bd%20%C3%A9");
  }

  @Test
  void listsRepeatTheirKey() {
    assertThat(url(GET, Map.of("id", 1L, "ids", List.of(1L, "b"))))
        .isEqualTo(BASE + "/things/1/parts?ids=1&ids=b");
    assertThat(url(GET, Map.of("id", 1L, "ids", "[1,2]")))
        .isEqualTo(BASE + "/things/1/parts?ids=1&ids=2");
    assertThat(url(GET, Map.of("id", 1L, "ids", "one")))
        .isEqualTo(BASE + "/things/1/parts?ids=one");
  }

  @Test
  void listsThatDoNotExplodeAreJoinedByCommas() {
    Input ids =
        new Input(
            "ids", "ids", Location.QUERY, false, Samples.schema("array"), "", null, null, false);
    assertThat(url(method("list", "/things").input(ids).build(), Map.of("ids", "[1,2]")))
        .isEqualTo(BASE + "/things?ids=1%2C2");
  }

  @Test
  void nullQueryValueIsLeftOut() {
    Map<String, @Nullable Object> values = new java.util.HashMap<>();
    values.put("id", 1L);
    values.put("filter", null);
    assertThat(url(GET, values)).isEqualTo(BASE + "/things/1/parts");
  }

  @Test
  void headerHasItsDefaultUnlessGiven() {
    Input target =
        new Input(
            "X-Target",
            "X-Target",
            Location.HEADER,
            false,
            Samples.schema("string"),
            "",
            "Acme.List",
            null,
            true);
    Method method = method("list", "/").input(target).build();
    assertThat(request(method, Map.of()).headers())
        .contains(new Request.Pair("X-Target", "Acme.List"));
    assertThat(request(method, Map.of("X-Target", "Other")).headers())
        .contains(new Request.Pair("X-Target", "Other"))
        .doesNotContain(new Request.Pair("X-Target", "Acme.List"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000b", "a\rb"})
  void headersHoldNoLineBreaks(String value) {
    refused(GET, Map.of("id", 1L, "X-Trace", value), ErrorCode.INVALID_PARAMETER)
        .hasMessageContaining("header");
  }

  private static Method atServer(String url) {
    return method("list", "/things")
        .server(url, Map.of("region", "us-east-1"))
        .input(input("region", Location.SERVER, false, "string"))
        .input(input("cluster", Location.SERVER, false, "string"))
        .input(input("protocol", Location.SERVER, false, "string"))
        .build();
  }

  @Test
  void serverVariableHasItsDefaultUnlessGiven() {
    Method method = atServer("https://ec2.{region}.acme.example/");
    assertThat(url(method, Map.of())).isEqualTo("https://ec2.us-east-1.acme.example/things");
    assertThat(url(method, Map.of("region", "eu-west-1")))
        .isEqualTo("https://ec2.eu-west-1.acme.example/things");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{protocol}://{cluster:^[^/]+$}",
        "{protocol:^(?:http|https)$}://{cluster:^(?:[^:/]{1,9}|[a-z]{2,})+(?::[0-9]{1,5})?$}",
      })
  void regularExpressionOfAServerVariableIsNotPartOfTheUrl(String server) {
    assertThat(url(atServer(server), Map.of("protocol", "https", "cluster", "10.0.0.1:6443")))
        .isEqualTo("https://10.0.0.1:6443/things");
  }

  @Test
  void serverVariableWithoutValueIsNeeded() {
    refused(atServer("https://{cluster}/x"), Map.of(), ErrorCode.MISSING_REQUIRED_PARAMETER)
        .hasMessageContaining("`cluster`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example/",
        "evil.example/x",
        "evil.example:443/",
        "a@evil.example",
        "a b",
        "evil.example#",
        "evil.example?",
        "a//b",
        "user:pass"
      })
  void serverVariableInsideAHostCannotChangeTheHost(String region) {
    refused(
        atServer("https://ec2.{region}.acme.example"),
        Map.of("region", region),
        ErrorCode.INVALID_PARAMETER);
    refused(
        atServer("https://{region}.acme.example"),
        Map.of("region", region),
        ErrorCode.INVALID_PARAMETER);
  }

  @Test
  void serverVariableThatIsTheHostMayHoldAPort() {
    assertThat(url(atServer("https://{cluster}"), Map.of("cluster", "localhost:8080/base")))
        .isEqualTo("https://localhost:8080/base/things");
  }

  @Test
  void methodWithoutServerIsADefectOfTheDocument() {
    Method none = GET;
    var operation = none.operation();
    Method method =
        new Method(
            none.name(),
            "",
            "",
            false,
            new dev.isobar.catalog.Operation("get", "GET", "/x", null, List.of(), "200", Map.of()),
            List.of(),
            BodyNames.DEFAULT,
            null,
            null,
            List.of(),
            null,
            List.of(),
            none.credential(),
            null,
            null,
            null,
            null,
            Wire.PLAIN);
    assertThat(operation.servers()).isNotEmpty();
    refused(method, Map.of(), ErrorCode.INVALID_DOCUMENT).hasMessageContaining("`acme`");
  }

  @Test
  void fieldsAreTypedByTheirSchema() {
    assertThat(
            body(
                Map.of(
                    "data__label",
                    "42",
                    "data__size",
                    "7",
                    "data__ratio",
                    "0.5",
                    "data__booted",
                    "TRUE",
                    "data__tags",
                    "[\"a\",1]",
                    "data__alerts",
                    "{\"cpu\": 90}")))
        .isEqualTo(
            Map.of(
                "label",
                "42",
                "size",
                7L,
                "ratio",
                new java.math.BigDecimal("0.5"),
                "booted",
                true,
                "tags",
                List.of("a", 1L),
                "alerts",
                Map.of("cpu", 90L)));
  }

  @Test
  void nullFieldIsSent() {
    assertThat(request(CREATE, Collections.singletonMap("data__label", null)).body())
        .isEqualTo("{\"label\":null}");
  }

  @Test
  void requiredBodyWithoutFieldsIsAnEmptyObject() {
    Request request = request(CREATE, Map.of());
    assertThat(request.body()).isEqualTo("{}");
    assertThat(request.headers()).contains(new Request.Pair("Content-Type", "application/json"));
  }

  @Test
  void optionalBodyWithoutFieldsIsNone() {
    Request request = request(method("boot", "/boot").verb("POST").body(false).build(), Map.of());
    assertThat(request.body()).isNull();
    assertThat(request.headers()).extracting(Request.Pair::name).doesNotContain("Content-Type");
  }

  private static Method named(BodyNames names, String sqlName, String wireName) {
    Input input =
        new Input(
            sqlName,
            wireName,
            Location.BODY,
            false,
            Samples.schema("string"),
            "",
            null,
            null,
            true);
    return method("create", "/x").verb("POST").body(true).bodyNames(names).input(input).build();
  }

  @Test
  void bodyNamesSayWhereAFieldGoes() {
    assertThat(request(named(BodyNames.NAIVE, "Name", "Name"), Map.of("Name", "a")).body())
        .isEqualTo("{\"Name\":\"a\"}");
    BodyNames inside = new BodyNames("", "DesiredState");
    assertThat(request(named(inside, "Name", "Name"), Map.of("Name", "a")).body())
        .isEqualTo("{\"DesiredState\":{\"Name\":\"a\"}}");
  }

  @Test
  void dottedNamesReachIntoAField() {
    assertThat(body(Map.of("data__alerts.cpu", 1L, "data__alerts.io.disk", "x")))
        .isEqualTo(Map.of("alerts", Map.of("cpu", 1L, "io", Map.of("disk", "x"))));
  }

  @Test
  void dottedNamesAddToAGivenObject() {
    Map<String, @Nullable Object> values = new java.util.LinkedHashMap<>();
    values.put("data__alerts.cpu", 1L);
    values.put("data__alerts", "{\"cpu\":0,\"io\":2}");
    assertThat(body(values)).isEqualTo(Map.of("alerts", Map.of("cpu", 1L, "io", 2L)));
  }

  @Test
  void dottedNamesAreTypedByTheirSchema() {
    Schema.Builder alerts = new Schema.Builder();
    alerts.type = "object";
    alerts.properties.put("cpu", Samples.schema("integer"));
    alerts.properties.put("notes", Samples.schema("array"));
    Input input =
        new Input(
            "data__alerts", "alerts", Location.BODY, false, alerts.build(), "", null, null, true);
    Method method = method("create", "/x").verb("POST").body(true).input(input).build();
    assertThat(request(method, Map.of("data__alerts.cpu", "90")).body())
        .isEqualTo("{\"alerts\":{\"cpu\":90}}");
    assertThat(request(method, Map.of("data__alerts.notes", "[1]")).body())
        .isEqualTo("{\"alerts\":{\"notes\":[1]}}");
    refused(method, Map.of("data__alerts.cpu", "many"), ErrorCode.INVALID_PARAMETER)
        .hasMessageContaining("`data__alerts.cpu`");
  }

  private static @Nullable String merged(Map<String, @Nullable Object> values, String json) {
    return new Requests("acme", CREATE).request(values, Json.parse(json)).body();
  }

  @Test
  void fieldsAreSetInTheGivenBody() {
    assertThat(merged(Map.of(), "{\"label\":\"a\",\"own\":[1]}"))
        .isEqualTo("{\"label\":\"a\",\"own\":[1]}");
    assertThat(merged(Map.of("data__label", "b"), "{\"label\":\"a\",\"own\":[1]}"))
        .isEqualTo("{\"label\":\"b\",\"own\":[1]}");
  }

  @Test
  void dottedNamesAreSetInTheGivenBody() {
    assertThat(merged(Map.of("data__alerts.cpu", 1L), "{\"alerts\":{\"cpu\":0,\"io\":2}}"))
        .isEqualTo("{\"alerts\":{\"cpu\":1,\"io\":2}}");
  }

  @Test
  void givenBodyThatIsNoObjectTakesNoFields() {
    assertThat(merged(Map.of(), "[1,2]")).isEqualTo("[1,2]");
    assertThatThrownBy(() -> merged(Map.of("data__label", "b"), "[1]"))
        .hasMessageContaining("not an object");
  }

  @Test
  void methodWithoutBodyTakesNone() {
    assertThatThrownBy(() -> new Requests("acme", GET).request(Map.of("id", 1L), Map.of()))
        .hasMessageContaining("takes no body");
  }

  @Test
  void unknownNamesAreRefusedWithTheNearest() {
    refused(CREATE, Map.of("data__lable", "x"), ErrorCode.UNKNOWN_COLUMN)
        .extracting(e -> ((IsobarException) e).hint())
        .asString()
        .startsWith("Did you mean `data__label`?");
    refused(GET, Map.of("id", 1L, "filter.x", "1"), ErrorCode.UNKNOWN_COLUMN);
  }

  @Test
  void firstPageAsksForTheLargest() {
    Method paged =
        method("list", "/things")
            .paged(Samples.numberedPages())
            .pageSize("page_size", 500)
            .input(input("page_size", Location.QUERY, false, "integer"))
            .build();
    Requests requests = new Requests("acme", paged);
    assertThat(requests.firstPage(Map.of()).url()).isEqualTo(BASE + "/things?page_size=500");
    assertThat(requests.firstPage(Map.of("page_size", 25L)).url())
        .isEqualTo(BASE + "/things?page_size=25");
  }
}
