package dev.isobar.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A clock that sleeping moves on, and that never waits. Thread-safe.
final class FakeTiming implements Timing {
  static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

  private final List<Duration> sleeps = new ArrayList<>();
  private long nanos;

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized Instant now() {
    return START.plusNanos(nanos);
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(duration);
    nanos += duration.toNanos();
  }

  /// The longest delay each time.
  @Override
  public double random() {
    return 1;
  }

  synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  /// All sleep together, in milliseconds.
  synchronized long slept() {
    return sleeps.stream().mapToLong(Duration::toMillis).sum();
  }
}
