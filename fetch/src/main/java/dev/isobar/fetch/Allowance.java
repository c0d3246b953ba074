package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.model.ErrorCode;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What is left of the budget of one statement, whose scans and calls draw on it together.
/// Thread-safe.
public final class Allowance {
  private final Budget budget;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean timeIsUp;

  public Allowance(Budget budget) {
    this.budget = budget;
  }

  /// Ends the time of the statement: its scans end, and no request starts any more. One that is
  /// under way for a call is waited for, because it may change something.
  public void endTime() {
    timeIsUp = true;
    waiting.forEach(Runnable::run);
  }

  /// Takes a request that is about to leave.
  ///
  /// @return why it must not leave, or null
  @Nullable FetchFailure request() {
    FetchFailure late = late();
    if (late != null) {
      return late;
    }
    if (taken(requests, 1, budget.requests()) == 1) {
      return null;
    }
    return spent(
        "the statement has sent "
            + counted(budget.requests(), "request")
            + ", all that `max_requests` allows",
        "max_requests");
  }

  /// Takes rows.
  ///
  /// @return how many of them
  int rows(int wanted) {
    return (int) taken(rows, wanted, budget.rows());
  }

  /// Why there are no more rows.
  FetchFailure noMoreRows() {
    return spent(
        "the statement has read "
            + counted(budget.rows(), "row")
            + ", all that `max_rows` allows, and there are more",
        "max_rows");
  }

  /// Why nothing is done any more, or null while there is time.
  @Nullable FetchFailure late() {
    return timeIsUp ? timeIsUp(budget) : null;
  }

  static FetchFailure timeIsUp(Budget budget) {
    return spent(
        "the statement has run for " + budget.seconds() + " s, all that `max_seconds` allows",
        "max_seconds");
  }

  /// Calls this when the time is up, from the thread that says so.
  void whenTimeIsUp(Runnable action) {
    waiting.add(action);
  }

  void forget(Runnable action) {
    waiting.remove(action);
  }

  private static long taken(AtomicLong counter, long wanted, long most) {
    long before = counter.getAndUpdate(count -> count + Math.min(wanted, most - count));
    return Math.min(wanted, most - before);
  }

  private static FetchFailure spent(String what, String setting) {
    return FetchFailure.of(
        ErrorCode.BUDGET_EXCEEDED,
        what,
        "SET "
            + setting
            + " to more, or to 'off'. SET on_incomplete = 'warn' returns the rows that were read,"
            + " and says what is missing.",
        Repeat.USELESS);
  }

  private static String counted(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
