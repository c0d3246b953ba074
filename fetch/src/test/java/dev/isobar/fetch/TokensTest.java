package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.plan.Call;
import dev.isobar.plan.Request;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens that a client's id and secret buy (`oauth2`): asked for, renewed, refused.
class TokensTest {
  private static final Method LIST =
      Samples.method("list", "/things").credential(CredentialUse.REQUIRED).build();

  /// Tokens t1, t2… that last an hour.
  private static Reply token(Received request) {
    return Reply.json(
        "{\"access_token\":\"t%d\",\"token_type\":\"bearer\",\"expires_in\":3600}"
            .formatted(request.number()));
  }

  /// An API that takes any bearer token, and the endpoint that sells them.
  private static final class Shop implements AutoCloseable {
    final FakeCloud endpoint;
    final Fixture api;
    final Map<String, Object> settings = new HashMap<>();

    Shop(FakeCloud.Handler endpoint) {
      this(endpoint, _ -> Reply.json("[]"));
    }

    Shop(FakeCloud.Handler endpoint, FakeCloud.Handler api) {
      this.endpoint = FakeCloud.start(endpoint);
      this.api = new Fixture(api);
      this.api.environment.putAll(Map.of("ID", "me", "SECRET", "s3cret &"));
      settings.putAll(
          Map.of(
              "grant_type", "client_credentials",
              "client_id_env_var", "ID",
              "client_secret_env_var", "SECRET",
              "token_url", this.endpoint.uri() + "/token"));
    }

    void read() throws InterruptedException {
      api.auth = new AuthSpec("oauth2", new HashMap<>(settings));
      api.read(api.ids(LIST));
    }

    Received asked() {
      return endpoint.received().getLast();
    }

    List<String> sent() {
      List<String> sent = new ArrayList<>();
      api.cloud.received().forEach(request -> sent.add(request.header("Authorization")));
      return sent;
    }

    @Override
    public void close() {
      api.close();
      endpoint.close();
    }
  }

  private static String encoded(String text) {
    return java.util.Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void buysATokenOnceForAllStatementsUntilItEnds() throws Exception {
    try (var shop = new Shop(TokensTest::token)) {
      shop.read();
      shop.read();
      shop.api.timing.sleep(Duration.ofMinutes(57));
      shop.read();
      // Two minutes before the end: a request must not arrive with an expired one.
      shop.api.timing.sleep(Duration.ofMinutes(1).plusSeconds(1));
      shop.read();
      assertThat(shop.sent()).containsExactly("Bearer t1", "Bearer t1", "Bearer t1", "Bearer t2");
    }
  }

  @Test
  void sendsTheIdAndTheSecretInAHeaderOrInTheBody() throws Exception {
    try (var shop = new Shop(TokensTest::token)) {
      shop.settings.putAll(
          Map.of(
              "scopes", List.of("a", "b:c"), "values", Map.of("audience", "x y"), "auth_style", 2));
      shop.read();
      assertThat(shop.asked().verb()).isEqualTo("POST");
      assertThat(shop.asked().header("Content-Type"))
          .isEqualTo("application/x-www-form-urlencoded");
      assertThat(shop.asked().header("Authorization"))
          .isEqualTo("Basic " + encoded("me:s3cret+%26"));
      assertThat(shop.asked().body())
          .isEqualTo("grant_type=client_credentials&scope=a+b%3Ac&audience=x+y");
      shop.settings.putAll(Map.of("auth_style", 1));
      shop.read();
      assertThat(shop.asked().header("Authorization")).isNull();
      assertThat(shop.asked().body())
          .endsWith("&audience=x+y&client_id=me&client_secret=s3cret+%26");
    }
  }

  @Test
  void findsOutWhereAnEndpointWantsThem() throws Exception {
    try (var shop =
        new Shop(request ->
            request.header("Authorization") == null
                ? Reply.json("{\"access_token\":\"t\",\"expires_in\":\"60\"}")
                : Reply.json(401, "{\"error\":\"invalid_client\"}"))) {
      shop.read();
      shop.api.timing.sleep(Duration.ofMinutes(2));
      shop.read();
      assertThat(shop.endpoint.received())
          .extracting(request -> request.header("Authorization") != null)
          .containsExactly(true, false, false);
    }
  }

  @Test
  void fillsTheUrlFromSettingsAndVariables() throws Exception {
    try (var shop = new Shop(TokensTest::token)) {
      shop.api.environment.putAll(Map.of("TENANT", "t-1", "ACCOUNT", "a-1"));
      shop.settings.putAll(
          Map.of(
              "token_url",
              shop.endpoint.uri() + "/{{ .__env__TENANT }}/{{- .account_id -}}/{{.realm}}/token",
              "account_id_env_var",
              "ACCOUNT",
              "realm",
              "r"));
      shop.read();
      assertThat(shop.asked().target()).isEqualTo("/t-1/a-1/r/token");
      shop.api.environment.put("TENANT", "t-2");
      shop.read();
      assertThat(shop.asked().target()).isEqualTo("/t-2/a-1/r/token");
    }
  }

  @Test
  void namesAllThatIsMissing() {
    try (var shop = new Shop(TokensTest::token)) {
      shop.api.environment.clear();
      shop.settings.put("token_url", "https://{{ .__env__TENANT }}.example/{{ .account_id }}");
      shop.settings.put("account_id_env_var", "ACCOUNT");
      assertThatThrownBy(shop::read)
          .hasMessage(
              "`acme` needs a credential, and `ID` is not set and `SECRET` is not set and `TENANT`"
                  + " is not set and `ACCOUNT` is not set.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://tokens.example/token",
        "ftp://127.0.0.1/token",
        "https:///token",
        "no url",
        "https://127.0.0.1/{{ printf \"%s\" .x }}"
      })
  void sendsNoSecretToWhatIsNoSafeUrl(String url) {
    try (var shop = new Shop(TokensTest::token)) {
      shop.settings.put("token_url", url);
      assertThatThrownBy(shop::read)
          .extracting(e -> ((IsobarException) e).code())
          .isEqualTo(ErrorCode.INVALID_CONFIGURATION);
    }
  }

  @Test
  void saysThatTheEndpointRefused() {
    try (var shop =
        new Shop(request ->
            Reply.json(
                401,
                "{\"error\":\"invalid_client\",\"error_description\":\"no: %s %s\"}"
                    .formatted(request.header("Authorization"), request.body())))) {
      assertThatThrownBy(shop::read)
          .isInstanceOfSatisfying(
              IsobarException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
                assertThat(e.text())
                    .startsWith(
                        "`acme.core.things` could not be read: no token for `acme` could be had:"
                            + " `127.0.0.1` answered 401: `invalid_client: no: Basic *** ")
                    .doesNotContain("s3cret");
                assertThat(e.hint()).contains("`ID`", "`SECRET`");
              });
      assertThat(shop.api.cloud.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "oops", "{\"access_token\":\"\"}", "{\"access_token\":1}"})
  void saysThatTheAnswerHoldsNoToken(String answer) {
    try (var shop = new Shop(_ -> Reply.json(answer))) {
      assertThatThrownBy(shop::read).hasMessageContaining("answered without an `access_token`");
    }
  }

  @Test
  void asksAgainWhenTheEndpointFalters() throws Exception {
    try (var shop =
        new Shop(request ->
            switch (request.number()) {
              case 1 -> Reply.status(503);
              case 2 -> Reply.status(429).header("Retry-After", "3");
              case 3 -> Reply.reset();
              default -> token(request);
            })) {
      shop.read();
      assertThat(shop.sent()).containsExactly("Bearer t4");
      assertThat(shop.api.timing.slept()).isGreaterThanOrEqualTo(3000);
    }
    try (var shop = new Shop(_ -> Reply.status(500))) {
      assertThatThrownBy(shop::read)
          .hasMessageContaining("gave no token: the API answered 500")
          .extracting(e -> ((IsobarException) e).code())
          .isEqualTo(ErrorCode.REQUEST_FAILED);
    }
  }

  @Test
  void aRefusedTokenIsRenewedOnce() throws Exception {
    try (var shop =
        new Shop(
            TokensTest::token,
            request ->
                "Bearer t1".equals(request.header("Authorization"))
                    ? Reply.json(401, "{\"message\":\"revoked\"}")
                    : Reply.json("[]"))) {
      shop.read();
      assertThat(shop.sent()).containsExactly("Bearer t1", "Bearer t2");
    }
    try (var shop = new Shop(TokensTest::token, _ -> Reply.status(401))) {
      assertThatThrownBy(shop::read)
          .hasMessageContaining("the API refused the credential in `ID` and `SECRET`");
      assertThat(shop.sent()).containsExactly("Bearer t1", "Bearer t2");
    }
  }

  @Test
  void aChangeThatWasNotLetInIsSentOnceMore() throws Exception {
    try (var shop =
        new Shop(
            TokensTest::token,
            request -> request.number() == 1 ? Reply.status(401) : Reply.json("{}"))) {
      shop.api.auth = new AuthSpec("oauth2", new HashMap<>(shop.settings));
      shop.api.fetcher.call(
          new Call(
              shop.api.provider(),
              Fixture.THINGS,
              LIST,
              new Request("POST", shop.api.cloud.uri() + "/things", List.of(), List.of(), "{}"),
              false));
      assertThat(shop.sent()).containsExactly("Bearer t1", "Bearer t2");
    }
  }

  @Test
  void manyThreadsBuyOneTokenAndRenewItOnce() throws Exception {
    CountDownLatch all = new CountDownLatch(16);
    try (var shop =
            new Shop(
                TokensTest::token,
                request -> {
                  if ("Bearer t1".equals(request.header("Authorization"))) {
                    // Refused only when all sixteen were sent with the first token.
                    all.countDown();
                    return Reply.status(401).after(all);
                  }
                  return Reply.json("[]");
                });
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> reads = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        reads.add(
            threads.submit(() -> {
              shop.read();
              return null;
            }));
      }
      for (Future<?> read : reads) {
        read.get();
      }
      assertThat(shop.endpoint.received()).hasSize(2);
      assertThat(shop.sent()).filteredOn("Bearer t2"::equals).hasSize(16);
    }
  }

  @Test
  void aTokenThatStillHoldsIsUsedWhenNoNewOneCanBeHad() throws Exception {
    try (var shop =
        new Shop(request -> request.number() == 1 ? token(request) : Reply.status(400))) {
      shop.read();
      shop.api.timing.sleep(Duration.ofMinutes(59));
      shop.read();
      assertThat(shop.sent()).containsExactly("Bearer t1", "Bearer t1");
      shop.api.timing.sleep(Duration.ofMinutes(2));
      assertThatThrownBy(shop::read).hasMessageContaining("no token for `acme`");
    }
  }
}
