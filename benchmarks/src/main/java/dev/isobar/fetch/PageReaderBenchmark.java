package dev.isobar.fetch;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.fetch.auth.Redaction;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ResourceName;
import dev.isobar.plan.Scan;
import dev.isobar.plan.ScanColumn;
import dev.isobar.testing.Samples;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Rows a second out of a page of JSON, as Linode sends it. In this package because the reader is
/// nobody else's business.
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PageReaderBenchmark {
  private static final int ROWS = 500;

  /// A whole page keeps its rows.
  private static final RowChunks NONE = new RowChunks((_, _) -> {});

  private final Response page = page();
  private final PageReader twoColumns =
      reader(
          new ScanColumn("id", "id", ColumnType.BIGINT),
          new ScanColumn("status", "status", ColumnType.VARCHAR));
  private final PageReader allColumns =
      reader(
          new ScanColumn("id", "id", ColumnType.BIGINT),
          new ScanColumn("label", "label", ColumnType.VARCHAR),
          new ScanColumn("region", "region", ColumnType.VARCHAR),
          new ScanColumn("status", "status", ColumnType.VARCHAR),
          new ScanColumn("created", "created", ColumnType.VARCHAR),
          new ScanColumn("ipv4", "ipv4", ColumnType.JSON),
          new ScanColumn("specs", "specs", ColumnType.JSON));

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int twoColumns() throws FetchFailure, InterruptedException {
    return twoColumns.read(page, new @Nullable Object[2], NONE).rows.size();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int allColumns() throws FetchFailure, InterruptedException {
    return allColumns.read(page, new @Nullable Object[7], NONE).rows.size();
  }

  private static PageReader reader(ScanColumn... columns) {
    Scan scan =
        new Scan(
            Samples.provider("acme", new AuthSpec("null_auth", Map.of())),
            new ResourceName("acme", "core", "things"),
            Samples.method("listThings", "/things")
                .rowsAt("$.data")
                .paged(Samples.numberedPages())
                .totalAt("$.results")
                .build(),
            List.of(columns),
            List.of(),
            Long.MAX_VALUE,
            false);
    Redaction none = new Redaction(List.of());
    return new PageReader(scan, none, new Misfits(scan.columns(), none), Bounds.DEFAULT);
  }

  private static Response page() {
    StringBuilder json = new StringBuilder("{\"data\": [");
    for (int i = 0; i < ROWS; i++) {
      json.append(i == 0 ? "" : ", ");
      json.append(
          """
          {"id": %d, "label": "linode%d", "group": "", "status": "running",
           "created": "2026-03-04T05:06:07", "updated": "2026-03-04T05:06:07", "type": "g6-standard-1",
           "ipv4": ["203.0.113.%d"], "ipv6": "2001:db8::%x/128", "image": "linode/debian13",
           "region": "us-east", "specs": {"disk": 51200, "memory": 2048, "vcpus": 1, "gpus": 0},
           "alerts": {"cpu": 90, "network_in": 10, "network_out": 10}, "tags": ["a", "b"]}\
          """
              .formatted(1000 + i, i, i % 256, i));
    }
    json.append("], \"page\": 1, \"pages\": 1, \"results\": ").append(ROWS).append('}');
    return new Response(
        200,
        URI.create("http://localhost/things"),
        HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (name, value) -> true),
        json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
