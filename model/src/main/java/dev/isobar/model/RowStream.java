package dev.isobar.model;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows, one at a time, in order. One reader; not thread-safe.
public interface RowStream extends AutoCloseable {
  /// The next row, one cell per column, or null after the last. The array is the caller's.
  ///
  /// @throws IsobarException when the rows that follow cannot be read; no row follows then
  @Nullable Object @Nullable [] next();

  /// Stops the work behind the stream. May be called at any time and more than once.
  @Override
  void close();

  /// A stream over rows that are there already.
  static RowStream of(List<@Nullable Object[]> rows) {
    Iterator<@Nullable Object[]> iterator = rows.iterator();
    return new RowStream() {
      @Override
      public @Nullable Object @Nullable [] next() {
        return iterator.hasNext() ? iterator.next() : null;
      }

      @Override
      public void close() {}
    };
  }
}
