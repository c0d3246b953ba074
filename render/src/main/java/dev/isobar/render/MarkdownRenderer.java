package dev.isobar.render;

import java.io.IOException;

/// A table of GitHub's Markdown. Cells are escaped, so that data does not become markup.
///
/// Source: GitHub Flavored Markdown, section 4.10.
final class MarkdownRenderer extends GridRenderer {
  private final RenderOptions options;

  MarkdownRenderer(RenderOptions options) {
    this.options = options;
  }

  @Override
  String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\', '|', '*', '`', '[', ']', '~' -> out.append('\\').append(c);
        case '_' -> out.append(isInsideWord(text, i) ? "_" : "\\_");
        case '<' -> out.append("&lt;");
        case '&' -> out.append("&amp;");
        case '\n' -> out.append("<br>");
        default -> out.append(c);
      }
    }
    return Visible.of(out.toString());
  }

  private static boolean isInsideWord(String text, int i) {
    return i > 0
        && i + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(i - 1))
        && Character.isLetterOrDigit(text.charAt(i + 1));
  }

  @Override
  int minWidth() {
    return 3;
  }

  /// A table needs its header to be one: without the names its cells are empty.
  @Override
  void head(String[] header, Appendable out) throws IOException {
    line(options.hideHeaders() ? emptyCells() : header, out);
    for (int i = 0; i < columnCount(); i++) {
      out.append(i == 0 ? "| " : " | ").append("-".repeat(width(i) - (isNumeric(i) ? 1 : 0)));
      out.append(isNumeric(i) ? ":" : "");
    }
    out.append(" |\n");
  }

  private String[] emptyCells() {
    String[] cells = new String[columnCount()];
    java.util.Arrays.fill(cells, "");
    return cells;
  }

  @Override
  void line(String[] cells, Appendable out) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      out.append(i == 0 ? "| " : " | ");
      pad(cells[i], i, true, out);
    }
    out.append(" |\n");
  }
}
