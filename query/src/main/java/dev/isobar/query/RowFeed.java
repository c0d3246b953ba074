package dev.isobar.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a table as they arrive, a page at a time. One reader.
public interface RowFeed extends AutoCloseable {
  /// The next page, or null after the last. Blocks until there is one.
  ///
  /// @throws dev.isobar.model.IsobarException when the rows that follow cannot be read
  /// @throws InterruptedException when the feed was closed meanwhile
  @Nullable List<@Nullable Object[]> nextPage() throws InterruptedException;

  /// Stops the work behind the feed, whoever waits for it. May be called more than once, by any
  /// thread.
  @Override
  void close();
}
