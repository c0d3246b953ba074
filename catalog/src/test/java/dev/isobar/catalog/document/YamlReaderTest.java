package dev.isobar.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.error.YAMLException;

class YamlReaderTest {
  @Test
  void keepsEveryKeyAsText() {
    assertThat(YamlReader.read("{y: 1, n: 2, 200: 3, on: 4, 1.0: 5, true: 6}"))
        .isEqualTo(Map.of("y", 1L, "n", 2L, "200", 3L, "on", 4L, "1.0", 5L, "true", 6L));
  }

  @Test
  void readsTheTypesOfYamlOnePointTwo() {
    assertThat(YamlReader.read("[true, False, ~, null, 12, -7, 1.50, 1e3, 12345678901234567890]"))
        .isEqualTo(
            Arrays.asList(
                true,
                false,
                null,
                null,
                12L,
                -7L,
                new BigDecimal("1.50"),
                new BigDecimal("1e3"),
                new BigInteger("12345678901234567890")));
  }

  @Test
  void keepsWhatOnlyLooksLikeAValueAsText() {
    assertThat(
            YamlReader.read("[yes, off, 2023-01-01, 2023-01-01T00:00:00Z, 0123, 1_000, '7', v1.2]"))
        .isEqualTo(
            List.of(
                "yes", "off", "2023-01-01", "2023-01-01T00:00:00Z", "0123", "1_000", "7", "v1.2"));
  }

  @Test
  void ignoresTagsThatNobodyKnows() {
    assertThat(
            YamlReader.read(
                "a: !<tag:yaml.org,2002:js/undefined> ''\nb: !thing {c: 1}\nd: !!str 5"))
        .isEqualTo(Map.of("a", "", "b", Map.of("c", 1L), "d", "5"));
  }

  @Test
  void sharesWhatIsAliased() {
    Object read = YamlReader.read("[&a {x: 1}, *a, *a]");
    List<?> list = (List<?>) Objects.requireNonNull(read);
    assertThat(list.get(1)).isSameAs(list.get(0));
  }

  @Test
  void allowsAnyNumberOfAliases() {
    String uses = IntStream.range(0, 500).mapToObj(_ -> "*a").collect(Collectors.joining(","));
    assertThat((List<?>) YamlReader.read("[&a {x: [1]}," + uses + "]")).hasSize(501);
  }

  @Test
  void refusesAValueThatHoldsItself() {
    assertThatThrownBy(() -> YamlReader.read("&a [*a]"))
        .isInstanceOf(YAMLException.class)
        .hasMessageContaining("&a");
  }

  @Test
  void refusesBottomlessNesting() {
    assertThatThrownBy(() -> YamlReader.read("[".repeat(5000)))
        .isInstanceOf(YAMLException.class)
        .hasMessageContaining("deeper");
  }

  @Test
  void mergesMappings() {
    assertThat(YamlReader.read("a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}"))
        .isEqualTo(Map.of("a", Map.of("x", 1L, "y", 2L), "b", Map.of("x", 3L, "y", 2L)));
  }

  @Test
  void readsWindowsLineEndsAndByteOrderMarks() {
    assertThat(YamlReader.read("\uFEFFa: |\r\n  b\r\nc: d\r\n"))
        .isEqualTo(Map.of("a", "b\n", "c", "d"));
  }

  @Test
  void anEmptyFileHoldsNothing() {
    assertThat(YamlReader.read("# nothing\n")).isNull();
  }
}
