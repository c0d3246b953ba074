package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.fetch.FetchOptions.OnFailure;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ScanReport;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.plan.Scan;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Numbered;
import dev.isobar.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
  private final List<@Nullable Object> rows = new ArrayList<>();

  private static Allowance requests(long most) {
    return new Allowance(new Budget(most, Long.MAX_VALUE, null));
  }

  private ScanReport read(Fixture fixture, Scan scan, OnFailure onFailure, Allowance allowance)
      throws InterruptedException {
    return fixture.fetcher.fetch(
        scan,
        page -> {
          page.forEach(row -> rows.add(row[0]));
          return true;
        },
        new FetchTerms(onFailure, allowance, null));
  }

  private static Scan hundred(Fixture fixture) {
    return fixture.ids(Fixture.numbered().build());
  }

  private static FakeCloud.Handler hundred() {
    Numbered list = new Numbered(Fixture.idRows(1, 100), 10);
    return list::reply;
  }

  @Test
  void noMoreRequestsLeaveThanTheBudgetHas() throws Exception {
    try (var fixture = new Fixture(hundred())) {
      assertThatThrownBy(() -> read(fixture, hundred(fixture), OnFailure.FAIL, requests(4)))
          .isInstanceOfSatisfying(
              IsobarException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.BUDGET_EXCEEDED);
                assertThat(e.text())
                    .matches(
                        "Page \\d+ of 10 of `acme.core.things` could not be read: the statement has"
                            + " sent 4 requests, all that `max_requests` allows\\.");
                assertThat(e.hint()).contains("SET max_requests").contains("'warn'");
              });
      assertThat(fixture.cloud.received()).hasSizeLessThanOrEqualTo(4);
    }
  }

  @Test
  void whatWasReadIsReportedAsCapped() throws Exception {
    try (var fixture = new Fixture(hundred())) {
      ScanReport report = read(fixture, hundred(fixture), OnFailure.REPORT, requests(4));
      assertThat(report.completeness()).isEqualTo(Completeness.CAPPED);
      assertThat(report.requests()).isEqualTo(4);
      assertThat(report.rows()).isEqualTo(40);
      assertThat(rows).hasSize(40).doesNotHaveDuplicates();
      assertThat(report.incidents())
          .containsExactly(
              new ScanReport.Incident(
                  "",
                  ErrorCode.BUDGET_EXCEEDED,
                  "`acme.core.things` was not read to its end: the statement has sent 4 requests,"
                      + " all that `max_requests` allows."));
      assertThat(fixture.cloud.received()).hasSize(4);
    }
  }

  @Test
  void aBudgetThatSufficesChangesNothing() throws Exception {
    try (var fixture = new Fixture(hundred())) {
      Allowance allowance = new Allowance(new Budget(10, 100, Duration.ofSeconds(9)));
      ScanReport report = read(fixture, hundred(fixture), OnFailure.FAIL, allowance);
      assertThat(report.completeness()).isEqualTo(Completeness.COMPLETE);
      assertThat(rows).isEqualTo(Fixture.numbers(1, 100));
      // The next scan of the statement finds nothing left.
      ScanReport second = read(fixture, hundred(fixture), OnFailure.REPORT, allowance);
      assertThat(second.completeness()).isEqualTo(Completeness.CAPPED);
      assertThat(second.rows()).isZero();
      assertThat(fixture.cloud.received()).hasSize(10);
    }
  }

  @Test
  void retriesAreRequestsToo() throws Exception {
    try (var fixture = new Fixture(_ -> Reply.status(503))) {
      assertThatThrownBy(() -> read(fixture, hundred(fixture), OnFailure.FAIL, requests(2)))
          .hasMessage(
              "`acme.core.things` could not be read: the API answered 503 Service Unavailable, and"
                  + " the statement has sent 2 requests, all that `max_requests` allows.");
      assertThat(fixture.cloud.received()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 9, 10, 11, 55, 99})
  void rowsEndWhereTheBudgetDoes(long most) throws Exception {
    try (var fixture = new Fixture(hundred())) {
      Allowance allowance = new Allowance(new Budget(Long.MAX_VALUE, most, null));
      ScanReport report = read(fixture, hundred(fixture), OnFailure.REPORT, allowance);
      assertThat(rows).isEqualTo(Fixture.numbers(1, most));
      assertThat(report.rows()).isEqualTo(most);
      assertThat(report.completeness()).isEqualTo(Completeness.CAPPED);
      assertThat(report.incidents().getFirst().message())
          .contains(most + (most == 1 ? " row, all" : " rows, all") + " that `max_rows` allows");
      assertThat(report.incidents()).hasSize(1);
    }
  }

  @Test
  void moreRowsThanTheBudgetFail() throws Exception {
    try (var fixture = new Fixture(hundred())) {
      Allowance allowance = new Allowance(new Budget(Long.MAX_VALUE, 99, null));
      assertThatThrownBy(() -> read(fixture, hundred(fixture), OnFailure.FAIL, allowance))
          .hasMessage(
              "`acme.core.things` was not read to its end: the statement has read 99 rows, all that"
                  + " `max_rows` allows, and there are more.");
    }
  }

  @Test
  void rowsThatALimitLeavesOutAreNotTaken() throws Exception {
    try (var fixture = new Fixture(hundred())) {
      Allowance allowance = new Allowance(new Budget(Long.MAX_VALUE, 25, null));
      Scan scan = Fixture.limited(hundred(fixture), 25);
      ScanReport report = read(fixture, scan, OnFailure.FAIL, allowance);
      assertThat(report.completeness()).isEqualTo(Completeness.STOPPED);
      assertThat(rows).hasSize(25);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theEndOfTimeEndsAScanThatWaits(boolean fails) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Numbered list = new Numbered(Fixture.idRows(1, 20), 10);
    try (var fixture =
        new Fixture(request -> {
          if (request.number("page", 1) == 1) {
            return list.reply(request);
          }
          asked.countDown();
          return list.reply(request).after(never);
        })) {
      Allowance allowance =
          new Allowance(new Budget(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofMillis(1500)));
      Thread.ofVirtual()
          .start(() -> {
            try {
              assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
              allowance.endTime();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      String late =
          "`acme.core.things` was not read to its end: the statement has run for 1.5 s, all that"
              + " `max_seconds` allows.";
      if (fails) {
        assertThatThrownBy(() -> read(fixture, hundred(fixture), OnFailure.FAIL, allowance))
            .hasMessage(late);
      } else {
        ScanReport report = read(fixture, hundred(fixture), OnFailure.REPORT, allowance);
        assertThat(report.completeness()).isEqualTo(Completeness.CAPPED);
        assertThat(report.incidents().getFirst().message()).isEqualTo(late);
        assertThat(rows).isSubsetOf(Fixture.numbers(1, 10));
      }
      // Nothing starts after that.
      int before = fixture.cloud.received().size();
      read(fixture, hundred(fixture), OnFailure.REPORT, allowance);
      assertThat(fixture.cloud.received()).hasSize(before);
    }
  }
}
