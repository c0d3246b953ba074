package dev.isobar.render;

import java.io.IOException;

/// A table for people: a header, a rule, the rows. Where a terminal is too narrow for its columns,
/// each row is written as lines of names and values instead.
final class TableRenderer extends GridRenderer {
  /// A column is never made narrower than this to fit a terminal.
  private static final int NARROWEST = 12;

  private static final String SEPARATOR = " │ ";

  private final RenderOptions options;
  private boolean upright;
  private String[] names = {};
  private long number;

  TableRenderer(RenderOptions options) {
    this.options = options;
  }

  @Override
  String escape(String text) {
    return Visible.of(text);
  }

  @Override
  int minWidth() {
    return 1;
  }

  /// Takes from the widest columns first, until the table fits or all of them are narrow.
  @Override
  void fit(int[] widths) {
    upright = false;
    if (options.width() == 0) {
      return;
    }
    int excess = SEPARATOR.length() * (widths.length - 1) - options.width();
    for (int width : widths) {
      excess += width;
    }
    while (excess > 0) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        upright = true;
        return;
      }
      widths[widest]--;
      excess--;
    }
  }

  @Override
  void head(String[] header, Appendable out) throws IOException {
    names = header;
    number = 0;
    if (upright) {
      int widest = 0;
      for (String name : header) {
        widest = Math.max(widest, DisplayWidth.of(name));
      }
      for (int i = 0; i < header.length; i++) {
        names[i] = header[i] + " ".repeat(widest - DisplayWidth.of(header[i]));
      }
      return;
    }
    if (options.hideHeaders()) {
      return;
    }
    line(header, out);
    for (int i = 0; i < columnCount(); i++) {
      out.append(i == 0 ? "" : "─┼─").append("─".repeat(width(i)));
    }
    out.append('\n');
  }

  @Override
  void line(String[] cells, Appendable out) throws IOException {
    if (upright) {
      record(cells, out);
      return;
    }
    for (int i = 0; i < cells.length; i++) {
      out.append(i == 0 ? "" : SEPARATOR);
      pad(cut(cells[i], i), i, i < cells.length - 1, out);
    }
    out.append('\n');
  }

  private void record(String[] cells, Appendable out) throws IOException {
    out.append("── ").append(Long.toString(++number)).append(" ──\n");
    for (int i = 0; i < cells.length; i++) {
      out.append(options.hideHeaders() ? "" : names[i] + SEPARATOR).append(cells[i]).append('\n');
    }
  }

  private String cut(String cell, int column) {
    return options.width() == 0 || DisplayWidth.of(cell) <= width(column)
        ? cell
        : DisplayWidth.cut(cell, width(column) - 1) + "…";
  }
}
