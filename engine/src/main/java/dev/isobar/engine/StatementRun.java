package dev.isobar.engine;

import dev.isobar.fetch.Allowance;
import dev.isobar.fetch.FetchOptions.OnFailure;
import dev.isobar.fetch.FetchTerms;
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
  private final FetchTerms terms;
  private final List<ScanReport> reports = new ArrayList<>();

  private boolean changing;

  StatementRun(Fetcher fetcher, FetchTerms terms) {
    this.fetcher = fetcher;
    this.terms = terms;
  }

  /// What the statement may take.
  Allowance allowance() {
    return terms.allowance();
  }

  /// From now on requests may leave that change something.
  ///
  /// @throws IsobarException when it is too late for that
  synchronized void startChanging() {
    cancellation.check();
    changing = true;
  }

  /// The budget's time is over. Where rows are missing with a warning only, what was read is
  /// returned; a change that is under way is waited for.
  synchronized void endTime(IsobarException late) {
    terms.allowance().endTime();
    if (terms.onFailure() == OnFailure.FAIL && !changing) {
      cancellation.cancel(late);
    }
  }

  @Override
  public RowFeed open(Scan scan) {
    cancellation.check();
    FetchFeed feed = new FetchFeed(fetcher, scan, terms, this::report);
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
