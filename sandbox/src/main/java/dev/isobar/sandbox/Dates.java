package dev.isobar.sandbox;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Points in time as text: `2026-01-02T03:04:05`, and what the provider puts behind it.
final class Dates {
  /// Where generated dates begin.
  static final long START = Instant.parse("2026-01-02T03:04:05Z").getEpochSecond();

  private Dates() {}

  static String text(long epochSecond, String suffix) {
    LocalDateTime at = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
    var text = new StringBuilder(24);
    text.append(at.getYear()).append('-');
    two(text, at.getMonthValue()).append('-');
    two(text, at.getDayOfMonth()).append('T');
    two(text, at.getHour()).append(':');
    two(text, at.getMinute()).append(':');
    return two(text, at.getSecond()).append(suffix).toString();
  }

  static String text(Instant at, String suffix) {
    return text(at.getEpochSecond(), suffix);
  }

  /// Reads what [#text] writes, whatever the suffix.
  static Instant read(String text) {
    return LocalDateTime.parse(text.substring(0, 19)).toInstant(ZoneOffset.UTC);
  }

  private static StringBuilder two(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
