package dev.isobar.fetch;

import dev.isobar.catalog.AuthSpec;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// How requests are sent: limits, and where to.
///
/// @param requestTimeout for one request, from sending it to the last byte of its answer; each 64
///   KB that come begin it anew, so it ends what stalls and not what is long
/// @param concurrency most requests in flight at one host with one credential, over all scans
/// @param pageLimit most pages that one split is read for; 0 for no limit
/// @param attempts how often a request is sent before it counts as failed
/// @param endpoints by provider: replaces scheme, host and port of its URLs, and is put before
///   their path; how a sandbox is reached. The user's real credential is never sent there, unless
///   `auth` names the provider too.
/// @param auth by provider: replaces the document's authentication wholly
/// @param localPrograms whether methods that run programs on this machine may do so
/// @param onFailure what a page that cannot be read does to its scan
/// @param recording whether exchanges are kept in a file, or come from one
public record FetchOptions(
    Duration requestTimeout,
    int concurrency,
    long pageLimit,
    int attempts,
    Map<String, URI> endpoints,
    Map<String, AuthSpec> auth,
    boolean localPrograms,
    OnFailure onFailure,
    Recording recording) {

  public static final FetchOptions DEFAULT =
      new FetchOptions(
          Duration.ofSeconds(45),
          16,
          0,
          5,
          Map.of(),
          Map.of(),
          false,
          OnFailure.FAIL,
          Recording.OFF);

  public FetchOptions {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1: " + concurrency);
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
    }
    if (pageLimit < 0) {
      throw new IllegalArgumentException("pageLimit must not be negative: " + pageLimit);
    }
    if (!requestTimeout.isPositive()) {
      throw new IllegalArgumentException("requestTimeout must be positive: " + requestTimeout);
    }
    endpoints = Map.copyOf(endpoints);
    auth = Map.copyOf(auth);
  }

  public FetchOptions withRequestTimeout(Duration requestTimeout) {
    return new FetchOptions(
        requestTimeout,
        concurrency,
        pageLimit,
        attempts,
        endpoints,
        auth,
        localPrograms,
        onFailure,
        recording);
  }

  public FetchOptions withConcurrency(int concurrency) {
    return new FetchOptions(
        requestTimeout,
        concurrency,
        pageLimit,
        attempts,
        endpoints,
        auth,
        localPrograms,
        onFailure,
        recording);
  }

  public FetchOptions withPageLimit(long pageLimit) {
    return new FetchOptions(
        requestTimeout,
        concurrency,
        pageLimit,
        attempts,
        endpoints,
        auth,
        localPrograms,
        onFailure,
        recording);
  }

  public FetchOptions withAttempts(int attempts) {
    return new FetchOptions(
        requestTimeout,
        concurrency,
        pageLimit,
        attempts,
        endpoints,
        auth,
        localPrograms,
        onFailure,
        recording);
  }

  public FetchOptions withEndpoints(Map<String, URI> endpoints) {
    return new FetchOptions(
        requestTimeout,
        concurrency,
        pageLimit,
        attempts,
        endpoints,
        auth,
        localPrograms,
        onFailure,
        recording);
  }

  public FetchOptions withAuth(Map<String, AuthSpec> auth) {
    return new FetchOptions(
        requestTimeout,
        concurrency,
        pageLimit,
        attempts,
        endpoints,
        auth,
        localPrograms,
        onFailure,
        recording);
  }

  public FetchOptions withLocalPrograms(boolean localPrograms) {
    return new FetchOptions(
        requestTimeout,
        concurrency,
        pageLimit,
        attempts,
        endpoints,
        auth,
        localPrograms,
        onFailure,
        recording);
  }

  public FetchOptions withOnFailure(OnFailure onFailure) {
    return new FetchOptions(
        requestTimeout,
        concurrency,
        pageLimit,
        attempts,
        endpoints,
        auth,
        localPrograms,
        onFailure,
        recording);
  }

  public FetchOptions withRecording(Recording recording) {
    return new FetchOptions(
        requestTimeout,
        concurrency,
        pageLimit,
        attempts,
        endpoints,
        auth,
        localPrograms,
        onFailure,
        recording);
  }

  /// What becomes of a scan when one of its pages cannot be read.
  public enum OnFailure {
    /// The scan fails, and says which page it was.
    FAIL,
    /// The scan goes on without the page, is `PARTIAL`, and reports an incident.
    REPORT
  }
}
