package dev.isobar.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// Time in which waiting costs nothing: a recorded API that asked for patience then gets none now.
final class ReplayTiming implements Timing {
  private final Timing real;
  private final AtomicLong ahead = new AtomicLong();

  ReplayTiming(Timing real) {
    this.real = real;
  }

  @Override
  public long nanos() {
    return real.nanos() + ahead.get();
  }

  @Override
  public Instant now() {
    return real.now().plusNanos(ahead.get());
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    ahead.addAndGet(duration.toNanos());
  }

  @Override
  public double random() {
    return real.random();
  }
}
