package dev.isobar.catalog.template;

/// What is wrong and where, before the place is known as a line and a column. Never leaves this
/// package: [Template] makes a [TemplateFailure] of it.
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Offset in the template's text, or -1 where only the caller knows it.
  final int at;

  final String what;

  Fault(int at, String what) {
    super(what, null, false, false);
    this.at = at;
    this.what = what;
  }

  /// A problem of a function's arguments; the call adds its place.
  static Fault of(String what) {
    return new Fault(-1, what);
  }
}
