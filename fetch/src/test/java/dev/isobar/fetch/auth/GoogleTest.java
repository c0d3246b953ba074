package dev.isobar.fetch.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import java.io.File;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Google's keys (`service_account`) and logins (`interactive`).
class GoogleTest {
  private static final AuthSpec SPEC =
      new AuthSpec("service_account", Map.of("credentialsenvvar", "GOOGLE_CREDENTIALS"));

  private static KeyPair pair;

  private final Gate gate = new Gate();

  @BeforeAll
  static void makeAKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    pair = generator.generateKeyPair();
  }

  private static String key(FakeCloud endpoint) {
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return Json.write(
        Map.of(
            "type", "service_account",
            "project_id", "acme",
            "private_key_id", "k1",
            "private_key", pem,
            "client_email", "robot@acme.iam.example",
            "client_id", "1",
            "token_uri", endpoint.uri() + "/token"));
  }

  private static Reply token(Received request) {
    return Reply.json(
        "{\"access_token\":\"g%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
            .formatted(request.number()));
  }

  /// The claims of the assertion that was sent, its signature checked.
  private static Map<?, ?> claims(Received request) throws Exception {
    String form = URLDecoder.decode(request.body(), StandardCharsets.UTF_8);
    String assertion = form.substring(form.indexOf("assertion=") + 10);
    List<String> parts = List.of(assertion.split("\\.", -1));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(pair.getPublic());
    signature.update((parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.UTF_8));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts.get(2)))).isTrue();
    return Json.parse(Base64.getUrlDecoder().decode(parts.get(1))) instanceof Map<?, ?> map
        ? map
        : Map.of();
  }

  @Test
  void aKeyBuysTokensForEverythingUnlessScopesSayOtherwise() throws Exception {
    try (var endpoint = FakeCloud.start(GoogleTest::token)) {
      gate.environment.put("GOOGLE_CREDENTIALS", key(endpoint));
      assertThat(gate.headers(SPEC)).containsEntry("authorization", "Bearer g1");
      assertThat(claims(endpoint.received().getFirst()).get("scope"))
          .isEqualTo("https://www.googleapis.com/auth/cloud-platform");
      AuthSpec delegated =
          new AuthSpec(
              "service_account",
              Map.of(
                  "credentialsenvvar",
                  "GOOGLE_CREDENTIALS",
                  "scopes",
                  List.of("a", "b"),
                  "sub",
                  "boss@acme.example"));
      assertThat(gate.headers(delegated)).containsEntry("authorization", "Bearer g2");
      Map<?, ?> claims = claims(endpoint.received().getLast());
      assertThat(claims.get("scope")).isEqualTo("a b");
      assertThat(claims.get("sub")).isEqualTo("boss@acme.example");
    }
  }

  @Test
  void aTokenIsKeptUntilItEnds() throws Exception {
    try (var endpoint = FakeCloud.start(GoogleTest::token)) {
      gate.environment.put("GOOGLE_CREDENTIALS", key(endpoint));
      // The library tells the end by the real clock.
      gate.now = java.time.Instant.now();
      gate.headers(SPEC);
      gate.headers(SPEC);
      assertThat(endpoint.received()).hasSize(1);
      gate.now = gate.now.plus(Duration.ofMinutes(59));
      assertThat(gate.headers(SPEC)).containsEntry("authorization", "Bearer g2");
    }
  }

  @Test
  void theKeyMayBeInAFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("key.json");
    try (var endpoint = FakeCloud.start(GoogleTest::token)) {
      Files.writeString(file, key(endpoint));
      AuthSpec named =
          new AuthSpec("service_account", Map.of("credentialsfilepath", file.toString()));
      assertThat(gate.headers(named)).containsEntry("authorization", "Bearer g1");
      gate.environment.put("GOOGLE_CREDENTIALS", file.toString());
      assertThat(gate.headers(SPEC)).containsEntry("authorization", "Bearer g2");
      gate.environment.put("GOOGLE_CREDENTIALS", file + ".none");
      assertThatThrownBy(() -> gate.headers(SPEC)).hasMessageContaining("cannot be read");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\":1}",
        "{oops",
        "{\"type\":\"service_account\"}",
        "oopseyJ0eXBlIjoic2VydmljZV9hY2NvdW50In0=",
        "-----BEGIN PRIVATE KEY-----\noops\n-----END PRIVATE KEY-----"
      })
  void aKeyThatIsNoneIsToldWithoutItsContent(String key) {
    gate.environment.put("GOOGLE_CREDENTIALS", key);
    assertThatThrownBy(() -> gate.headers(SPEC))
        .isInstanceOf(IsobarException.class)
        .hasMessageContaining("`GOOGLE_CREDENTIALS`")
        .hasMessageNotContaining("oops");
  }

  @Test
  void aRefusedKeyIsToldInGooglesWords() {
    try (var endpoint =
        FakeCloud.start(request ->
            Reply.json(
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"Account not found\"}"))) {
      gate.environment.put("GOOGLE_CREDENTIALS", key(endpoint));
      assertThatThrownBy(() -> gate.headers(SPEC))
          .isInstanceOfSatisfying(
              IsobarException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
                assertThat(e.text())
                    .contains("invalid_grant", "with the key in `GOOGLE_CREDENTIALS`");
              });
    }
  }

  @Test
  void aMissingKeyNamesItsVariable() {
    assertThatThrownBy(() -> gate.credential(SPEC))
        .hasMessage("`acme` needs a credential, and `GOOGLE_CREDENTIALS` is not set.");
  }

  private void gcloud(Path folder, String script) throws Exception {
    Path program = folder.resolve("gcloud");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    gate.environment.put("PATH", "/nowhere" + File.pathSeparator + folder);
  }

  @Test
  void aLoginIsAskedForItsToken(@TempDir Path folder) throws Exception {
    AuthSpec interactive = new AuthSpec("interactive", Map.of());
    assertThatThrownBy(() -> gate.credential(interactive))
        .hasMessageContaining("`gcloud` is not on the PATH");
    gcloud(
        folder,
        "[ \"$*\" = 'config config-helper --format=json' ] && echo '{\"credential\":"
            + "{\"access_token\":\"mine\",\"token_expiry\":\"2026-05-01T13:00:00Z\"}}'");
    assertThat(gate.headers(interactive)).containsEntry("authorization", "Bearer mine");
    // Only once: its program may be gone meanwhile.
    Files.delete(folder.resolve("gcloud"));
    Files.writeString(folder.resolve("gcloud"), "");
    assertThat(folder.resolve("gcloud").toFile().setExecutable(true)).isTrue();
    assertThat(gate.headers(interactive)).containsEntry("authorization", "Bearer mine");
    gate.now = Gate.START.plus(Duration.ofMinutes(61));
    assertThatThrownBy(() -> gate.headers(interactive)).hasMessageContaining("from `gcloud`");
  }

  @Test
  void aLoginThatIsNotThereIsTold(@TempDir Path folder) throws Exception {
    gcloud(folder, "echo c4nary; exit 1");
    assertThatThrownBy(() -> gate.headers(new AuthSpec("interactive", Map.of())))
        .hasMessageContaining("it ended with the exit code 1")
        .hasMessageNotContaining("c4nary");
  }

  @Test
  @Timeout(30)
  void aLoginThatPrintsWithoutEndIsEnded(@TempDir Path folder) throws Exception {
    gcloud(folder, "while :; do echo c4nary-c4nary-c4nary-c4nary-c4nary; done");
    assertThatThrownBy(() -> gate.headers(new AuthSpec("interactive", Map.of())))
        .hasMessageContaining("it printed more than 1 MB")
        .hasMessageNotContaining("c4nary");
  }
}
