package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.fetch.FetchOptions.OnFailure;
import dev.isobar.model.ResourceName;
import dev.isobar.model.ScanReport;
import dev.isobar.plan.Call;
import dev.isobar.plan.Request;
import dev.isobar.plan.Scan;
import dev.isobar.testing.Numbered;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCacheTest {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Method LIST = Samples.method("listThings", "/things").build();

  private final List<@Nullable Object> rows = new ArrayList<>();

  private ScanReport read(Fixture fixture, Scan scan, @Nullable Duration ttl)
      throws InterruptedException {
    rows.clear();
    return fixture.fetcher.fetch(
        scan,
        page -> {
          page.forEach(row -> rows.add(row[0]));
          return true;
        },
        new FetchTerms(OnFailure.FAIL, new Allowance(Budget.UNLIMITED), ttl));
  }

  private static Fixture caching(dev.isobar.testing.FakeCloud.Handler cloud, Bounds bounds) {
    Fixture fixture = new Fixture(cloud, bounds);
    fixture.fetcher.limitCache(1_000_000);
    return fixture;
  }

  private static Fixture caching(dev.isobar.testing.FakeCloud.Handler cloud) {
    return caching(cloud, Bounds.DEFAULT);
  }

  private static Reply numbered(int number) {
    return Reply.json("[{\"id\":" + number + "}]");
  }

  private static Call change(Fixture fixture, ResourceName resource) {
    return new Call(
        fixture.provider(),
        resource,
        Samples.method("createThing", "/things").verb("POST").build(),
        new Request("POST", fixture.cloud.uri() + "/things", List.of(), List.of(), "{}"),
        false);
  }

  @Test
  void anAnswerIsUsedUntilItIsTooOld() throws Exception {
    try (var fixture = caching(request -> numbered(request.number()))) {
      Scan scan = fixture.ids(LIST);
      ScanReport first = read(fixture, scan, TTL);
      assertThat(first.requests()).isEqualTo(1);
      assertThat(first.cacheHits()).isZero();
      fixture.timing.sleep(Duration.ofSeconds(299));
      ScanReport second = read(fixture, scan, TTL);
      assertThat(rows).containsExactly(1L);
      assertThat(second.requests()).isZero();
      assertThat(second.pages()).isEqualTo(1);
      assertThat(second.rows()).isEqualTo(1);
      assertThat(second.cacheHits()).isEqualTo(1);
      assertThat(second.cacheAgeSeconds()).isEqualTo(299);
      // A statement that wants none gets none, and leaves what is there.
      read(fixture, scan, null);
      assertThat(rows).containsExactly(2L);
      assertThat(read(fixture, scan, Duration.ofSeconds(298)).cacheHits()).isZero();
      assertThat(rows).containsExactly(3L);
      fixture.timing.sleep(Duration.ofSeconds(301));
      read(fixture, scan, TTL);
      assertThat(rows).containsExactly(4L);
      fixture.fetcher.limitCache(0);
      read(fixture, scan, TTL);
      assertThat(rows).containsExactly(5L);
    }
  }

  @Test
  void pagesAreKeptOneByOne() throws Exception {
    Numbered list = new Numbered(Fixture.idRows(1, 100), 10);
    try (var fixture = caching(list::reply)) {
      Scan scan = fixture.ids(Fixture.numbered().build());
      read(fixture, scan, TTL);
      ScanReport second = read(fixture, scan, TTL);
      assertThat(rows).isEqualTo(Fixture.numbers(1, 100));
      assertThat(second.cacheHits()).isEqualTo(10);
      assertThat(second.requests()).isZero();
      assertThat(fixture.cloud.received()).hasSize(10);
    }
  }

  @Test
  void anotherRequestIsAnotherAnswer() throws Exception {
    AtomicInteger number = new AtomicInteger();
    try (var fixture = caching(_ -> numbered(number.incrementAndGet()))) {
      Method secured =
          Samples.method("listThings", "/things").credential(CredentialUse.REQUIRED).build();
      fixture.environment.put("ACME_TOKEN", "one");
      fixture.environment.put("OTHER", "two");
      List<Scan> scans = new ArrayList<>();
      scans.add(fixture.ids(LIST));
      scans.add(fixture.ids(secured));
      fixture.auth = new AuthSpec("bearer", Map.of("credentialsenvvar", "OTHER"));
      scans.add(fixture.ids(secured));
      for (Request request :
          List.of(
              fixture.get("/things?a=b"),
              new Request(
                  "GET",
                  fixture.cloud.uri() + "/things",
                  List.of(),
                  List.of(new Request.Pair("X-Filter", "{}")),
                  null),
              new Request("POST", fixture.cloud.uri() + "/things", List.of(), List.of(), "a"),
              new Request("POST", fixture.cloud.uri() + "/things", List.of(), List.of(), "b"))) {
        scans.add(
            fixture.scan(
                LIST,
                List.of(Fixture.column("id", dev.isobar.model.ColumnType.BIGINT)),
                new dev.isobar.plan.Split(Map.of(), request)));
      }
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < scans.size(); i++) {
          read(fixture, scans.get(i), TTL);
          assertThat(rows).as("scan %d in round %d", i, round).containsExactly(i + 1L);
        }
      }
    }
  }

  @Test
  void onlyWholeSuccessesAreKept() throws Exception {
    List<Reply> replies =
        List.of(
            Reply.json(404, "{\"message\":\"no\"}"),
            Reply.json("[{\"id\":1}"),
            Reply.json("[{\"id\":1}]").header("Cache-Control", "private, No-Store"),
            Reply.json("[{\"id\":1}]").header("Cache-Control", "max-age=0"),
            Reply.json("[{\"id\":2}]"));
    try (var fixture =
        caching(request -> replies.get(Math.min(request.number(), replies.size()) - 1))) {
      Scan scan = fixture.ids(LIST);
      assertThatThrownBy(() -> read(fixture, scan, TTL)).hasMessageContaining("404");
      // The broken answer is asked for again, and the next must not be kept.
      read(fixture, scan, TTL);
      assertThat(fixture.cloud.received()).hasSize(3);
      read(fixture, scan, TTL);
      assertThat(fixture.cloud.received()).hasSize(4);
      assertThat(read(fixture, scan, TTL).cacheHits()).isEqualTo(1);
      assertThat(fixture.cloud.received()).hasSize(4);
    }
  }

  @Test
  void aChangeForgetsItsService() throws Exception {
    try (var fixture = caching(request -> numbered(request.number()))) {
      Scan scan = fixture.ids(LIST);
      read(fixture, scan, TTL);
      fixture.fetcher.call(change(fixture, new ResourceName("acme", "other", "things")));
      assertThat(read(fixture, scan, TTL).cacheHits()).isEqualTo(1);
      fixture.fetcher.call(change(fixture, new ResourceName("acme", "core", "parts")));
      assertThat(read(fixture, scan, TTL).cacheHits()).isZero();
      assertThat(rows).containsExactly(4L);
    }
  }

  @Test
  void aChangeThatFailedForgetsToo() throws Exception {
    try (var fixture =
        caching(request ->
            request.verb().equals("POST") ? Reply.reset() : numbered(request.number()))) {
      Scan scan = fixture.ids(LIST);
      read(fixture, scan, TTL);
      assertThatThrownBy(() -> fixture.fetcher.call(change(fixture, Fixture.THINGS)));
      assertThat(read(fixture, scan, TTL).cacheHits()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasAskedForBeforeAChangeEndedIsNotKept(boolean duringTheChange) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    CountDownLatch changing = new CountDownLatch(1);
    CountDownLatch changed = new CountDownLatch(1);
    try (var fixture =
        caching(request -> {
          if (request.verb().equals("POST")) {
            changing.countDown();
            return duringTheChange ? numbered(0).after(changed) : numbered(0);
          }
          if (request.attempt() > 1) {
            return numbered(2);
          }
          asked.countDown();
          return numbered(1).after(answer);
        })) {
      Scan scan = fixture.ids(LIST);
      Runnable change =
          () -> {
            try {
              fixture.fetcher.call(change(fixture, Fixture.THINGS));
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          };
      Thread changer = null;
      if (duringTheChange) {
        changer = Thread.ofVirtual().start(change);
        assertThat(changing.await(20, TimeUnit.SECONDS)).isTrue();
      }
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  read(fixture, scan, TTL);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      if (changer == null) {
        change.run();
        answer.countDown();
        reader.join();
      } else {
        answer.countDown();
        reader.join();
        changed.countDown();
        changer.join();
      }
      assertThat(rows).containsExactly(1L);
      assertThat(read(fixture, scan, TTL).cacheHits()).isZero();
      assertThat(rows).containsExactly(2L);
    }
  }

  @Test
  void theOldestMakeRoom() throws Exception {
    String padding = "x".repeat(2000);
    try (var fixture =
        caching(request ->
            Reply.json("[{\"id\":" + request.number() + ",\"p\":\"" + padding + "\"}]"))) {
      fixture.fetcher.limitCache(10_000);
      List<Scan> scans = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        scans.add(
            fixture.scan(
                LIST,
                List.of(Fixture.column("id", dev.isobar.model.ColumnType.BIGINT)),
                fixture.split("/things?n=" + i)));
      }
      for (int i : new int[] {0, 1, 2}) {
        assertThat(read(fixture, scans.get(i), TTL).cacheHits()).isZero();
      }
      assertThat(read(fixture, scans.get(0), TTL).cacheHits()).isEqualTo(1);
      // There is room for three: the one that was not used for the longest time goes.
      assertThat(read(fixture, scans.get(3), TTL).cacheHits()).isZero();
      assertThat(read(fixture, scans.get(0), TTL).cacheHits()).isEqualTo(1);
      assertThat(read(fixture, scans.get(2), TTL).cacheHits()).isEqualTo(1);
      assertThat(read(fixture, scans.get(1), TTL).cacheHits()).isZero();
      fixture.fetcher.limitCache(1000);
      assertThat(read(fixture, scans.get(1), TTL).cacheHits()).isZero();
    }
  }

  @Test
  void largeAnswersAreKeptAsTheyAreRead() throws Exception {
    Bounds small = new Bounds(100, 10, 200);
    String body = "{\"data\":[" + String.join(",", Fixture.idRows(1, 5000)) + "]}  ";
    try (var fixture = caching(_ -> Reply.json(body), small)) {
      Scan scan = fixture.ids(Samples.method("listThings", "/things").rowsAt("$.data").build());
      read(fixture, scan, TTL);
      assertThat(read(fixture, scan, TTL).cacheHits()).isEqualTo(1);
      assertThat(rows).isEqualTo(Fixture.numbers(1, 5000));
      // Larger than all of the cache: read just the same, and not kept.
      fixture.fetcher.limitCache(20_000);
      read(fixture, scan, TTL);
      assertThat(read(fixture, scan, TTL).cacheHits()).isZero();
      assertThat(rows).isEqualTo(Fixture.numbers(1, 5000));
      // What nobody read to its end is not whole.
      fixture.fetcher.limitCache(1_000_000);
      read(fixture, Fixture.limited(scan, 5), TTL);
      assertThat(read(fixture, scan, TTL).rows()).isEqualTo(5000);
    }
  }

  /// Reads and changes at random, and at the same time: after a change nobody sees what was before.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nobodySeesWhatWasBeforeTheirOwnChange(long seed) throws Exception {
    AtomicInteger state = new AtomicInteger();
    try (var fixture =
        caching(request ->
            request.verb().equals("POST")
                ? numbered(state.incrementAndGet())
                : numbered(state.get()))) {
      Scan scan = fixture.ids(LIST);
      List<Thread> threads = new ArrayList<>();
      Queue<String> wrong = new ConcurrentLinkedQueue<>();
      LongAdder hits = new LongAdder();
      for (int t = 0; t < 4; t++) {
        Random random = new Random(seed * 100 + t);
        threads.add(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    for (int i = 0; i < 60; i++) {
                      long least = 0;
                      if (random.nextInt(3) == 0) {
                        Object made =
                            fixture.fetcher.call(change(fixture, Fixture.THINGS)).rows().getFirst();
                        least = (Long) Objects.requireNonNull(((Map<?, ?>) made).get("id"));
                      }
                      List<@Nullable Object> seen = new ArrayList<>();
                      hits.add(
                          fixture
                              .fetcher
                              .fetch(
                                  scan,
                                  page -> {
                                    page.forEach(row -> seen.add(row[0]));
                                    return true;
                                  },
                                  new FetchTerms(
                                      OnFailure.FAIL, new Allowance(Budget.UNLIMITED), TTL))
                              .cacheHits());
                      if ((Long) seen.getFirst() < least) {
                        wrong.add("saw " + seen + " after " + least);
                      }
                    }
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(wrong).isEmpty();
      assertThat(hits.sum()).isPositive();
    }
  }
}
