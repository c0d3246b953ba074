package dev.isobar.fetch;

import static dev.isobar.fetch.Fixture.idRows;
import static dev.isobar.fetch.Fixture.limited;
import static dev.isobar.fetch.Fixture.numbered;
import static dev.isobar.fetch.Fixture.numbers;
import static dev.isobar.fetch.Fixture.stoppable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Pagination.Location;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.plan.Request;
import dev.isobar.plan.Scan;
import dev.isobar.plan.Split;
import dev.isobar.testing.Numbered;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PagesTest {
  @Test
  void readsNumberedPagesInOrder() throws Exception {
    Numbered things = new Numbered(idRows(1, 95), 10);
    try (var fixture = new Fixture(things::reply)) {
      var read = fixture.read(fixture.ids(numbered().build()));
      assertThat(read.first()).isEqualTo(numbers(1, 95));
      assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
      assertThat(read.report().pages()).isEqualTo(10);
      assertThat(read.report().requests()).isEqualTo(10);
      assertThat(read.report().rows()).isEqualTo(95);
      assertThat(fixture.fetcher.progress().pagesExpected()).isEqualTo(10);
    }
  }

  @Test
  void asksForTheOtherPagesAtOnce() throws Exception {
    Numbered things = new Numbered(idRows(1, 80), 10);
    CountDownLatch seven = new CountDownLatch(7);
    try (var fixture =
        new Fixture(request -> {
          if (request.number("page", 1) > 1) {
            seven.countDown();
            // Each of the seven waits for all others.
            return things.reply(request).after(seven);
          }
          return things.reply(request);
        })) {
      assertThat(fixture.read(fixture.ids(numbered().build())).first()).hasSize(80);
      assertThat(fixture.cloud.mostInFlight()).isEqualTo(7);
    }
  }

  @Test
  void keepsTheNumberOfRequestsInFlightToTheLimit() throws Exception {
    Numbered things = new Numbered(idRows(1, 100), 1);
    try (var fixture = new Fixture(things::reply, options -> options.withConcurrency(4))) {
      assertThat(fixture.read(fixture.ids(numbered().build())).first()).isEqualTo(numbers(1, 100));
      assertThat(fixture.cloud.mostInFlight()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void scansThatRunTogetherShareTheLimit() throws Exception {
    Numbered things = new Numbered(idRows(1, 50), 1);
    try (var fixture = new Fixture(things::reply, options -> options.withConcurrency(3))) {
      Scan scan = fixture.ids(numbered().build());
      List<Thread> scans = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        scans.add(
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    fixture.read(scan);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }));
      }
      for (Thread running : scans) {
        running.join();
      }
      assertThat(fixture.cloud.mostInFlight()).isLessThanOrEqualTo(3);
      assertThat(fixture.fetcher.progress().rows()).isEqualTo(200);
    }
  }

  @Test
  void deliversTheFirstPageBeforeTheSecondIsThere() throws Exception {
    Numbered things = new Numbered(idRows(1, 4), 2);
    CountDownLatch delivered = new CountDownLatch(1);
    try (var fixture =
        new Fixture(request ->
            request.number("page", 1) == 2
                ? things.reply(request).after(delivered)
                : things.reply(request))) {
      fixture.fetcher.fetch(
          fixture.ids(numbered().build()),
          rows -> {
            delivered.countDown();
            return true;
          });
      assertThat(delivered.getCount()).isZero();
    }
  }

  @Test
  void holdsNoMorePagesThanTheWindowWhileTheFirstIsMissing() throws Exception {
    Numbered things = new Numbered(idRows(1, 100), 1);
    CountDownLatch second = new CountDownLatch(1);
    AtomicInteger others = new AtomicInteger();
    try (var fixture =
        new Fixture(
            request -> {
              int page = request.number("page", 1);
              if (page == 2) {
                return things.reply(request).after(second);
              }
              if (page > 2 && others.incrementAndGet() == 7) {
                // 2 × 4 pages: the second, and seven that wait for it.
                second.countDown();
              }
              return things.reply(request);
            },
            options -> options.withConcurrency(4))) {
      List<Integer> before = new ArrayList<>();
      fixture.fetcher.fetch(
          fixture.ids(numbered().build()),
          rows -> {
            if (before.size() == 1) {
              before.add(others.get());
            } else if (before.isEmpty()) {
              before.add(0);
            }
            return true;
          });
      assertThat(before.get(1)).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void readsPagesThatAppearWhileReading() throws Exception {
    Numbered before = new Numbered(idRows(1, 20), 10);
    Numbered after = new Numbered(idRows(1, 35), 10);
    try (var fixture =
        new Fixture(request ->
            request.number("page", 1) == 1 ? before.reply(request) : after.reply(request))) {
      var read = fixture.read(fixture.ids(numbered().build()));
      assertThat(read.first()).isEqualTo(numbers(1, 35));
      assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
    }
  }

  @Test
  void aListThatChangedIsCompleteWhenItsRowsAddUp() throws Exception {
    Numbered before = new Numbered(idRows(1, 30), 10);
    Numbered after = new Numbered(idRows(2, 30), 10);
    try (var fixture =
        new Fixture(request ->
            request.number("page", 1) == 1 ? before.reply(request) : after.reply(request))) {
      var read = fixture.read(fixture.ids(numbered().build()));
      // Thing 11 moved to the first page after that was read: 29 rows, as the last total says.
      assertThat(read.first()).hasSize(29);
      assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
    }
  }

  @Test
  void reportsRowsThatDoNotAddUp() throws Exception {
    try (var fixture =
        new Fixture(request ->
            Reply.json(
                "{\"data\":[{\"id\":1}],\"page\":%d,\"pages\":2,\"results\":3}"
                    .formatted(request.number("page", 1))))) {
      var report = fixture.read(fixture.ids(numbered().build())).report();
      assertThat(report.completeness()).isEqualTo(Completeness.PARTIAL);
      assertThat(report.incidents().getFirst().message())
          .isEqualTo(
              "`acme.core.things` may not be complete: the API says that there are 3 rows, and its"
                  + " pages hold 2.");
    }
  }

  @Test
  void refusesAPageOtherThanTheOneAskedFor() {
    try (var fixture =
        new Fixture(_ -> Reply.json("{\"data\":[{\"id\":1}],\"page\":1,\"pages\":2}"))) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(numbered().build())))
          .hasMessage(
              "Page 2 of 2 of `acme.core.things` could not be read: page `2` was asked for, and the"
                  + " API sent page `1`.");
    }
  }

  @Test
  void stopsAtThePageLimitAndSaysSo() throws Exception {
    Numbered things = new Numbered(idRows(1, 95), 10);
    try (var fixture = new Fixture(things::reply, options -> options.withPageLimit(3))) {
      var read = fixture.read(fixture.ids(numbered().build()));
      assertThat(read.first()).isEqualTo(numbers(1, 30));
      assertThat(read.report().completeness()).isEqualTo(Completeness.CAPPED);
      assertThat(read.report().incidents().getFirst().message())
          .isEqualTo(
              "The page limit of 3 was reached in `acme.core.things`: 7 pages were not read.");
      assertThat(fixture.cloud.received()).hasSize(3);
    }
  }

  @Test
  void aPageLimitThatSufficesIsNoIncident() throws Exception {
    Numbered things = new Numbered(idRows(1, 30), 10);
    try (var fixture = new Fixture(things::reply, options -> options.withPageLimit(3))) {
      assertThat(fixture.read(fixture.ids(numbered().build())).report().completeness())
          .isEqualTo(Completeness.COMPLETE);
    }
  }

  @Test
  void sendsAHandfulOfRequestsForAFewRows() throws Exception {
    Numbered things = new Numbered(idRows(1, 1000), 10);
    try (var fixture = new Fixture(things::reply)) {
      var read = fixture.read(limited(fixture.ids(numbered().build()), 5));
      assertThat(read.first()).isEqualTo(numbers(1, 5));
      assertThat(read.report().completeness()).isEqualTo(Completeness.STOPPED);
      assertThat(fixture.cloud.received()).hasSize(1);
    }
  }

  @Test
  void asksForAsManyPagesAsTheRowLimitNeeds() throws Exception {
    Numbered things = new Numbered(idRows(1, 1000), 10);
    try (var fixture = new Fixture(things::reply)) {
      var read = fixture.read(limited(fixture.ids(numbered().build()), 65));
      assertThat(read.first()).isEqualTo(numbers(1, 65));
      assertThat(fixture.cloud.received()).hasSize(7);
    }
  }

  @Test
  void aRowLimitThatEqualsAllRowsIsComplete() throws Exception {
    Numbered things = new Numbered(idRows(1, 30), 10);
    try (var fixture = new Fixture(things::reply)) {
      var read = fixture.read(limited(fixture.ids(numbered().build()), 30));
      assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
    }
  }

  @Test
  void startsSlowlyWhereTheReaderMayStopEarly() throws Exception {
    Numbered things = new Numbered(idRows(1, 1000), 10);
    try (var fixture = new Fixture(things::reply)) {
      AtomicInteger pages = new AtomicInteger();
      var report =
          fixture.fetcher.fetch(
              stoppable(fixture.ids(numbered().build())), _ -> pages.incrementAndGet() < 3);
      assertThat(report.completeness()).isEqualTo(Completeness.STOPPED);
      assertThat(fixture.cloud.received()).hasSizeLessThanOrEqualTo(7);
    }
  }

  @Test
  void deliversManySplitsInTheirOrder() throws Exception {
    CountDownLatch last = new CountDownLatch(1);
    try (var fixture =
        new Fixture(request -> {
          int parent = Integer.parseInt(request.segments().get(1));
          if (parent == 8) {
            last.countDown();
          }
          Reply reply = new Numbered(idRows(parent * 10, parent * 10 + 4), 2).reply(request);
          // The first split answers when the last was asked.
          return parent == 1 ? reply.after(last) : reply;
        })) {
      List<Split> splits = new ArrayList<>();
      List<Object> expected = new ArrayList<>();
      for (long i = 1; i <= 8; i++) {
        splits.add(new Split(Map.of("parent", i), fixture.get("/parents/" + i + "/things")));
        expected.addAll(numbers(i * 10, i * 10 + 4));
      }
      var read =
          fixture.read(
              fixture.scan(
                  numbered().build(),
                  List.of(
                      Fixture.column("id", ColumnType.BIGINT),
                      Fixture.column("parent", ColumnType.BIGINT)),
                  splits.toArray(Split[]::new)));
      assertThat(read.first()).isEqualTo(expected);
      assertThat(read.rows().getLast()).containsExactly(84L, 8L);
    }
  }

  @Test
  void followsATokenInTheQuery() throws Exception {
    Method method =
        Samples.method("list", "/things")
            .rowsAt("$.items")
            .paged(Samples.tokens("cursor", Location.QUERY, "$.meta.next", Location.BODY))
            .build();
    try (var fixture =
        new Fixture(request ->
            switch (request.query().getOrDefault("cursor", "")) {
              case "" -> Reply.json("{\"meta\":{\"next\":\"a b\"},\"items\":[{\"id\":1}]}");
              case "a b" -> Reply.json("{\"items\":[{\"id\":2}],\"meta\":{\"next\":7}}");
              case "7" -> Reply.json("{\"items\":[{\"id\":3}],\"meta\":{\"next\":\"\"}}");
              default -> Reply.status(400);
            })) {
      assertThat(fixture.read(fixture.ids(method)).first()).isEqualTo(numbers(1, 3));
    }
  }

  @Test
  void aTokenThatComesTwiceIsALoop() {
    Method method =
        Samples.method("list", "/things")
            .rowsAt("$.items")
            .paged(Samples.tokens("cursor", Location.QUERY, "next", Location.BODY))
            .build();
    try (var fixture = new Fixture(_ -> Reply.json("{\"items\":[],\"next\":\"x\"}"))) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(method)))
          .hasMessageContaining("the same next page twice")
          .extracting(e -> ((IsobarException) e).code())
          .isEqualTo(ErrorCode.REQUEST_FAILED);
    }
  }

  @Test
  void putsATokenIntoTheBody() throws Exception {
    Method method =
        Samples.method("list", "/things")
            .verb("POST")
            .rowsAt("$.items")
            .paged(Samples.tokens("$.page.token", Location.BODY, "$.next", Location.BODY))
            .build();
    try (var fixture =
        new Fixture(request ->
            request.body().contains("\"token\":{\"k\":1}")
                ? Reply.json("{\"items\":[{\"id\":2}],\"next\":null}")
                : Reply.json("{\"next\": {\"k\": 1}, \"items\":[{\"id\":1}]}"))) {
      Request post =
          new Request(
              "POST",
              fixture.cloud.uri() + "/things",
              List.of(),
              List.of(),
              "{\"a\":1,\"page\":{\"size\":2}}");
      Scan scan =
          fixture.scan(
              method, List.of(Fixture.column("id", ColumnType.BIGINT)), new Split(Map.of(), post));
      assertThat(fixture.read(scan).first()).isEqualTo(numbers(1, 2));
      assertThat(fixture.cloud.received().get(1).body())
          .isEqualTo("{\"a\":1,\"page\":{\"size\":2,\"token\":{\"k\":1}}}");
    }
  }

  @Test
  void followsLinksOfTheHeader() throws Exception {
    Method method =
        Samples.method("list", "/things")
            .paged(Samples.tokens("", Location.REQUEST, "Link", Location.HEADER))
            .build();
    try (var fixture =
        new Fixture(request ->
            request.query().containsKey("after")
                ? Reply.json("[{\"id\":3}]").header("Link", "<http://x/y>; rel=\"prev\"")
                : Reply.json("[{\"id\":1},{\"id\":2}]")
                    .header(
                        "Link",
                        "</things?page=0>; rel=\"prev\", </things?after=2&x=a%2Fb>;"
                            + " title=\"t\"; rel=\"next\""))) {
      assertThat(fixture.read(fixture.ids(method)).first()).isEqualTo(numbers(1, 3));
      assertThat(fixture.cloud.targets().get(1)).isEqualTo("/things?after=2&x=a%2Fb");
    }
  }

  @Test
  void asksNoOtherPlaceForTheNextPage() throws Exception {
    Method method =
        Samples.method("list", "/things")
            .rowsAt("$.items")
            .credential(Method.CredentialUse.REQUIRED)
            .paged(Samples.tokens("", Location.REQUEST, "$.next", Location.BODY))
            .build();
    try (var other = new Fixture(_ -> Reply.json("{\"items\":[{\"id\":3}]}"));
        var fixture =
            new Fixture(request ->
                request.path().equals("/second")
                    ? Reply.json(
                        "{\"items\":[{\"id\":2}],\"next\":\"" + other.cloud.uri() + "/third\"}")
                    : Reply.json(
                        "{\"items\":[{\"id\":1}],\"next\":\"http://"
                            + request.header("Host")
                            + "/second\"}"))) {
      fixture.environment.put("ACME_TOKEN", "s3cret");
      assertThatThrownBy(() -> fixture.read(fixture.ids(method)))
          .isInstanceOf(IsobarException.class)
          .hasMessageContaining("names a next page at another place, `" + other.cloud.uri() + "`");
      assertThat(fixture.cloud.received())
          .extracting(request -> request.header("Authorization"))
          .containsExactly("Bearer s3cret", "Bearer s3cret");
      assertThat(other.cloud.received()).isEmpty();
    }
  }

  @Test
  void aLaterPageWithoutItsRowsIsAnError() {
    try (var fixture =
        new Fixture(request ->
            request.number("page", 1) == 2
                ? Reply.json("{\"message\":\"maintenance\"}")
                : Reply.json("{\"data\":[{\"id\":1}],\"page\":1,\"pages\":2}"))) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(numbered().build())))
          .hasMessage(
              "Page 2 of 2 of `acme.core.things` could not be read: the answer has no `$.data`.");
    }
  }

  @Test
  void noSplitsAreNoRows() throws Exception {
    try (var fixture = new Fixture(_ -> Reply.status(500))) {
      var read =
          fixture.read(
              fixture.scan(numbered().build(), List.of(Fixture.column("id", ColumnType.BIGINT))));
      assertThat(read.rows()).isEmpty();
      assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
      assertThat(fixture.cloud.received()).isEmpty();
    }
  }
}
