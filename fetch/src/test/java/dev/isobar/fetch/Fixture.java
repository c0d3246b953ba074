package dev.isobar.fetch;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ResourceName;
import dev.isobar.model.ScanReport;
import dev.isobar.plan.Request;
import dev.isobar.plan.Scan;
import dev.isobar.plan.ScanColumn;
import dev.isobar.plan.Split;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A fake cloud, a fetcher whose clock never waits, and scans of the cloud in a line.
final class Fixture implements AutoCloseable {
  static final AuthSpec BEARER = new AuthSpec("bearer", Map.of("credentialsenvvar", "ACME_TOKEN"));
  static final ResourceName THINGS = new ResourceName("acme", "core", "things");

  final FakeCloud cloud;
  final FakeTiming timing = new FakeTiming();
  final Map<String, String> environment = new HashMap<>();
  final Fetcher fetcher;
  AuthSpec auth = BEARER;

  Fixture(FakeCloud.Handler handler) {
    this(handler, options -> options);
  }

  Fixture(FakeCloud.Handler handler, Bounds bounds) {
    this(handler, options -> options, bounds);
  }

  Fixture(FakeCloud.Handler handler, UnaryOperator<FetchOptions> change) {
    this(handler, change, Bounds.DEFAULT);
  }

  Fixture(FakeCloud.Handler handler, UnaryOperator<FetchOptions> change, Bounds bounds) {
    cloud = FakeCloud.start(handler);
    fetcher = new Fetcher(change.apply(FetchOptions.DEFAULT), environment::get, timing, bounds);
  }

  /// A method that lists things in Linode's way.
  static Samples.MethodBuilder numbered() {
    return Samples.method("listThings", "/things")
        .rowsAt("$.data")
        .paged(Samples.numberedPages())
        .totalAt("$.results");
  }

  static ScanColumn column(String name, ColumnType type) {
    return new ScanColumn(name, name, type);
  }

  Provider provider() {
    return Samples.provider("acme", auth);
  }

  Request get(String path) {
    return new Request("GET", cloud.uri() + path, List.of(), List.of(), null);
  }

  Scan scan(Method method, List<ScanColumn> columns, Split... splits) {
    return new Scan(provider(), THINGS, method, columns, List.of(splits), Long.MAX_VALUE, false);
  }

  /// A scan of `id` at `/things`.
  Scan ids(Method method) {
    return scan(method, List.of(column("id", ColumnType.BIGINT)), split("/things"));
  }

  Split split(String path) {
    return new Split(Map.of(), get(path));
  }

  static Scan limited(Scan scan, long rowLimit) {
    return new Scan(
        scan.provider(),
        scan.resource(),
        scan.method(),
        scan.columns(),
        scan.splits(),
        rowLimit,
        true);
  }

  static Scan stoppable(Scan scan) {
    return limited(scan, Long.MAX_VALUE);
  }

  /// Reads all rows.
  Rows read(Scan scan) throws InterruptedException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    ScanReport report =
        fetcher.fetch(
            scan,
            page -> {
              page.forEach(row -> rows.add(Arrays.asList(row)));
              return true;
            });
    return new Rows(rows, report);
  }

  record Rows(List<List<@Nullable Object>> rows, ScanReport report) {
    /// The cells of the first column.
    List<@Nullable Object> first() {
      List<@Nullable Object> cells = new ArrayList<>();
      rows.forEach(row -> cells.add(row.getFirst()));
      return cells;
    }
  }

  /// `{"id":from}` to `{"id":to}`.
  static List<String> idRows(int from, int to) {
    List<String> rows = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      rows.add("{\"id\":" + i + "}");
    }
    return rows;
  }

  static List<@Nullable Object> numbers(long from, long to) {
    List<@Nullable Object> numbers = new ArrayList<>();
    for (long i = from; i <= to; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  @Override
  public void close() {
    fetcher.close();
    cloud.close();
  }
}
