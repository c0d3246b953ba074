package dev.isobar.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final List<String> NAMES = List.of("linodes", "disks", "volumes", "ips", "types");

  @Test
  void nearestComesFirst() {
    assertThat(Names.nearest("linode", NAMES)).first().isEqualTo("linodes");
    assertThat(Names.nearest("linodse", NAMES)).first().isEqualTo("linodes");
    assertThat(Names.nearest("LINODES", NAMES)).first().isEqualTo("linodes");
  }

  @Test
  void nothingIsNearToSomethingElse() {
    assertThat(Names.nearest("kubernetes", NAMES)).isEmpty();
    assertThat(Names.didYouMean("kubernetes", NAMES)).isEmpty();
    assertThat(Names.nearest("x", List.of())).isEmpty();
  }

  @Test
  void nameThatContainsTheOtherIsNear() {
    assertThat(Names.nearest("label", List.of("data__label", "region"))).contains("data__label");
    assertThat(Names.nearest("ip", List.of("ips", "region"))).contains("ips");
  }

  @Test
  void atMostThreeAreOffered() {
    assertThat(Names.nearest("aaaa", List.of("aaab", "aaac", "aaad", "aaae", "aaab")))
        .containsExactly("aaab", "aaac", "aaad");
  }

  @Test
  void adviceNamesThemInBackTicks() {
    assertThat(Names.didYouMean("disk", List.of("disks", "dusks")))
        .isEqualTo("Did you mean `disks` or `dusks`? ");
  }

  @Test
  void emptyNameIsNearToNothingLong() {
    assertThat(Names.nearest("", List.of("linodes"))).isEmpty();
  }
}
