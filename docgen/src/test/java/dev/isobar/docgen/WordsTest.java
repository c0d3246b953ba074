package dev.isobar.docgen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void linesBecomeOne() {
    assertThat(Words.line("  one\r\n\ttwo\u00a0 three\n", 100)).isEqualTo("one two three");
  }

  @Test
  void longTextIsCutBetweenWords() {
    assertThat(Words.line("word ".repeat(20_000), 600)).hasSizeBetween(590, 601).endsWith("word…");
    assertThat(Words.line("x".repeat(100_000), 600)).isEqualTo("x".repeat(600) + "…");
    assertThat(Words.line("x".repeat(600), 600)).isEqualTo("x".repeat(600));
  }

  @Test
  void noCharacterIsCutInHalf() {
    assertThat(Words.line("😀".repeat(10), 5)).isEqualTo("😀😀…");
  }

  @Test
  void whatCannotBeSeenIsLeftOut() {
    assertThat(Words.line("a\u202eb\u0000c\ud800d\u2066e\u200df", 100)).isEqualTo("abcde\u200df");
  }
}
