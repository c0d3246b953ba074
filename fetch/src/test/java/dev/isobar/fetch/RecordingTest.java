package dev.isobar.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.fetch.FetchOptions.OnFailure;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.plan.Call;
import dev.isobar.plan.Request;
import dev.isobar.plan.Scan;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Numbered;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What was recorded is answered in the same way, with the cloud gone and without a credential.
class RecordingTest {
  private static final String CANARY = "c4nary\"/+ x";

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("cassette.jsonl");
  }

  private Fixture recording(FakeCloud.Handler cloud) {
    return recording(cloud, Bounds.DEFAULT);
  }

  private Fixture recording(FakeCloud.Handler cloud, Bounds bounds) {
    Fixture fixture =
        new Fixture(
            cloud,
            options ->
                options
                    .withRequestTimeout(Duration.ofSeconds(20))
                    .withRecording(new Recording.To(file())),
            bounds);
    fixture.environment.put("ACME_TOKEN", CANARY);
    return fixture;
  }

  private Fetcher replaying(Bounds bounds) {
    FetchOptions options = FetchOptions.DEFAULT.withRecording(new Recording.From(file()));
    return new Fetcher(
        options,
        name -> {
          throw new AssertionError("a replay asked for " + name);
        },
        new FakeTiming(),
        bounds);
  }

  private Fetcher replaying() {
    return replaying(Bounds.DEFAULT);
  }

  /// The rows and the end of a scan, in words.
  private static String read(Fetcher fetcher, Scan scan, OnFailure onFailure)
      throws InterruptedException {
    List<List<Object>> rows = new ArrayList<>();
    String end;
    try {
      var report =
          fetcher.fetch(
              scan,
              page -> {
                page.forEach(row -> rows.add(Arrays.asList(row)));
                return true;
              },
              new FetchTerms(onFailure, new Allowance(Budget.UNLIMITED), null));
      end =
          report.completeness()
              + " "
              + report.requests()
              + " "
              + report.retries()
              + " "
              + report.incidents();
    } catch (IsobarException e) {
      end = e.code() + " " + e.text() + " " + e.hint();
    }
    return rows + " " + end;
  }

  private List<Map<?, ?>> lines() throws IOException {
    List<Map<?, ?>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file())) {
      lines.add((Map<?, ?>) Json.parse(line));
    }
    return lines;
  }

  /// One of the ways in which requests go wrong, by the page that is asked for.
  private static Reply moody(Numbered list, Received request) {
    int page = request.number("page", 1);
    Reply good = list.reply(request);
    if (request.attempt() > 1 || page == 1) {
      return good;
    }
    return switch (page % 7) {
      case 1 -> Reply.status(429).header("Retry-After", "7");
      case 2 -> Reply.json(500, "{\"message\":\"oops\"}");
      case 3 -> good.truncatedAfter(20);
      case 4 -> Reply.reset();
      case 5 -> Reply.json("{\"data\":");
      case 6 -> good.gzipped();
      default -> good;
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aScanWithAllKindsOfFailuresIsReplayed(boolean fails) throws Exception {
    Numbered list = new Numbered(Fixture.idRows(1, 150), 10);
    OnFailure onFailure = fails ? OnFailure.FAIL : OnFailure.REPORT;
    String seen;
    Scan scan;
    try (var fixture =
        recording(request ->
            request.number("page", 1) == 9 && !fails
                ? Reply.json(403, "{\"message\":\"not you\"}")
                : moody(list, request))) {
      scan = fixture.ids(Fixture.numbered().build());
      seen = read(fixture.fetcher, scan, onFailure);
      assertThat(seen).contains(fails ? "COMPLETE" : "PARTIAL");
      assertThat(Files.exists(file())).isFalse();
    }
    try (Fetcher replay = replaying()) {
      assertThat(read(replay, scan, onFailure)).isEqualTo(seen);
    }
    try (Fetcher replay = replaying()) {
      assertThat(read(replay, scan, onFailure)).isEqualTo(seen);
    }
  }

  @Test
  void aTimeoutIsReplayedAtOnce() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    String seen;
    Scan scan;
    try (var fixture =
        new Fixture(
            _ -> Reply.json("[]").after(never),
            options ->
                options
                    .withAttempts(2)
                    .withRequestTimeout(Duration.ofMillis(50))
                    .withRecording(new Recording.To(file())))) {
      fixture.environment.put("ACME_TOKEN", "t");
      scan = fixture.ids(Samples.method("listThings", "/things").build());
      seen = read(fixture.fetcher, scan, OnFailure.FAIL);
      assertThat(seen).contains("within 50 ms (2 attempts)");
    }
    assertThat(lines()).hasSize(2);
    try (Fetcher replay =
        new Fetcher(
            FetchOptions.DEFAULT.withAttempts(2).withRecording(new Recording.From(file())),
            _ -> null)) {
      assertThat(read(replay, scan, OnFailure.FAIL)).isEqualTo(seen);
    }
  }

  @Test
  void largeBodiesAreRecordedAsTheyAreRead() throws Exception {
    Bounds small = new Bounds(100, 10, 200);
    String body = "{\"data\":[" + String.join(",", Fixture.idRows(1, 5000)) + "]}";
    for (int cut : new int[] {Integer.MAX_VALUE, 30_000}) {
      String seen;
      Scan scan;
      try (var fixture = recording(_ -> Reply.json(body).truncatedAfter(cut), small)) {
        scan = fixture.ids(Samples.method("listThings", "/things").rowsAt("$.data").build());
        seen = read(fixture.fetcher, scan, OnFailure.FAIL);
      }
      boolean whole = cut > body.length();
      assertThat(seen).contains(whole ? "COMPLETE" : "ends too early");
      try (Fetcher replay = replaying(small)) {
        String again = read(replay, scan, OnFailure.FAIL);
        // How many rows are handed on before the failure is a matter of chance.
        assertThat(whole ? again : again.substring(again.indexOf("]] ")))
            .isEqualTo(whole ? seen : seen.substring(seen.indexOf("]] ")));
      }
    }
  }

  @Test
  void whatNobodyReadThenCannotBeReadNow() throws Exception {
    Bounds small = new Bounds(100, 10, 200);
    String body = "{\"data\":[" + String.join(",", Fixture.idRows(1, 500_000)) + "]}";
    Scan whole;
    try (var fixture = recording(_ -> Reply.json(body), small)) {
      whole = fixture.ids(Samples.method("listThings", "/things").rowsAt("$.data").build());
      assertThat(read(fixture.fetcher, Fixture.limited(whole, 5), OnFailure.FAIL))
          .contains("STOPPED");
    }
    assertThat(Files.size(file())).isLessThan(body.length());
    try (Fetcher replay = replaying(small)) {
      assertThat(read(replay, Fixture.limited(whole, 5), OnFailure.FAIL)).contains("STOPPED");
    }
    try (Fetcher replay = replaying(small)) {
      assertThat(read(replay, whole, OnFailure.FAIL))
          .contains("NOT_RECORDED")
          .contains("only as far as it was read then");
    }
  }

  @Test
  void equalRequestsAreAnsweredInTheirOrder() throws Exception {
    Scan scan;
    try (var fixture = recording(request -> Reply.json("[{\"id\":" + request.number() + "}]"))) {
      scan = fixture.ids(Samples.method("listThings", "/things").build());
      for (int i = 1; i <= 3; i++) {
        assertThat(read(fixture.fetcher, scan, OnFailure.FAIL)).startsWith("[[" + i + "]]");
      }
    }
    try (Fetcher replay = replaying()) {
      for (int i = 1; i <= 3; i++) {
        assertThat(read(replay, scan, OnFailure.FAIL)).startsWith("[[" + i + "]]");
      }
      assertThat(read(replay, scan, OnFailure.FAIL))
          .contains("NOT_RECORDED")
          .contains("holds 3 answers to `GET " + scan.splits().getFirst().request().url() + "`")
          .contains("and it is asked for once more");
    }
  }

  private static Call post(Fixture fixture, String body) {
    return new Call(
        fixture.provider(),
        Fixture.THINGS,
        Samples.method("createThing", "/things").verb("POST").build(),
        new Request("POST", fixture.cloud.uri() + "/things", List.of(), List.of(), body),
        false);
  }

  @Test
  void aRequestThatIsNotThereIsNamedAndTheNearestToo() throws Exception {
    Scan scan;
    Scan other;
    Call call;
    try (var fixture = recording(_ -> Reply.json("[]"))) {
      scan = fixture.ids(Samples.method("listThings", "/things").build());
      other =
          fixture.scan(
              Samples.method("listThings", "/things").build(),
              List.of(Fixture.column("id", dev.isobar.model.ColumnType.BIGINT)),
              fixture.split("/thongs?page=2"));
      read(fixture.fetcher, scan, OnFailure.FAIL);
      fixture.fetcher.call(post(fixture, "{\"label\":\"a\",\"root_pass\":\"one\"}"));
      call = post(fixture, "{\"label\":\"b\",\"root_pass\":\"two\"}");
    }
    try (Fetcher replay = replaying()) {
      assertThat(read(replay, other, OnFailure.FAIL))
          .contains("NOT_RECORDED")
          .contains("has no answer to `GET http://127.0.0.1:")
          .contains("/thongs?page=2`")
          .containsPattern("The nearest that it has is `GET http://127.0.0.1:\\d+/things`");
      assertThatThrownBy(() -> replay.call(call))
          .isInstanceOfSatisfying(
              IsobarException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.NOT_RECORDED);
                assertThat(e.text())
                    .contains("with the body `{\"label\":\"b\",\"root_pass\":\"***\"}`");
                assertThat(e.hint())
                    .startsWith(
                        "It has the same with another body or other headers:"
                            + " `{\"label\":\"a\",\"root_pass\":\"***\"}`.");
              });
    }
  }

  @Test
  void anotherPasswordIsTheSameRequest() throws Exception {
    Call again;
    try (var fixture = recording(_ -> Reply.json("{\"id\":7,\"token\":\"fresh\"}"))) {
      fixture.fetcher.call(post(fixture, "{\"label\":\"a\",\"root_pass\":\"one\"}"));
      again = post(fixture, "{\"label\":\"a\",\"root_pass\":\"two\"}");
    }
    assertThat(Files.readString(file())).doesNotContain("one").doesNotContain("fresh");
    try (Fetcher replay = replaying()) {
      assertThat(replay.call(again).body()).isEqualTo(Map.of("id", 7L, "token", "***"));
    }
  }

  @Test
  void bytesThatAreNoTextAreKept() throws Exception {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    Call call;
    Answer seen;
    try (var fixture =
        recording(_ ->
            Reply.status(200).header("Content-Type", "application/octet-stream").body(bytes))) {
      call = post(fixture, "{}");
      seen = fixture.fetcher.call(call);
    }
    assertThat(Files.readString(file())).contains("\"base64\"");
    try (Fetcher replay = replaying()) {
      assertThat(replay.call(call)).isEqualTo(seen);
    }
  }

  @Test
  void theAnswerKeepsItsCharset() throws Exception {
    Call call;
    try (var fixture =
        recording(_ ->
            Reply.status(200)
                .header("Content-Type", "application/json; charset=iso-8859-1")
                .body("{\"a\":\"é\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))) {
      call = post(fixture, "{}");
      assertThat(fixture.fetcher.call(call).body()).isEqualTo(Map.of("a", "é"));
    }
    assertThat(Files.readString(file())).contains("é");
    try (Fetcher replay = replaying()) {
      assertThat(replay.call(call).body()).isEqualTo(Map.of("a", "é"));
    }
  }

  @Test
  void aSandboxIsRecordedAsTheApiItStandsFor() throws Exception {
    UnaryOperator<FetchOptions> none = options -> options;
    try (var fixture = new Fixture(_ -> Reply.status(500), none);
        FakeCloud sandbox =
            FakeCloud.start(request ->
                request.path().endsWith("/2")
                    ? Reply.json("[{\"id\":2}]")
                    : Reply.json("[{\"id\":1}]")
                        .header(
                            "Link",
                            "<http://"
                                + request.header("Host")
                                + "/acme/things/2>; rel=\"next\""))) {
      Scan scan = fixture.ids(Samples.method("listThings", "/things").build());
      FetchOptions options =
          FetchOptions.DEFAULT.withEndpoints(
              Map.of("acme", java.net.URI.create(sandbox.uri() + "/acme/")));
      String seen;
      try (Fetcher fetcher =
          new Fetcher(options.withRecording(new Recording.To(file())), _ -> null)) {
        seen = read(fetcher, scan, OnFailure.FAIL);
        assertThat(seen).startsWith("[[1], [2]] COMPLETE");
      }
      assertThat(sandbox.targets()).containsExactly("/acme/things", "/acme/things/2");
      assertThat(lines())
          .extracting(line -> String.valueOf(line.get("url")))
          .containsExactly(fixture.cloud.uri() + "/things", fixture.cloud.uri() + "/things/2");
      assertThat(Files.readString(file())).doesNotContain(sandbox.uri().toString());
      try (Fetcher replay = replaying()) {
        assertThat(read(replay, scan, OnFailure.FAIL)).isEqualTo(seen);
      }
      assertThat(fixture.cloud.received()).isEmpty();
    }
  }

  private static String echo(Received request) {
    return request.target() + " " + request.headers() + " " + request.body() + " " + CANARY;
  }

  @Test
  void noSecretReachesTheFile() throws Exception {
    List<AuthSpec> specs =
        List.of(
            Fixture.BEARER,
            new AuthSpec("api_key", Map.of("credentialsenvvar", "ACME_TOKEN", "name", "X-Y")),
            new AuthSpec(
                "api_key",
                Map.of("credentialsenvvar", "ACME_TOKEN", "name", "q", "location", "query")),
            new AuthSpec("basic", Map.of("username_var", "USER", "password_var", "ACME_TOKEN")));
    try (FakeCloud tokens =
            FakeCloud.start(request ->
                Reply.json(
                    Json.write(
                        Map.of(
                            "access_token",
                            "c4narytoken",
                            "expires_in",
                            3600,
                            "echo",
                            echo(request)))));
        Fixture fixture =
            recording(request ->
                switch (request.number() % 4) {
                  case 0 ->
                      Reply.json("[{\"id\":" + Json.write(echo(request)) + "}]")
                          .header("X-Echo", echo(request).replaceAll("[\\r\\n]", " "))
                          .header("Set-Cookie", "session=" + CANARY);
                  case 1 -> Reply.json(400, Json.write(Map.of("message", echo(request))));
                  case 2 ->
                      Reply.status(200).body(("\u0000\u00ff" + echo(request)).getBytes(UTF_8));
                  default ->
                      Reply.status(404)
                          .header("Content-Type", "text/plain; charset=utf-16")
                          .body(echo(request).getBytes(java.nio.charset.StandardCharsets.UTF_16));
                })) {
      fixture.environment.put("USER", "user");
      List<AuthSpec> all = new ArrayList<>(specs);
      all.add(
          new AuthSpec(
              "oauth2",
              Map.of(
                  "client_id", "id",
                  "client_secret_env_var", "ACME_TOKEN",
                  "token_url", tokens.uri() + "/token?x=" + "c4nary")));
      for (AuthSpec spec : all) {
        fixture.auth = spec;
        for (int i = 0; i < 4; i++) {
          read(
              fixture.fetcher,
              fixture.ids(
                  Samples.method("listThings", "/things")
                      .credential(CredentialUse.REQUIRED)
                      .build()),
              OnFailure.FAIL);
        }
      }
    }
    assertThat(Files.readString(file()))
        .doesNotContainIgnoringCase("c4nary")
        .doesNotContain(
            java.util.Base64.getEncoder().encodeToString(("user:" + CANARY).getBytes(UTF_8)));
    assertThat(lines()).hasSizeGreaterThanOrEqualTo(21);
    for (Map<?, ?> line : lines()) {
      if (line.get("answer") instanceof Map<?, ?> answer
          && answer.get("base64") instanceof String encoded) {
        assertThat(new String(java.util.Base64.getDecoder().decode(encoded), UTF_8))
            .doesNotContain("c4nary");
      }
    }
    assertThat(lines()).filteredOn(line -> Boolean.TRUE.equals(line.get("token"))).hasSize(1);
  }

  /// A disk on which only so much has room.
  private static final class SmallDisk implements WritableByteChannel {
    private int room;

    SmallDisk(int room) {
      this.room = room;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      int count = Math.min(room, from.remaining());
      if (count == 0) {
        throw new IOException("No space left on device");
      }
      from.position(from.position() + count);
      room -= count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void aFullDiskEndsTheStatementAndTheSession() throws Exception {
    try (var fixture = new Fixture(_ -> Reply.json("[]"))) {
      CassetteFile disk = new CassetteFile(file(), new SmallDisk(10), () -> {});
      Transport transport = new Transport(Duration.ofSeconds(20), 1000);
      Recorder recorder = new Recorder(transport, disk, text -> text);
      Sender sender = new Sender(recorder, FetchOptions.DEFAULT, new FakeTiming());
      java.net.URI uri = java.net.URI.create(fixture.cloud.uri() + "/things");
      Sender.Outgoing out =
          new Sender.Outgoing(
              fixture.get("/things"),
              uri,
              uri,
              "acme",
              uri,
              dev.isobar.fetch.auth.Credential.NONE,
              dev.isobar.fetch.auth.SigningScope.NONE,
              List.of(),
              Sender.Purpose.CHANGE_ONCE);
      for (String what : List.of("the API answered 200, and the answer", "an earlier answer")) {
        assertThatThrownBy(() -> sender.send(out, new Tally(null), (_, _) -> ""))
            .hasMessage(
                what + " could not be recorded in `" + file() + "`: No space left on device");
      }
      assertThat(fixture.cloud.received()).hasSize(1);
      assertThatThrownBy(disk::close)
          .hasMessage("The recording `" + file() + "` cannot be written: No space left on device.");
      recorder.close();
    }
    assertThat(Files.exists(file())).isFalse();
  }

  @Test
  void anOlderRecordingStaysUntilTheNewOneIsWhole() throws Exception {
    Files.writeString(file(), "old");
    try (var fixture = recording(_ -> Reply.json("[]"))) {
      read(
          fixture.fetcher,
          fixture.ids(Samples.method("listThings", "/things").build()),
          OnFailure.FAIL);
      assertThat(file()).hasContent("old");
      assertThatThrownBy(() -> recording(_ -> Reply.json("[]")))
          .hasMessageContaining("another recording writes it now");
    }
    assertThat(lines()).hasSize(1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
    assertThat(Files.getPosixFilePermissions(file()))
        .containsExactlyInAnyOrder(
            java.nio.file.attribute.PosixFilePermission.OWNER_READ,
            java.nio.file.attribute.PosixFilePermission.OWNER_WRITE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"isobar\":1,\"met", "no json\n", "{}\n", "{\"isobar\":2}\n", "[1]\n", "\n"})
  void whatIsNoRecordingIsSaid(String text) throws Exception {
    Files.writeString(file(), text);
    assertThatThrownBy(this::replaying)
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.FILE_FAILED);
              assertThat(e.text()).startsWith("Line 1 of the recording `" + file() + "` cannot be");
            });
  }

  @Test
  void aFileThatIsNotThereIsSaid() {
    assertThatThrownBy(this::replaying)
        .hasMessage(
            "The recording `" + file() + "` cannot be read: there is no such file or folder.");
    assertThatThrownBy(() ->
            new Fetcher(FetchOptions.DEFAULT.withRecording(new Recording.To(folder)), _ -> null))
        .hasMessageContaining("it is no regular file");
    assertThatThrownBy(() ->
            new Fetcher(
                FetchOptions.DEFAULT.withRecording(
                    new Recording.To(folder.resolve("none").resolve("x"))),
                _ -> null))
        .hasMessageContaining("there is no such file or folder");
  }
}
