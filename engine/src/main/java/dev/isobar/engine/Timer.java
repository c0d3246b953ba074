package dev.isobar.engine;

import java.time.Duration;

/// Does something later, unless it is stopped before; apart, so that tests need not wait.
interface Timer {
  Timer REAL =
      (delay, action) -> {
        Thread waiting =
            Thread.ofVirtual()
                .name("statement timer")
                .start(() -> {
                  try {
                    Thread.sleep(delay);
                    action.run();
                  } catch (InterruptedException _) {
                    // It was stopped in time.
                  }
                });
        return waiting::interrupt;
      };

  Started start(Duration delay, Runnable action);

  /// A timer that runs.
  interface Started {
    void stop();
  }
}
