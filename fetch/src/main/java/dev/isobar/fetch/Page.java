package dev.isobar.fetch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one response gave: rows, and what it says about the pages.
final class Page {
  final List<@Nullable Object[]> rows = new ArrayList<>();

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

  void fact(int which, String text) {
    switch (which) {
      case TOKEN -> token = text;
      case PAGES -> pages = text;
      case TOTAL -> total = text;
      default -> throw new IllegalArgumentException("no fact has the number " + which);
    }
  }

  static final int TOKEN = 0;
  static final int PAGES = 1;
  static final int TOTAL = 2;
}
