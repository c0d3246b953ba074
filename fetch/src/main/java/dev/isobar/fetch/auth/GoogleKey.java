package dev.isobar.fetch.auth;

import com.google.auth.Retryable;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.isobar.catalog.AuthSpec;
import dev.isobar.fetch.auth.Renewing.Held;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tokens for a key of Google's (`service_account`), by Google's library: a service account, and
/// what else its tools write into such a file, such as a federated identity.
final class GoogleKey implements Renewing.Source<String> {
  private static final String EVERYTHING = "https://www.googleapis.com/auth/cloud-platform";
  private static final List<String> SECRETS =
      List.of("private_key", "client_secret", "refresh_token");

  private final String provider;
  private final String key;
  private final List<String> scopes;
  private final @Nullable String subject;
  private final String source;
  private final Redaction redaction;

  private GoogleKey(
      String provider,
      String key,
      List<String> scopes,
      @Nullable String subject,
      String source,
      Redaction redaction) {
    this.provider = provider;
    this.key = key;
    this.scopes = scopes;
    this.subject = subject;
    this.source = source;
    this.redaction = redaction;
  }

  static void add(Search search, String provider, AuthSpec spec, InstantSource clock) {
    String content = search.content(spec);
    if (content != null && !content.startsWith("{")) {
      // Many set the variable to the file's path, as other tools have it. What is none may be a key
      // in another form, so it is not told.
      String place = search.source();
      content =
          search.file(
              content,
              "what is in "
                  + place
                  + " is neither a key nor the path of a file, or it cannot be read");
    }
    if (content == null) {
      return;
    }
    String key = content;
    if (!(parsed(key) instanceof Map<?, ?> fields) || !(fields.get("type") instanceof String)) {
      throw TokenUrl.wrong(
          provider,
          "what is in " + search.source() + " is no key of Google's",
          "Give the JSON that the Google Cloud console lets you download for a service account.");
    }
    if (fields.get("client_email") instanceof String email) {
      search.principal(email);
    }
    search.secret(key);
    for (String name : SECRETS) {
      if (fields.get(name) instanceof String secret) {
        search.secret(secret);
      }
    }
    String written = ClientCredentials.scopes(spec);
    List<String> scopes = List.of((written.isEmpty() ? EVERYTHING : written).split("[\\s,]+"));
    String subject = spec.setting("sub");
    String source = search.source();
    search.part(redaction ->
        new Token(
            new Renewing<>(
                new GoogleKey(provider, key, scopes, subject, source, redaction), clock)));
  }

  private static @Nullable Object parsed(String json) {
    try {
      return Json.parse(json);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public Held<String> fetch() throws InterruptedException {
    try {
      GoogleCredentials credentials =
          GoogleCredentials.fromStream(
                  new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8)))
              .createScoped(scopes);
      if (subject != null) {
        credentials = credentials.createDelegated(subject);
      }
      AccessToken token = credentials.refreshAccessToken();
      redaction.add(token.getTokenValue());
      Date end = token.getExpirationTime();
      return new Held<>("Bearer " + token.getTokenValue(), end == null ? null : end.toInstant());
    } catch (IOException | IllegalArgumentException e) {
      if (Thread.interrupted()) {
        var interrupted = new InterruptedException();
        interrupted.initCause(e);
        throw interrupted;
      }
      boolean refused = !(e instanceof IOException) || isRefusal(e);
      throw new IsobarException(
          refused ? ErrorCode.AUTHENTICATION_FAILED : ErrorCode.REQUEST_FAILED,
          "No token for `"
              + provider
              + "` could be had with the key in "
              + source
              + ": `"
              + redaction.excerpt(String.valueOf(e.getMessage()))
              + "`.",
          refused ? "Check that the key is whole, and that it was not revoked." : "");
    }
  }

  /// Whether asking again would be of no use.
  private static boolean isRefusal(Throwable e) {
    return e instanceof Retryable refusal && !refusal.isRetryable();
  }
}
