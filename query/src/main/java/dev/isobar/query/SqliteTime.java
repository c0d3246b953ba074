package dev.isobar.query;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Dates and times by SQLite's rules: texts, numbers of days or seconds, and modifiers such as `-1
/// day` and `start of month`, in UTC, to the millisecond.
///
/// Source: https://www.sqlite.org/lang_datefunc.html
final class SqliteTime {
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)(?:[ T]+(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?)?\\s*"
              + "(Z|z|[+-]\\d\\d(?::?\\d\\d)?)?");

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?\\s*(Z|z|[+-]\\d\\d(?::?\\d\\d)?)?");

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d+)?");

  private static final Pattern AMOUNT =
      Pattern.compile("([+-]?\\d+(?:\\.\\d*)?)\\s+(second|minute|hour|day|month|year)s?");

  private static final Pattern CLOCK_SHIFT =
      Pattern.compile("([+-])(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?");

  private static final double UNIX_EPOCH_AS_JULIAN_DAY = 2_440_587.5;
  private static final double MILLIS_OF_DAY = 86_400_000.0;

  /// Numbers up to this are days, larger ones seconds, under `auto`.
  private static final double LAST_JULIAN_DAY = 5_373_484.5;

  private LocalDateTime time;

  /// Days by which the last step over months ran past the end of a month.
  private long overflow;

  private boolean fractions;

  private SqliteTime(LocalDateTime time) {
    this.time = time;
  }

  /// The text of a time in a format of `strftime`; null for what is no time.
  ///
  /// @param value a time as SQLite writes times, `now`, or a number
  /// @param now what `now` means
  static @Nullable String format(String format, String value, List<String> modifiers, Instant now) {
    try {
      SqliteTime time = of(value.strip(), modifiers, now);
      return time == null ? null : time.text(format);
    } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
      return null;
    }
  }

  private static @Nullable SqliteTime of(String value, List<String> modifiers, Instant now) {
    int next = 0;
    LocalDateTime start;
    if (value.equalsIgnoreCase("now")) {
      start = LocalDateTime.ofInstant(now.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
    } else if (NUMBER.matcher(value).matches()) {
      String unit =
          modifiers.isEmpty() ? "" : modifiers.getFirst().strip().toLowerCase(Locale.ROOT);
      double number = Double.parseDouble(value);
      boolean known = unit.equals("unixepoch") || unit.equals("julianday") || unit.equals("auto");
      next = known ? 1 : 0;
      boolean seconds =
          unit.equals("unixepoch")
              || (unit.equals("auto") && (number < 0 || number >= LAST_JULIAN_DAY));
      double millis =
          seconds ? number * 1000.0 : (number - UNIX_EPOCH_AS_JULIAN_DAY) * MILLIS_OF_DAY;
      start = ofMillis(Math.round(millis));
    } else {
      start = parse(value);
    }
    if (start == null) {
      return null;
    }
    SqliteTime time = new SqliteTime(start);
    for (String modifier : modifiers.subList(next, modifiers.size())) {
      if (!time.apply(modifier.strip().toLowerCase(Locale.ROOT))) {
        return null;
      }
    }
    return time.time.getYear() < 0 || time.time.getYear() > 9999 ? null : time;
  }

  private static LocalDateTime ofMillis(long millis) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private static @Nullable LocalDateTime parse(String value) {
    Matcher dated = DATE_TIME.matcher(value);
    if (dated.matches()) {
      LocalDate first = LocalDate.of(number(dated.group(1)), number(dated.group(2)), 1);
      int day = number(dated.group(3));
      if (day < 1 || day > 31) {
        return null;
      }
      // As SQLite has it, 31 February is some day in March.
      LocalDateTime at = first.plusDays(day - 1L).atTime(clock(dated, 4));
      return zoned(at, dated.group(8));
    }
    Matcher timed = TIME.matcher(value);
    return timed.matches()
        ? zoned(LocalDate.of(2000, 1, 1).atTime(clock(timed, 1)), timed.group(5))
        : null;
  }

  private static LocalTime clock(Matcher parts, int first) {
    return LocalTime.of(
        number(parts.group(first)),
        number(parts.group(first + 1)),
        number(parts.group(first + 2)),
        nanos(parts.group(first + 3)));
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "000").substring(0, 3)) * 1_000_000;
  }

  private static LocalDateTime zoned(LocalDateTime local, @Nullable String zone) {
    return zone == null
        ? local
        : local.minusSeconds(ZoneOffset.of(zone.equals("z") ? "Z" : zone).getTotalSeconds());
  }

  private boolean apply(String modifier) {
    switch (modifier) {
      case "start of day" -> time = time.truncatedTo(ChronoUnit.DAYS);
      case "start of month" -> time = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
      case "start of year" -> time = time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
      case "subsec", "subsecond" -> fractions = true;
      case "ceiling" -> overflow = 0;
      case "floor" -> {
        time = time.minusDays(overflow);
        overflow = 0;
      }
      case "localtime" ->
          time =
              time.atOffset(ZoneOffset.UTC)
                  .atZoneSameInstant(ZoneId.systemDefault())
                  .toLocalDateTime();
      case "utc" ->
          time =
              time.atZone(ZoneId.systemDefault())
                  .withZoneSameInstant(ZoneOffset.UTC)
                  .toLocalDateTime();
      default -> {
        return applyAmount(modifier) || applyWeekday(modifier) || applyClockShift(modifier);
      }
    }
    return true;
  }

  private boolean applyAmount(String modifier) {
    Matcher matcher = AMOUNT.matcher(modifier);
    if (!matcher.matches()) {
      return false;
    }
    double amount = Double.parseDouble(matcher.group(1));
    switch (matcher.group(2)) {
      case "second" -> plusMillis(amount * 1000.0);
      case "minute" -> plusMillis(amount * 60_000.0);
      case "hour" -> plusMillis(amount * 3_600_000.0);
      case "day" -> plusMillis(amount * MILLIS_OF_DAY);
      case "month" -> {
        plusMonths((long) amount);
        plusMillis((amount - (long) amount) * 30.0 * MILLIS_OF_DAY);
      }
      default -> {
        plusMonths(12 * (long) amount);
        plusMillis((amount - (long) amount) * 365.0 * MILLIS_OF_DAY);
      }
    }
    return true;
  }

  private void plusMillis(double millis) {
    time = time.plus(Math.round(millis), ChronoUnit.MILLIS);
  }

  /// A month after 31 January is 31 February, which is 2 or 3 March.
  private void plusMonths(long months) {
    LocalDate first = time.toLocalDate().withDayOfMonth(1).plusMonths(months);
    overflow = Math.max(0, time.getDayOfMonth() - first.lengthOfMonth());
    time = first.plusDays(time.getDayOfMonth() - 1L).atTime(time.toLocalTime());
  }

  private boolean applyWeekday(String modifier) {
    if (!modifier.matches("weekday\\s+[0-6](\\.0*)?")) {
      return false;
    }
    int wanted = Character.digit(modifier.replaceFirst("weekday\\s+", "").charAt(0), 10);
    time = time.plusDays(Math.floorMod(wanted - weekday(), 7));
    return true;
  }

  /// 0 is Sunday.
  private int weekday() {
    return time.getDayOfWeek() == DayOfWeek.SUNDAY ? 0 : time.getDayOfWeek().getValue();
  }

  private boolean applyClockShift(String modifier) {
    Matcher matcher = CLOCK_SHIFT.matcher(modifier);
    if (!matcher.matches()) {
      return false;
    }
    long nanos = clock(matcher, 2).toNanoOfDay();
    time = time.plusNanos(matcher.group(1).equals("-") ? -nanos : nanos);
    return true;
  }

  private long millis() {
    return time.toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private @Nullable String text(String format) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%') {
        text.append(c);
      } else if (++i == format.length() || !append(text, format.charAt(i))) {
        return null;
      }
    }
    return text.toString();
  }

  private boolean append(StringBuilder text, char letter) {
    int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    switch (letter) {
      case 'd' -> two(text, time.getDayOfMonth());
      case 'e' -> text.append(String.format(Locale.ROOT, "%2d", time.getDayOfMonth()));
      case 'f' -> {
        two(text, time.getSecond());
        text.append(String.format(Locale.ROOT, ".%03d", time.getNano() / 1_000_000));
      }
      case 'F' -> text.append(text("%Y-%m-%d"));
      case 'G' ->
          text.append(String.format(Locale.ROOT, "%04d", time.get(IsoFields.WEEK_BASED_YEAR)));
      case 'g' -> two(text, time.get(IsoFields.WEEK_BASED_YEAR) % 100);
      case 'H' -> two(text, time.getHour());
      case 'I' -> two(text, hour12);
      case 'j' -> text.append(String.format(Locale.ROOT, "%03d", time.getDayOfYear()));
      case 'J' -> text.append(millis() / MILLIS_OF_DAY + UNIX_EPOCH_AS_JULIAN_DAY);
      case 'k' -> text.append(String.format(Locale.ROOT, "%2d", time.getHour()));
      case 'l' -> text.append(String.format(Locale.ROOT, "%2d", hour12));
      case 'm' -> two(text, time.getMonthValue());
      case 'M' -> two(text, time.getMinute());
      case 'p' -> text.append(time.getHour() < 12 ? "AM" : "PM");
      case 'P' -> text.append(time.getHour() < 12 ? "am" : "pm");
      case 'R' -> text.append(text("%H:%M"));
      case 's' ->
          text.append(
              fractions
                  ? String.format(Locale.ROOT, "%.3f", millis() / 1000.0)
                  : Long.toString(Math.floorDiv(millis(), 1000L)));
      case 'S' -> two(text, time.getSecond());
      // The seconds of date, time and datetime, which `subsec` refines.
      case 'N' -> text.append(text(fractions ? "%f" : "%S"));
      case 'T' -> text.append(text("%H:%M:%S"));
      case 'u' -> text.append(time.getDayOfWeek().getValue());
      case 'U' -> two(text, (time.getDayOfYear() + 6 - weekday()) / 7);
      case 'V' -> two(text, time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'w' -> text.append(weekday());
      case 'W' -> two(text, (time.getDayOfYear() + 6 - Math.floorMod(weekday() - 1, 7)) / 7);
      case 'Y' -> {
        two(text, time.getYear() / 100);
        two(text, time.getYear() % 100);
      }
      case '%' -> text.append('%');
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
