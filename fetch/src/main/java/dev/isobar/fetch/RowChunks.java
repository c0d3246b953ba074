package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.model.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows of a page that leave it before it ends, over all attempts to read it. For one thread.
///
/// When a body breaks off, the request is sent again. Rows that have left are not taken back: those
/// of the next attempt are left out as far as they are the same, which their hash tells. An answer
/// that begins with other rows is no continuation of the first, and fails the page.
final class RowChunks {
  private final Taker taker;

  /// Rows that have left, and their hash.
  private long left;

  private long hash;

  /// Rows of this attempt so far, and their hash.
  private long seen;

  private long seenHash;
  private @Nullable Turn turn;

  /// Takes rows that leave.
  @FunctionalInterface
  interface Taker {
    /// Takes them, when there is room for them.
    ///
    /// @param rows at least one
    /// @param turn to be given up while nobody wants the rows
    void take(List<@Nullable Object[]> rows, Turn turn) throws InterruptedException;
  }

  RowChunks(Taker taker) {
    this.taker = taker;
  }

  /// An attempt begins.
  void begin(Turn turn) {
    this.turn = turn;
    seen = 0;
    seenHash = 0;
  }

  /// The rows that the page holds leave it.
  void leave(Page page) throws FetchFailure, InterruptedException {
    Turn current = turn;
    if (current == null) {
      throw new IllegalStateException("no attempt has begun");
    }
    List<@Nullable Object[]> rows = fresh(page.take());
    if (!rows.isEmpty()) {
      for (@Nullable Object[] row : rows) {
        hash = hash(hash, row);
      }
      left += rows.size();
      seen = left;
      seenHash = hash;
      taker.take(rows, current);
    }
  }

  /// The page has ended: the rows that it holds are those that have not left.
  void end(Page page) throws FetchFailure {
    List<@Nullable Object[]> rows = page.take();
    page.keep(fresh(rows));
    if (seen < left) {
      throw changed();
    }
  }

  /// The rows without those that have left already.
  private List<@Nullable Object[]> fresh(List<@Nullable Object[]> rows) throws FetchFailure {
    int again = (int) Math.min(rows.size(), left - seen);
    if (again == 0) {
      return rows;
    }
    for (int i = 0; i < again; i++) {
      seenHash = hash(seenHash, rows.get(i));
    }
    seen += again;
    if (seen == left && seenHash != hash) {
      throw changed();
    }
    return rows.subList(again, rows.size());
  }

  private static long hash(long before, @Nullable Object[] row) {
    long hash = before + row.length;
    for (Object cell : row) {
      hash = (Long.rotateLeft(hash, 5) ^ Objects.hashCode(cell)) * 0x9E37_79B9_7F4A_7C15L;
    }
    return hash;
  }

  private FetchFailure changed() {
    return FetchFailure.of(
        ErrorCode.REQUEST_FAILED,
        "the answer broke off after "
            + (left == 1 ? "one row" : String.format(Locale.ROOT, "%,d rows", left))
            + ", and began with other rows when it was asked for again",
        "Run the statement again.",
        Repeat.USELESS);
  }
}
