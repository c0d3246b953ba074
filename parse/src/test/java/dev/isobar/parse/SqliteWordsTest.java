package dev.isobar.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT char(65), CAST(x AS char(3)), y::char(2) | SELECT chr_(65), CAST(x AS char(3)), y::char(2)",
        "SELECT TIME('now'), time '10:00', t.time | SELECT tim_('now'), time '10:00', t.time",
        "SELECT date ('now'), date, 'date(x)', \"date\" | SELECT dat_ ('now'), date, 'date(x)', \"date\"",
        "WHERE a REGEXP 'b' AND regexp('x', y) | WHERE a <~~~~> 'b' AND regexp('x', y)",
        "WHERE a NOT REGEXP 'b' -- char( | WHERE a     !~~~~! 'b' -- char(",
        "WHERE lower(a) regexp ('b') | WHERE lower(a) <~~~~> ('b')",
        "SELECT 1 AS regexp FROM t | SELECT 1 AS regexp FROM t",
        "SELECT updated(x) | SELECT updated(x)",
      })
  void keepsEveryPlace(String sql, String expected) {
    assertThat(SqliteWords.replaced(sql)).isEqualTo(expected).hasSameSizeAs(sql);
  }
}
