package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.ColumnType;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.plan.Scan;
import dev.isobar.plan.Split;
import dev.isobar.testing.Numbered;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever goes wrong, the rows are those of a calm day, or the scan says that they are not.
class ChaosTest {
  private static final int PARENTS = 3;
  private static final int ROWS = 70;
  private static final Numbered THINGS = new Numbered(Fixture.idRows(1, ROWS), 10);

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  static LongStream fewerSeeds() {
    return LongStream.range(0, 60);
  }

  private static Scan scan(Fixture fixture) {
    List<Split> splits = new ArrayList<>();
    for (int i = 1; i <= PARENTS; i++) {
      splits.add(new Split(Map.of("parent", i), fixture.get("/parents/" + i)));
    }
    return fixture.scan(
        Fixture.numbered().build(),
        List.of(Fixture.column("id", ColumnType.BIGINT)),
        splits.toArray(Split[]::new));
  }

  private static List<@Nullable Object> calm() {
    List<@Nullable Object> rows = new ArrayList<>();
    for (int i = 0; i < PARENTS; i++) {
      rows.addAll(Fixture.numbers(1, ROWS));
    }
    return rows;
  }

  /// One of ten ways to fail.
  private static Reply fault(Random random, Reply whole) {
    return switch (random.nextInt(10)) {
      case 0 -> Reply.reset();
      case 1 -> Reply.silence();
      case 2 -> whole.truncatedAfter(random.nextInt(60));
      case 3 -> whole.resetAfter(random.nextInt(60));
      case 4 -> Reply.status(500 + random.nextInt(5));
      case 5 -> Reply.status(429).header("Retry-After", String.valueOf(random.nextInt(3)));
      case 6 -> Reply.json("{\"data\":[{\"id\":1},");
      case 7 -> Reply.json("");
      case 8 ->
          Reply.status(200)
              .header("Content-Type", "text/html")
              .body("<html>".getBytes(StandardCharsets.UTF_8));
      default -> Reply.json("{\"message\":\"try later\"}");
    };
  }

  /// The same seed fails the same requests, in whatever order they come.
  private static Random random(long seed, Received request) {
    return new Random(seed * 1_000_003 + request.target().hashCode() * 31L + request.attempt());
  }

  /// With every other seed, pages of this size are read as they arrive.
  private static Bounds bounds(long seed) {
    return seed % 2 == 0 ? Bounds.DEFAULT : new Bounds(8, 1 + (int) (seed % 3), 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void losesNoRowsSilently(long seed) throws Exception {
    try (var fixture =
        new Fixture(
            request -> {
              Random random = random(seed, request);
              Reply whole = THINGS.reply(request);
              return random.nextInt(10) == 0 ? fault(random, whole) : whole;
            },
            options -> options.withConcurrency(1 + (int) (seed % 8)),
            bounds(seed))) {
      try {
        var read = fixture.read(scan(fixture));
        if (read.report().completeness() == Completeness.COMPLETE) {
          assertThat(read.first()).isEqualTo(calm());
        } else {
          assertThat(read.report().incidents()).isNotEmpty();
        }
      } catch (IsobarException e) {
        assertThat(e.text()).contains("`acme.core.things`", "could not be read");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fewerSeeds")
  void reportsEachPageThatIsMissing(long seed) throws Exception {
    try (var fixture =
        new Fixture(
            request -> {
              Random random = random(seed, request);
              Reply whole = THINGS.reply(request);
              return random.nextInt(4) == 0 ? fault(random, whole) : whole;
            },
            options -> options.withOnFailure(FetchOptions.OnFailure.REPORT).withAttempts(2),
            bounds(seed))) {
      var read = fixture.read(scan(fixture));
      if (read.report().completeness() == Completeness.COMPLETE) {
        assertThat(read.first()).isEqualTo(calm());
      } else {
        assertThat(read.report().completeness()).isEqualTo(Completeness.PARTIAL);
        assertThat(read.report().incidents()).isNotEmpty();
      }
      assertThat(read.report().rows()).isEqualTo(read.rows().size());
    }
  }

  /// Answers leave in a random order, each when a random other request has come in.
  @ParameterizedTest
  @MethodSource("fewerSeeds")
  void keepsTheOrderUnderAnyLatencies(long seed) throws Exception {
    List<CountDownLatch> gates = new ArrayList<>();
    AtomicInteger arrived = new AtomicInteger();
    Random random = new Random(seed);
    try (var fixture =
        new Fixture(request -> {
          if (request.number("page", 1) == 1) {
            // Held back, it would keep the others from being asked for.
            return THINGS.reply(request);
          }
          CountDownLatch gate = new CountDownLatch(1);
          synchronized (gates) {
            gates.add(gate);
            // At most three are held back, and none for ever.
            if (gates.size() > random.nextInt(4)) {
              gates.remove(random.nextInt(gates.size())).countDown();
            }
            if (arrived.incrementAndGet() == PARENTS * 6) {
              gates.forEach(CountDownLatch::countDown);
            }
          }
          return THINGS.reply(request).after(gate);
        })) {
      assertThat(fixture.read(scan(fixture)).first()).isEqualTo(calm());
    }
  }
}
