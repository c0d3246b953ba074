package dev.isobar.benchmarks;

import dev.isobar.benchmarks.Launcher.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whole processes against the sandbox, each measured with what it is held to.
///
/// Arguments: the launcher of the distribution, then the names of the benchmarks to run (all
/// without one): `start`, `pages`, `limit`, `faults`, `large`, `compile`. The last needs provider
/// documents in the layout of the public registry, in the folder that `ISOBAR_DOCUMENTS` names.
public final class Benchmarks {
  private static final String FIRST_STATEMENT =
      "SELECT region, count(*) AS n FROM linode.instances.linodes GROUP BY region ORDER BY n DESC";

  private static final String SCAN =
      "SELECT count(*), min(created) FROM linode.instances.linodes WHERE status <> 'x'";

  private static final int ROWS = 50_000;
  private static final int LARGEST_PAGE = 500;
  private static final Duration LATENCY = Duration.ofMillis(100);

  private final Launcher launcher;

  private Benchmarks(Launcher launcher) {
    this.launcher = launcher;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("isobar-benchmarks");
    Launcher launcher =
        new Launcher(
            Path.of(arguments[0]),
            Map.of("ISOBAR_HOME", home.toString(), "LINODE_TOKEN", "benchmark"));
    Benchmarks benchmarks = new Benchmarks(launcher);
    List<String> names = List.of(arguments).subList(1, arguments.length);
    say("benchmark", "measured", "aim");
    for (String name :
        names.isEmpty()
            ? List.of("start", "pages", "limit", "faults", "large", "compile")
            : names) {
      switch (name) {
        case "start" -> benchmarks.start();
        case "pages" -> benchmarks.pages();
        case "limit" -> benchmarks.limit();
        case "faults" -> benchmarks.faults();
        case "large" -> benchmarks.large();
        case "compile" -> benchmarks.compile();
        default -> throw new IllegalArgumentException("There is no benchmark " + name);
      }
    }
  }

  /// From nothing to the first answer, again and again.
  private void start() throws IOException, InterruptedException {
    List<Duration> walls = new ArrayList<>();
    List<Duration> cpus = new ArrayList<>();
    succeed("exec", "--sandbox", FIRST_STATEMENT);
    for (int i = 0; i < 10; i++) {
      Run run = succeed("exec", "--sandbox", FIRST_STATEMENT);
      walls.add(run.wall());
      cpus.add(run.cpu());
    }
    say("cold start, wall", seconds(median(walls)), "");
    say("cold start, CPU", seconds(median(cpus)), "< 0.50 s");
  }

  /// All pages of a long list, each of which takes its time.
  private void pages() throws IOException, InterruptedException {
    List<Duration> starts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      starts.add(succeed("exec", "--sandbox", FIRST_STATEMENT).wall());
    }
    Duration start = median(starts);
    int pages = ROWS / LARGEST_PAGE;
    try (RunningSandbox sandbox =
        RunningSandbox.start(
            launcher, "--rows", "linodes=" + ROWS, "--latency", LATENCY.toMillis() + "ms")) {
      // The emulated API is a Java program too; a real one is warm.
      succeed("exec", "--sandbox=" + sandbox.url(), "--concurrency", "64", SCAN);
      for (int concurrency : List.of(4, 16)) {
        Duration waiting = LATENCY.multipliedBy(pages).dividedBy(concurrency);
        Duration aim = waiting.multipliedBy(13).dividedBy(10).plus(start);
        List<Duration> walls = new ArrayList<>();
        List<Duration> cpus = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          Run run =
              succeed(
                  "exec",
                  "--sandbox=" + sandbox.url(),
                  "--concurrency",
                  String.valueOf(concurrency),
                  "-o",
                  "csv",
                  SCAN);
          if (!run.out().contains(String.valueOf(ROWS))) {
            throw new IllegalStateException("not all rows were counted: " + run.out());
          }
          walls.add(run.wall());
          cpus.add(run.cpu());
        }
        long met = walls.stream().filter(wall -> wall.compareTo(aim) < 0).count();
        say(
            "%,d rows, %d at once".formatted(ROWS, concurrency),
            seconds(median(walls)) + ", CPU " + seconds(median(cpus)),
            "< " + seconds(aim) + ": " + met + " of " + walls.size());
      }
    }
  }

  /// How many requests a statement sends that wants five rows.
  private void limit() throws IOException, InterruptedException {
    try (RunningSandbox sandbox = RunningSandbox.start(launcher, "--rows", "linodes=" + ROWS);
        CountingProxy proxy = CountingProxy.to(sandbox.url())) {
      Run run =
          succeed(
              "exec",
              "--sandbox=" + proxy.url(),
              "SELECT id, label FROM linode.instances.linodes LIMIT 5");
      say(
          "LIMIT 5 of " + ROWS + " rows",
          proxy.requests() + " requests, " + seconds(run.wall()),
          "a handful");
    }
  }

  /// A gigabyte of JSON in one answer, in a heap of a quarter of that.
  private void large() throws IOException, InterruptedException {
    Path collections = Files.createTempFile("isobar-gc", ".log");
    Launcher small = launcher.with("ISOBAR_JAVA_OPTS", "-Xmx256m -Xlog:gc:file=" + collections);
    try (LargeList list = LargeList.of(1_000_000_000)) {
      Run run = small.run("exec", "--sandbox=" + list.url(), "-o", "csv", SCAN);
      if (run.exit() != 0 || !run.out().contains(String.valueOf(list.rows()))) {
        throw new IllegalStateException("not all rows were counted: " + run.out() + run.err());
      }
      say(
          "1 GB in one answer",
          "%,.0f rows/s of %d bytes, %s"
              .formatted(
                  list.rows() / (run.wall().toNanos() / 1e9),
                  list.bytesPerRow(),
                  seconds(run.wall())),
          "");
      say("1 GB in one answer, peak heap", peakHeap(collections) + " MB", "< 256 MB");
    } finally {
      Files.delete(collections);
    }
  }

  /// The most that was in use when a collection began, in MB.
  private static int peakHeap(Path collections) throws IOException {
    Pattern before = Pattern.compile(" (\\d+)M->\\d+M\\(");
    return before
        .matcher(Files.readString(collections))
        .results()
        .mapToInt(match -> Integer.parseInt(match.group(1)))
        .max()
        .orElseThrow(() -> new IllegalStateException("no collection was logged"));
  }

  /// Twenty pages, of which every tenth answer is a fault: all rows, or an error.
  private void faults() throws IOException, InterruptedException {
    int rows = 20 * LARGEST_PAGE;
    int whole = 0;
    int failed = 0;
    int wrong = 0;
    try (RunningSandbox sandbox =
        RunningSandbox.start(launcher, "--rows", "linodes=" + rows, "--fault-rate", "0.1")) {
      for (int i = 0; i < 200; i++) {
        Run run =
            launcher.run(
                "exec",
                "--sandbox=" + sandbox.url(),
                "-o",
                "csv",
                "SELECT count(*) AS n FROM linode.instances.linodes WHERE status <> 'x'");
        if (run.exit() != 0) {
          failed++;
        } else if (run.out().contains(String.valueOf(rows))) {
          whole++;
        } else {
          wrong++;
        }
      }
    }
    say(
        "200 × 20 pages, 10 % faults",
        whole + " whole, " + failed + " failed, " + wrong + " wrong", "0 wrong");
  }

  /// All documents of a folder, and a cold statement over one of the largest before and after.
  private void compile() throws IOException, InterruptedException {
    String folder = System.getenv("ISOBAR_DOCUMENTS");
    if (folder == null) {
      say("compile", "skipped: ISOBAR_DOCUMENTS is not set", "");
      return;
    }
    Path sources = Path.of(folder, "src");
    Path root = Files.isDirectory(sources) ? sources : Path.of(folder);
    CompileSpeed speed = CompileSpeed.of(root);
    say(
        "compile, one thread",
        speed.text(),
        "%,d documents, %,d refused, %.0f MB to %.0f MB"
            .formatted(
                speed.documents(), speed.refused(), speed.bytes() / 1e6, speed.compiled() / 1e6));
    String statement = "SHOW METHODS IN aws.ec2.instances";
    List<Duration> cold = new ArrayList<>();
    List<Duration> compiled = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Path home = Files.createTempDirectory("isobar-compile");
      Launcher fresh = new Launcher(launcher.script(), Map.of("ISOBAR_HOME", home.toString()));
      try {
        for (List<Duration> durations : List.of(cold, compiled)) {
          Run run = fresh.run("exec", "--registry", folder, statement);
          if (run.exit() != 0) {
            throw new IllegalStateException("exit code " + run.exit() + ": " + run.err());
          }
          durations.add(run.wall());
        }
      } finally {
        delete(home);
      }
    }
    say("cold " + statement, seconds(median(cold)), "not compiled");
    say("", seconds(median(compiled)), "compiled; < 0.35 s");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }

  private Run succeed(String... arguments) throws IOException, InterruptedException {
    Run run = launcher.run(arguments);
    if (run.exit() != 0) {
      throw new IllegalStateException("exit code " + run.exit() + ": " + run.err());
    }
    return run;
  }

  private static Duration median(List<Duration> durations) {
    return durations.stream().sorted().toList().get(durations.size() / 2);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
  }

  private static void say(String benchmark, String measured, String aim) {
    System.out.printf(Locale.ROOT, "%-30s %-36s %s%n", benchmark, measured, aim);
  }
}
