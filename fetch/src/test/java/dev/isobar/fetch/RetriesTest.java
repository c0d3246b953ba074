package dev.isobar.fetch;

import static dev.isobar.fetch.Fixture.idRows;
import static dev.isobar.fetch.Fixture.numbered;
import static dev.isobar.fetch.Fixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Method;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.testing.Numbered;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetriesTest {
  private static final Method LIST = Samples.method("list", "/things").build();
  private static final Reply ONE = Reply.json("[{\"id\":1}]");

  @Test
  void waitsLongerEachTime() throws Exception {
    try (var fixture = new Fixture(request -> request.number() < 5 ? Reply.status(502) : ONE)) {
      var report = fixture.read(fixture.ids(LIST)).report();
      assertThat(fixture.timing.sleeps())
          .containsExactly(
              Duration.ofMillis(500),
              Duration.ofSeconds(1),
              Duration.ofSeconds(2),
              Duration.ofSeconds(4));
      assertThat(report.retries()).isEqualTo(4);
      assertThat(report.requests()).isEqualTo(5);
      assertThat(report.pages()).isEqualTo(1);
    }
  }

  @Test
  void doesNotRepeatWhatWouldFailAgain() {
    try (var fixture = new Fixture(_ -> Reply.status(400))) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(LIST))).isInstanceOf(IsobarException.class);
      assertThat(fixture.cloud.received()).hasSize(1);
    }
  }

  @Test
  void waitsAsLongAsTheApiAsks() throws Exception {
    try (var fixture =
        new Fixture(request ->
            request.number() == 1 ? Reply.status(429).header("Retry-After", "7") : ONE)) {
      fixture.read(fixture.ids(LIST));
      assertThat(fixture.timing.slept()).isEqualTo(7000);
      assertThat(fixture.fetcher.progress().waitingNanos())
          .isEqualTo(Duration.ofSeconds(7).toNanos());
    }
  }

  @Test
  void waitsUntilTheDateThatTheApiNames() throws Exception {
    String later =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            FakeTiming.START.plusSeconds(9).atOffset(ZoneOffset.UTC));
    try (var fixture =
        new Fixture(request ->
            request.number() == 1 ? Reply.status(503).header("Retry-After", later) : ONE)) {
      fixture.read(fixture.ids(LIST));
      assertThat(fixture.timing.slept()).isEqualTo(9000);
    }
  }

  @Test
  void measuresADateByTheApisOwnClock() throws Exception {
    try (var fixture =
        new Fixture(request ->
            request.number() == 1
                ? Reply.status(429)
                    .header("Date", "Mon, 01 Jan 2024 00:00:00 GMT")
                    .header("Retry-After", "Mon, 01 Jan 2024 00:00:03 GMT")
                : ONE)) {
      fixture.read(fixture.ids(LIST));
      assertThat(fixture.timing.slept()).isEqualTo(3000);
    }
  }

  @Test
  void saysWhenToComeBackWhenTheWaitIsTooLong() {
    try (var fixture = new Fixture(_ -> Reply.status(429).header("Retry-After", "3600"))) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(LIST)))
          .hasMessageContaining("no more requests until `2026-05-01T13:00:00Z`")
          .extracting(e -> ((IsobarException) e).code())
          .isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(fixture.cloud.received()).hasSize(1);
      // The next scan knows without asking.
      assertThatThrownBy(() -> fixture.read(fixture.ids(LIST)))
          .hasMessageContaining("no more requests until `2026-05-01T13:00:00Z`");
      assertThat(fixture.cloud.received()).hasSize(1);
    }
  }

  @Test
  void givesUpOnAnApiThatGoesOnAskingForFewer() {
    try (var fixture = new Fixture(_ -> Reply.json(429, "{\"message\":\"slow down\"}"))) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(LIST)))
          .hasMessageContaining("the API asks for fewer requests: `slow down` (5 attempts)")
          .extracting(e -> ((IsobarException) e).code())
          .isEqualTo(ErrorCode.RATE_LIMITED);
    }
  }

  @Test
  void oneRequestThatIsToldToWaitPausesAll() throws Exception {
    Numbered things = new Numbered(idRows(1, 40), 10);
    try (var fixture =
        new Fixture(
            request -> {
              int page = request.number("page", 1);
              if (page == 2 && request.attempt() == 1) {
                return Reply.status(429).header("Retry-After", "30");
              }
              return things.reply(request);
            },
            options -> options.withConcurrency(1))) {
      assertThat(fixture.read(fixture.ids(numbered().build())).first()).isEqualTo(numbers(1, 40));
      // Pages 3 and 4 were due, and waited with page 2: one pause, for all.
      assertThat(fixture.timing.slept()).isEqualTo(30_000);
    }
  }

  @Test
  void waitsForTheNextWindowWhenNoRequestsRemain() throws Exception {
    Numbered things = new Numbered(idRows(1, 30), 10);
    long reset = FakeTiming.START.getEpochSecond() + 20;
    AtomicInteger allowed = new AtomicInteger(1);
    try (var fixture =
        new Fixture(request -> {
          int left = allowed.decrementAndGet();
          Reply reply = things.reply(request);
          return left == 0
              ? reply
                  .header("X-RateLimit-Limit", "1")
                  .header("X-RateLimit-Remaining", "0")
                  .header("X-RateLimit-Reset", String.valueOf(reset))
              : reply;
        })) {
      assertThat(fixture.read(fixture.ids(numbered().build())).first()).isEqualTo(numbers(1, 30));
      assertThat(fixture.timing.slept()).isEqualTo(20_000);
      assertThat(fixture.cloud.received()).hasSize(3);
    }
  }

  @Test
  void halvesWhenAskedForFewerAndGrowsAgain() throws Exception {
    FakeTiming timing = new FakeTiming();
    Limiter limiter = new Limiter(8, timing);
    Tally tally = new Tally(null);
    timing.sleep(Duration.ofSeconds(1));
    limiter.halve(limiter.enter(tally));
    // Another of those that were in flight then says nothing new.
    limiter.halve(0);
    limiter.leave();
    for (int i = 0; i < 4; i++) {
      limiter.enter(tally);
    }
    Thread fifth =
        Thread.ofVirtual()
            .start(() -> {
              try {
                limiter.enter(tally);
              } catch (InterruptedException | FetchFailure e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(fifth.join(Duration.ofMillis(20))).isFalse();
    for (int i = 0; i < 4; i++) {
      limiter.answered();
    }
    fifth.join();
  }

  @Test
  void anInterruptedRequestLeavesTheQueue() throws Exception {
    Limiter limiter = new Limiter(1, new FakeTiming());
    Tally tally = new Tally(null);
    limiter.enter(tally);
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                limiter.enter(tally);
              } catch (InterruptedException | FetchFailure e) {
                interrupted.countDown();
              }
            });
    waiting.interrupt();
    interrupted.await();
    limiter.leave();
    limiter.enter(tally);
  }
}
