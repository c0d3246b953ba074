package dev.isobar.catalog.template;

/// Go's `int`: a constant of the template, a length or the index of a list. A number of the JSON
/// value is no such thing but Go's `float64`, and the two do not compare.
///
/// @param octet whether it is a byte of a text, which only has another name
record Int(long value, boolean octet) {
  Int(long value) {
    this(value, false);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
