package dev.isobar.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/// Time and chance, apart, so that tests need neither wait nor be lucky.
interface Timing {
  Timing REAL =
      new Timing() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }

        @Override
        public double random() {
          return ThreadLocalRandom.current().nextDouble();
        }
      };

  /// As [System#nanoTime()].
  long nanos();

  Instant now();

  void sleep(Duration duration) throws InterruptedException;

  /// From 0 inclusive to 1 exclusive.
  double random();
}
