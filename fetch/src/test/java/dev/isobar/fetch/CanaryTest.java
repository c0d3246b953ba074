package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.fetch.FetchOptions.OnFailure;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The secrets of every type of authentication, and the tokens that they buy, are in nothing that
/// people see, however the API and the endpoint for tokens repeat them.
class CanaryTest {
  private static final String CANARY = "c4nary\"/+ x";

  @TempDir private Path folder;

  private static String echo(Received request) {
    return request.target() + " " + request.headers() + " " + request.body() + " " + CANARY;
  }

  /// What the API answers.
  private static final List<FakeCloud.Handler> APIS =
      List.of(
          request -> Reply.json(401, Json.write(Map.of("message", echo(request)))),
          request -> Reply.json(403, Json.write(Map.of("message", echo(request)))),
          request -> Reply.json(500, echo(request)),
          request -> Reply.json("[{\"id\":" + Json.write(echo(request)) + "}]"),
          _ -> Reply.reset());

  /// What the endpoint for tokens answers.
  private static final List<FakeCloud.Handler> ENDPOINTS =
      List.of(
          request ->
              Reply.json(
                  400, Json.write(Map.of("error", "no", "error_description", echo(request)))),
          request -> Reply.json("oops " + echo(request)),
          _ -> Reply.json(Json.write(Map.of("access_token", CANARY + "token", "expires_in", 60))),
          _ ->
              Reply.status(200)
                  .header("Content-Type", "text/xml")
                  .body(
                      ("<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>R</AccessKeyId>"
                              + "<SecretAccessKey>c4naryrole</SecretAccessKey>"
                              + "<SessionToken>c4narytoken</SessionToken>"
                              + "<Expiration>2026-05-01T13:00:00Z</Expiration>"
                              + "</Credentials></AssumeRoleResult></AssumeRoleResponse>")
                          .getBytes(StandardCharsets.UTF_8)));

  private AuthSpec spec(String type, FakeCloud endpoint, Map<String, String> environment)
      throws IOException {
    environment.putAll(Map.of("U", "user", "S", CANARY));
    return switch (type) {
      case "oauth2" ->
          new AuthSpec(
              type,
              Map.of(
                  "client_id", "id",
                  "client_secret_env_var", "S",
                  "token_url", endpoint.uri() + "/token"));
      case "aws_signing_v4" ->
          new AuthSpec(
              type,
              Map.of("keyID", "AKID", "credentialsenvvar", "S", "session_token_env_var", "S"));
      case "aws_assume_role" ->
          new AuthSpec(
              type,
              Map.of(
                  "keyID", "AKID",
                  "credentialsenvvar", "S",
                  "aws_role_arn", "arn:x",
                  "aws_sts_endpoint", endpoint.uri().toString()));
      case "service_account" -> {
        environment.put(
            "S",
            Json.write(
                Map.of(
                    "type",
                    "authorized_user",
                    "client_id",
                    "id",
                    "client_secret",
                    CANARY,
                    "refresh_token",
                    CANARY,
                    "token_uri",
                    endpoint.uri() + "/token")));
        yield new AuthSpec(type, Map.of("credentialsenvvar", "S"));
      }
      case "oci_signing_v1" ->
          new AuthSpec(
              type,
              Map.of(
                  "tenancy_ocid", "t",
                  "user_ocid", "u",
                  "fingerprint", "f",
                  "private_key_env_var", "S",
                  "passphrase_env_var", "S"));
      case "interactive" -> {
        Path gcloud = folder.resolve("gcloud");
        Files.writeString(
            gcloud,
            "#!/bin/sh\nprintf '%s' '"
                + Json.write(Map.of("credential", Map.of("access_token", CANARY)))
                + "'\necho c4nary >&2\n");
        assertThat(gcloud.toFile().setExecutable(true)).isTrue();
        environment.put("PATH", folder.toString());
        yield new AuthSpec(type, Map.of());
      }
      default -> throw new AssertionError(type);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oauth2",
        "aws_signing_v4",
        "aws_assume_role",
        "service_account",
        "interactive",
        "oci_signing_v1"
      })
  void noSecretIsSeen(String type) throws Exception {
    for (FakeCloud.Handler api : APIS) {
      for (FakeCloud.Handler tokens : ENDPOINTS) {
        try (var endpoint = FakeCloud.start(tokens);
            var fixture = new Fixture(api, options -> options.withOnFailure(OnFailure.REPORT))) {
          Map<String, String> environment = new HashMap<>();
          fixture.auth = spec(type, endpoint, environment);
          fixture.environment.putAll(environment);
          List<Object> seen = new ArrayList<>();
          Throwable thrown =
              catchThrowable(() ->
                  seen.add(
                      fixture
                          .read(
                              fixture.ids(
                                  Samples.method("list", "/things")
                                      .credential(CredentialUse.REQUIRED)
                                      .build()))
                          .report()));
          if (thrown != null) {
            assertThat(thrown).isInstanceOf(IsobarException.class);
            seen.add(thrown);
          }
          seen.forEach(CanaryTest::clean);
        }
      }
    }
  }

  private static void clean(Object seen) {
    StringWriter text = new StringWriter();
    text.append(seen.toString());
    if (seen instanceof IsobarException e) {
      text.append(e.hint());
      e.printStackTrace(new PrintWriter(text));
    }
    assertThat(text.toString()).doesNotContain("c4nary");
  }
}
