package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.model.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How many requests may be in flight at one host with one credential, and when the next may start.
/// First come, first served. Thread-safe.
///
/// The number of requests in flight is halved when the API asks for fewer, and grows again by one
/// for as many answers as may be in flight.
final class Limiter {
  /// Whoever asks for a longer wait gets an error that names the time instead.
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final Duration SLICE = Duration.ofMillis(500);

  private final int most;
  private final Timing timing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Object> queue = new ArrayDeque<>();
  private int limit;
  private int inFlight;
  private int answersSinceChange;
  private long pausedUntil;
  private long halvedAt;

  /// Requests that the API still allows until `budgetUntil`, by its rate-limit headers.
  private long budget = Long.MAX_VALUE;

  private long budgetUntil;

  Limiter(int most, Timing timing) {
    this.most = most;
    this.timing = timing;
    this.limit = most;
    this.pausedUntil = timing.nanos();
    this.halvedAt = pausedUntil;
    this.budgetUntil = pausedUntil;
  }

  /// Waits until a request may start. Each return is followed by one [#leave()].
  ///
  /// @return the time of the start, for [#halve]
  /// @throws FetchFailure `RATE_LIMITED` when the wait would be too long
  long enter(Tally tally) throws InterruptedException, FetchFailure {
    Object ticket = new Object();
    lock.lockInterruptibly();
    try {
      queue.add(ticket);
      try {
        while (true) {
          if (!ticket.equals(queue.peekFirst()) || inFlight >= limit) {
            changed.await();
            continue;
          }
          long wait = waitNanos();
          if (wait <= 0) {
            inFlight++;
            if (budget != Long.MAX_VALUE) {
              budget--;
            }
            return timing.nanos();
          }
          if (wait > LONGEST_WAIT.toNanos()) {
            throw tooLong(Duration.ofNanos(wait));
          }
          // In slices, so that whoever watches the progress sees that it waits.
          long slice = Math.min(wait, SLICE.toNanos());
          pause(slice);
          tally.waited(slice);
          FetchFailure late = tally.allowance().late();
          if (late != null) {
            throw late;
          }
        }
      } finally {
        queue.remove(ticket);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void pause(long nanos) throws InterruptedException {
    lock.unlock();
    try {
      timing.sleep(Duration.ofNanos(nanos));
    } finally {
      lock.lock();
    }
  }

  private long waitNanos() {
    long now = timing.nanos();
    long pause = pausedUntil - now;
    if (budget > 0) {
      return pause;
    }
    long window = budgetUntil - now;
    if (window <= 0) {
      budget = Long.MAX_VALUE;
      return pause;
    }
    return Math.max(pause, window);
  }

  FetchFailure tooLong(Duration wait) {
    Instant when = timing.now().plus(wait).truncatedTo(ChronoUnit.SECONDS);
    return FetchFailure.of(
        ErrorCode.RATE_LIMITED,
        "the API wants no more requests until `"
            + DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(when.atOffset(ZoneOffset.UTC))
            + "`",
        "Run the statement again after that.",
        Repeat.USELESS);
  }

  void leave() {
    lock.lock();
    try {
      inFlight--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes a place again after [#leave()], even if there is none: for a request that is under way.
  void comeBack() {
    lock.lock();
    try {
      inFlight++;
    } finally {
      lock.unlock();
    }
  }

  /// The API answered, and did not ask for fewer requests.
  void answered() {
    lock.lock();
    try {
      if (limit < most && ++answersSinceChange >= limit) {
        limit++;
        answersSinceChange = 0;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The API asked for fewer requests: fewer may be in flight from now on.
  ///
  /// @param startedAt when the request started that was told so; of the requests that were in
  ///   flight together only the first counts
  void halve(long startedAt) {
    lock.lock();
    try {
      if (startedAt - halvedAt >= 0) {
        limit = Math.max(1, limit / 2);
        halvedAt = timing.nanos();
        answersSinceChange = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /// No request starts for so long.
  void pauseAll(Duration wait) {
    lock.lock();
    try {
      long until = timing.nanos() + wait.toNanos();
      if (until - pausedUntil > 0) {
        pausedUntil = until;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes in what the answer's headers say of the requests still allowed.
  void learn(Response response) {
    long remaining = number(response, "X-RateLimit-Remaining", "RateLimit-Remaining");
    long reset = number(response, "X-RateLimit-Reset", "RateLimit-Reset");
    if (remaining < 0 || reset < 0) {
      return;
    }
    Duration wait;
    if (reset < 1_000_000_000L) {
      wait = Duration.ofSeconds(reset);
    } else {
      // Seconds, or milliseconds, since 1970.
      Instant at =
          reset < 100_000_000_000L ? Instant.ofEpochSecond(reset) : Instant.ofEpochMilli(reset);
      wait = Duration.between(Refusals.clock(response, timing.now()), at);
    }
    lock.lock();
    try {
      long until = timing.nanos() + wait.toNanos();
      // Answers overtake each other: within one window the smaller number is the later one. Two
      // answers of one window give ends that differ by less than the header's second.
      boolean newWindow = until - budgetUntil > Duration.ofSeconds(2).toNanos();
      budget = newWindow ? remaining : Math.min(budget, remaining);
      if (newWindow || budget == remaining) {
        budgetUntil = until;
      }
    } finally {
      lock.unlock();
    }
  }

  private static long number(Response response, String name, String otherName) {
    String text = response.header(name);
    if (text.isEmpty()) {
      text = response.header(otherName);
    }
    return text.matches("\\d{1,15}") ? Long.parseLong(text) : -1;
  }
}
