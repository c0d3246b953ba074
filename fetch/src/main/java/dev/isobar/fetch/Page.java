package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.model.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one response gave: rows, and what it says about the pages.
final class Page {
  /// The rows that are here; those of a large page leave while it is read.
  List<@Nullable Object[]> rows = new ArrayList<>();

  /// How many rows came before those that are here.
  private long before;

  /// Whether the place of the rows was in the document; otherwise the whole document is the row.
  boolean rowsFound;

  /// What stands at the method's `pagination.response`: the token of the next page, or this page's
  /// number.
  @Nullable String token;

  /// The number of pages.
  @Nullable String pages;

  /// The number of all rows.
  @Nullable String total;

  /// Where nothing is declared, what stands at the places that may tell how the list goes on.
  final Map<String, String> signs = new HashMap<>();

  /// Where nothing is declared, the next page's URL in the headers.
  @Nullable String link;

  void fact(int which, @Nullable String text) {
    switch (which) {
      case TOKEN -> token = text;
      case PAGES -> pages = text;
      case TOTAL -> total = text;
      default -> throw new IllegalArgumentException("no fact has the number " + which);
    }
  }

  /// The number of its rows, wherever they are now.
  long count() {
    return before + rows.size();
  }

  /// Takes the rows out that are here.
  List<@Nullable Object[]> take() {
    List<@Nullable Object[]> taken = rows;
    before += taken.size();
    rows = new ArrayList<>();
    return taken;
  }

  /// Puts the last of the rows back that were taken.
  void keep(List<@Nullable Object[]> last) {
    before -= last.size();
    rows = last;
  }

  /// Forgets the rows after the first so many: a later value of the same key takes their place.
  ///
  /// @throws FetchFailure when some of them have left
  void cut(long count) throws FetchFailure {
    if (count < before) {
      throw FetchFailure.of(
          ErrorCode.REQUEST_FAILED,
          "the API's answer holds its list of rows twice, and is too large to wait for the second",
          "",
          Repeat.USELESS);
    }
    rows.subList((int) (count - before), rows.size()).clear();
  }

  static final int TOKEN = 0;
  static final int PAGES = 1;
  static final int TOTAL = 2;
}
