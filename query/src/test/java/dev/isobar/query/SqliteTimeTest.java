package dev.isobar.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expectations from the examples and rules of SQLite's documentation, worked out by hand.
class SqliteTimeTest {
  private static final Instant NOW = Instant.parse("2024-02-29T23:30:15.250Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "now |  | 2024-02-29 23:30:15",
        "now | +1 day | 2024-03-01 23:30:15",
        "now | start of month; +1 month; -1 day | 2024-02-29 00:00:00",
        "now | start of year; +9 months; weekday 2 | 2024-10-01 00:00:00",
        "now | -1 year | 2023-03-01 23:30:15",
        "2024-01-31 | +1 month | 2024-03-02 00:00:00",
        "2024-01-31 | +1 month; floor | 2024-02-29 00:00:00",
        "2024-01-31 | +1 month; ceiling | 2024-03-02 00:00:00",
        "2024-03-31 10:00 | -1 months | 2024-03-02 10:00:00",
        "2024-01-01 | +1.5 hours | 2024-01-01 01:30:00",
        "2024-01-01 | -90 SECONDS | 2023-12-31 23:58:30",
        "2024-01-03 | weekday 3 | 2024-01-03 00:00:00",
        "2024-01-03 | weekday 0 | 2024-01-07 00:00:00",
        "2024-01-01 | +02:30 | 2024-01-01 02:30:00",
        "2024-01-01 10:00:00+05:30 |  | 2024-01-01 04:30:00",
        "2024-01-01T10:00:00.999Z |  | 2024-01-01 10:00:00",
        "2024-01-01T10:00:00.123456Z | subsec | 2024-01-01 10:00:00.123",
        "12:34 |  | 2000-01-01 12:34:00",
        "2460312.5 |  | 2024-01-03 00:00:00",
        "1092941466 | unixepoch | 2004-08-19 18:51:06",
        "1092941466 | auto | 2004-08-19 18:51:06",
        "2460312.5 | auto | 2024-01-03 00:00:00",
        "-1 | unixepoch | 1969-12-31 23:59:59",
        "2023-02-31 |  | 2023-03-03 00:00:00",
        "2024-13-01 |  | null",
        "yesterday |  | null",
        "2024-01-01 | 1 fortnight | null",
        "9999-12-31 | +1 day | null",
        "`` |  | null",
      })
  void movesByModifiers(String value, String modifiers, String expected) {
    List<String> given = modifiers == null ? List.of() : Arrays.asList(modifiers.split(";\\s*"));
    assertThat(String.valueOf(SqliteTime.format("%Y-%m-%d %H:%M:%N", value, given, NOW)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%d/%m/%Y|29/02/2024",
        "%H:%M:%f|23:30:15.250",
        "%j|060",
        "%w %u|4 4",
        "%W %U %V|09 08 09",
        "%s|1709249415",
        "%I %p %P|11 PM pm",
        "%F %T %R|2024-02-29 23:30:15 23:30",
        "%e|29",
        "%G %g|2024 24",
        "%k %l|23 11",
        "100%%|100%",
        "%Q|null",
        "%|null",
      })
  void writesEveryLetterOfAFormat(String format, String expected) {
    assertThat(String.valueOf(SqliteTime.format(format, "now", List.of(), NOW)))
        .isEqualTo(expected);
  }
}
