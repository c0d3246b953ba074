package dev.isobar.catalog.template;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The functions of the format that turn one kind of value into another.
final class Conversions {
  private Conversions() {}

  /// The boolean that a text spells, or what an `if` makes of another value.
  static boolean toBool(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return Values.truth(value);
    }
    return switch (text) {
      case "1", "t", "T", "TRUE", "true", "True" -> true;
      case "0", "f", "F", "FALSE", "false", "False" -> false;
      default -> throw Fault.of("the text spells no boolean");
    };
  }

  /// An integer of the template.
  static Int toInt(@Nullable Object value) {
    try {
      return switch (value) {
        case Int i -> i;
        case Number n -> new Int(whole(Values.decimal(n)));
        case Boolean b -> new Int(b ? 1 : 0);
        case String text -> new Int(new BigDecimal(text.strip()).longValueExact());
        case null, default -> throw Fault.of(Values.describe(value) + " is no integer");
      };
    } catch (ArithmeticException | NumberFormatException e) {
      throw Fault.of(Values.describe(value) + " is no integer that fits");
    }
  }

  /// Its digits are not written out to find that they are too many: `1e100000000` would take a
  /// minute.
  private static long whole(BigDecimal number) {
    if ((long) number.precision() - number.scale() > 19) {
      throw new ArithmeticException("too large");
    }
    return number.toBigInteger().longValueExact();
  }

  static Int plus1(@Nullable Object value) {
    return new Int(toInt(value).value() + 1);
  }
}
