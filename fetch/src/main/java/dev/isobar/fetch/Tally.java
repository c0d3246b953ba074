package dev.isobar.fetch;

import dev.isobar.model.Progress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts of one scan, added to those of the whole fetcher too. Thread-safe.
final class Tally {
  private final LongAdder requests = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder pages = new LongAdder();
  private final LongAdder pagesExpected = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder waitingNanos = new LongAdder();
  private final LongAdder cacheHits = new LongAdder();
  private final LongAccumulator cacheAge = new LongAccumulator(Math::max, 0);
  private final @Nullable Tally whole;
  private final Allowance allowance;

  Tally(@Nullable Tally whole) {
    this(whole, new Allowance(Budget.UNLIMITED));
  }

  /// @param allowance from which the requests are taken
  Tally(@Nullable Tally whole, Allowance allowance) {
    this.whole = whole;
    this.allowance = allowance;
  }

  Allowance allowance() {
    return allowance;
  }

  /// Counts a request that is about to leave.
  ///
  /// @return why it must not leave, and then was not counted; or null
  @Nullable FetchFailure request() {
    FetchFailure spent = allowance.request();
    if (spent == null) {
      countRequest();
    }
    return spent;
  }

  private void countRequest() {
    requests.increment();
    if (whole != null) {
      whole.countRequest();
    }
  }

  /// Counts an answer that needed no request.
  void cacheHit(long ageNanos) {
    cacheHits.increment();
    cacheAge.accumulate(ageNanos);
  }

  long cacheHits() {
    return cacheHits.sum();
  }

  /// The age of the oldest of them.
  long cacheAgeSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(cacheAge.get());
  }

  void retry() {
    retries.increment();
    if (whole != null) {
      whole.retry();
    }
  }

  void page() {
    pages.increment();
    if (whole != null) {
      whole.page();
    }
  }

  void expect(long morePages) {
    pagesExpected.add(morePages);
    if (whole != null) {
      whole.expect(morePages);
    }
  }

  void rows(long more) {
    rows.add(more);
    if (whole != null) {
      whole.rows(more);
    }
  }

  void waited(long nanos) {
    waitingNanos.add(nanos);
    if (whole != null) {
      whole.waited(nanos);
    }
  }

  Progress progress() {
    return new Progress(
        requests.sum(),
        pages.sum(),
        pagesExpected.sum(),
        rows.sum(),
        retries.sum(),
        waitingNanos.sum());
  }
}
