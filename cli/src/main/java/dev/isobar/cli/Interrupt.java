package dev.isobar.cli;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Ctrl-C, or any other request to end. Thread-safe.
final class Interrupt {
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private volatile boolean fired;

  /// The process was asked to end: runs what was registered.
  void fire() {
    fired = true;
    actions.forEach(Runnable::run);
  }

  boolean hasFired() {
    return fired;
  }

  /// Has `action` run when this fires, until the registration is closed.
  Registration register(Runnable action) {
    actions.add(action);
    if (fired) {
      action.run();
    }
    return () -> actions.remove(action);
  }

  /// Ends a registration.
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
