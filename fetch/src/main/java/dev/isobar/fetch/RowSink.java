package dev.isobar.fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the rows of a scan, a page at a time, in order, always on the thread that called
/// [Fetcher#fetch].
@FunctionalInterface
public interface RowSink {
  /// Takes rows; the list and its arrays are the sink's. May block: then the scan waits.
  ///
  /// @return false when the sink has enough: the scan stops and no more rows come
  boolean accept(List<@Nullable Object[]> rows) throws InterruptedException;

  /// Whether the reader is still there. A scan that is interrupted because its reader has gone ends
  /// with a report, as one whose reader has enough.
  default boolean isOpen() {
    return true;
  }
}
