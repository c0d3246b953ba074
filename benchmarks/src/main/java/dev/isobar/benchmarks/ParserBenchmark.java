package dev.isobar.benchmarks;

import dev.isobar.parse.Parser;
import dev.isobar.parse.Script;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// The cost of reading statements.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParserBenchmark {
  private static final String EXEC =
      "EXEC linode.profile.phone_number.postProfilePhoneNumber"
          + " @data__iso_code='US', @data__phone_number='555-555-0100'";

  private static final String INSERTS =
      "INSERT INTO linode.volumes.volumes (data__label, data__size) VALUES ('a', 20), ('b', 40);\n"
          .repeat(100);

  @Benchmark
  public Script exec() {
    return Parser.parse(EXEC);
  }

  @Benchmark
  public Script hundredInserts() {
    return Parser.parse(INSERTS);
  }
}
