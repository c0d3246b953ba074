package dev.isobar.render;

import dev.isobar.model.Column;
import dev.isobar.model.Result;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes results in one format. One result after another; not thread-safe.
///
/// Every format but table and markdown writes each row as it comes; those two look at the first
/// rows to choose the widths of their columns, and then do the same.
public abstract sealed class Renderer
    permits CsvRenderer, GridRenderer, JsonRenderer, TextRenderer {
  Renderer() {}

  public static Renderer of(Format format, RenderOptions options) {
    return switch (format) {
      case TABLE -> new TableRenderer(options);
      case JSON -> new JsonRenderer(true);
      case JSONL -> new JsonRenderer(false);
      case CSV -> new CsvRenderer(options);
      case TEXT -> new TextRenderer(options);
      case MARKDOWN -> new MarkdownRenderer(options);
    };
  }

  /// Writes all rows; nothing at all for a result without columns. When a row cannot be read, what
  /// came before it has been written, and a JSON array stays open, so that nobody takes it for all.
  ///
  /// @return the number of rows
  /// @throws dev.isobar.model.IsobarException when the result ends with an error
  /// @throws IOException when `out` fails
  public final long render(Result result, Appendable out) throws IOException {
    if (result.columns().isEmpty()) {
      return 0;
    }
    long rows = 0;
    begin(result.columns(), out);
    try {
      for (@Nullable Object[] row = result.rows().next(); row != null; row = result.rows().next()) {
        row(row, out);
        rows++;
      }
    } finally {
      rowsEnded(out);
    }
    end(out);
    return rows;
  }

  abstract void begin(List<Column> columns, Appendable out) throws IOException;

  abstract void row(@Nullable Object[] cells, Appendable out) throws IOException;

  /// No row follows, also because of an error: writes what was held back.
  void rowsEnded(Appendable out) throws IOException {}

  /// All rows were written.
  void end(Appendable out) throws IOException {}
}
