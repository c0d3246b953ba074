package dev.isobar.render;

import dev.isobar.model.Column;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Comma-separated values, the data as it is. NULL is nothing, and the empty text is `""`.
///
/// Source: RFC 4180, but lines end with a line feed alone.
final class CsvRenderer extends Renderer {
  private final RenderOptions options;

  CsvRenderer(RenderOptions options) {
    this.options = options;
  }

  @Override
  void begin(List<Column> columns, Appendable out) throws IOException {
    if (!options.hideHeaders()) {
      row(columns.stream().map(Column::name).toArray(), out);
    }
  }

  @Override
  void row(@Nullable Object[] cells, Appendable out) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        out.append(options.delimiter());
      }
      Object cell = cells[i];
      if (cell != null) {
        append(Cell.text(cell), out);
      } else if (cells.length == 1) {
        // An empty line is no row for most readers.
        out.append("\"\"");
      }
    }
    out.append('\n');
  }

  private void append(String text, Appendable out) throws IOException {
    boolean quoted = text.isEmpty();
    for (int i = 0; i < text.length() && !quoted; i++) {
      char c = text.charAt(i);
      quoted = c == '"' || c == '\n' || c == '\r' || c == options.delimiter();
    }
    if (quoted) {
      out.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      out.append(text);
    }
  }
}
