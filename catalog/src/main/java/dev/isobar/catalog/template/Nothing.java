package dev.isobar.catalog.template;

/// What a property that is not there gives. It has no properties itself, where asking a null for
/// one is an error.
record Nothing() {
  static final Nothing NOTHING = new Nothing();

  @Override
  public String toString() {
    return "<no value>";
  }
}
