package dev.isobar.docgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileNamesTest {
  @Test
  void plainNamesStay() {
    assertThat(FileNames.of(List.of("phone_number", "v1.2-x"), Set.of()).values())
        .containsExactly("phone_number", "v1.2-x");
  }

  @Test
  void noNameLeavesItsFolder() {
    assertThat(FileNames.of(List.of("..", "../../etc", "/x", "", "a\0b", "é"), Set.of()).values())
        .allMatch(name -> name.matches("[A-Za-z0-9_~-][A-Za-z0-9_~.-]*"))
        .doesNotHaveDuplicates();
  }

  @Test
  void namesThatDifferInCaseAreTwoFiles() {
    assertThat(FileNames.of(List.of("Disk", "disk", "DISK", "index"), Set.of("index")).values())
        .containsExactly("Disk", "disk~~2", "DISK~~3", "index~~2");
  }

  @Test
  void longNamesAreCut() {
    List<String> names = List.of("x".repeat(4000), "x".repeat(5000));

    assertThat(FileNames.of(names, Set.of()).values())
        .allMatch(name -> name.length() < 140)
        .doesNotHaveDuplicates();
  }
}
