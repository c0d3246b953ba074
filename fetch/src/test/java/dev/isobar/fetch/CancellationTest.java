package dev.isobar.fetch;

import static dev.isobar.fetch.Fixture.idRows;
import static dev.isobar.fetch.Fixture.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Method;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.plan.Scan;
import dev.isobar.testing.Numbered;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CancellationTest {
  private static final Method LIST = Samples.method("list", "/things").build();

  /// Fetches on another thread; the future fails with what `fetch` threw.
  private static Thread start(Fixture fixture, Scan scan, CompletableFuture<Object> ended) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            ended.complete(fixture.fetcher.fetch(scan, _ -> true));
          } catch (InterruptedException | RuntimeException e) {
            ended.completeExceptionally(e);
          }
        });
  }

  @Test
  void anInterruptClosesTheSocketOfARequestThatWaitsForItsAnswer() throws Exception {
    BlockingQueue<Received> asked = new LinkedBlockingQueue<>();
    CountDownLatch never = new CountDownLatch(1);
    try (var fixture =
        new Fixture(request -> {
          asked.add(request);
          return Reply.json("[]").after(never);
        })) {
      CompletableFuture<Object> ended = new CompletableFuture<>();
      Thread fetching = start(fixture, fixture.ids(LIST), ended);
      Received request = asked.take();
      fetching.interrupt();
      request.closed().await();
      assertThatThrownBy(ended::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void anInterruptClosesTheSocketOfABodyOnItsWay() throws Exception {
    BlockingQueue<Received> asked = new LinkedBlockingQueue<>();
    CountDownLatch never = new CountDownLatch(1);
    try (var fixture =
        new Fixture(request -> {
          asked.add(request);
          return Reply.json("[{\"id\":1}]").truncatedAfter(4).after(never);
        })) {
      CompletableFuture<Object> ended = new CompletableFuture<>();
      Thread fetching = start(fixture, fixture.ids(LIST), ended);
      Received request = asked.take();
      fetching.interrupt();
      request.closed().await();
      assertThatThrownBy(ended::get).hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void aSinkThatHasEnoughEndsThePagesOnTheirWay() throws Exception {
    Numbered things = new Numbered(idRows(1, 100), 1);
    CountDownLatch never = new CountDownLatch(1);
    BlockingQueue<Received> slow = new LinkedBlockingQueue<>();
    try (var fixture =
        new Fixture(
            request -> {
              if (request.number("page", 1) == 1) {
                return things.reply(request);
              }
              slow.add(request);
              return things.reply(request).after(never);
            },
            options -> options.withConcurrency(3))) {
      CountDownLatch threeWait = new CountDownLatch(1);
      Thread watcher =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  Received a = slow.take();
                  Received b = slow.take();
                  Received c = slow.take();
                  threeWait.countDown();
                  a.closed().await();
                  b.closed().await();
                  c.closed().await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      var report =
          fixture.fetcher.fetch(
              fixture.ids(numbered().build()),
              _ -> {
                threeWait.await();
                return false;
              });
      assertThat(report.completeness()).isEqualTo(Completeness.STOPPED);
      watcher.join();
      // One page and three that were in flight; none of those that queued started.
      assertThat(fixture.cloud.received()).hasSize(4);
    }
  }

  @Test
  void aFailedPageEndsTheOthers() throws Exception {
    Numbered things = new Numbered(idRows(1, 10), 1);
    CountDownLatch never = new CountDownLatch(1);
    BlockingQueue<Received> slow = new LinkedBlockingQueue<>();
    try (var fixture =
        new Fixture(request ->
            switch (request.number("page", 1)) {
              case 1 -> things.reply(request);
              case 3 -> Reply.status(400);
              default -> {
                slow.add(request);
                yield things.reply(request).after(never);
              }
            })) {
      assertThatThrownBy(() -> fixture.fetcher.fetch(fixture.ids(numbered().build()), _ -> true))
          .isInstanceOf(IsobarException.class)
          .hasMessageContaining("Page 3 of 10");
      for (Received request : slow) {
        request.closed().await();
      }
    }
  }

  @Test
  void closingTheFetcherEndsItsScans() throws Exception {
    BlockingQueue<Received> asked = new LinkedBlockingQueue<>();
    CountDownLatch never = new CountDownLatch(1);
    try (var fixture =
        new Fixture(request -> {
          asked.add(request);
          return Reply.json("[]").after(never);
        })) {
      CompletableFuture<Object> ended = new CompletableFuture<>();
      start(fixture, fixture.ids(LIST), ended);
      Received request = asked.take();
      fixture.fetcher.close();
      request.closed().await();
      assertThatThrownBy(ended::get).hasMessageContaining("the session was closed meanwhile");
    }
  }

  @Test
  void aSinkThatThrowsEndsTheScan() {
    Numbered things = new Numbered(idRows(1, 10), 1);
    try (var fixture = new Fixture(things::reply)) {
      assertThatThrownBy(() ->
              fixture.fetcher.fetch(
                  fixture.ids(numbered().build()),
                  _ -> {
                    throw new IllegalStateException("full");
                  }))
          .hasMessage("full");
    }
  }
}
