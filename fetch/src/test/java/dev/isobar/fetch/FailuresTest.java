package dev.isobar.fetch;

import static dev.isobar.fetch.Fixture.idRows;
import static dev.isobar.fetch.Fixture.numbered;
import static dev.isobar.fetch.Fixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Schema;
import dev.isobar.fetch.FetchOptions.OnFailure;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.model.ScanReport.Incident;
import dev.isobar.plan.Request;
import dev.isobar.plan.Split;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Numbered;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final Method ROOT = Samples.method("list", "/things").build();

  private static IsobarException failure(FakeCloud.Handler handler) {
    try (var fixture = new Fixture(handler)) {
      return failure(fixture, ROOT);
    }
  }

  private static IsobarException failure(Fixture fixture, Method method) {
    return catchThrowableOfType(IsobarException.class, () -> fixture.read(fixture.ids(method)));
  }

  private static Reply html(int status) {
    return Reply.status(status)
        .header("Content-Type", "text/html; charset=utf-8")
        .body(
            "<html><head><title>We are\nout</title></head><body>x</body></html>"
                .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void saysWhichPageOfWhichSplitFailed() {
    Numbered things = new Numbered(idRows(1, 200), 10);
    try (var fixture =
        new Fixture(request ->
            request.number("page", 1) == 7
                ? Reply.json(500, "{\"errors\":[{\"reason\":\"boom\"}]}")
                : things.reply(request))) {
      var scan =
          fixture.scan(
              numbered().build(),
              List.of(Fixture.column("id", ColumnType.BIGINT)),
              new Split(Map.of("linodeId", 12), fixture.get("/things")));
      assertThatThrownBy(() -> fixture.read(scan))
          .hasMessage(
              "Page 7 of 20 of `acme.core.things` (linodeId=12) could not be read: the API answered"
                  + " 500 Internal Server Error: `boom` (5 attempts).")
          .extracting(e -> ((IsobarException) e).code())
          .isEqualTo(ErrorCode.REQUEST_FAILED);
    }
  }

  @Test
  void reportsAFailedPageWhenAskedTo() throws Exception {
    Numbered things = new Numbered(idRows(1, 50), 10);
    try (var fixture =
        new Fixture(
            request ->
                request.number("page", 1) == 3 ? Reply.json(400, "{}") : things.reply(request),
            options -> options.withOnFailure(OnFailure.REPORT))) {
      var read = fixture.read(fixture.ids(numbered().build()));
      var expected = numbers(1, 20);
      expected.addAll(numbers(31, 50));
      assertThat(read.first()).isEqualTo(expected);
      assertThat(read.report().completeness()).isEqualTo(Completeness.PARTIAL);
      assertThat(read.report().incidents())
          .containsExactly(
              new Incident(
                  "page 3",
                  ErrorCode.REQUEST_FAILED,
                  "Page 3 of 5 of `acme.core.things` could not be read: the API answered 400 Bad"
                      + " Request: `{}`."));
    }
  }

  @Test
  void reportsAFailedSplitAndReadsTheOthers() throws Exception {
    try (var fixture =
        new Fixture(
            request ->
                request.path().equals("/b")
                    ? Reply.json(403, "{\"message\":\"no\"}")
                    : Reply.json("[{\"id\":1}]"),
            options -> options.withOnFailure(OnFailure.REPORT))) {
      var read =
          fixture.read(
              fixture.scan(
                  ROOT,
                  List.of(Fixture.column("id", ColumnType.BIGINT)),
                  new Split(Map.of("name", "a"), fixture.get("/a")),
                  new Split(Map.of("name", "b"), fixture.get("/b")),
                  new Split(Map.of("name", "c"), fixture.get("/c"))));
      assertThat(read.rows()).hasSize(2);
      assertThat(read.report().incidents()).hasSize(1);
      assertThat(read.report().incidents().getFirst().scope()).isEqualTo("name=b, page 1");
      assertThat(read.report().incidents().getFirst().code())
          .isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
    }
  }

  @Test
  void aFailureAfterTheLastRowThatIsWantedIsNobodysLoss() throws Exception {
    Numbered things = new Numbered(idRows(1, 50), 10);
    CountDownLatch delivered = new CountDownLatch(1);
    try (var fixture =
        new Fixture(request ->
            request.number("page", 1) == 3 ? Reply.json(400, "{}") : things.reply(request))) {
      var report =
          fixture.fetcher.fetch(
              Fixture.stoppable(fixture.ids(numbered().build())),
              _ -> {
                delivered.countDown();
                return false;
              });
      assertThat(report.completeness()).isEqualTo(Completeness.STOPPED);
    }
  }

  @Test
  void repeatsTheApisOwnWords() {
    assertThat(
            failure(_ ->
                    Reply.json(
                        400,
                        "{\"errors\":[{\"field\":\"label\",\"reason\":\"must be unique\"},"
                            + "{\"reason\":\"no\"}]}"))
                .text())
        .endsWith("the API answered 400 Bad Request: `label: must be unique; no`.");
    assertThat(failure(_ -> Reply.json(404, "{\"error\":{\"message\":\"gone\"}}")).text())
        .endsWith("404 Not Found: `gone`.");
    assertThat(failure(_ -> Reply.json(409, "{\"message\":\"busy\"}")).text())
        .endsWith("409 Conflict: `busy`.");
    assertThat(
            failure(_ -> Reply.json(400, "{\"error\":\"bad\",\"error_description\":\"worse\"}"))
                .text())
        .endsWith("`bad: worse`.");
    assertThat(failure(_ -> html(400)).text()).endsWith("400 Bad Request: `We are out`.");
    assertThat(failure(_ -> Reply.status(418)).text()).endsWith("the API answered 418.");
    assertThat(failure(_ -> Reply.json(400, "x".repeat(1000))).text()).hasSizeLessThan(400);
  }

  @Test
  void namesTheVariableWhenTheTokenIsRefused() {
    try (var fixture =
        new Fixture(_ -> Reply.json(401, "{\"errors\":[{\"reason\":\"Invalid Token\"}]}"))) {
      fixture.environment.put("ACME_TOKEN", "s3cret");
      var e =
          failure(
              fixture,
              Samples.method("list", "/things").credential(CredentialUse.REQUIRED).build());
      assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
      assertThat(e.text())
          .isEqualTo(
              "`acme.core.things` could not be read: the API refused the credential in `ACME_TOKEN`:"
                  + " `Invalid Token`.");
    }
  }

  @Test
  void namesTheVariableToSetWhenThereIsNoToken() {
    try (var fixture = new Fixture(_ -> Reply.json("[]"))) {
      var e =
          failure(
              fixture,
              Samples.method("list", "/things").credential(CredentialUse.REQUIRED).build());
      assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
      assertThat(e.text()).isEqualTo("`acme` needs a credential, and `ACME_TOKEN` is not set.");
      assertThat(fixture.cloud.received()).isEmpty();
    }
  }

  @Test
  void namesTheScopesWhenTheTokenMayNot() {
    try (var fixture = new Fixture(_ -> Reply.status(403))) {
      fixture.environment.put("ACME_TOKEN", "s3cret");
      var e =
          failure(
              fixture,
              Samples.method("list", "/things")
                  .credential(CredentialUse.REQUIRED)
                  .scope("things:read_only")
                  .build());
      assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
      assertThat(e.hint()).isEqualTo("The method needs the scope `things:read_only`.");
    }
  }

  @Test
  void aDetailThatDoesNotExistIsNoRows() throws Exception {
    Method detail = Samples.method("get", "/things/{id}").paged(Samples.numberedPages()).build();
    Schema.Builder thing = new Schema.Builder();
    thing.type = "object";
    thing.properties.put("id", Samples.schema("integer"));
    Schema.Builder answer = new Schema.Builder();
    answer.properties.put("thing", thing.build());
    Method wrapped =
        Samples.method("get", "/things/{id}").rowsAt("$.thing").returns(answer.build()).build();
    for (Method each : List.of(detail, wrapped)) {
      try (var fixture = new Fixture(_ -> Reply.json(404, "{}"))) {
        var read = fixture.read(fixture.ids(each));
        assertThat(read.rows()).isEmpty();
        assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
      }
    }
    try (var fixture = new Fixture(_ -> html(404))) {
      assertThat(failure(fixture, detail).text()).contains("404 Not Found");
    }
  }

  @Test
  void aListThatDoesNotExistIsAnError() {
    for (Method list :
        List.of(
            Samples.method("list", "/things/{id}/parts").rowsAt("$.data").build(),
            Samples.method("list", "/things/{id}/parts").returns(Samples.schema("array")).build(),
            Samples.method("get", "/profile").build())) {
      try (var fixture = new Fixture(_ -> Reply.json(404, "{}"))) {
        assertThat(failure(fixture, list).text()).contains("404 Not Found");
      }
    }
  }

  @Test
  void htmlIsNotData() {
    var e = failure(_ -> html(200));
    assertThat(e.text())
        .isEqualTo(
            "`acme.core.things` could not be read: the API sent an HTML page (`We are out`) where"
                + " JSON should be.");
  }

  @Test
  void brokenJsonIsNotData() {
    assertThat(failure(_ -> Reply.json("[{\"id\":1},oops]")).text())
        .startsWith("`acme.core.things` could not be read: the API's answer is not JSON: ")
        .contains("line 1, column")
        .doesNotContain("Exception");
    assertThat(failure(_ -> Reply.json("[] []")).text())
        .contains("goes on after the end of its JSON");
    assertThat(failure(_ -> Reply.json("[" + "[".repeat(2000))).text()).contains("nesting");
  }

  @Test
  void aBodyThatEndsTooEarlyIsTriedAgain() throws Exception {
    Reply whole = Reply.json("[{\"id\":1},{\"id\":2}]");
    for (Reply broken :
        List.of(
            whole.truncatedAfter(12),
            whole.resetAfter(12),
            whole.gzipped().truncatedAfter(12),
            Reply.json("[{\"id\":1},"),
            Reply.reset(),
            Reply.silence(),
            Reply.status(503))) {
      try (var fixture = new Fixture(request -> request.number() < 3 ? broken : whole)) {
        assertThat(fixture.read(fixture.ids(ROOT)).first()).isEqualTo(numbers(1, 2));
      }
      assertThat(failure(_ -> broken).text()).doesNotContain("Exception").endsWith("(5 attempts).");
    }
  }

  @Test
  void aSlowBodyIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    try (var fixture =
        new Fixture(
            _ -> Reply.json("[{\"id\":1}]").truncatedAfter(5).after(never),
            options -> options.withRequestTimeout(Duration.ofSeconds(1)).withAttempts(1))) {
      assertThat(failure(fixture, ROOT).text()).endsWith("no complete answer came within 1 s.");
    }
  }

  @Test
  void saysWhenNobodyListens() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(failure("http://127.0.0.1:" + port).text())
        .endsWith("`127.0.0.1:" + port + "` refused the connection (5 attempts).");
  }

  @Test
  void saysWhenAHostIsNotKnown() {
    assertThat(failure("http://nowhere.invalid").text())
        .endsWith("the host `nowhere.invalid` is not known (5 attempts).");
  }

  @Test
  void saysWhenTlsFails() {
    try (var cloud = FakeCloud.start(_ -> Reply.status(200))) {
      String host = "127.0.0.1:" + cloud.uri().getPort();
      assertThat(failure("https://" + host).text())
          .contains("no secure connection to `" + host + "` came about: ")
          .doesNotContain("Exception");
    }
  }

  @Test
  void saysWhenAnAddressIsNone() {
    assertThat(failure("http://a b").text()).contains("`http://a b/things` is not a URL");
  }

  private static IsobarException failure(String base) {
    try (var fixture = new Fixture(_ -> Reply.status(500))) {
      var scan =
          fixture.scan(
              ROOT,
              List.of(Fixture.column("id", ColumnType.BIGINT)),
              new Split(
                  Map.of(), new Request("GET", base + "/things", List.of(), List.of(), null)));
      return catchThrowableOfType(IsobarException.class, () -> fixture.read(scan));
    }
  }

  @Test
  void followsRedirectsButNotInCircles() throws Exception {
    try (var fixture =
        new Fixture(request ->
            request.path().equals("/things")
                ? Reply.status(301).header("Location", "/new")
                : Reply.json("[{\"id\":1}]"))) {
      assertThat(fixture.read(fixture.ids(ROOT)).first()).containsExactly(1L);
    }
    assertThat(failure(_ -> Reply.status(302).header("Location", "/things")).text())
        .endsWith("the API redirected more than 5 times.");
  }

  @Test
  void aRedirectToAnotherHostGoesWithoutTheCredential() throws Exception {
    Method method = Samples.method("list", "/things").credential(CredentialUse.REQUIRED).build();
    try (var other = new Fixture(_ -> Reply.json("[{\"id\":1}]"));
        var fixture =
            new Fixture(
                _ -> Reply.status(307).header("Location", other.cloud.uri() + "/elsewhere"))) {
      fixture.environment.put("ACME_TOKEN", "s3cret");
      assertThat(fixture.read(fixture.ids(method)).first()).containsExactly(1L);
      assertThat(other.cloud.received().getFirst().header("Authorization")).isNull();
    }
  }
}
