package dev.isobar.render;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Values as text.
final class Cell {
  /// Beyond this, a decimal is written with an exponent instead of all its zeros.
  private static final int MAX_ZEROS = 1000;

  private Cell() {}

  /// The value in full, nothing escaped; numbers in the shortest form that reads back the same.
  static String text(Object value) {
    return value instanceof BigDecimal decimal && Math.abs(decimal.scale()) <= MAX_ZEROS
        ? decimal.toPlainString()
        : value.toString();
  }

  /// As [#text], and `null` for NULL.
  static String textOrNull(@Nullable Object value) {
    return value == null ? "null" : text(value);
  }
}
