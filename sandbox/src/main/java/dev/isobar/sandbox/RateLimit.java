package dev.isobar.sandbox;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.time.Duration;
import java.util.Map;

/// How many requests a user may send in a span of time.
public record RateLimit(int requests, Duration window) {
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "sec", Duration.ofSeconds(1),
          "second", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "min", Duration.ofMinutes(1),
          "minute", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "hour", Duration.ofHours(1));

  public RateLimit {
    if (requests < 1 || window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("not a rate: " + requests + " per " + window);
    }
  }

  /// Reads `200/min`, `10/s` or `5000/hour`.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION`
  public static RateLimit parse(String text) {
    int slash = text.indexOf('/');
    Duration window = slash < 0 ? null : UNITS.get(text.substring(slash + 1).strip());
    if (window != null) {
      try {
        int requests = Integer.parseInt(text.substring(0, slash).strip());
        if (requests > 0) {
          return new RateLimit(requests, window);
        }
      } catch (NumberFormatException _) {
        // answered below, like every other mistake
      }
    }
    throw new IsobarException(
        ErrorCode.INVALID_CONFIGURATION,
        "The rate limit `" + text + "` cannot be read.",
        "Write a number and a unit, such as `200/min`, `10/s` or `5000/hour`.");
  }
}
