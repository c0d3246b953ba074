package dev.isobar.catalog.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as Go's `strconv` and `fmt` write them.
final class GoNumbers {
  /// The largest of Go's own numbers has 309.
  private static final int MOST_DIGITS = 1000;

  private GoNumbers() {}

  /// What `{{ .n }}` prints. An integer prints all its digits, where Go, to which every JSON number
  /// is a float, prints `1e+06`; a decimal prints as Go's `%g` does.
  static String plain(Number number) {
    return number instanceof BigDecimal || number instanceof Double
        ? general(Values.decimal(number), -1)
        : number.toString();
  }

  /// `%g` with the digits that the number has, or with so many.
  ///
  /// @param precision -1 for all digits
  static String general(BigDecimal number, int precision) {
    BigDecimal value = number;
    if (precision >= 0) {
      value = value.round(new MathContext(Math.max(1, precision), RoundingMode.HALF_EVEN));
    }
    value = value.stripTrailingZeros();
    if (value.signum() == 0) {
      return "0";
    }
    int digits = value.precision();
    int exponent = digits - value.scale() - 1;
    int large = precision < 0 ? 6 : Math.max(1, precision);
    if (precision >= 0 && large > digits && digits > exponent) {
      large = digits;
    }
    return exponent < -4 || exponent >= large ? scientific(value, 2) : value.toPlainString();
  }

  /// `d.ddde±dd`.
  ///
  /// @param least how many digits the exponent has at least
  static String scientific(BigDecimal value, int least) {
    BigInteger unscaled = value.unscaledValue();
    String digits = unscaled.abs().toString();
    long exponent = (long) digits.length() - 1 - value.scale();
    StringBuilder out = new StringBuilder();
    if (unscaled.signum() < 0) {
      out.append('-');
    }
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exponent < 0 ? '-' : '+');
    String size = Long.toString(Math.abs(exponent));
    out.append("0".repeat(Math.max(0, least - size.length()))).append(size);
    return out.toString();
  }

  /// `%.nf`.
  static String fixed(BigDecimal value, int places) {
    if ((long) value.precision() - value.scale() > MOST_DIGITS) {
      throw Fault.of("a number of more than " + MOST_DIGITS + " digits is not written out");
    }
    BigDecimal rounded = value.setScale(places, RoundingMode.HALF_EVEN);
    boolean lostSign = value.signum() < 0 && rounded.signum() == 0;
    return (lostSign ? "-" : "") + rounded.toPlainString();
  }

  /// `%.ne`.
  static String exponential(BigDecimal value, int places) {
    if (value.signum() == 0) {
      return fixed(BigDecimal.ZERO, places) + "e+00";
    }
    BigDecimal rounded = value.round(new MathContext(places + 1, RoundingMode.HALF_EVEN));
    int missing = places + 1 - rounded.precision();
    return scientific(rounded.setScale(rounded.scale() + missing, RoundingMode.UNNECESSARY), 2);
  }
}
