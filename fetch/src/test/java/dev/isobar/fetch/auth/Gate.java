package dev.isobar.fetch.auth;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.plan.Request;
import dev.isobar.testing.Samples;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// An authenticator with variables and a clock of its own.
final class Gate {
  static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

  final Map<String, String> environment = new HashMap<>();
  Instant now = START;
  TokenClient client =
      (_, uri, _, _, _) -> {
        throw new AssertionError("no token was to be asked for: " + uri);
      };

  final Authenticator authenticator =
      new Authenticator(
          Map.of(),
          _ -> false,
          environment::get,
          (verb, uri, headers, body, redaction) -> client.send(verb, uri, headers, body, redaction),
          () -> now);

  Credential credential(AuthSpec spec) {
    return authenticator.credential(Samples.provider("acme", spec), CredentialUse.REQUIRED);
  }

  /// The headers of a GET, by name in lower case.
  Map<String, String> headers(AuthSpec spec) throws InterruptedException {
    return headers(credential(spec), "GET", "https://api.eu-west-1.amazonaws.com/x", null);
  }

  static Map<String, String> headers(
      Credential credential,
      String verb,
      String url,
      @org.jspecify.annotations.Nullable String body)
      throws InterruptedException {
    Method method = Samples.method("list", "/x").build();
    Outbound request =
        new Outbound(verb, URI.create(url), List.of(), body, SigningScope.of(method, url));
    Map<String, String> headers = new TreeMap<>();
    for (Request.Pair pair : credential.headers(request)) {
      headers.put(pair.name().toLowerCase(Locale.ROOT), pair.value());
    }
    return headers;
  }
}
