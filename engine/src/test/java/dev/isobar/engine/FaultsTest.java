package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.IsobarException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One request in ten fails in one of eight ways: a statement gives all the rows, or fails.
class FaultsTest {
  private static final int SEEDS = 8;
  private static final int RUNS = 25;
  private static final String TWENTY_PAGES =
      "SELECT id, label, status FROM linode.instances.linodes WHERE page_size = 25";

  /// What became of the runs with one seed.
  private record Outcome(long seed, int failed, int different) {}

  @Test
  void rowsAreAllThereOrTheStatementFails() throws Exception {
    // The runs mostly wait for retries, so those of different seeds wait together.
    try (ExecutorService seeds = Executors.newFixedThreadPool(SEEDS)) {
      List<Future<Outcome>> running =
          LongStream.range(0, SEEDS).mapToObj(seed -> seeds.submit(() -> run(seed))).toList();
      int failed = 0;
      for (Future<Outcome> future : running) {
        Outcome outcome = future.get();
        assertThat(outcome.different())
            .as("silent differences with seed %d", outcome.seed())
            .isZero();
        failed += outcome.failed();
      }
      assertThat(failed)
          .as("most runs succeed, thanks to the retries")
          .isLessThan(SEEDS * RUNS / 2);
    }
  }

  private static Outcome run(long seed) {
    List<List<@Nullable Object>> calm;
    try (SandboxSession session = session(0, seed)) {
      calm = session.rows(TWENTY_PAGES);
    }
    assertThat(calm).hasSize(500);
    int failed = 0;
    int different = 0;
    try (SandboxSession session = session(0.1, seed)) {
      for (int run = 0; run < RUNS; run++) {
        try {
          different += session.rows(TWENTY_PAGES).equals(calm) ? 0 : 1;
        } catch (IsobarException _) {
          failed++;
        }
      }
    }
    return new Outcome(seed, failed, different);
  }

  private static SandboxSession session(double faultRate, long seed) {
    return SandboxSession.start(
        options -> options.withRows(Map.of("linodes", 500)).withFaultRate(faultRate).withSeed(seed),
        options -> options.withRequestTimeout(Duration.ofSeconds(2)));
  }
}
