package dev.isobar.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random queries give the same rows over scans as over plain tables that hold everything: what is
/// pushed down, bound or left unread never changes a result.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomQueriesTest {
  private static final int SEEDS = Integer.getInteger("isobar.random.queries", 2000);

  private static final List<String> JOINS =
      List.of(
          " JOIN ",
          " JOIN ",
          " JOIN ",
          " LEFT JOIN ",
          " LEFT JOIN ",
          " LEFT JOIN ",
          " RIGHT JOIN ",
          " FULL JOIN ");

  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "machines", List.of("id", "label", "region", "size"),
          "disks", List.of("id", "label", "size", "machineId"));

  private final Acme acme = new Acme();

  static IntStream seeds() {
    return IntStream.range(0, SEEDS);
  }

  @BeforeAll
  void fill() throws SQLException {
    Random random = new Random(7);
    for (long id = 1; id <= 6; id++) {
      acme.add(
          "machines",
          Acme.row(
              "id",
              id,
              "machineId",
              id,
              "label",
              id == 4 ? null : "m" + id % 3,
              "region",
              List.of("us", "eu").get((int) (id % 2)),
              "size",
              id == 5 ? null : (double) (id % 4)));
    }
    for (long machine : List.of(1L, 2L, 2L, 4L, 4L, 4L)) {
      long id = 10L + acme.rows.getOrDefault("disks", List.of()).size();
      acme.add(
          "disks",
          Acme.row(
              "id",
              id,
              "diskId",
              id,
              "machineId",
              machine,
              "label",
              random.nextInt(4) == 0 ? null : "m" + random.nextInt(3),
              "size",
              random.nextInt(4) == 0 ? null : (double) random.nextInt(4)));
    }
    try (var connection = acme.database.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE plain_machines (id BIGINT, \"machineId\" BIGINT, label VARCHAR,"
              + " region VARCHAR, size DOUBLE)");
      statement.execute(
          "CREATE TABLE plain_disks (id BIGINT, \"diskId\" BIGINT, \"machineId\" BIGINT,"
              + " label VARCHAR, size DOUBLE)");
      for (var table : acme.rows.entrySet()) {
        for (var row : table.getValue()) {
          statement.execute(
              "INSERT INTO plain_"
                  + table.getKey()
                  + " ("
                  + row.keySet().stream().map(c -> '"' + c + '"').collect(Collectors.joining(", "))
                  + ") VALUES ("
                  + row.values().stream()
                      .map(v -> v instanceof String ? "'" + v + "'" : String.valueOf(v))
                      .collect(Collectors.joining(", "))
                  + ")");
        }
      }
    }
  }

  @AfterAll
  void close() {
    acme.close();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void scansGiveTheRowsOfPlainTables(int seed) {
    String sql = new Writer(new Random(seed)).query();
    List<List<@Nullable Object>> rows;
    try {
      rows = acme.all(sql.replace("plain_", "acme.iron."));
    } catch (IsobarException e) {
      // Nothing gives a parameter its value: the one way in which a scan is less than a table.
      assertThat(e.code()).as(sql + "\n" + e).isEqualTo(ErrorCode.MISSING_REQUIRED_PARAMETER);
      return;
    }
    assertThat(sorted(rows)).as(sql).isEqualTo(sorted(acme.all(sql)));
  }

  @Test
  void mostRandomQueriesCanBePlanned() {
    long planned =
        seeds().mapToObj(seed -> new Writer(new Random(seed)).query()).filter(this::plans).count();
    assertThat(planned).isGreaterThan(SEEDS / 3);
  }

  private boolean plans(String sql) {
    try {
      return !acme.query(sql.replace("plain_", "acme.iron.")).tables().isEmpty();
    } catch (IsobarException e) {
      return false;
    }
  }

  private static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
    List<List<@Nullable Object>> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(String::valueOf));
    return sorted;
  }

  /// Writes a query over `plain_machines` and `plain_disks`.
  private static final class Writer {
    private final Random random;
    private final List<String> aliases = new ArrayList<>();
    private final List<String> tables = new ArrayList<>();

    /// WITH clauses.
    private final List<String> clauses = new ArrayList<>();

    Writer(Random random) {
      this.random = random;
    }

    private String any(List<String> from) {
      return from.get(random.nextInt(from.size()));
    }

    private boolean chance(int percent) {
      return random.nextInt(100) < percent;
    }

    String query() {
      String from = from();
      List<String> columns = new ArrayList<>();
      for (int i = 0; i < aliases.size(); i++) {
        for (String column : COLUMNS.getOrDefault(tables.get(i), List.of())) {
          columns.add(aliases.get(i) + "." + column);
        }
      }
      String where = chance(80) ? " WHERE " + condition(2) : "";
      String selected = String.join(", ", columns);
      String order =
          IntStream.rangeClosed(1, columns.size())
              .mapToObj(String::valueOf)
              .collect(Collectors.joining(", "));
      String limit =
          chance(30)
              ? " ORDER BY "
                  + order
                  + " LIMIT "
                  + random.nextInt(5)
                  + (chance(30) ? " OFFSET 1" : "")
              : "";
      String with = clauses.isEmpty() ? "" : "WITH " + String.join(", ", clauses) + " ";
      return switch (random.nextInt(6)) {
        case 0 -> with + "SELECT count(*), min(" + any(columns) + ") FROM " + from + where;
        case 1 -> with + "SELECT DISTINCT " + any(columns) + " FROM " + from + where;
        case 2 ->
            (clauses.isEmpty() ? "WITH " : with + ", ")
                + "q AS (SELECT "
                + aliased(columns)
                + " FROM "
                + from
                + where
                + limit
                + ") SELECT one.*, two.c0 FROM q one JOIN q two ON one.c0 IS NOT DISTINCT FROM"
                + " two.c0";
        default -> with + "SELECT " + selected + " FROM " + from + where + limit;
      };
    }

    private static String aliased(List<String> columns) {
      return IntStream.range(0, columns.size())
          .mapToObj(i -> columns.get(i) + " AS c" + i)
          .collect(Collectors.joining(", "));
    }

    private String table(String name) {
      String alias = name.substring(0, 1) + aliases.size();
      aliases.add(alias);
      tables.add(name);
      if (!chance(30)) {
        return "plain_" + name + " " + alias;
      }
      String derived = derived(name);
      if (chance(30)) {
        String columns = chance(50) ? "(" + columns(name) + ")" : "";
        clauses.add("w" + clauses.size() + columns + " AS (" + derived + ")");
        return "w" + (clauses.size() - 1) + " " + alias;
      }
      return "(" + derived + ") " + alias;
    }

    private static String columns(String table) {
      return String.join(", ", COLUMNS.getOrDefault(table, List.of()));
    }

    /// A query that gives the columns of a table, in another way.
    private String derived(String name) {
      String plain = "SELECT " + columns(name) + " FROM plain_" + name;
      boolean disk = name.equals("disks");
      return switch (random.nextInt(disk ? 11 : 8)) {
        case 0 -> plain + " x WHERE x.label IS NOT NULL";
        case 1 -> plain + " ORDER BY ALL LIMIT " + random.nextInt(5);
        case 2 -> plain + " UNION ALL " + plain;
        case 3 -> "SELECT DISTINCT ON (label) " + plain.substring(7) + " ORDER BY ALL";
        case 4 -> "SELECT DISTINCT " + plain.substring(7);
        case 5 -> "SELECT * FROM (" + plain + ") WHERE id > " + random.nextInt(12);
        case 6 -> plain + " QUALIFY row_number() OVER (PARTITION BY label ORDER BY id) = 1";
        case 7 -> plain + " EXCEPT " + plain + " WHERE size > 1";
        case 8 -> "SELECT machineId AS id, label, size, id AS machineId FROM plain_disks";
        case 9 ->
            "SELECT max(id) AS id, max(label) AS label, max(size) AS size, machineId"
                + " FROM plain_disks GROUP BY "
                + any(List.of("machineId", "4", "ALL"));
        default ->
            "SELECT d.id, d.label, m.size, d.machineId FROM plain_machines m LEFT JOIN plain_disks d"
                + " ON d.machineId = m.id";
      };
    }

    private String from() {
      if (chance(15)) {
        return table(chance(70) ? "disks" : "machines");
      }
      StringBuilder from = new StringBuilder(table(chance(80) ? "machines" : "disks"));
      for (int joins = 1 + random.nextInt(3); joins > 0; joins--) {
        String kind = any(JOINS);
        int before = aliases.size();
        from.append(kind).append(table(chance(75) ? "disks" : "machines")).append(" ON ");
        List<String> on = new ArrayList<>();
        if (chance(90)) {
          int other = random.nextInt(before);
          String parameter = chance(85) && tables.get(before).equals("disks") ? "machineId" : "id";
          String theirs = tables.get(other).equals("disks") && chance(80) ? "machineId" : "id";
          String value = aliases.get(other) + "." + theirs;
          if (chance(15)) {
            value = "coalesce(" + value + ", " + (1 + random.nextInt(4)) + ")";
          } else if (chance(15)) {
            value = "CAST(" + value + " AS VARCHAR)";
          } else if (chance(10)) {
            value = value + " + 1";
          }
          String mine = aliases.get(before) + "." + parameter;
          on.add(chance(50) ? mine + " = " + value : value + " = " + mine);
        }
        if (on.isEmpty() || chance(30)) {
          on.add(condition(0));
        }
        from.append(String.join(" AND ", on));
      }
      return from.toString();
    }

    private String condition(int depth) {
      if (depth > 0 && chance(60)) {
        if (chance(15)) {
          int item = random.nextInt(aliases.size());
          String column =
              aliases.get(item) + (tables.get(item).equals("disks") ? ".machineId" : ".id");
          return "(" + column + " = 1 OR " + column + " IN (2, 4))";
        }
        String joined =
            condition(depth - 1) + (chance(75) ? " AND " : " OR ") + condition(depth - 1);
        return chance(15) ? "NOT (" + joined + ")" : "(" + joined + ")";
      }
      int item = random.nextInt(aliases.size());
      String alias = aliases.get(item) + ".";
      boolean disk = tables.get(item).equals("disks");
      return switch (random.nextInt(disk ? 9 : 8)) {
        case 0 -> alias + "label = 'm" + random.nextInt(3) + "'";
        case 1 -> alias + "size IN (1, 2.0, NULL)";
        case 2 -> alias + "size <> " + random.nextInt(4);
        case 3 -> alias + any(List.of("label", "size", "id")) + " IS NULL";
        case 4 ->
            disk
                ? alias + "machineId = " + random.nextInt(6)
                : alias + "region = '" + any(List.of("us", "eu")) + "'";
        case 5 ->
            disk
                ? alias + "machineId IN (1, 2, '2', NULL, " + random.nextInt(6) + ")"
                : alias + "region IN ('us', 'eu', 'us')";
        case 6 ->
            alias
                + (disk ? "machineId" : "id")
                + " IN (SELECT x.id FROM plain_machines x WHERE x.size > "
                + random.nextInt(3)
                + ")";
        case 7 -> alias + "id = " + aliases.get(random.nextInt(aliases.size())) + ".id";
        default -> alias + "machineId = " + any(aliases) + ".id";
      };
    }
  }
}
