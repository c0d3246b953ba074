package dev.isobar.query;

import static dev.isobar.testing.Samples.input;
import static dev.isobar.testing.Samples.method;
import static dev.isobar.testing.Samples.property;
import static dev.isobar.testing.Samples.resource;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Input.Location;
import dev.isobar.catalog.Resource;
import dev.isobar.model.Cancellation;
import dev.isobar.model.SqlVerb;
import dev.isobar.parse.Parser;
import dev.isobar.plan.Plan;
import dev.isobar.plan.Planner;
import dev.isobar.plan.Scan;
import dev.isobar.plan.ScanColumn;
import dev.isobar.plan.Split;
import dev.isobar.resolve.Resolver;
import dev.isobar.testing.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An invented provider whose rows are Java lists: plans and runs statements without any request.
final class Acme implements AutoCloseable {
  static final Resource MACHINES =
      resource(
          "acme",
          "iron",
          "machines",
          Map.of(
              SqlVerb.SELECT,
              List.of(
                  method("get", "/machines/{machineId}")
                      .input(input("machineId", Location.PATH, true, "integer"))
                      .column("id", "integer")
                      .column("label", "string")
                      .column("region", "string")
                      .column("size", "number")
                      .column("config", "object")
                      .build(),
                  method("list", "/machines")
                      .input(input("region", Location.QUERY, false, "string"))
                      .input(input("tag", Location.QUERY, false, "string"))
                      .input(input("page", Location.QUERY, false, "integer"))
                      .column("id", "integer")
                      .column("label", "string")
                      .column("region", "string")
                      .column("size", "number")
                      .column("config", "object")
                      .rowsAt("$.data")
                      .paged(Samples.numberedPages())
                      .pageSize("page_size", 500)
                      .build()),
              SqlVerb.INSERT,
              List.of(
                  method("create", "/machines")
                      .verb("POST")
                      .body(true)
                      .input(property("label", true, "string"))
                      .input(property("region", false, "string"))
                      .input(property("alerts", false, "object"))
                      .input(property("root_pass", false, "string"))
                      .input(property("password_days", false, "integer"))
                      .input(property("users", false, "array"))
                      .build()),
              SqlVerb.UPDATE,
              List.of(
                  method("update", "/machines/{machineId}")
                      .verb("PUT")
                      .body(true)
                      .input(input("machineId", Location.PATH, true, "integer"))
                      .input(property("label", false, "string"))
                      .input(property("region", false, "string"))
                      .build()),
              SqlVerb.DELETE,
              List.of(
                  method("delete", "/machines/{machineId}")
                      .verb("DELETE")
                      .input(input("machineId", Location.PATH, true, "integer"))
                      .build()),
              SqlVerb.EXEC,
              List.of(
                  method("boot", "/machines/{machineId}/boot")
                      .verb("POST")
                      .body(false)
                      .input(input("machineId", Location.PATH, true, "integer"))
                      .input(property("config_id", false, "integer"))
                      .build())));

  private static final Resource DISKS =
      resource(
          "acme",
          "iron",
          "disks",
          Map.of(
              SqlVerb.SELECT,
              List.of(
                  method("get", "/machines/{machineId}/disks/{diskId}")
                      .input(input("machineId", Location.PATH, true, "integer"))
                      .input(input("diskId", Location.PATH, true, "integer"))
                      .column("id", "integer")
                      .column("label", "string")
                      .column("size", "number")
                      .build(),
                  method("list", "/machines/{machineId}/disks")
                      .input(input("machineId", Location.PATH, true, "integer"))
                      .column("id", "integer")
                      .column("label", "string")
                      .column("size", "number")
                      .build()),
              SqlVerb.DELETE,
              List.of(
                  method("delete", "/machines/{machineId}/disks/{diskId}")
                      .verb("DELETE")
                      .input(input("machineId", Location.PATH, true, "integer"))
                      .input(input("diskId", Location.PATH, true, "integer"))
                      .build())));

  private static final Resource ODD =
      resource(
          "acme",
          "iron",
          "odd",
          Map.of(
              SqlVerb.SELECT,
              List.of(
                  method("list", "/odd")
                      .column("a b", "string")
                      .column("@odata.type", "string")
                      .column("Name", "string")
                      .column("name", "string")
                      .column("select", "integer")
                      .column("say \"x\"", "object")
                      .build())));

  final Database database = new Database();
  final DuckDbGrammar grammar = new DuckDbGrammar(database);
  final QueryRunner runner = new QueryRunner(database, grammar);

  /// By resource; a row holds the parameters of its methods too.
  final Map<String, List<Map<String, @Nullable Object>>> rows = new LinkedHashMap<>();

  /// What was read, as `disks.list[machineId=1]`.
  final List<String> reads = new ArrayList<>();

  private final Planner planner;
  private final Resolver resolver;

  Acme() {
    this(new Resource[0]);
  }

  /// @param more resources than the usual
  Acme(Resource... more) {
    List<Resource> resources = new ArrayList<>(List.of(MACHINES, DISKS, ODD));
    resources.addAll(List.of(more));
    Catalog catalog =
        new Catalog(
            List.of(Samples.provider("acme", AuthSpec.NONE, resources.toArray(Resource[]::new))));
    resolver = new Resolver(catalog, grammar);
    planner = new Planner(resolver, true);
  }

  /// The names in SQL are short: `machines` stands for `acme.iron.machines`.
  static String full(String sql) {
    return sql.replaceAll("(?<![.\\w\"])(machines|disks|odd)\\b(?!\\.)", "acme.iron.$1");
  }

  Plan plan(String sql) {
    return planner.plan(resolver.resolve(Parser.parse(sql).statements().getFirst()));
  }

  Plan.Query query(String sql) {
    return (Plan.Query) plan(sql);
  }

  static Map<String, @Nullable Object> row(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      row.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return row;
  }

  void add(String resource, Map<String, @Nullable Object> row) {
    rows.computeIfAbsent(resource, _ -> new ArrayList<>()).add(row);
  }

  QueryRunner.Rows run(String sql) {
    return runner.run(query(sql), this::open, new Cancellation());
  }

  List<List<@Nullable Object>> all(String sql) {
    return read(run(sql));
  }

  static List<List<@Nullable Object>> read(QueryRunner.Rows from) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    try (var stream = from.stream()) {
      for (var row = stream.next(); row != null; row = stream.next()) {
        all.add(new ArrayList<>(Arrays.asList(row)));
      }
    }
    return all;
  }

  synchronized RowFeed open(Scan scan) {
    List<@Nullable Object[]> page = new ArrayList<>();
    for (Split split : scan.splits()) {
      reads.add(
          scan.resource().resource() + "." + scan.method().name() + "[" + split.scope() + "]");
      for (var row : rows.getOrDefault(scan.resource().resource(), List.of())) {
        boolean asked =
            split.bindings().entrySet().stream()
                .allMatch(
                    e -> String.valueOf(e.getValue()).equals(String.valueOf(row.get(e.getKey()))));
        if (asked) {
          page.add(cells(scan.columns(), row));
        }
      }
    }
    return feed(page.isEmpty() ? List.of() : List.of(page));
  }

  private static @Nullable Object[] cells(
      List<ScanColumn> columns, Map<String, @Nullable Object> row) {
    return columns.stream().map(column -> row.get(column.key())).toArray();
  }

  static RowFeed feed(List<List<@Nullable Object[]>> pages) {
    var left = pages.iterator();
    return new RowFeed() {
      @Override
      public @Nullable List<@Nullable Object[]> nextPage() {
        return left.hasNext() ? left.next() : null;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {
    database.close();
  }
}
