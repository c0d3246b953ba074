package dev.isobar.engine;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What SET changes, for the rest of the session.
final class Settings {
  private static final List<String> NAMES = List.of("max_memory", "on_incomplete", "pushdown");

  /// DuckDB itself needs some of it.
  private static final long LEAST_MEMORY = 32_000_000;

  private static final BigDecimal MOST_MEMORY = BigDecimal.TEN.pow(18);

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) ?(kb|mb|gb|tb|kib|mib|gib|tib)");

  private final LongConsumer memoryLimit;
  private boolean warnWhenIncomplete;
  private boolean pushesDown = true;

  /// @param memoryLimit takes the most bytes that queries may hold; 0 for the default
  Settings(LongConsumer memoryLimit) {
    this.memoryLimit = memoryLimit;
  }

  /// Whether rows that are not all the rows are returned with a warning, instead of an error.
  boolean warnWhenIncomplete() {
    return warnWhenIncomplete;
  }

  /// Whether APIs that can are to filter and sort.
  boolean pushesDown() {
    return pushesDown;
  }

  /// @throws IsobarException `INVALID_CONFIGURATION`: there is no such setting, or it cannot be
  ///   that
  void set(String name, @Nullable Object value) {
    String text = value == null ? "" : value.toString().strip();
    switch (name.toLowerCase(Locale.ROOT)) {
      case "max_memory" -> memoryLimit.accept(bytes(text));
      case "on_incomplete" ->
          warnWhenIncomplete =
              switch (text.toLowerCase(Locale.ROOT)) {
                case "warn" -> true;
                case "error" -> false;
                default ->
                    throw refused(
                        "on_incomplete", text, "Set it to 'error', the default, or to 'warn'.");
              };
      case "pushdown" ->
          pushesDown =
              switch (text.toLowerCase(Locale.ROOT)) {
                case "on", "true" -> true;
                case "off", "false" -> false;
                default ->
                    throw refused("pushdown", text, "Set it to 'on', the default, or to 'off'.");
              };
      default ->
          throw new IsobarException(
              ErrorCode.INVALID_CONFIGURATION,
              "There is no setting `" + name + "`.",
              Names.didYouMean(name, NAMES) + "The settings are " + String.join(", ", NAMES) + ".");
    }
  }

  private static long bytes(String text) {
    if (text.equalsIgnoreCase("off")) {
      return 0;
    }
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (size.matches()) {
      BigDecimal bytes =
          new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(unit(size.group(2))));
      if (bytes.compareTo(BigDecimal.valueOf(LEAST_MEMORY)) >= 0
          && bytes.compareTo(MOST_MEMORY) <= 0) {
        return bytes.longValue();
      }
    }
    throw refused(
        "max_memory",
        text,
        "Set it to a size of 32MB or more, such as '512MB' or '2GB', or to 'off', the default.");
  }

  private static long unit(String name) {
    int power = "kmgt".indexOf(name.charAt(0)) + 1;
    return name.endsWith("ib") ? 1L << (10 * power) : BigDecimal.TEN.pow(3 * power).longValue();
  }

  private static IsobarException refused(String name, String text, String hint) {
    return new IsobarException(
        ErrorCode.INVALID_CONFIGURATION, "`" + name + "` cannot be `" + text + "`.", hint);
  }
}
