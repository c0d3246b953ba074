package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.IsobarException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One request in ten fails in one of many ways: a statement gives all the rows, or fails.
class FaultsTest {
  private static final int RUNS = 25;
  private static final String TWENTY_PAGES =
      "SELECT id, label, status FROM linode.instances.linodes WHERE page_size = 25";

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rowsAreAllThereOrTheStatementFails(long seed) {
    List<List<@Nullable Object>> calm;
    try (SandboxSession session = session(0, seed)) {
      calm = session.rows(TWENTY_PAGES);
    }
    assertThat(calm).hasSize(500);
    int failed = 0;
    try (SandboxSession session = session(0.1, seed)) {
      for (int run = 0; run < RUNS; run++) {
        List<List<@Nullable Object>> rows;
        try {
          rows = session.rows(TWENTY_PAGES);
        } catch (IsobarException _) {
          failed++;
          continue;
        }
        assertThat(rows).as("seed %d, run %d", seed, run).isEqualTo(calm);
      }
    }
    assertThat(failed).as("most runs succeed, thanks to the retries").isLessThan(RUNS / 2);
  }

  private static SandboxSession session(double faultRate, long seed) {
    return SandboxSession.start(
        options -> options.withRows(Map.of("linodes", 500)).withFaultRate(faultRate).withSeed(seed),
        options -> options.withRequestTimeout(java.time.Duration.ofSeconds(5)));
  }
}
