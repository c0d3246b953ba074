package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.isobar.fetch.FetchOptions;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import dev.isobar.model.ScanReport;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// Budgets of statements, whose clock stands still until the test says that the time is over.
class BudgetTest {
  private static final String LINODES = "SELECT label FROM linode.instances.linodes";

  private final ManualTimer timer = new ManualTimer();

  private static final class ManualTimer implements Timer {
    private final List<Runnable> running = new CopyOnWriteArrayList<>();
    private final List<Duration> delays = new CopyOnWriteArrayList<>();

    @Override
    public Started start(Duration delay, Runnable action) {
      delays.add(delay);
      running.add(action);
      return () -> running.remove(action);
    }

    void fire() {
      running.forEach(Runnable::run);
    }
  }

  private Engine engine(FakeCloud cloud) {
    FetchOptions fetch = FetchOptions.DEFAULT.withEndpoints(Map.of("linode", cloud.uri()));
    return new Engine(
        new EngineOptions(SandboxSession.CATALOG, fetch, null, false, _ -> null), timer);
  }

  private static String page(int page, String... labels) {
    String rows = String.join("\"},{\"label\":\"", labels);
    return "{\"data\":[{\"label\":\""
        + rows
        + "\"}],\"page\":"
        + page
        + ",\"pages\":2,\"results\":4}";
  }

  /// Two pages; the time is over when the second is asked for.
  private FakeCloud lateOnPageTwo() {
    return FakeCloud.start(request -> {
      int page = request.number("page", 1);
      if (page == 2) {
        timer.fire();
      }
      return Reply.json(page(page, "a", "b"));
    });
  }

  @Test
  void theEndOfTimeStopsAStatementAndItsClockStopsWithIt() {
    try (FakeCloud cloud = lateOnPageTwo();
        Engine engine = engine(cloud)) {
      SandboxSession.rows(engine, "SET max_seconds = 2.5");
      assertThatExceptionOfType(IsobarException.class)
          .isThrownBy(() -> SandboxSession.rows(engine, LINODES))
          .satisfies(e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.BUDGET_EXCEEDED);
            assertThat(e.text())
                .contains("statement has run for 2.5 s, all that `max_seconds` allows.");
          });
      assertThat(timer.delays).containsOnly(Duration.ofMillis(2500));
      assertThat(timer.running).isEmpty();
      SandboxSession.rows(engine, "SET max_seconds = 'off'");
      assertThat(SandboxSession.rows(engine, LINODES)).hasSize(4);
      assertThat(timer.running).isEmpty();
    }
  }

  @Test
  void theEndOfTimeLeavesWhatWasReadUnderWarn() {
    try (FakeCloud cloud = lateOnPageTwo();
        Engine engine = engine(cloud)) {
      SandboxSession.rows(engine, "SET on_incomplete = 'warn'");
      SandboxSession.rows(engine, "SET max_seconds = 1");
      try (Result result = engine.execute(engine.parse(LINODES).statements().getFirst())) {
        int rows = 0;
        while (result.rows().next() != null) {
          rows++;
        }
        ScanReport scan = result.scans().getFirst();
        assertThat(scan.completeness()).isEqualTo(Completeness.CAPPED);
        assertThat(scan.rows()).isEqualTo(rows).isLessThan(4);
      }
    }
  }

  @Test
  void aQueryWithoutTablesEndsWithItsTimeToo() {
    try (FakeCloud cloud = FakeCloud.start(_ -> Reply.status(500));
        Engine engine = engine(cloud)) {
      SandboxSession.rows(engine, "SET max_seconds = 1");
      Thread clock =
          Thread.ofVirtual()
              .start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                  timer.fire();
                  Thread.onSpinWait();
                }
              });
      assertThatExceptionOfType(IsobarException.class)
          .isThrownBy(() ->
              SandboxSession.rows(
                  engine, "SELECT sum(a.range * b.range) FROM range(10000000) a, range(100000) b"))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BUDGET_EXCEEDED));
      clock.interrupt();
    }
  }

  @Test
  void aChangeUnderWayIsWaitedForAndNoneFollows() {
    try (FakeCloud cloud =
            FakeCloud.start(request -> {
              if (request.number() == 2) {
                timer.fire();
              }
              return Reply.json("{\"id\":" + request.number() + "}");
            });
        Engine engine = engine(cloud)) {
      SandboxSession.rows(engine, "SET max_seconds = 1");
      assertThatExceptionOfType(IsobarException.class)
          .isThrownBy(() ->
              SandboxSession.rows(
                  engine,
                  "INSERT INTO linode.volumes.volumes (data__label, data__size, data__region) VALUES"
                      + " ('a', 20, 'us-east'), ('b', 20, 'us-east'), ('c', 20, 'us-east'),"
                      + " ('d', 20, 'us-east')"))
          .satisfies(e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.BUDGET_EXCEEDED);
            assertThat(e.text())
                .startsWith(
                    "2 of 4 requests of the INSERT succeeded, then number 3 was not sent, nor the"
                        + " rest: ")
                .contains("has run for 1 s, all that `max_seconds` allows");
          });
      assertThat(cloud.received()).hasSize(2);
    }
  }
}
