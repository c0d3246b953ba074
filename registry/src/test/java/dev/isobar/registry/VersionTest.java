package dev.isobar.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
  @ParameterizedTest
  @CsvSource({
    "v23.05.00149, v23.10.00001",
    "v9.0.0, v10.0.0",
    "v1.0, v1.0.1",
    "1.0.0-beta, 1.0.0",
    "latest, v00.00.00000",
    "v00.00.00000, v26.11.00001",
    "v1.99999999999999999999, v2",
  })
  void ordersVersions(String lower, String higher) {
    assertThat(new Version(lower)).isLessThan(new Version(higher));
    assertThat(new Version(higher)).isGreaterThan(new Version(lower));
  }
}
