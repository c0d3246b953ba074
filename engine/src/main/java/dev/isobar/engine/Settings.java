package dev.isobar.engine;

import dev.isobar.fetch.Budget;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What SET changes, for the rest of the session.
final class Settings {
  private static final List<String> NAMES =
      List.of(
          "cache_max_bytes",
          "cache_ttl",
          "max_memory",
          "max_requests",
          "max_rows",
          "max_seconds",
          "on_incomplete",
          "pushdown");

  private static final BigDecimal MOST_COUNT = BigDecimal.TEN.pow(18);
  private static final BigDecimal MOST_SECONDS = BigDecimal.TEN.pow(9);

  /// Of the cache, when nothing else is said.
  private static final long CACHE_BYTES = 64_000_000;

  private static final long LEAST_CACHE_BYTES = 1000;
  private static final Pattern TIME = Pattern.compile("(\\d{1,9}) ?(ms|s|m|min|h|d)?");

  /// DuckDB itself needs some of it.
  private static final long LEAST_MEMORY = 32_000_000;

  private static final BigDecimal MOST_MEMORY = BigDecimal.TEN.pow(18);

  private static final BigDecimal LEAST_SECONDS = BigDecimal.valueOf(1, 3);
  private static final Pattern NUMBER = Pattern.compile("\\d{1,19}(?:\\.\\d{1,9})?");
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) ?(b|kb|mb|gb|tb|kib|mib|gib|tib)");

  private final LongConsumer memoryLimit;
  private boolean warnWhenIncomplete;
  private boolean pushesDown = true;
  private Budget budget = Budget.UNLIMITED;
  private @Nullable Duration cacheTtl;
  private long cacheBytes = CACHE_BYTES;

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

  /// What each statement may take.
  Budget budget() {
    return budget;
  }

  /// The greatest age of an answer that is used again, or null when none is.
  @Nullable Duration cacheTtl() {
    return cacheTtl;
  }

  /// The most bytes of answers that are kept; 0 when none is used again.
  long cacheBytes() {
    return cacheTtl == null ? 0 : cacheBytes;
  }

  /// @param value `DEFAULT`, as a word, is what holds without
  /// @throws IsobarException `INVALID_CONFIGURATION`: there is no such setting, or it cannot be
  ///   that
  void set(String name, @Nullable Object value) {
    String text = value == null ? "" : value.toString().strip();
    switch (name.toLowerCase(Locale.ROOT)) {
      case "max_memory" -> memoryLimit.accept(bytes(text));
      case "cache_max_bytes" -> cacheBytes = cacheBytes(text);
      case "cache_ttl" -> cacheTtl = ttl(text);
      case "max_requests" ->
          budget = new Budget(count("max_requests", text), budget.rows(), budget.time());
      case "max_rows" ->
          budget = new Budget(budget.requests(), count("max_rows", text), budget.time());
      case "max_seconds" -> budget = new Budget(budget.requests(), budget.rows(), time(text));
      case "on_incomplete" ->
          warnWhenIncomplete =
              switch (text.toLowerCase(Locale.ROOT)) {
                case "warn" -> true;
                case "error", "default" -> false;
                default ->
                    throw refused(
                        "on_incomplete", text, "Set it to 'error', the default, or to 'warn'.");
              };
      case "pushdown" ->
          pushesDown =
              switch (text.toLowerCase(Locale.ROOT)) {
                case "on", "true", "default" -> true;
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
    if (isOff(text)) {
      return 0;
    }
    Long bytes = size(text, LEAST_MEMORY);
    if (bytes != null) {
      return bytes;
    }
    throw refused(
        "max_memory",
        text,
        "Set it to a size of 32MB or more, such as '512MB' or '2GB', or to 'off', the default.");
  }

  private static long cacheBytes(String text) {
    if (text.equalsIgnoreCase("default")) {
      return CACHE_BYTES;
    }
    BigDecimal plain = positive(text, MOST_MEMORY);
    Long bytes = size(plain == null ? text : text + " b", LEAST_CACHE_BYTES);
    if (bytes != null) {
      return bytes;
    }
    throw refused(
        "cache_max_bytes",
        text,
        "Set it to a size of 1KB or more, such as '64MB', the default, or to a number of bytes.");
  }

  /// The size in bytes, or null when the text is none, or not between the least and 10^18.
  private static @Nullable Long size(String text, long least) {
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      return null;
    }
    BigDecimal bytes =
        new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(unit(size.group(2))));
    boolean fits =
        bytes.compareTo(BigDecimal.valueOf(least)) >= 0 && bytes.compareTo(MOST_MEMORY) <= 0;
    return fits ? bytes.longValue() : null;
  }

  private static @Nullable Duration ttl(String text) {
    if (isOff(text)) {
      return null;
    }
    Matcher time = TIME.matcher(text.toLowerCase(Locale.ROOT));
    if (time.matches() && Long.parseLong(time.group(1)) > 0) {
      long number = Long.parseLong(time.group(1));
      return switch (time.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "m", "min" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        case "d" -> Duration.ofDays(number);
        case null, default -> Duration.ofSeconds(number);
      };
    }
    throw refused(
        "cache_ttl",
        text,
        "Set it to a time, such as '30s', '5m' or '1h', or to 'off', the default.");
  }

  private static boolean isOff(String text) {
    return text.equalsIgnoreCase("off") || text.equalsIgnoreCase("default");
  }

  private static long count(String name, String text) {
    if (isOff(text)) {
      return Long.MAX_VALUE;
    }
    BigDecimal number = positive(text, MOST_COUNT);
    if (number == null || number.stripTrailingZeros().scale() > 0) {
      throw refused(
          name, text, "Set it to a whole number from 1, such as 100, or to 'off', the default.");
    }
    return number.longValueExact();
  }

  private static @Nullable Duration time(String text) {
    if (isOff(text)) {
      return null;
    }
    BigDecimal seconds = positive(text, MOST_SECONDS);
    if (seconds == null || seconds.compareTo(LEAST_SECONDS) < 0) {
      throw refused(
          "max_seconds",
          text,
          "Set it to a number of seconds from 0.001, such as 30 or 0.5, or to 'off', the default.");
    }
    return Duration.ofMillis(seconds.movePointRight(3).longValue());
  }

  /// The number, or null when the text is none above zero, or a larger one.
  private static @Nullable BigDecimal positive(String text, BigDecimal most) {
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    BigDecimal number = new BigDecimal(text);
    return number.signum() > 0 && number.compareTo(most) <= 0 ? number : null;
  }

  private static long unit(String name) {
    if (name.equals("b")) {
      return 1;
    }
    int power = "kmgt".indexOf(name.charAt(0)) + 1;
    return name.endsWith("ib") ? 1L << (10 * power) : BigDecimal.TEN.pow(3 * power).longValue();
  }

  private static IsobarException refused(String name, String text, String hint) {
    return new IsobarException(
        ErrorCode.INVALID_CONFIGURATION, "`" + name + "` cannot be `" + text + "`.", hint);
  }
}
