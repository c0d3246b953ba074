package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.fetch.FetchOptions;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.parse.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The seed's resource, from the first code to the removal of the number.
class PhoneNumberTest {
  private static final String PHONE = "linode.profile.phone_number";
  private static final String SEND =
      "EXEC " + PHONE + ".postProfilePhoneNumber @data__iso_code='US', @data__phone_number='%s'";
  private static final String VERIFIED = "SELECT verified_phone_number FROM linode.profile.profile";

  @Test
  void aNumberIsVerifiedByTheCodeThatWasSentAndCanBeDeleted() throws IOException {
    try (SandboxSession session = SandboxSession.start()) {
      run(session.engine, SEND.formatted("555-555-0100"));
      run(
          session.engine,
          "EXEC "
              + PHONE
              + ".postProfilePhoneNumberVerify @data__otp_code='"
              + lastCode(session)
              + "'");
      assertThat(session.rows(VERIFIED)).containsExactly(List.of("+15555550100"));

      assertThatExceptionOfType(IsobarException.class)
          .as("a second number while one is verified")
          .isThrownBy(() -> run(session.engine, SEND.formatted("555-555-0101")))
          .withMessageContaining("400");

      run(session.engine, "DELETE FROM " + PHONE);
      List<@Nullable Object> none = new java.util.ArrayList<>();
      none.add(null);
      assertThat(session.rows(VERIFIED)).containsExactly(none);
    }
  }

  @Test
  void theSameCodeIsSentAgainWhileItIsValidAndExpiresAfterTenMinutes() throws IOException {
    try (SandboxSession session = SandboxSession.start()) {
      run(session.engine, SEND.formatted("555-555-0100"));
      String first = lastCode(session);
      run(session.engine, SEND.formatted("555-555-0100"));
      assertThat(lastCode(session)).isEqualTo(first).matches("[0-9]{6}");
      post(session, "/_sandbox/clock", "{\"advance\":\"PT11M\"}");
      assertThatExceptionOfType(IsobarException.class)
          .isThrownBy(() ->
              run(
                  session.engine,
                  "EXEC "
                      + PHONE
                      + ".postProfilePhoneNumberVerify @data__otp_code='"
                      + first
                      + "'"))
          .withMessageContaining("otp_code")
          .withMessageContaining("expired");
    }
  }

  @Test
  void aCodeIsOnlyForTheUserWhoAskedForIt() throws IOException {
    try (SandboxSession session = SandboxSession.start();
        Engine other =
            SandboxSession.engine(
                session.sandbox.base(),
                (FetchOptions options) ->
                    options.withAuth(
                        Map.of(
                            "linode",
                            new AuthSpec("bearer", Map.of("api_key", "somebody-else")))))) {
      run(session.engine, SEND.formatted("555-555-0100"));
      String code = lastCode(session);
      assertThatExceptionOfType(IsobarException.class)
          .isThrownBy(() ->
              run(
                  other,
                  "EXEC " + PHONE + ".postProfilePhoneNumberVerify @data__otp_code='" + code + "'"))
          .withMessageContaining("otp_code");
    }
  }

  private static void run(Engine engine, String sql) {
    for (Statement statement : engine.parse(sql).statements()) {
      engine.execute(statement).close();
    }
  }

  private static String lastCode(SandboxSession session) throws IOException {
    try (InputStream in =
        session.sandbox.base().resolve("/_sandbox/messages").toURL().openStream()) {
      Object messages = Json.parse(in.readAllBytes());
      if (messages instanceof Map<?, ?> envelope) {
        messages = envelope.values().iterator().next();
      }
      Object last = messages instanceof List<?> list ? list.getLast() : null;
      return last instanceof Map<?, ?> message ? String.valueOf(message.get("code")) : "none";
    }
  }

  private static void post(SandboxSession session, String path, String body) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) session.sandbox.base().resolve(path).toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    assertThat(connection.getResponseCode()).isBetween(200, 299);
  }
}
