package dev.isobar.catalog.template;

/// A template cannot be read, or does not fit the value that it was given.
///
/// The message is a clause without its full stop that names the place, such as `line 3, column 7:
/// there is no function ...`. It may quote a few words of the template, and nothing of the value.
public final class TemplateFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  TemplateFailure(int line, int column, String what) {
    super("line " + line + ", column " + column + ": " + what);
    this.line = line;
    this.column = column;
  }

  /// Counted from 1.
  public int line() {
    return line;
  }

  /// Counted from 1, in characters.
  public int column() {
    return column;
  }
}
