package dev.isobar.render;

import dev.isobar.model.Column;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cells separated by tabs, one row a line; NULL is nothing. `\t`, `\n`, `\r`, `\\` and
/// [Visible#code] stand for the characters that would break this or command a terminal.
final class TextRenderer extends Renderer {
  private final RenderOptions options;

  TextRenderer(RenderOptions options) {
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
        out.append('\t');
      }
      Object cell = cells[i];
      if (cell != null) {
        append(Cell.text(cell), out);
      }
    }
    out.append('\n');
  }

  private static void append(String text, Appendable out) throws IOException {
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' || Visible.isDangerous(c)) {
        out.append(text, written, i).append(escape(c));
        written = i + 1;
      }
    }
    out.append(text, written, text.length());
  }

  private static String escape(char c) {
    return switch (c) {
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\\' -> "\\\\";
      default -> Visible.code(c);
    };
  }
}
