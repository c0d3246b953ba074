package dev.isobar.query;

import dev.isobar.plan.Scan;

/// Starts reading a scan. The engine implements it with `fetch`.
public interface ScanOpener {
  RowFeed open(Scan scan);
}
