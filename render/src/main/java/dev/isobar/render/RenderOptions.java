package dev.isobar.render;

/// What may be changed about a format.
///
/// @param hideHeaders leaves the line of column names out of csv, text, table and markdown
/// @param delimiter between the cells of csv
/// @param width columns of the terminal that a table has to fit into, or 0 when it is no terminal:
///   then no cell is ever cut
public record RenderOptions(boolean hideHeaders, char delimiter, int width) {
  /// Headers, commas, no terminal.
  public static final RenderOptions DEFAULT = new RenderOptions(false, ',', 0);

  public RenderOptions {
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
      throw new IllegalArgumentException("cells cannot be separated by `" + delimiter + "`");
    }
  }
}
