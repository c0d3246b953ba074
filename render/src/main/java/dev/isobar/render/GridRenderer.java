package dev.isobar.render;

import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Columns of even width. The first rows are held back to measure them; a later cell that is longer
/// than its column is written whole.
abstract sealed class GridRenderer extends Renderer permits MarkdownRenderer, TableRenderer {
  private static final int MEASURED_ROWS = 1000;

  private final List<String[]> held = new ArrayList<>();
  private List<Column> columns = List.of();
  private String[] header = {};
  private int[] widths = {};
  private boolean measuring;

  @Override
  final void begin(List<Column> columns, Appendable out) {
    this.columns = columns;
    header = new String[columns.size()];
    for (int i = 0; i < header.length; i++) {
      header[i] = escape(columns.get(i).name());
    }
    held.clear();
    measuring = true;
  }

  @Override
  final void row(@Nullable Object[] cells, Appendable out) throws IOException {
    String[] texts = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      Object cell = cells[i];
      boolean json = columns.get(i).type() == ColumnType.JSON && cell instanceof String;
      texts[i] = escape(json ? JsonText.compact(Cell.textOrNull(cell)) : Cell.textOrNull(cell));
    }
    if (!measuring) {
      line(texts, out);
      return;
    }
    held.add(texts);
    if (held.size() == MEASURED_ROWS) {
      release(out);
    }
  }

  @Override
  final void rowsEnded(Appendable out) throws IOException {
    if (measuring) {
      release(out);
    }
  }

  private void release(Appendable out) throws IOException {
    measuring = false;
    widths = new int[header.length];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(minWidth(), DisplayWidth.of(header[i]));
      for (String[] row : held) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(row[i]));
      }
    }
    fit(widths);
    head(header, out);
    for (String[] row : held) {
      line(row, out);
    }
    held.clear();
  }

  /// A cell as it is shown, on one line.
  abstract String escape(String text);

  abstract int minWidth();

  /// Makes columns narrower when there is no room for them.
  void fit(int[] widths) {}

  abstract void head(String[] header, Appendable out) throws IOException;

  abstract void line(String[] cells, Appendable out) throws IOException;

  final boolean isNumeric(int column) {
    return columns.get(column).type().isNumeric();
  }

  final int width(int column) {
    return widths[column];
  }

  final int columnCount() {
    return header.length;
  }

  /// Writes a cell with the blanks that fill its column; numbers go to the right.
  final void pad(String text, int column, boolean trailing, Appendable out) throws IOException {
    int blanks = Math.max(0, width(column) - DisplayWidth.of(text));
    if (isNumeric(column)) {
      out.append(" ".repeat(blanks)).append(text);
    } else {
      out.append(text).append(trailing ? " ".repeat(blanks) : "");
    }
  }
}
