package dev.isobar.sandbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Counts the requests of each user in windows of fixed length. Thread-safe.
final class RateLimiter {
  private final RateLimit limit;
  private final Map<String, Window> windows = new HashMap<>();

  private record Window(Instant end, int used) {}

  /// What the headers of a response say.
  ///
  /// @param allowed whether the request may be answered
  record Verdict(boolean allowed, int limit, int remaining, Instant reset) {
    HttpResponse on(HttpResponse response) {
      return response
          .with("X-RateLimit-Limit", Integer.toString(limit))
          .with("X-RateLimit-Remaining", Integer.toString(remaining))
          .with("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()));
    }
  }

  RateLimiter(RateLimit limit) {
    this.limit = limit;
  }

  synchronized Verdict count(String user, Instant now) {
    Window window = windows.get(user);
    if (window == null || !now.isBefore(window.end())) {
      window = new Window(now.plus(limit.window()), 0);
    }
    boolean allowed = window.used() < limit.requests();
    Window next = new Window(window.end(), window.used() + (allowed ? 1 : 0));
    windows.put(user, next);
    return new Verdict(allowed, limit.requests(), limit.requests() - next.used(), next.end());
  }
}
