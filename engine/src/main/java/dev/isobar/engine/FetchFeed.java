package dev.isobar.engine;

import dev.isobar.fetch.FetchOptions.OnFailure;
import dev.isobar.fetch.FetchTerms;
import dev.isobar.fetch.Fetcher;
import dev.isobar.fetch.RowSink;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ScanReport;
import dev.isobar.plan.Scan;
import dev.isobar.query.RowFeed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A scan while it is fetched: a virtual thread fetches, and hands page after page to the reader.
///
/// At most two pages wait here; `fetch` bounds those that wait behind them.
final class FetchFeed implements RowFeed {
  /// What the fetching thread hands over.
  private sealed interface Item {
    record Page(List<@Nullable Object[]> rows) implements Item {}

    record Failure(RuntimeException exception) implements Item {}

    record End() implements Item {}
  }

  private static final Duration LONGEST_STOP = Duration.ofSeconds(1);

  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(2);
  private final Thread fetching;
  private volatile @Nullable IsobarException closedBecause;
  private volatile boolean closed;

  /// @param terms of the statement; a scan that did not read all its rows fails it, unless they say
  ///   to report that
  /// @param reports gets the report of the scan when it ends
  FetchFeed(Fetcher fetcher, Scan scan, FetchTerms terms, Consumer<ScanReport> reports) {
    this.fetching =
        Thread.ofVirtual()
            .name("scan " + scan.resource())
            .start(() -> fetch(fetcher, scan, terms, reports));
  }

  private void fetch(Fetcher fetcher, Scan scan, FetchTerms terms, Consumer<ScanReport> reports) {
    try {
      Item last;
      try {
        ScanReport report = fetcher.fetch(scan, new Sink(), terms);
        reports.accept(report);
        last = terms.onFailure() == OnFailure.FAIL ? ending(report) : new Item.End();
      } catch (RuntimeException e) {
        last = new Item.Failure(e);
      }
      if (!closed) {
        items.put(last);
      }
    } catch (InterruptedException _) {
      // Closed: nobody waits for more.
    }
  }

  private final class Sink implements RowSink {
    @Override
    public boolean accept(List<@Nullable Object[]> rows) throws InterruptedException {
      if (!closed) {
        items.put(new Item.Page(rows));
      }
      return !closed;
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }
  }

  private static Item ending(ScanReport report) {
    return switch (report.completeness()) {
      case COMPLETE, STOPPED -> new Item.End();
      case PARTIAL, CAPPED -> {
        String what =
            report.incidents().isEmpty()
                ? "Not all rows of `" + report.resource() + "` could be read."
                : report.incidents().getFirst().message();
        yield new Item.Failure(
            new IsobarException(
                ErrorCode.INCOMPLETE,
                what,
                "SET on_incomplete = 'warn' returns the rows that were read, and says what is"
                    + " missing."));
      }
    };
  }

  @Override
  public @Nullable List<@Nullable Object[]> nextPage() throws InterruptedException {
    if (closed) {
      throw ended();
    }
    Item item = items.take();
    return switch (item) {
      case Item.Page(List<@Nullable Object[]> rows) -> rows;
      case Item.End _ -> {
        // Whoever asks again gets the same answer.
        items.offer(item);
        if (closed) {
          throw ended();
        }
        yield null;
      }
      case Item.Failure(RuntimeException exception) -> throw exception;
    };
  }

  private RuntimeException ended() {
    IsobarException because = closedBecause;
    return because != null ? because : new IllegalStateException("the scan was closed");
  }

  /// Stops the scan; a reader that waits, or asks later, gets the reason.
  void cancel(IsobarException because) {
    closedBecause = because;
    stop();
  }

  /// Returns when nothing is fetched any more, which takes a moment at the most.
  @Override
  public void close() {
    stop();
    try {
      fetching.join(LONGEST_STOP);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    closed = true;
    fetching.interrupt();
    // Wakes a reader that waits for a page.
    items.clear();
    items.offer(new Item.End());
  }
}
