package dev.isobar.engine;

import dev.isobar.fetch.Fetcher;
import dev.isobar.model.Cancellation;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ScanReport;
import dev.isobar.plan.Scan;
import dev.isobar.query.RowFeed;
import dev.isobar.query.ScanOpener;
import java.util.ArrayList;
import java.util.List;

/// One statement while it runs: its scans, their reports, and its stop signal.
final class StatementRun implements ScanOpener {
  final Cancellation cancellation = new Cancellation();
  private final Fetcher fetcher;
  private final boolean failWhenIncomplete;
  private final List<ScanReport> reports = new ArrayList<>();

  StatementRun(Fetcher fetcher, boolean failWhenIncomplete) {
    this.fetcher = fetcher;
    this.failWhenIncomplete = failWhenIncomplete;
  }

  @Override
  public RowFeed open(Scan scan) {
    cancellation.check();
    FetchFeed feed = new FetchFeed(fetcher, scan, failWhenIncomplete, this::report);
    cancellation.onCancel(() -> {
      IsobarException reason = cancellation.reason();
      if (reason != null) {
        feed.cancel(reason);
      }
    });
    return feed;
  }

  private synchronized void report(ScanReport report) {
    reports.add(report);
  }

  synchronized List<ScanReport> reports() {
    return List.copyOf(reports);
  }
}
