package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.isobar.fetch.FetchOptions;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A statement that is no longer wanted ends, and so do its requests.
@Timeout(30)
class CancellationTest {
  private static SandboxSession slow() {
    return SandboxSession.start(
        options -> options.withRows(Map.of("linodes", 50_000)).withLatency(Duration.ofSeconds(20)),
        options -> options);
  }

  @Test
  void cancelEndsAStatementThatWaitsForItsFirstPage() {
    try (SandboxSession session = slow()) {
      CompletableFuture<Void> read =
          CompletableFuture.runAsync(
              () -> session.rows("SELECT count(*) FROM linode.instances.linodes"),
              runnable -> Thread.ofPlatform().start(runnable));
      while (session.engine.progress().requests() == 0 && !read.isDone()) {
        Thread.onSpinWait();
      }
      session.engine.cancel();
      assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
          .isThrownBy(read::get)
          .satisfies(e ->
              assertThat(e.getCause())
                  .isInstanceOfSatisfying(
                      IsobarException.class,
                      cause -> assertThat(cause.code()).isEqualTo(ErrorCode.CANCELLED)));
    }
  }

  @Test
  void aStatementThatTakesTooLongIsCancelled() {
    try (SandboxSession session = slow();
        Engine hurried =
            new Engine(
                new EngineOptions(
                    SandboxSession.CATALOG,
                    FetchOptions.DEFAULT.withEndpoints(Map.of("linode", session.sandbox.base())),
                    Duration.ofMillis(300),
                    false,
                    _ -> null))) {
      assertThatExceptionOfType(IsobarException.class)
          .isThrownBy(
              () -> SandboxSession.rows(hurried, "SELECT label FROM linode.instances.linodes"))
          .satisfies(e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(e.text()).contains("0.3 s");
          });
    }
  }

  @Test
  void cancelReachesAQueryWithoutAnyTable() {
    try (SandboxSession session = SandboxSession.start()) {
      CompletableFuture<Void> read =
          CompletableFuture.runAsync(
              () ->
                  session.rows(
                      "SELECT sum(a.range * b.range) FROM range(10000000) a, range(100000) b"),
              runnable -> Thread.ofPlatform().start(runnable));
      while (!read.isDone()) {
        session.engine.cancel();
        Thread.onSpinWait();
      }
      assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
          .isThrownBy(read::get)
          .withMessageContaining("cancelled");
    }
  }

  @Test
  void closingAResultEarlyStopsItsRequests() {
    try (SandboxSession session =
        SandboxSession.start(
            options -> options.withRows(Map.of("linodes", 50_000)), options -> options)) {
      Result result =
          session.engine.execute(
              session
                  .engine
                  .parse("SELECT label FROM linode.instances.linodes")
                  .statements()
                  .getFirst());
      assertThat(result.rows().next()).isNotNull();
      result.close();
      long after = session.engine.progress().requests();
      assertThat(after).isLessThan(100);
      // The engine still works.
      assertThat(session.rows("SELECT 1")).hasSize(1);
      assertThat(session.engine.progress().requests()).isEqualTo(after);
    }
  }
}
