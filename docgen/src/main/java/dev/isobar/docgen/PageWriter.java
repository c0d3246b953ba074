package dev.isobar.docgen;

/// Writes pages in one format.
interface PageWriter {
  /// Writes one page.
  void write(Page page, Output output);

  /// Writes what can only be known when all pages are written.
  void end(Output output);
}
