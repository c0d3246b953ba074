package dev.isobar.cli;

import dev.isobar.cli.Command.Given;
import dev.isobar.model.IsobarException;
import dev.isobar.render.Format;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads the values of options.
final class OptionValues {
  private OptionValues() {}

  /// The format of the output; a table when the option is not given.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION`
  static Format format(Given given, Option option) {
    String name = given.value(option);
    return name == null
        ? Format.TABLE
        : Format.of(name)
            .orElseThrow(() -> Command.wrong(option, "There is no format `" + name + "`."));
  }

  /// A time above zero; otherwise as [#duration].
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION`
  static @Nullable Duration positiveDuration(Given given, Option option) {
    Duration duration = duration(given, option);
    if (duration != null && duration.isZero()) {
      throw Command.wrong(
          option,
          "`" + given.value(option) + "` is no time above zero for `" + option.name() + "`.");
    }
    return duration;
  }

  /// A time such as `500ms`, `30s`, `5m` or `1h`; a number alone counts seconds. Null when the
  /// option is not given.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION`
  static @Nullable Duration duration(Given given, Option option) {
    String text = given.value(option);
    if (text == null) {
      return null;
    }
    int digits = 0;
    while (digits < text.length() && isDigit(text.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits > 9) {
      throw noTime(option, text);
    }
    long number = Long.parseLong(text.substring(0, digits));
    return switch (text.substring(digits)) {
      case "ms" -> Duration.ofMillis(number);
      case "s", "" -> Duration.ofSeconds(number);
      case "m", "min" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> throw noTime(option, text);
    };
  }

  private static IsobarException noTime(Option option, String text) {
    return Command.wrong(option, "`" + text + "` is no time for `" + option.name() + "`.");
  }

  /// A whole number between two bounds, or the default when the option is not given.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION`
  static long number(Given given, Option option, long min, long max, long otherwise) {
    String text = given.value(option);
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw Command.wrong(
        option,
        "`%s` is no value for `%s`: a whole number from %d to %d is."
            .formatted(text, option.name(), min, max));
  }

  /// A share from 0 to 1, or 0 when the option is not given.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION`
  static double share(Given given, Option option) {
    String text = given.value(option);
    if (text == null) {
      return 0;
    }
    try {
      double share = Double.parseDouble(text);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw Command.wrong(
        option, "`" + text + "` is no value for `" + option.name() + "`: 0 to 1 is.");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
