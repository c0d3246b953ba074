package dev.isobar.catalog.compiled;

/// The byte before a plain JSON value. Plain numbers: an enum costs a class and a table at start.
final class ValueForm {
  static final int NULL = 0;
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int TEXT = 3;
  static final int LONG = 4;
  static final int BIG_INTEGER = 5;
  static final int DECIMAL = 6;
  static final int LIST = 7;
  static final int MAP = 8;

  private ValueForm() {}
}
