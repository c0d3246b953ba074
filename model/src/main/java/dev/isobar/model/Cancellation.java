package dev.isobar.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement's stop signal: whoever works for the statement says how it is stopped. Thread-safe.
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private @Nullable IsobarException reason;

  /// Runs `action` when the statement is cancelled; at once if it has been. An action is quick, may
  /// run on any thread, and does not throw.
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (reason == null) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  /// Stops the statement. Only the first call counts.
  public void cancel(IsobarException because) {
    List<Runnable> toRun;
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = because;
      toRun = List.copyOf(actions);
      actions.clear();
    }
    toRun.forEach(Runnable::run);
  }

  /// Why the statement was cancelled, or null when it was not.
  public synchronized @Nullable IsobarException reason() {
    return reason;
  }

  /// Goes on only while the statement is wanted.
  ///
  /// @throws IsobarException the reason, when it was cancelled
  public void check() {
    IsobarException because = reason();
    if (because != null) {
      throw because;
    }
  }
}
