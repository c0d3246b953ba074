package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.IsobarException;
import dev.isobar.model.ScanReport;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Reply;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the API filters and sorts changes no result. `-Disobar.pushdown.queries=N` runs more random
/// queries than the few of each build.
class PushdownTest {
  private static final int QUERIES = Integer.getInteger("isobar.pushdown.queries", 300);

  /// A table with columns that the API can filter, each with values that its rows have, or nearly.
  private record Filterable(
      String table, String key, List<String> sorted, List<List<String>> terms) {
    String condition(Random random, int depth) {
      if (depth > 0 && random.nextInt(3) == 0) {
        String operator = random.nextBoolean() ? " AND " : " OR ";
        return "(" + condition(random, depth - 1) + operator + condition(random, depth - 1) + ")";
      }
      List<String> term = terms.get(random.nextInt(terms.size()));
      String column = term.getFirst();
      String one = value(random, term);
      String other = value(random, term);
      String comparison =
          switch (random.nextInt(10)) {
            case 0 -> " <> " + one;
            case 1 -> " < " + one;
            case 2 -> " <= " + one;
            case 3 -> " > " + one;
            case 4 -> " >= " + one;
            case 5 -> " IN (" + one + ", " + other + ", NULL)";
            case 6 -> " BETWEEN " + one + " AND " + other;
            case 7 -> " IS NOT DISTINCT FROM " + one;
            case 8 -> one.startsWith("'") ? " LIKE " + like(random, one) : " = " + one;
            default -> " = " + one;
          };
      String plain = column + comparison;
      return random.nextInt(8) == 0 ? "NOT " + plain : plain;
    }

    private static String value(Random random, List<String> term) {
      return term.get(1 + random.nextInt(term.size() - 1));
    }

    private static String like(Random random, String literal) {
      String text = literal.substring(1, literal.length() - 1);
      int begin = random.nextInt(text.length() + 1);
      int end = begin + random.nextInt(text.length() - begin + 1);
      String middle = text.substring(begin, end);
      return switch (random.nextInt(4)) {
        case 0 -> "'%" + middle + "%'";
        case 1 -> "'" + text.substring(0, end) + "%'";
        case 2 -> "'%" + text.substring(begin) + "'";
        default -> "'%_" + middle + "%'";
      };
    }
  }

  private static final List<Filterable> TABLES =
      List.of(
          new Filterable(
              "linode.instances.linodes",
              "id",
              List.of("id"),
              List.of(
                  List.of("id", "20000003", "20000017", "20000030", "-1", "20000005.5"),
                  List.of("label", "'linode-0003'", "'LINODE-0004'", "'linode-0021'", "''"),
                  List.of("region", "'us-ord'", "'us-west'", "'US-ORD'", "'nowhere'"),
                  List.of("\"group\"", "''", "'x'"))),
          new Filterable(
              "linode.instances.types",
              "id",
              List.of("memory", "vcpus", "disk"),
              List.of(
                  List.of("memory", "4096", "8192", "16384", "0", "1e4"),
                  List.of("vcpus", "1", "2", "4", "8", "2.5"),
                  List.of("label", "'Nanode 1GB'", "'Linode 4GB'", "'Dedicated 8GB'"),
                  List.of("class", "'standard'", "'dedicated'", "'gpu'"),
                  List.of("gpus", "0", "1"))),
          new Filterable(
              "linode.account.events",
              "id",
              List.of("id", "created"),
              List.of(
                  List.of("id", "54000003", "54000020", "54000029"),
                  List.of("action", "'linode_create'", "'disk_delete'", "'volume_create'"),
                  List.of(
                      "created",
                      "'2026-01-02T07:04:33'",
                      "'2026-01-03'",
                      "'2026-01-03T06:07:14'",
                      "'soon'"),
                  List.of(
                      "created::TIMESTAMP",
                      "TIMESTAMP '2026-01-02 07:04:33'",
                      "TIMESTAMP '2026-01-03'"),
                  List.of("created::DATE", "DATE '2026-01-02'", "DATE '2026-01-03'"),
                  List.of("seen", "true", "false"),
                  List.of("username", "'user-0001'", "'nobody'"))),
          new Filterable(
              "linode.images.images",
              "id",
              List.of("size"),
              List.of(
                  List.of("is_public", "true", "false"),
                  List.of("deprecated", "true", "false"),
                  List.of("size", "0", "1500", "3000"),
                  List.of("label", "'Debian 12'", "'Ubuntu 24.04 LTS'"),
                  List.of("vendor", "'Debian'", "'Ubuntu'"))));

  @TestFactory
  Stream<DynamicTest> randomQueriesAnswerTheSame() {
    SandboxSession session = SandboxSession.start();
    Stream<DynamicTest> tests =
        IntStream.range(0, QUERIES)
            .mapToObj(
                seed -> DynamicTest.dynamicTest("seed " + seed, () -> compare(session, seed)));
    return tests.onClose(session::close);
  }

  private static void compare(SandboxSession session, int seed) {
    Random random = new Random(seed);
    Filterable table = TABLES.get(random.nextInt(TABLES.size()));
    String where = " FROM " + table.table + " WHERE " + table.condition(random, 3);
    String query;
    if (random.nextInt(3) == 0) {
      String by = table.sorted.get(random.nextInt(table.sorted.size()));
      String direction = random.nextBoolean() ? " DESC" : "";
      String offset = random.nextBoolean() ? " OFFSET " + random.nextInt(5) : "";
      int limit = 1 + random.nextInt(10);
      // Of rows with the same value any may be the first.
      query = "SELECT " + by + where + " ORDER BY " + by + direction + " LIMIT " + limit + offset;
    } else {
      query = "SELECT * " + where + " ORDER BY " + table.key;
    }
    session.rows("SET pushdown = 'off'");
    List<List<@Nullable Object>> expected = session.rows(query);
    session.rows("SET pushdown = 'on'");
    assertThat(session.rows(query)).as(query).isEqualTo(expected);
    // Each request gave a page: the API took every filter.
    assertThat(session.scans(query)).as(query).allMatch(scan -> scan.requests() == scan.pages());
  }

  @Test
  void theFirstRowsInTheOrderOfTheApiAreOneRequest() {
    try (SandboxSession session =
        SandboxSession.start(
            options -> options.withRows(Map.of("linodes", 5_000)), options -> options)) {
      String query =
          "SELECT id FROM linode.instances.linodes WHERE region = 'us-ord' ORDER BY id DESC LIMIT 3";
      assertThat(session.scans(query)).extracting(ScanReport::requests).containsExactly(1L);
      List<List<@Nullable Object>> rows = session.rows(query);
      session.rows("SET pushdown = 'off'");
      assertThat(session.scans(query)).extracting(ScanReport::requests).containsExactly(10L);
      assertThat(rows).hasSize(3).isEqualTo(session.rows(query));
    }
  }

  @Test
  void everyPageIsFilteredAndALongListOfValuesStaysHere() {
    try (SandboxSession session =
        SandboxSession.start(
            options -> options.withRows(Map.of("linodes", 3_000)), options -> options)) {
      String from = " FROM linode.instances.linodes WHERE ";
      assertThat(session.scans("SELECT id" + from + "id <= 20001200"))
          .extracting(ScanReport::requests)
          .containsExactly(3L);
      String ids =
          IntStream.range(20_000_001, 20_000_501)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", ", "(", ")"));
      assertThat(session.rows("SELECT count(*)" + from + "id IN " + ids + " AND id < 20000401"))
          .containsExactly(List.of(400L));
    }
  }

  /// An API that refuses a filter, and has three linodes.
  private static FakeCloud refusing() {
    return FakeCloud.start(request -> {
      if (request.headers().containsKey("x-filter")) {
        return Reply.json(
            400, "{\"errors\": [{\"field\": \"X-Filter\", \"reason\": \"Cannot filter on id\"}]}");
      }
      String page = request.query().getOrDefault("page", "1");
      return Reply.json(
          "{\"data\": [{\"id\": %s, \"region\": \"a\"}], \"page\": %s, \"pages\": 3, \"results\": 3}"
              .formatted(page, page));
    });
  }

  @Test
  void anApiThatRefusesAFilterIsAskedWithoutIt() {
    try (FakeCloud cloud = refusing();
        Engine engine = SandboxSession.engine(cloud.uri(), options -> options)) {
      assertThat(
              SandboxSession.rows(
                  engine, "SELECT id FROM linode.instances.linodes WHERE id > 1 ORDER BY id"))
          .isEqualTo(List.of(List.of(2L), List.of(3L)));
      assertThat(cloud.received())
          .extracting(request -> request.headers().containsKey("x-filter"))
          .containsExactly(true, false, false, false);
    }
  }

  @Test
  void rowsThatNobodySortedAreNotTheFirst() {
    try (FakeCloud cloud = refusing();
        Engine engine = SandboxSession.engine(cloud.uri(), options -> options)) {
      String query = "SELECT id FROM linode.instances.linodes ORDER BY id DESC LIMIT 1";
      assertThatThrownBy(() -> SandboxSession.rows(engine, query))
          .isInstanceOfSatisfying(
              IsobarException.class,
              e -> {
                assertThat(e).hasMessageContaining("Cannot filter on id");
                assertThat(e.hint()).contains("SET pushdown = 'off'");
              });
      SandboxSession.rows(engine, "SET pushdown = 'off'");
      assertThat(SandboxSession.rows(engine, query)).isEqualTo(List.of(List.of(3L)));
    }
  }
}
