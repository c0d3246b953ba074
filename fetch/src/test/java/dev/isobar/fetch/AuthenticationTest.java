package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.fetch.FetchOptions.OnFailure;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.plan.Call;
import dev.isobar.plan.Request;
import dev.isobar.plan.Scan;
import dev.isobar.plan.Split;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuthenticationTest {
  private static final String SECRET = "c4nary\"/+ secret";

  private static Method list(CredentialUse use) {
    return Samples.method("list", "/things").credential(use).build();
  }

  /// The request that a provider with that authentication gets.
  private static Received sent(AuthSpec auth, Map<String, String> environment)
      throws InterruptedException {
    try (var fixture = new Fixture(_ -> Reply.json("[]"))) {
      fixture.auth = auth;
      fixture.environment.putAll(environment);
      fixture.read(fixture.ids(list(CredentialUse.REQUIRED)));
      return fixture.cloud.received().getFirst();
    }
  }

  @Test
  void sendsABearerToken() throws Exception {
    assertThat(sent(Fixture.BEARER, Map.of("ACME_TOKEN", " t \n")).header("Authorization"))
        .isEqualTo("Bearer t");
  }

  @Test
  void sendsAnApiKeyWithItsPrefix() throws Exception {
    AuthSpec auth =
        new AuthSpec("api_key", Map.of("credentialsenvvar", "KEY", "valuePrefix", "SSWS "));
    assertThat(sent(auth, Map.of("KEY", "k")).header("Authorization")).isEqualTo("SSWS k");
  }

  @Test
  void sendsUserAndPassword() throws Exception {
    AuthSpec auth =
        new AuthSpec(
            "basic", Map.of("username_var", "U", "password_var", "P", "valuePrefix", "Basic "));
    assertThat(sent(auth, Map.of("U", "user", "P", "pass")).header("Authorization"))
        .isEqualTo("Basic dXNlcjpwYXNz");
    assertThat(
            sent(new AuthSpec("basic", Map.of("credentialsenvvar", "C")), Map.of("C", "abc="))
                .header("Authorization"))
        .isEqualTo("BASIC abc=");
    assertThat(
            sent(new AuthSpec("basic", Map.of("username", "user", "password", "pass")), Map.of())
                .header("Authorization"))
        .isEqualTo("BASIC dXNlcjpwYXNz");
  }

  @Test
  void sendsAChainOfCustomKeys() throws Exception {
    AuthSpec auth =
        new AuthSpec(
            "custom",
            Map.of(
                "location",
                "header",
                "name",
                "X-Key",
                "credentialsenvvar",
                "A",
                "successor",
                Map.of(
                    "type", "custom", "location", "query", "name", "k", "credentialsenvvar", "B")));
    Received request = sent(auth, Map.of("A", "1", "B", "2 3"));
    assertThat(request.header("X-Key")).isEqualTo("1");
    assertThat(request.target()).isEqualTo("/things?k=2%203");
  }

  @Test
  void readsACredentialFromAFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("token");
    Files.writeString(file, "from file\n");
    AuthSpec auth =
        new AuthSpec("bearer", Map.of("credentialsenvvar", "A", "credentialsfilepathenvvar", "F"));
    assertThat(sent(auth, Map.of("F", file.toString())).header("Authorization"))
        .isEqualTo("Bearer from file");
    assertThat(sent(auth, Map.of("F", file.toString(), "A", "b")).header("Authorization"))
        .isEqualTo("Bearer b");
    assertThatThrownBy(() -> sent(auth, Map.of("F", folder.resolve("none").toString())))
        .hasMessageContaining("cannot be read");
  }

  @Test
  void sendsNothingWhereNothingIsNeeded() throws Exception {
    assertThat(sent(AuthSpec.NONE, Map.of()).header("Authorization")).isNull();
    try (var fixture = new Fixture(_ -> Reply.json("[]"))) {
      fixture.environment.put("ACME_TOKEN", "t");
      fixture.read(fixture.ids(list(CredentialUse.NONE)));
      assertThat(fixture.cloud.received().getFirst().header("Authorization")).isNull();
    }
  }

  @Test
  void sendsAnOptionalCredentialWhenThereIsOne() throws Exception {
    try (var fixture = new Fixture(_ -> Reply.json("[]"))) {
      fixture.read(fixture.ids(list(CredentialUse.OPTIONAL)));
      fixture.environment.put("ACME_TOKEN", "t");
      fixture.read(fixture.ids(list(CredentialUse.OPTIONAL)));
      assertThat(fixture.cloud.received())
          .extracting(request -> request.header("Authorization"))
          .containsExactly(null, "Bearer t");
    }
  }

  @Test
  void anApiKeyMayStandElsewhere() throws Exception {
    AuthSpec header =
        new AuthSpec(
            "api_key",
            Map.of(
                "api_key_var", "K", "name", "X-Key", "valuePrefix", "v1 ", "location", "header"));
    assertThat(sent(header, Map.of("K", "k")).header("X-Key")).isEqualTo("v1 k");
    AuthSpec query =
        new AuthSpec("api_key", Map.of("api_key", "k", "name", "k", "location", "query"));
    assertThat(sent(query, Map.of()).target()).isEqualTo("/things?k=k");
  }

  @Test
  void followsAChainToItsEnd() throws Exception {
    Map<String, Object> settings = Map.of();
    for (int i = 5; i >= 1; i--) {
      Map<String, Object> next = new java.util.HashMap<>();
      next.putAll(Map.of("type", "custom", "name", "X-" + i, "credentialsenvvar", "K" + i));
      if (!settings.isEmpty()) {
        next.put("successor", settings);
      }
      settings = next;
    }
    Map<String, String> environment = Map.of("K1", "a", "K2", "b", "K3", "c", "K4", "d", "K5", "e");
    Received request = sent(new AuthSpec("custom", settings), environment);
    assertThat(request.headers())
        .containsAllEntriesOf(Map.of("X-1", "a", "X-2", "b", "X-3", "c", "X-4", "d", "X-5", "e"));
    AuthSpec chain = new AuthSpec("custom", settings);
    assertThatThrownBy(() -> sent(chain, Map.of("K1", "a", "K3", "c", "K5", "e")))
        .hasMessage("`acme` needs a credential, and `K2` is not set and `K4` is not set.");
  }

  @Test
  void namesBothHalvesThatAreMissing() {
    AuthSpec basic = new AuthSpec("basic", Map.of("username_var", "U", "password_var", "P"));
    assertThatThrownBy(() -> sent(basic, Map.of()))
        .hasMessage("`acme` needs a credential, and `U` is not set and `P` is not set.");
  }

  @Test
  void namesATypeThatIsNotSupported() {
    assertThatThrownBy(() -> sent(new AuthSpec("aws_signing_v3", Map.of()), Map.of()))
        .hasMessageContaining("`aws_signing_v3`")
        .extracting(e -> ((IsobarException) e).code())
        .isEqualTo(ErrorCode.UNSUPPORTED_STATEMENT);
  }

  @Test
  void theUsersOwnReplacesTheDocuments() throws Exception {
    try (var fixture =
        new Fixture(
            _ -> Reply.json("[]"),
            options ->
                options.withAuth(
                    Map.of("acme", new AuthSpec("bearer", Map.of("credentialsenvvar", "MINE")))))) {
      fixture.environment.put("ACME_TOKEN", "document's");
      fixture.environment.put("MINE", "mine");
      fixture.read(fixture.ids(list(CredentialUse.REQUIRED)));
      assertThat(fixture.cloud.received().getFirst().header("Authorization"))
          .isEqualTo("Bearer mine");
    }
  }

  @Test
  void aSandboxNeverGetsTheRealCredential() throws Exception {
    for (String type :
        List.of(
            "bearer",
            "oauth2",
            "aws_signing_v4",
            "aws_assume_role",
            "azure_default",
            "service_account",
            "interactive",
            "oci_signing_v1")) {
      AuthSpec auth = new AuthSpec(type, Map.of("credentialsenvvar", "ACME_TOKEN"));
      try (var sandbox = FakeCloud.start(_ -> Reply.json("[]"));
          var fixture =
              new Fixture(
                  _ -> Reply.status(500),
                  options ->
                      options.withEndpoints(
                          Map.of("acme", URI.create(sandbox.uri() + "/base/"))))) {
        fixture.auth = auth;
        fixture.environment.put("ACME_TOKEN", SECRET);
        Request request =
            new Request(
                "GET",
                "https://api.acme.example/v4/a%20b",
                List.of(new Request.Pair("q", "1 2")),
                List.of(),
                null);
        fixture.read(
            fixture.scan(
                list(CredentialUse.REQUIRED),
                List.of(Fixture.column("id", ColumnType.BIGINT)),
                new Split(Map.of(), request)));
        Received received = sandbox.received().getFirst();
        assertThat(received.target()).isEqualTo("/base/v4/a%20b?q=1%202");
        assertThat(received.header("Authorization")).isEqualTo("Bearer sandbox");
        assertThat(fixture.cloud.received()).isEmpty();
      }
    }
  }

  @Test
  void aSandboxsNextPageIsAskedForThere() throws Exception {
    Method method =
        Samples.method("list", "/things")
            .rowsAt("$.items")
            .credential(CredentialUse.REQUIRED)
            .paged(
                Samples.tokens(
                    "",
                    dev.isobar.catalog.Pagination.Location.REQUEST,
                    "$.next",
                    dev.isobar.catalog.Pagination.Location.BODY))
            .build();
    try (var sandbox =
            FakeCloud.start(request ->
                switch (request.path()) {
                  case "/v4/things" ->
                      Reply.json(
                          "{\"items\":[{\"id\":1}],\"next\":\"http://%s/v4/two\"}"
                              .formatted(request.header("Host")));
                  case "/v4/two" ->
                      Reply.json(
                          "{\"items\":[{\"id\":2}],\"next\":\"https://api.acme.example/v4/three\"}");
                  default -> Reply.json("{\"items\":[{\"id\":3}]}");
                });
        var fixture =
            new Fixture(
                _ -> Reply.status(500),
                options -> options.withEndpoints(Map.of("acme", sandbox.uri())))) {
      Request request =
          new Request("GET", "https://api.acme.example/v4/things", List.of(), List.of(), null);
      Scan scan =
          fixture.scan(
              method,
              List.of(Fixture.column("id", ColumnType.BIGINT)),
              new Split(Map.of(), request));
      assertThat(fixture.read(scan).first()).containsExactly(1L, 2L, 3L);
      assertThat(sandbox.targets()).containsExactly("/v4/things", "/v4/two", "/v4/three");
      assertThat(sandbox.received())
          .allMatch(received -> "Bearer sandbox".equals(received.header("Authorization")));
    }
  }

  /// A secret in a header, in the URL, and as a part of an encoded pair.
  static List<AuthSpec> places() {
    return List.of(
        new AuthSpec("bearer", Map.of("credentialsenvvar", "S")),
        new AuthSpec(
            "custom", Map.of("location", "query", "name", "key", "credentialsenvvar", "S")),
        new AuthSpec("basic", Map.of("username_var", "U", "password_var", "S")));
  }

  /// An API that repeats in its answers all that it was sent.
  private static String echo(Received request) {
    return request.target() + " " + request.headers() + " " + SECRET;
  }

  @ParameterizedTest
  @MethodSource("places")
  void aSecretIsInNothingThatPeopleSee(AuthSpec place) throws Exception {
    List<FakeCloud.Handler> clouds =
        List.of(
            request ->
                Reply.json(401, dev.isobar.model.Json.write(Map.of("message", echo(request)))),
            request -> Reply.json(500, echo(request)),
            request -> Reply.json(200, "{\"id\": " + echo(request)),
            request -> Reply.status(302).header("Location", "ftp://x y/" + request.target()),
            request -> Reply.json("[{\"id\":" + dev.isobar.model.Json.write(echo(request)) + "}]"),
            request ->
                Reply.status(200)
                    .header("Content-Type", "text/html")
                    .body(
                        ("<title>" + echo(request) + "</title>")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            _ -> Reply.reset());
    for (FakeCloud.Handler handler : clouds) {
      for (OnFailure onFailure : OnFailure.values()) {
        try (var fixture = new Fixture(handler, options -> options.withOnFailure(onFailure))) {
          fixture.auth = place;
          fixture.environment.putAll(Map.of("S", SECRET, "U", "user"));
          Throwable thrown =
              catchThrowable(
                  () -> clean(fixture.read(fixture.ids(list(CredentialUse.REQUIRED))).report()));
          if (thrown != null) {
            clean(thrown);
          }
        }
      }
      try (var fixture = new Fixture(handler)) {
        fixture.auth = place;
        fixture.environment.putAll(Map.of("S", SECRET, "U", "user"));
        Method method =
            Samples.method("create", "/things").credential(CredentialUse.REQUIRED).build();
        Throwable thrown =
            catchThrowable(() ->
                fixture.fetcher.call(
                    new Call(
                        fixture.provider(),
                        Fixture.THINGS,
                        method,
                        new Request(
                            "POST", fixture.cloud.uri() + "/things", List.of(), List.of(), "{}"),
                        false)));
        if (thrown != null) {
          clean(thrown);
        }
      }
    }
  }

  private static void clean(Object seen) throws IOException {
    String text = seen.toString();
    if (seen instanceof Throwable thrown) {
      try (var trace = new StringWriter()) {
        thrown.printStackTrace(new PrintWriter(trace));
        text += trace + (thrown instanceof IsobarException e ? e.hint() : "");
      }
    }
    assertThat(text)
        .doesNotContain("c4nary")
        .doesNotContain("secret")
        // user:c4nary… in base64
        .doesNotContain("dXNlcjpjNG5hcnk")
        .doesNotContain("YzRuYXJ5");
  }
}
