package dev.isobar.fetch;

/// A request's place among those in flight, from its start until its answer was read. For one
/// thread.
final class Turn implements AutoCloseable {
  private final Limiter limiter;
  private boolean held = true;

  /// @param limiter that let the request start
  Turn(Limiter limiter) {
    this.limiter = limiter;
  }

  /// Of an answer that no request brought.
  static Turn none() {
    Turn none = new Turn(new Limiter(1, Timing.REAL));
    none.held = false;
    return none;
  }

  /// What may take long, and is not the API's doing.
  interface Wait {
    void run() throws InterruptedException;
  }

  /// Waits without the place: others may start meanwhile. Were it kept, requests whose rows nobody
  /// takes yet could keep the one from starting that everybody waits for.
  void giveUpWhile(Wait wait) throws InterruptedException {
    if (!held) {
      wait.run();
      return;
    }
    limiter.leave();
    try {
      wait.run();
    } finally {
      limiter.comeBack();
    }
  }

  @Override
  public void close() {
    end();
  }

  /// Gives the place back, once.
  void end() {
    if (held) {
      held = false;
      limiter.leave();
    }
  }
}
