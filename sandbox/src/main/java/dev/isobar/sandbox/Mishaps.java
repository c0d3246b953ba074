package dev.isobar.sandbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Decides which requests go wrong, and how.
///
/// The decision depends on the seed, the request and how often the same one came before, not on the
/// order of different requests: a run that fetches in parallel fails the same way each time.
/// Thread-safe.
final class Mishaps {
  private final double rate;
  private final long seed;
  private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

  /// A way in which a request goes wrong.
  enum Kind {
    TOO_MANY,
    SERVER_ERROR,
    UNAVAILABLE,
    RESET,
    TRUNCATED,
    GARBLED,
    DRIP,
    HANG
  }

  /// What may happen to requests that change something: all of it before the change is made.
  private static final List<Kind> BEFORE =
      List.of(Kind.TOO_MANY, Kind.SERVER_ERROR, Kind.UNAVAILABLE, Kind.RESET);

  Mishaps(double rate, long seed) {
    this.rate = rate;
    this.seed = seed;
  }

  /// How the request goes wrong, or null when it does not.
  @Nullable Kind next(HttpRequest request) {
    if (rate == 0) {
      return null;
    }
    String key = request.verb() + " " + request.target();
    int attempt = attempts.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
    long bits = Scope.mix(seed ^ Scope.hash(key), attempt);
    if ((bits >>> 11) * 0x1.0p-53 >= rate) {
      return null;
    }
    List<Kind> kinds = request.verb().equals("GET") ? List.of(Kind.values()) : BEFORE;
    return kinds.get((int) Long.remainderUnsigned(Scope.mix(bits, 7), kinds.size()));
  }

  /// Whether the request is answered at all, instead of by [#instead].
  static boolean answers(Kind kind) {
    return switch (kind) {
      case TRUNCATED, GARBLED, DRIP -> true;
      case TOO_MANY, SERVER_ERROR, UNAVAILABLE, RESET, HANG -> false;
    };
  }

  /// The response that the request gets in place of its own.
  ///
  /// @param error makes an error of the provider from a status and a reason
  static HttpResponse instead(
      Kind kind, java.util.function.BiFunction<Integer, String, HttpResponse> error) {
    return switch (kind) {
      case TOO_MANY -> error.apply(429, "Too many requests").with("Retry-After", "0");
      case SERVER_ERROR -> error.apply(500, "The sandbox was asked to fail");
      case UNAVAILABLE ->
          error.apply(503, "The sandbox was asked to be away").with("Retry-After", "0");
      case RESET -> HttpResponse.empty(200).delivered(HttpResponse.Delivery.RESET);
      case HANG -> HttpResponse.empty(200).delivered(HttpResponse.Delivery.HANG);
      case TRUNCATED, GARBLED, DRIP -> throw new IllegalArgumentException(kind.name());
    };
  }

  /// The request's own response, spoilt.
  static HttpResponse spoil(Kind kind, HttpResponse response) {
    return switch (kind) {
      case TRUNCATED -> response.delivered(HttpResponse.Delivery.TRUNCATED);
      case DRIP -> response.delivered(HttpResponse.Delivery.DRIP);
      case GARBLED ->
          new HttpResponse(
              response.status(),
              response.headers(),
              response.body(),
              response.length() * 2 / 3,
              HttpResponse.Delivery.PLAIN);
      case TOO_MANY, SERVER_ERROR, UNAVAILABLE, RESET, HANG -> response;
    };
  }
}
