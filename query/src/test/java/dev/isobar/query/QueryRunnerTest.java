package dev.isobar.query;

import static dev.isobar.query.Acme.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.Cancellation;
import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class QueryRunnerTest {
  private final Acme acme = new Acme();

  @BeforeAll
  void fill() {
    acme.add(
        "machines",
        row(
            "id",
            1L,
            "machineId",
            1L,
            "label",
            "grün",
            "region",
            "us",
            "size",
            0.5,
            "config",
            "{\"cpu\":[1,2]}"));
    acme.add("machines", row("id", 2L, "machineId", 2L, "label", null, "region", "eu"));
    acme.add(
        "odd",
        row(
            "a b",
            "x",
            "@odata.type",
            "t",
            "Name",
            "N",
            "name",
            "n",
            "select",
            7L,
            "say \"x\"",
            "{\"y\":1}"));
  }

  @AfterAll
  void close() {
    acme.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1::TINYINT | BIGINT | 1",
        "18446744073709551615::UBIGINT | DECIMAL | 18446744073709551615",
        "170141183460469231731687303715884105727::HUGEINT | DECIMAL |"
            + " 170141183460469231731687303715884105727",
        "sum(1) | DECIMAL | 1",
        "1.50 | DECIMAL | 1.50",
        "0.1::FLOAT | DOUBLE | 0.1",
        "0.1::DOUBLE | DOUBLE | 0.1",
        "true | BOOLEAN | true",
        "'é' | VARCHAR | é",
        "NULL | BIGINT | null",
        "[1, NULL] | JSON | [1,null]",
        "[0.1::FLOAT] | JSON | [0.1]",
        "{'a': 1, 'b': ['x', NULL]} | JSON | {\"a\":1,\"b\":[\"x\",null]}",
        "MAP {'k': 1.5} | JSON | {\"k\":1.5}",
        "{'a': '{\"b\":1}'::JSON} | JSON | {\"a\":{\"b\":1}}",
        "['{\"b\":1}'::JSON] | JSON | [{\"b\":1}]",
        "'{\"b\": 1}'::JSON | JSON | {\"b\": 1}",
        "[DATE '2024-01-02'] | JSON | [\"2024-01-02\"]",
        "[TIMESTAMP '2024-01-02 03:04:05'] | JSON | [\"2024-01-02 03:04:05\"]",
        "DATE '2024-01-02' | TEXT | 2024-01-02",
        "TIMESTAMP '2024-01-02 03:04:05' | TEXT | 2024-01-02 03:04:05",
        "TIMESTAMP '2024-01-02 03:04:05.123456' | TEXT | 2024-01-02 03:04:05.123456",
        "TIME '03:04:05' | TEXT | 03:04:05",
        "INTERVAL 90 MINUTE | TEXT | 01:30:00",
        "'ab\\xFF'::BLOB | TEXT | ab\\xFF",
        "'00000000-0000-0000-0000-000000000001'::UUID | TEXT |"
            + " 00000000-0000-0000-0000-000000000001",
        "'b'::ENUM('a', 'b') | TEXT | b",
      })
  void typesOfResults(String expression, ColumnType type, String cell) {
    QueryRunner.Rows rows = acme.run("SELECT " + expression + " AS c");
    assertThat(rows.columns()).hasSize(1);
    assertThat(String.valueOf(Acme.read(rows).getFirst().getFirst())).isEqualTo(cell);
    if (!cell.equals("null")) {
      assertThat(rows.columns()).containsExactly(new Column("c", type));
    }
  }

  @Test
  void hugeNumbersKeepEveryDigit() {
    assertThat(acme.all("SELECT 9223372036854775807 + 1::HUGEINT"))
        .containsExactly(List.of(new BigDecimal("9223372036854775808")));
  }

  @Test
  void jsonColumnsAreJson() {
    QueryRunner.Rows rows =
        acme.run(
            "SELECT config, config->'cpu'->>1 AS c, typeof(config) t FROM acme.iron.machines"
                + " WHERE region = 'us'");
    assertThat(rows.columns().getFirst().type()).isEqualTo(ColumnType.JSON);
    assertThat(Acme.read(rows)).containsExactly(List.of("{\"cpu\":[1,2]}", "2", "JSON"));
  }

  @Test
  void namesThatNeedQuotes() {
    assertThat(
            acme.all(
                "SELECT \"a b\", \"@odata.type\", \"select\", \"say \"\"x\"\"\"->>'y' FROM"
                    + " acme.iron.odd WHERE \"a b\" = 'x'"))
        .containsExactly(List.of("x", "t", 7L, "1"));
    assertThat(
            acme.all(
                "WITH q AS (SELECT * FROM acme.iron.odd) SELECT \"@odata.type\" FROM q WHERE"
                    + " \"select\" = 7"))
        .containsExactly(List.of("t"));
  }

  @Test
  void columnsThatDifferOnlyInCaseAreNumbered() {
    QueryRunner.Rows rows = acme.run("SELECT * FROM acme.iron.odd");
    assertThat(rows.columns())
        .extracting(Column::name)
        .containsExactly("a b", "@odata.type", "Name", "name_2", "select", "say \"x\"");
    assertThat(Acme.read(rows)).containsExactly(List.of("x", "t", "N", "n", 7L, "{\"y\":1}"));
  }

  @Test
  void rowsAreCountedWithoutAnyColumn() {
    assertThat(acme.all("SELECT count(*) FROM acme.iron.machines")).containsExactly(List.of(2L));
    assertThat(acme.all("SELECT 1 FROM acme.iron.machines")).hasSize(2);
  }

  @Test
  void tableJoinsItself() {
    assertThat(
            acme.all(
                "SELECT a.id, b.id FROM acme.iron.machines a JOIN acme.iron.machines b ON a.id <"
                    + " b.id"))
        .containsExactly(List.of(1L, 2L));
    assertThat(
            acme.all(
                "SELECT a.id, b.id FROM acme.iron.machines a JOIN acme.iron.machines b ON"
                    + " b.machineId = a.id ORDER BY 1"))
        .containsExactly(List.of(1L, 1L), List.of(2L, 2L));
  }

  @Test
  void scanIsUsedTwiceThroughACte() {
    assertThat(
            acme.all(
                "WITH q AS (SELECT id FROM acme.iron.machines) SELECT a.id, b.id FROM q a, q b"
                    + " WHERE a.id <> b.id ORDER BY 1"))
        .containsExactly(List.of(1L, 2L), List.of(2L, 1L));
  }

  @Test
  void recursiveQueryReadsItsTableOnce() {
    acme.reads.clear();
    assertThat(
            acme.all(
                "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t JOIN"
                    + " acme.iron.machines m ON m.id = t.n WHERE n < 5) SELECT max(n) FROM t"))
        .containsExactly(List.of(3L));
    assertThat(acme.reads).containsExactly("machines.list[]");
  }

  /// Pages as they are put in, from another thread.
  private static final class Pages implements RowFeed {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean closed;
    private int given;

    @Override
    public @Nullable List<@Nullable Object[]> nextPage() throws InterruptedException {
      if (given++ == 0) {
        List<@Nullable Object[]> page = new ArrayList<>();
        for (long i = 0; i < 5000; i++) {
          page.add(new @Nullable Object[] {i});
        }
        return page;
      }
      asked.countDown();
      released.await();
      if (closed) {
        throw new InterruptedException();
      }
      return null;
    }

    @Override
    public void close() {
      closed = true;
      released.countDown();
    }
  }

  @Test
  void rowsArriveBeforeTheLastPage() {
    Pages pages = new Pages();
    QueryRunner.Rows rows =
        acme.runner.run(
            acme.query("SELECT id FROM acme.iron.machines"), _ -> pages, new Cancellation());
    try (var stream = rows.stream()) {
      assertThat(stream.next()).containsExactly(0L);
      assertThat(pages.released.getCount()).isOne();
      pages.released.countDown();
      long more = 0;
      while (stream.next() != null) {
        more++;
      }
      assertThat(more).isEqualTo(4999);
    }
  }

  @Test
  void closingTheStreamClosesTheScan() {
    Pages pages = new Pages();
    QueryRunner.Rows rows =
        acme.runner.run(
            acme.query("SELECT id FROM acme.iron.machines"), _ -> pages, new Cancellation());
    assertThat(rows.stream().next()).containsExactly(0L);
    rows.stream().close();
    rows.stream().close();
    assertThat(pages.released.getCount()).isZero();
    assertThat(rows.stream().next()).isNull();
  }

  private static RowFeed failing(RuntimeException failure) {
    return new RowFeed() {
      @Override
      public List<@Nullable Object[]> nextPage() {
        throw failure;
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void failureOfAScanIsThatOfTheQuery() {
    IsobarException failure =
        new IsobarException(ErrorCode.RATE_LIMITED, "Too many requests.", "Wait.");
    for (String sql :
        List.of(
            "SELECT id FROM acme.iron.machines",
            "SELECT count(*) FROM acme.iron.machines",
            "SELECT d.id FROM acme.iron.machines m JOIN acme.iron.disks d ON d.machineId = m.id")) {
      assertThatThrownBy(() ->
              Acme.read(
                  acme.runner.run(acme.query(sql), _ -> failing(failure), new Cancellation())))
          .as(sql)
          .isSameAs(failure);
    }
  }

  @Test
  void defectOfAScanIsNotHidden() {
    assertThatThrownBy(() ->
            Acme.read(
                acme.runner.run(
                    acme.query("SELECT id FROM acme.iron.machines"),
                    _ -> failing(new IllegalArgumentException("odd")),
                    new Cancellation())))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
              assertThat(e.text()).contains("IllegalArgumentException").doesNotContain("odd");
              assertThat(e).hasRootCauseMessage("odd");
            });
  }

  @Test
  void cancelledQueryFailsWithTheReason() throws InterruptedException {
    IsobarException reason = new IsobarException(ErrorCode.CANCELLED, "It was enough.", "");
    Cancellation cancellation = new Cancellation();
    Pages pages = new Pages();
    cancellation.onCancel(pages::close);
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              try {
                Acme.read(
                    acme.runner.run(
                        acme.query("SELECT sum(id) FROM acme.iron.machines"),
                        _ -> pages,
                        cancellation));
              } catch (IsobarException e) {
                thrown.set(e);
              }
            });
    pages.asked.await();
    cancellation.cancel(reason);
    reader.join();
    assertThat(thrown.get()).isSameAs(reason);
  }

  private @Nullable String place(String sql, IsobarException e) {
    Span span = e.span();
    return span == null ? null : sql.substring(span.start(), Math.min(sql.length(), span.end()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT lable FROM acme.iron.machines | UNKNOWN_COLUMN | There is no column `lable` in"
            + " `acme.iron.machines`. | lable",
        "SELECT 'äöü€😀', lable FROM acme.iron.machines | UNKNOWN_COLUMN | There is no column"
            + " `lable` in `acme.iron.machines`. | lable",
        "SELECT m.lable FROM acme.iron.machines m | UNKNOWN_COLUMN | There is no column `lable` in"
            + " `acme.iron.machines`. | m.lable",
        "SELECT id FROM acme.iron.machines WHERE nonsense = 1 | UNKNOWN_COLUMN | There is no column"
            + " `nonsense` in `acme.iron.machines`. | nonsense",
        "SELECT 'äöü€😀' FROM FROM x | SYNTAX_ERROR | Syntax error at or near `FROM`. | FROM",
        "SELECT id FROM acme.iron.machins | UNKNOWN_RESOURCE | There is no resource `machins` in"
            + " `acme.iron`. | machins",
      })
  void errorsPointAtTheirPlace(String sql, ErrorCode code, String message, String place) {
    assertThatThrownBy(() -> acme.all(sql))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.text()).isEqualTo(message);
              assertThat(place(sql, e)).isEqualTo(place);
            });
  }

  @Test
  void errorsOfTheQueryEngineAreSentences() {
    assertThatThrownBy(() -> acme.all("SELECT nofunction(id) FROM acme.iron.machines"))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.QUERY_FAILED);
              assertThat(e.text()).contains("nofunction").doesNotContain("{");
            });
    assertThatThrownBy(() -> acme.all("SELECT label::INT FROM acme.iron.machines"))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.QUERY_FAILED);
              assertThat(e.text()).contains("before the first row");
              assertThat(e.hint()).contains("TRY_CAST");
            });
  }

  @Test
  void aFunctionThatIsCalledWronglyShowsHowItIsCalled() {
    assertThatThrownBy(() -> acme.all("SELECT round('a', 2) FROM acme.iron.machines"))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> assertThat(e.hint()).startsWith("Candidate").contains("round(x "));
  }

  @Test
  void twoQueriesRunAtOnce() {
    QueryRunner.Rows one = acme.run("SELECT id FROM acme.iron.machines ORDER BY id");
    QueryRunner.Rows other = acme.run("SELECT label FROM acme.iron.machines ORDER BY id");
    assertThat(one.stream().next()).containsExactly(1L);
    assertThat(other.stream().next()).containsExactly("grün");
    assertThat(one.stream().next()).containsExactly(2L);
    other.stream().close();
    assertThat(one.stream().next()).isNull();
  }

  @Test
  void queryOverRowsInMemory() {
    List<Column> columns =
        List.of(new Column("name", ColumnType.VARCHAR), new Column("n", ColumnType.BIGINT));
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(new @Nullable Object[] {"a", 1L});
    rows.add(new @Nullable Object[] {null, 2L});
    assertThat(
            Acme.read(
                acme.runner.over("SELECT n FROM t WHERE name IS NULL", 0, "t", columns, rows)))
        .containsExactly(List.of(2L));
  }
}
