package dev.isobar.fetch;

import static dev.isobar.fetch.Fixture.idRows;
import static dev.isobar.fetch.Fixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Method;
import dev.isobar.fetch.FetchOptions.OnFailure;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.testing.Numbered;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Pages that are too large to be collected.
@Timeout(20)
class ArrivingRowsTest {
  /// Bodies of more than 100 bytes are read as they arrive, and give up ten rows at a time.
  private static final Bounds SMALL = new Bounds(100, 10, 1 << 20);

  private static final Method LIST = Samples.method("list", "/things").build();
  private static final Method AT_DATA =
      Samples.method("list", "/things").rowsAt("$.data").totalAt("$.results").build();

  /// A list of ids from 1.
  private static Reply ids(int to) {
    return Reply.json("[" + String.join(",", idRows(1, to)) + "]");
  }

  @Test
  void rowsLeaveBeforeTheRestIsSent() throws Exception {
    CountDownLatch firstRows = new CountDownLatch(1);
    List<@Nullable Object> read = new ArrayList<>();
    for (Reply reply : List.of(ids(10_000), ids(10_000).gzipped())) {
      read.clear();
      try (var fixture = new Fixture(_ -> reply.heldAfter(15_000, firstRows), SMALL)) {
        var report =
            fixture.fetcher.fetch(
                fixture.ids(LIST),
                rows -> {
                  firstRows.countDown();
                  rows.forEach(row -> read.add(row[0]));
                  return true;
                });
        assertThat(report.completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(report.rows()).isEqualTo(10_000);
      }
      assertThat(read).isEqualTo(numbers(1, 10_000));
    }
  }

  @Test
  void whatStandsAfterTheRowsIsFound() throws Exception {
    Numbered things = new Numbered(idRows(1, 950), 200);
    try (var fixture = new Fixture(things::reply, SMALL)) {
      var read = fixture.read(fixture.ids(Fixture.numbered().build()));
      assertThat(read.first()).isEqualTo(numbers(1, 950));
      assertThat(read.report().pages()).isEqualTo(5);
      assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
    }
    String rows = String.join(",", idRows(1, 200));
    Reply short200 = Reply.json("{\"data\":[" + rows + "],\"page\":1,\"pages\":1,\"results\":201}");
    try (var fixture = new Fixture(_ -> short200, SMALL)) {
      var read = fixture.read(fixture.ids(Fixture.numbered().build()));
      assertThat(read.report().incidents().getFirst().message())
          .contains("there are 201 rows, and its pages hold 200");
    }
  }

  /// Reads all ids, and opens the latch when the first have come.
  private static List<@Nullable Object> read(Fixture fixture, CountDownLatch firstRows)
      throws InterruptedException {
    List<@Nullable Object> read = new ArrayList<>();
    var _ =
        fixture.fetcher.fetch(
            fixture.ids(LIST),
            rows -> {
              rows.forEach(row -> read.add(row[0]));
              firstRows.countDown();
              return true;
            });
    return read;
  }

  @Test
  void aBodyThatBreaksOffIsReadAgainWithoutGivingRowsTwice() throws Exception {
    for (Reply whole : List.of(ids(5_000), ids(5_000).gzipped())) {
      for (Reply broken : List.of(whole.truncatedAfter(10_000), whole.resetAfter(10_000))) {
        CountDownLatch firstRows = new CountDownLatch(1);
        try (var fixture =
            new Fixture(request -> request.number() < 3 ? broken.after(firstRows) : whole, SMALL)) {
          assertThat(read(fixture, firstRows)).isEqualTo(numbers(1, 5_000));
          assertThat(fixture.cloud.received()).hasSize(3);
        }
      }
    }
  }

  @Test
  void aSecondAttemptThatBeginsWithOtherRowsIsAnError() {
    for (Reply other :
        List.of(
            Reply.json("[" + String.join(",", idRows(2, 5_001)) + "]"),
            Reply.json("[{\"id\":1}]"))) {
      CountDownLatch firstRows = new CountDownLatch(1);
      Reply broken = ids(5_000).truncatedAfter(30_000).after(firstRows);
      try (var fixture = new Fixture(request -> request.number() == 1 ? broken : other, SMALL)) {
        assertThatThrownBy(() -> read(fixture, firstRows))
            .hasMessageContaining(
                "`acme.core.things` could not be read to its end: the answer broke off after ")
            .hasMessageContaining(" rows, and began with other rows when it was asked for again");
      }
    }
  }

  @Test
  void aBodyThatEndsTooEarlyIsNeverAShortList() throws Exception {
    CountDownLatch firstRows = new CountDownLatch(1);
    Reply broken = ids(5_000).truncatedAfter(30_000).after(firstRows);
    try (var fixture = new Fixture(_ -> broken, SMALL)) {
      assertThatThrownBy(() -> read(fixture, firstRows))
          .hasMessageContaining("could not be read to its end: the API's answer ends too early");
    }
    try (var fixture =
        new Fixture(_ -> broken, options -> options.withOnFailure(OnFailure.REPORT), SMALL)) {
      var read = fixture.read(fixture.ids(LIST));
      assertThat(read.report().completeness()).isEqualTo(Completeness.PARTIAL);
      assertThat(read.first()).isEqualTo(numbers(1, read.rows().size()));
    }
    Reply complete = Reply.json("[" + String.join(",", idRows(1, 500)) + ",");
    try (var fixture = new Fixture(_ -> complete, SMALL)) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(LIST)))
          .hasMessageContaining("the API's answer ends too early (5 attempts)");
    }
  }

  @Test
  void aListThatComesTwiceIsAnErrorOnceRowsHaveLeft() {
    String rows = "[" + String.join(",", idRows(1, 200)) + "]";
    try (var fixture =
        new Fixture(_ -> Reply.json("{\"data\":" + rows + ",\"data\":" + rows + "}"), SMALL)) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(AT_DATA)))
          .hasMessageContaining("holds its list of rows twice");
    }
  }

  @Test
  void aStallIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    try (var fixture =
        new Fixture(
            _ -> ids(20_000).heldAfter(100_000, never),
            options -> options.withRequestTimeout(Duration.ofSeconds(1)).withAttempts(1),
            SMALL)) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(LIST)))
          .hasMessageContaining("the answer came too slowly: less than 64 KB within 1 s");
    }
  }

  @Test
  void aReaderMayTakeLongerThanTheTimeLimit() throws Exception {
    try (var fixture =
        new Fixture(
            _ -> ids(60_000),
            options -> options.withRequestTimeout(Duration.ofMillis(300)),
            SMALL)) {
      long begin = System.nanoTime();
      CountDownLatch never = new CountDownLatch(1);
      int[] count = new int[1];
      var report =
          fixture.fetcher.fetch(
              fixture.ids(LIST),
              rows -> {
                count[0] += rows.size();
                if (count[0] % 20_000 == 0) {
                  // The reader is busy elsewhere.
                  assertThat(never.await(200, java.util.concurrent.TimeUnit.MILLISECONDS))
                      .isFalse();
                }
                return true;
              });
      assertThat(report.rows()).isEqualTo(60_000);
      assertThat(report.retries()).isZero();
      assertThat(System.nanoTime() - begin).isGreaterThan(600_000_000L);
    }
  }

  @Test
  void aReaderThatHasEnoughClosesTheSocket() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    BlockingQueue<Received> asked = new LinkedBlockingQueue<>();
    try (var fixture =
        new Fixture(
            request -> {
              asked.add(request);
              return ids(10_000).heldAfter(50_000, never);
            },
            SMALL)) {
      var report = fixture.fetcher.fetch(fixture.ids(LIST), _ -> false);
      assertThat(report.completeness()).isEqualTo(Completeness.STOPPED);
      asked.take().closed().await();
    }
  }

  @Test
  void aRowLimitEndsInTheMiddleOfAPage() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (var fixture = new Fixture(_ -> ids(10_000).heldAfter(50_000, never), SMALL)) {
      var read = fixture.read(Fixture.limited(fixture.ids(LIST), 15));
      assertThat(read.first()).isEqualTo(numbers(1, 15));
      assertThat(read.report().completeness()).isEqualTo(Completeness.STOPPED);
    }
  }

  /// Pages whose rows wait for others must not keep the place that the others need: here the only
  /// one, and the first page has to be asked for again.
  @Test
  void waitingRowsKeepNobodyFromStarting() throws Exception {
    Reply whole = ids(5_000);
    try (var fixture =
        new Fixture(
            request ->
                request.path().equals("/a") && request.attempt() < 3
                    ? whole.truncatedAfter(20_000)
                    : whole,
            options -> options.withConcurrency(1),
            SMALL)) {
      var read =
          fixture.read(
              fixture.scan(
                  LIST,
                  List.of(Fixture.column("id", ColumnType.BIGINT)),
                  fixture.split("/a"),
                  fixture.split("/b"),
                  fixture.split("/c")));
      List<@Nullable Object> expected = new ArrayList<>(numbers(1, 5_000));
      expected.addAll(numbers(1, 5_000));
      expected.addAll(numbers(1, 5_000));
      assertThat(read.first()).isEqualTo(expected);
    }
  }

  @Test
  void aPlaceIsKeptUntilTheBodyWasRead() throws Exception {
    CountDownLatch firstRows = new CountDownLatch(1);
    try (var fixture =
        new Fixture(
            request ->
                request.path().equals("/a")
                    ? ids(10_000).heldAfter(50_000, firstRows)
                    : Reply.json("[{\"id\":7}]"),
            options -> options.withConcurrency(1),
            SMALL)) {
      var read = new ArrayList<@Nullable Object>();
      fixture.fetcher.fetch(
          fixture.scan(
              LIST,
              List.of(Fixture.column("id", ColumnType.BIGINT)),
              fixture.split("/a"),
              fixture.split("/b")),
          rows -> {
            rows.forEach(row -> read.add(row[0]));
            firstRows.countDown();
            return true;
          });
      assertThat(read).hasSize(10_001).endsWith(7L);
    }
  }

  @Test
  void aDocumentWithoutItsKeyIsARowAlsoWhenItIsLarge() throws Exception {
    String document = "{\"id\":5,\"more\":\"" + "x".repeat(40_000) + "\"}";
    try (var fixture = new Fixture(_ -> Reply.json(document), SMALL)) {
      assertThat(fixture.read(fixture.ids(AT_DATA)).first()).containsExactly(5L);
    }
    String huge = "{\"id\":5,\"more\":\"" + "x".repeat(Bounds.LARGEST_ROW + 20_000) + "\"}";
    try (var fixture = new Fixture(_ -> Reply.json(huge), SMALL)) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(AT_DATA)))
          .hasMessageContaining("the answer has no `$.data`, and is too large to be a row itself");
    }
  }

  @Test
  void longCellsAreReadAsTheyWereSent() throws Exception {
    String cell = "{\"a\":[\"" + "ä€\\\"x".repeat(20_000) + "\",1.50]}";
    String rows = "[{\"c\": " + cell + ", \"id\":1},{\"id\":2, \"c\":" + cell + " }]";
    try (var fixture = new Fixture(_ -> Reply.json(rows), SMALL)) {
      var read =
          fixture.read(
              fixture.scan(
                  LIST, List.of(Fixture.column("c", ColumnType.JSON)), fixture.split("/things")));
      assertThat(read.first()).containsExactly(cell, cell);
    }
  }
}
