package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PatternTextTest {
  private static @Nullable String of(String pattern, long choice) {
    return PatternText.of(pattern, choice, 0, Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(Login|Content|Both)$",
        "[a-f0-9]{8}-[a-f0-9]{4}",
        "^arn:acme(-[\\w]+)*:[a-z0-9-]{0,63}:\\d{12}:thing/[a-zA-Z0-9]+$",
        "[^:]*:[^:]*:analyzer/.{1,255}",
        "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==)?$",
        "\\p{Lu}[\\p{L}\\p{N}]*",
        "^(?!x)[a-z]{3,}$",
        "a{2}b?c*|d+",
        "^\\p{XDigit}{8}-\\p{Upper}\\p{Lower}\\p{Digit}$",
        "^urn:(([a-z]{2}-(gov-)?[a-z]{4,9}-[0-9]{1,3}/)*[\\p{Alnum}_]+):([\\p{Alpha}]*)$"
      })
  void whatIsMadeMatches(String pattern) {
    for (int choice = 0; choice < 50; choice++) {
      String made = of(pattern, choice);
      // A pattern that forbids something may be missed now and then, never be answered wrongly.
      if (made != null) {
        assertThat(made).containsPattern(pattern);
      }
    }
    assertThat(of(pattern, 1)).isNotNull();
  }

  @Test
  void anotherChoiceIsOtherText() {
    Set<@Nullable String> made = new HashSet<>();
    for (int choice = 0; choice < 100; choice++) {
      made.add(of("^id-[a-z0-9]{12}$", choice));
    }
    assertThat(made).hasSize(100);
  }

  @Test
  void textIsAsLongAsItHasToBe() {
    assertThat(PatternText.of("[a-z]+", 1, 36, 40)).hasSizeBetween(36, 40);
    assertThat(PatternText.of("[a-z]{9}", 1, 0, 5)).isNull();
    assertThat(PatternText.of("st-[a-z]+", 1, 16, 16)).hasSize(16);
    assertThat(PatternText.of("arn:(:[a-z-0-9]+){3}/[a-z]+", 1, 50, 120)).hasSizeBetween(50, 120);
    assertThat(PatternText.of("^(?!x)(x|yy)$", 1, 0, 9)).isEqualTo("yy");
  }

  @Test
  void whatCannotBeFollowedIsGivenUp() {
    assertThat(of("(", 1)).isNull();
    assertThat(of("(a)\\1x(?<=z)", 1)).isNull();
    assertThat(of("(((((a{9999}){9999}){9999}){9999}))", 1)).isNull();
  }
}
