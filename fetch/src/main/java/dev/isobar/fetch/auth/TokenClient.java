package dev.isobar.fetch.auth;

import dev.isobar.plan.Request;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends the requests by which tokens are had: limited in time, and sent again when the endpoint is
/// too busy, fails, or cannot be reached.
@FunctionalInterface
public interface TokenClient {
  /// Sends one request and reads its answer, whatever its status.
  ///
  /// @param redaction hides the secrets of the request
  /// @throws dev.isobar.model.IsobarException `REQUEST_FAILED` or `RATE_LIMITED` when no answer of
  ///   use came
  Reply send(
      String verb, URI uri, List<Request.Pair> headers, @Nullable String body, Redaction redaction)
      throws InterruptedException;

  /// An endpoint's answer.
  ///
  /// @param body whole, and unzipped
  /// @param said the error that the body reports, in its own words without secrets; empty when it
  ///   says nothing
  record Reply(int status, HttpHeaders headers, String body, String said) {}
}
