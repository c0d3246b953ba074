package dev.isobar.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import dev.isobar.plan.Binding;
import dev.isobar.plan.TableScan;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which method reads each table, and what binds its inputs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanOfQueriesTest {
  private final Acme acme = new Acme();

  @BeforeAll
  void fill() {
    for (long id = 1; id <= 3; id++) {
      acme.add(
          "machines",
          Acme.row("id", id, "machineId", id, "label", "m" + id, "region", "us", "size", 1.0));
      acme.add("disks", Acme.row("id", 10 + id, "diskId", 10 + id, "machineId", id, "label", "d"));
    }
  }

  @AfterAll
  void close() {
    acme.close();
  }

  private String bindings(String sql) {
    return acme.query(Acme.full(sql)).tables().stream()
        .map(PlanOfQueriesTest::text)
        .collect(Collectors.joining("; "));
  }

  private static String text(TableScan scan) {
    return scan.alias()
        + "."
        + scan.method().name()
        + scan.bindings().stream()
            .map(b ->
                b.inputs().stream().map(i -> i.name()).collect(Collectors.joining("+"))
                    + (b instanceof Binding.Keys ? " from " : " ")
                    + b.text())
            .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM machines | machines.list[]",
        "SELECT id FROM machines WHERE machineId = 5 | machines.get[machineId = 5]",
        "SELECT id FROM machines m WHERE 5 = m.machineId | m.get[machineId = 5]",
        "SELECT id FROM machines WHERE machineId = '5' | machines.get[machineId = 5]",
        "SELECT id FROM machines WHERE acme.iron.machines.machineId = 5 | machines.get[machineId ="
            + " 5]",
        "SELECT id FROM machines WHERE CAST(machineId AS VARCHAR) = '5' | machines.get[machineId ="
            + " 5]",
        "SELECT id FROM machines WHERE machineId IN (5, '5', NULL, 6) | machines.get[machineId IN"
            + " (5, 6)]",
        "SELECT id FROM machines WHERE machineId = 5 OR machineId IN (6, 7) OR 8 = machineId |"
            + " machines.get[machineId IN (5, 6, 7, 8)]",
        "SELECT id FROM (SELECT * FROM disks) d WHERE d.machineId = 5 | disks.list[machineId = 5]",
        "SELECT id FROM (SELECT id, machineId AS m FROM disks) WHERE m IN (5, 6) |"
            + " disks.list[machineId IN (5, 6)]",
        "WITH d(a, b) AS (SELECT id, machineId FROM disks) SELECT a FROM d WHERE b = 5 |"
            + " disks.list[machineId = 5]",
        "SELECT 1 FROM (SELECT machineId, count(*) FROM disks GROUP BY 1) WHERE machineId = 5 |"
            + " disks.list[machineId = 5]",
        "SELECT id FROM machines WHERE machineId IN (NULL) | machines.get[machineId IN ()]",
        "SELECT id FROM machines WHERE machineId = NULL | machines.get[machineId IN ()]",
        "SELECT id FROM machines WHERE machineId = 2 + 3 | machines.get[machineId from machineId ="
            + " 2 + 3]",
        "SELECT id FROM machines WHERE machineId = 5 AND machineId IN (6, 7) |"
            + " machines.get[machineId = 5]",
        "SELECT id FROM machines WHERE machineId IN (5, 6) AND label = 'a' | machines.get[machineId"
            + " IN (5, 6)]",
        "SELECT id FROM machines WHERE region = 'us' | machines.list[region = 'us']",
        "SELECT id FROM machines WHERE region IN ('us', 'eu') | machines.list[]",
        "SELECT id FROM machines WHERE region <> 'us' | machines.list[]",
        "SELECT id FROM machines WHERE region = 'us' OR region = 'eu' | machines.list[]",
        "SELECT id FROM machines WHERE NOT (region = 'us') | machines.list[]",
        "SELECT id FROM machines WHERE (region = 'us' AND label = 'a') | machines.list[region ="
            + " 'us']",
        "SELECT id FROM machines WHERE tag = 'a' | machines.list[tag = 'a']",
        "SELECT id FROM machines WHERE tag IN ('a', 'b') | machines.list[tag IN ('a', 'b')]",
        "SELECT id FROM machines WHERE upper(region) = 'US' | machines.list[]",
        "SELECT d.id FROM disks d WHERE machineId = 1 | d.list[machineId = 1]",
        "SELECT d.id FROM disks d WHERE machineId = 1 AND diskId = 2 | d.get[machineId = 1, diskId"
            + " = 2]",
        "SELECT 1 FROM machines m JOIN disks d ON d.machineId = m.id | m.list[]; d.list[machineId"
            + " from d.machineId = m.id]",
        "SELECT 1 FROM disks d JOIN machines m ON m.id = d.machineId | m.list[]; d.list[machineId"
            + " from m.id = d.machineId]",
        "SELECT 1 FROM machines m, disks d WHERE d.machineId = m.id | m.list[]; d.list[machineId"
            + " from d.machineId = m.id]",
        "SELECT 1 FROM machines m LEFT JOIN disks d ON d.machineId = m.id | m.list[];"
            + " d.list[machineId from d.machineId = m.id]",
        "SELECT 1 FROM disks d RIGHT JOIN machines m ON d.machineId = m.id | m.list[];"
            + " d.list[machineId from d.machineId = m.id]",
        "SELECT 1 FROM machines m SEMI JOIN disks d ON d.machineId = m.id | m.list[];"
            + " d.list[machineId from d.machineId = m.id]",
        "SELECT 1 FROM machines m ANTI JOIN disks d ON d.machineId = m.id | m.list[];"
            + " d.list[machineId from d.machineId = m.id]",
        "SELECT 1 FROM disks a JOIN disks b USING (machineId) WHERE a.machineId = 1 |"
            + " a.list[machineId = 1]; b.list[machineId from"
            + " a.machineId = b.machineId]",
        "SELECT 1 FROM (SELECT id AS k FROM machines) q JOIN disks d ON d.machineId = q.k |"
            + " machines.list[]; d.list[machineId from d.machineId = q.k]",
        "WITH q AS (SELECT id AS k FROM machines) SELECT 1 FROM q JOIN disks d ON d.machineId = q.k"
            + " | machines.list[]; d.list[machineId from d.machineId = q.k]",
        "SELECT 1 FROM disks d WHERE machineId IN (SELECT id FROM machines) | machines.list[];"
            + " d.list[machineId from (SELECT id FROM acme.iron.machines)]",
        "SELECT 1 FROM disks d WHERE machineId = (SELECT max(id) FROM machines) | machines.list[];"
            + " d.list[machineId from machineId = (SELECT max(id) FROM acme.iron.machines)]",
        "SELECT 1 FROM machines m LEFT JOIN disks d ON d.machineId = m.id WHERE d.machineId = 3 |"
            + " m.list[]; d.list[machineId = 3]",
        "SELECT 1 FROM machines m LEFT JOIN machines n ON m.region = 'us' AND n.region = 'eu' |"
            + " m.list[]; n.list[region = 'eu']",
        "SELECT 1 FROM machines m FULL JOIN machines n ON m.region = 'us' AND n.region = 'eu' |"
            + " m.list[]; n.list[]",
      })
  void conditionsBindInputs(String sql, String expected) {
    assertThat(bindings(sql)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 FROM disks",
        "SELECT 1 FROM disks WHERE machineId > 1",
        "SELECT 1 FROM disks WHERE machineId IS NULL",
        "SELECT 1 FROM disks WHERE machineId = 1 OR size = 2",
        "SELECT 1 FROM disks WHERE machineId = 1 OR machineId = '2'",
        "SELECT 1 FROM disks WHERE machineId = 1 OR machineId IS NULL",
        "SELECT 1 FROM (SELECT * FROM disks LIMIT 1) WHERE machineId = 1",
        "SELECT 1 FROM (SELECT DISTINCT ON (id) * FROM disks) WHERE machineId = 1",
        "SELECT 1 FROM (SELECT * FROM disks QUALIFY row_number() OVER () = 1) WHERE machineId = 1",
        "SELECT 1 FROM (SELECT *, count(*) OVER () FROM disks) WHERE machineId = 1",
        "SELECT 1 FROM (SELECT *, id AS machineId FROM disks) WHERE machineId = 1",
        "SELECT 1 FROM (SELECT max(machineId) AS machineId FROM disks) WHERE machineId = 1",
        "SELECT 1 FROM (SELECT id, 1 AS machineId FROM disks) WHERE machineId = 1",
        "WITH d AS (FROM disks) SELECT 1 FROM d a, d b WHERE a.machineId = 1",
        "SELECT 1 FROM machines m ASOF JOIN (FROM disks) d ON m.id >= d.id WHERE d.machineId = 1",
        "SELECT 1 FROM machines m POSITIONAL JOIN (FROM disks) d WHERE d.machineId = 1",
        "SELECT 1 FROM (SELECT d.machineId FROM machines m ASOF JOIN (FROM disks) d ON m.id >= d.id)"
            + " WHERE machineId = 1",
        "SELECT 1 FROM (SELECT machineId AS c FROM disks UNION ALL SELECT label FROM machines)"
            + " WHERE c = 'a'",
        "SELECT 1 FROM (FROM disks) d LEFT JOIN machines m ON d.machineId = 1",
        "SELECT 1 FROM disks WHERE NOT machineId = 1",
        "SELECT 1 FROM disks WHERE machineId NOT IN (1, 2)",
        "SELECT 1 FROM disks WHERE machineId NOT IN (SELECT id FROM machines)",
        "SELECT 1 FROM machines m FULL JOIN disks d ON d.machineId = m.id",
        "SELECT 1 FROM machines m RIGHT JOIN disks d ON d.machineId = m.id",
        "SELECT 1 FROM disks d LEFT JOIN machines m ON d.machineId = m.id",
        "SELECT 1 FROM disks d ANTI JOIN machines m ON d.machineId = m.id",
        "SELECT 1 FROM disks a JOIN disks b ON a.machineId = b.machineId",
        "SELECT 1 FROM disks d WHERE machineId = d.id",
        "SELECT (SELECT count(*) FROM disks d WHERE d.machineId = m.id) FROM machines m",
      })
  void nothingElseBinds(String sql) {
    assertThatThrownBy(() -> bindings(sql))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MISSING_REQUIRED_PARAMETER);
              assertThat(e.text())
                  .isEqualTo("`acme.iron.disks` cannot be reached by SELECT without `machineId`.");
              assertThat(e.span()).isNotNull();
            });
  }

  @Test
  void valueOfATableThatMayBeMissingBindsOnlyWhenNullGivesNull() {
    String sql =
        Acme.full(
            "SELECT m.id, c.id FROM machines m LEFT JOIN disks b ON b.machineId = m.id AND"
                + " b.machineId = 1 LEFT JOIN disks c ON c.machineId = %s");
    assertThat(acme.all(sql.formatted("b.machineId + 1") + " WHERE c.id IS NOT NULL"))
        .containsExactly(List.of(1L, 12L));
    assertThatThrownBy(() -> acme.query(sql.formatted("coalesce(b.machineId, 2)")))
        .hasMessageContaining("`machineId`");
  }

  @Test
  void castThatMakesDifferentValuesEqualDoesNotBind() {
    assertThat(bindings("SELECT id FROM machines WHERE CAST(region AS DATE) = '2024-01-01'"))
        .isEqualTo("machines.list[]");
    assertThat(bindings("SELECT id FROM machines WHERE CAST(region AS INTEGER) = 5"))
        .isEqualTo("machines.list[]");
    assertThatThrownBy(
            () -> bindings("SELECT 1 FROM disks WHERE CAST(machineId AS BOOLEAN) = true"))
        .hasMessageContaining("without `machineId`");
  }

  @Test
  void elementsOfAListBind() {
    assertThat(
            acme.all(
                Acme.full(
                    "SELECT d.id FROM machines m, unnest([m.id, m.id + 1]) u(x) JOIN disks d ON"
                        + " d.machineId = u.x WHERE m.id = 1 ORDER BY 1")))
        .containsExactly(List.of(11L), List.of(12L));
  }

  @Test
  void namesOfColumnsMayBeWrittenInAnyCase() {
    assertThat(
            acme.all(
                Acme.full(
                    "SELECT M.LABEL, D.ID FROM machines m JOIN disks d ON d.machineId = m.ID WHERE"
                        + " m.Id = 2")))
        .containsExactly(List.of("m2", 12L));
    assertThat(acme.all(Acme.full("SELECT id FROM disks WHERE MACHINEID = 2")))
        .containsExactly(List.of(12L));
  }

  @Test
  void wholeRowOfATableOthersBindFromIsThere() {
    assertThat(
            acme.all(
                Acme.full(
                    "SELECT m FROM machines m JOIN disks d ON d.machineId = m.id WHERE m.id = 2")))
        .singleElement()
        .asString()
        .contains("\"region\":\"us\"");
  }

  private TableScan only(String sql) {
    return acme.query(Acme.full(sql)).tables().getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT id FROM machines LIMIT 5 | 5 | true",
        "SELECT * FROM machines LIMIT 5 OFFSET 2 | 7 | true",
        "SELECT id::TEXT, 1 FROM machines LIMIT 5 | 5 | true",
        "SELECT id FROM machines WHERE label = 'a' LIMIT 5 | 0 | true",
        "SELECT id FROM machines ORDER BY id LIMIT 5 | 0 | false",
        "SELECT DISTINCT region FROM machines LIMIT 5 | 0 | true",
        "SELECT count(*) FROM machines LIMIT 5 | 0 | false",
        "SELECT max(id) FROM machines LIMIT 1 | 0 | false",
        "SELECT region FROM machines GROUP BY region LIMIT 1 | 0 | false",
        "SELECT region FROM machines GROUP BY ALL LIMIT 1 | 0 | false",
        "SELECT unnest([id, id]) FROM machines LIMIT 5 | 0 | true",
        "SELECT id FROM machines QUALIFY row_number() OVER () = 3 LIMIT 1 | 0 | true",
        "SELECT id FROM machines TABLESAMPLE 10% LIMIT 5 | 0 | true",
        "SELECT id FROM machines | 0 | false",
        "SELECT id FROM machines UNION ALL SELECT id FROM machines LIMIT 5 | 0 | false",
        "SELECT id FROM (SELECT id FROM machines) LIMIT 5 | 0 | true",
        "SELECT id FROM (SELECT id FROM machines ORDER BY id) LIMIT 5 | 0 | false",
        "SELECT id FROM machines LIMIT 10% | 0 | false",
        "SELECT id FROM machines LIMIT 2 + 3 | 0 | true",
        "SELECT id FROM machines LIMIT 9223372036854775807 OFFSET 1 | 0 | true",
        "WITH q AS (SELECT id FROM machines) SELECT * FROM q LIMIT 5 | 0 | false",
        "SELECT id FROM machines LIMIT 0 | 0! | true",
      })
  void limitsAreKnownWhereTheyAreSure(String sql, String rows, boolean stops) {
    TableScan scan = only(sql);
    long expected =
        switch (rows) {
          case "0" -> Long.MAX_VALUE;
          case "0!" -> 0;
          default -> Long.parseLong(rows);
        };
    assertThat(scan.rowLimit()).isEqualTo(expected);
    assertThat(scan.mayStopEarly()).isEqualTo(stops);
  }

  @Test
  void misfitPointsAtTheCondition() {
    String sql = "SELECT 1 FROM acme.iron.disks WHERE machineId = 'abc'";
    assertThatThrownBy(() -> acme.query(sql))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.text()).isEqualTo("`machineId` takes an integer, not `abc`.");
              Span span = Objects.requireNonNull(e.span());
              assertThat(sql.substring(span.start(), span.end())).isEqualTo("machineId = 'abc'");
            });
  }

  @Test
  void parameterThatNothingGivesIsNamed() {
    assertThatThrownBy(() -> bindings("SELECT tag FROM machines"))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.MISSING_REQUIRED_PARAMETER);
              assertThat(e.text()).contains("`tag`");
            });
  }

  @Test
  void eachCombinationIsAskedOnce() {
    acme.reads.clear();
    acme.all(
        Acme.full(
            "SELECT 1 FROM disks WHERE machineId IN (1, '1', 2) AND diskId IN (11, 12.0, 11)"));
    assertThat(acme.reads)
        .containsExactly(
            "disks.get[machineId=1, diskId=11]",
            "disks.get[machineId=1, diskId=12]",
            "disks.get[machineId=2, diskId=11]",
            "disks.get[machineId=2, diskId=12]");
  }

  @Test
  void keysOfAJoinAreRestrictedByWhatIsKnownOfTheirTable() {
    acme.reads.clear();
    acme.all(
        Acme.full(
            "SELECT 1 FROM machines m JOIN disks d ON d.machineId = m.id WHERE m.label <> 'm2'"));
    assertThat(acme.reads)
        .containsExactly("machines.list[]", "disks.list[machineId=1]", "disks.list[machineId=3]");
  }
}
