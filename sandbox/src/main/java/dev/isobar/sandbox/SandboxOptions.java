package dev.isobar.sandbox;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How a sandbox behaves.
///
/// @param port on 127.0.0.1; 0 takes a free one
/// @param rows how many entities a resource has at first, by `resource` or `service.resource`; for
///   a resource that lives in another, how many each of those has
/// @param latency how long each response takes at least, the time to make it included
/// @param rateLimit for each user, or null
/// @param faultRate share of requests, 0 to 1, that are answered with a fault
/// @param seed decides what is generated and which requests fail
/// @param stateFile where changes are kept between runs, or null
/// @param clock the time of the emulated provider, before it is advanced by hand
/// @param log receives lines for the person who runs the sandbox: text messages, state, faults
public record SandboxOptions(
    int port,
    Map<String, Integer> rows,
    Duration latency,
    @Nullable RateLimit rateLimit,
    double faultRate,
    long seed,
    @Nullable Path stateFile,
    Clock clock,
    Consumer<String> log) {

  public SandboxOptions {
    rows = Map.copyOf(rows);
    rows.forEach((name, number) -> {
      if (number < 0) {
        throw new IllegalArgumentException("negative number of rows for " + name);
      }
    });
    if (faultRate < 0 || faultRate > 1) {
      throw new IllegalArgumentException("a fault rate lies between 0 and 1: " + faultRate);
    }
  }

  /// A free port, a handful of rows, no latency, no limit, no faults, nothing kept.
  public static SandboxOptions defaults() {
    return new SandboxOptions(
        0, Map.of(), Duration.ZERO, null, 0, 1, null, Clock.systemUTC(), _ -> {});
  }

  /// Reads `linodes=50000,volumes.volumes=200`.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION`
  public static Map<String, Integer> parseRows(String text) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      if (pair.length != 2 || !pair[1].matches("[0-9]{1,8}") || pair[0].isBlank()) {
        throw new IsobarException(
            ErrorCode.INVALID_CONFIGURATION,
            "The number of rows `" + part + "` cannot be read.",
            "Write resources and numbers, such as `linodes=50000,volumes.volumes=200`.");
      }
      rows.put(pair[0].strip(), Integer.valueOf(pair[1]));
    }
    return rows;
  }

  public SandboxOptions withPort(int other) {
    return new SandboxOptions(
        other, rows, latency, rateLimit, faultRate, seed, stateFile, clock, log);
  }

  public SandboxOptions withRows(Map<String, Integer> other) {
    return new SandboxOptions(
        port, other, latency, rateLimit, faultRate, seed, stateFile, clock, log);
  }

  public SandboxOptions withLatency(Duration other) {
    return new SandboxOptions(port, rows, other, rateLimit, faultRate, seed, stateFile, clock, log);
  }

  public SandboxOptions withRateLimit(@Nullable RateLimit other) {
    return new SandboxOptions(port, rows, latency, other, faultRate, seed, stateFile, clock, log);
  }

  public SandboxOptions withFaultRate(double other) {
    return new SandboxOptions(port, rows, latency, rateLimit, other, seed, stateFile, clock, log);
  }

  public SandboxOptions withSeed(long other) {
    return new SandboxOptions(
        port, rows, latency, rateLimit, faultRate, other, stateFile, clock, log);
  }

  public SandboxOptions withStateFile(@Nullable Path other) {
    return new SandboxOptions(port, rows, latency, rateLimit, faultRate, seed, other, clock, log);
  }

  public SandboxOptions withClock(Clock other) {
    return new SandboxOptions(
        port, rows, latency, rateLimit, faultRate, seed, stateFile, other, log);
  }

  public SandboxOptions withLog(Consumer<String> other) {
    return new SandboxOptions(
        port, rows, latency, rateLimit, faultRate, seed, stateFile, clock, other);
  }
}
