package dev.isobar.query;

import dev.isobar.model.Column;
import java.util.List;

/// A table that the query engine may read, as often as it likes.
interface RowSource {
  List<Column> columns();

  /// Starts reading.
  ///
  /// @param projected indexes into [#columns()]: what each row is to hold, in this order
  RowFeed open(List<Integer> projected);
}
