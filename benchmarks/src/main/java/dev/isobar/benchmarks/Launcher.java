package dev.isobar.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The launcher of the distribution, started as a user starts it.
///
/// @param script the file
/// @param environment added to this process's own
record Launcher(Path script, Map<String, String> environment) {
  /// What a finished process gave and cost.
  ///
  /// @param cpu user and system time of the process, in steps of 10 ms
  record Run(int exit, String out, String err, Duration wall, Duration cpu) {}

  /// `0m1.230000s`, as the shell's `times` prints: its own user and system time, then its
  /// children's.
  private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

  Launcher {
    environment = Map.copyOf(environment);
  }

  /// The same with one more variable.
  Launcher with(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return new Launcher(script, more);
  }

  Run run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("isobar", ".out");
    Path err = Files.createTempFile("isobar", ".err");
    Path times = Files.createTempFile("isobar", ".times");
    // Only a parent learns a dead process's CPU time, and Java does not pass it on: the shell does.
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", "t=$1; shift; \"$@\"; s=$?; times >\"$t\"; exit $s", "sh"));
    command.add(times.toString());
    command.add(script.toString());
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectOutput(out.toFile())
          .redirectError(err.toFile());
      long begin = System.nanoTime();
      int exit = builder.start().waitFor();
      Duration wall = Duration.ofNanos(System.nanoTime() - begin);
      return new Run(
          exit, Files.readString(out), Files.readString(err), wall, childrensTime(times));
    } finally {
      Files.delete(out);
      Files.delete(err);
      Files.delete(times);
    }
  }

  /// Starts a process that goes on until it is destroyed; what it says goes to a file.
  Process start(Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static Duration childrensTime(Path times) throws IOException {
    List<String> lines = Files.readAllLines(times, StandardCharsets.US_ASCII);
    Matcher matcher = TIME.matcher(lines.get(1));
    return matcher.results().map(Launcher::duration).reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration duration(MatchResult time) {
    double seconds = Integer.parseInt(time.group(1)) * 60 + Double.parseDouble(time.group(2));
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
