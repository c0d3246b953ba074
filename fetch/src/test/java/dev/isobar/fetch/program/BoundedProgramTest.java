package dev.isobar.fetch.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.fetch.program.BoundedProgram.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class BoundedProgramTest {
  private static Process start(String script) throws IOException {
    return new ProcessBuilder("sh", "-c", script).start();
  }

  private static Outcome run(String script) throws IOException, InterruptedException {
    return BoundedProgram.run(start(script), Duration.ofSeconds(30), 1000);
  }

  @Test
  void asMuchAsIsAllowedIsKeptAndOneByteMoreIsNot() throws Exception {
    assertThat(run("head -c 1000 /dev/zero | tr '\\0' a"))
        .isInstanceOfSatisfying(
            Outcome.Printed.class,
            printed ->
                assertThat(printed.output())
                    .isEqualTo("a".repeat(1000).getBytes(StandardCharsets.UTF_8)));
    assertThat(run("head -c 1001 /dev/zero")).isEqualTo(new Outcome.TooMuch());
    assertThat(run("while :; do echo more; done")).isEqualTo(new Outcome.TooMuch());
  }

  @Test
  void aFailureHasTheBeginningOfWhatWasSaid() throws Exception {
    assertThat(run("echo no >&2; exit 3")).isEqualTo(new Outcome.Failed(3, "no\n"));
    assertThat(run("head -c 9999 /dev/zero | tr '\\0' b >&2; exit 1"))
        .isEqualTo(new Outcome.Failed(1, "b".repeat(4096)));
  }

  @Test
  void aProgramThatWaitsForInputGetsItsEnd() throws Exception {
    assertThat(run("cat")).isInstanceOf(Outcome.Printed.class);
  }

  @Test
  void aProgramThatTakesTooLongIsEnded() throws Exception {
    Process process = start("sleep 300; echo late");
    assertThat(BoundedProgram.run(process, Duration.ofMillis(200), 1000))
        .isEqualTo(new Outcome.TooLong());
    assertThat(process.waitFor()).isNotZero();
  }

  /// Of a program that is ended, the steps after the one it waits for are not done.
  @RepeatedTest(20)
  void aProgramThatIsEndedGoesNotOnWithItsNextStep(@TempDir Path folder) throws Exception {
    Path made = folder.resolve("made");
    Process process = start("sleep 300; : > '" + made + "'");
    assertThat(BoundedProgram.run(process, Duration.ofMillis(50), 1000))
        .isEqualTo(new Outcome.TooLong());
    process.waitFor();
    assertThat(made).doesNotExist();
  }

  /// Java may close the pipe of a program that ended, or go on reading it until the time is over.
  @RepeatedTest(10)
  @Timeout(20)
  void somethingLeftBehindThatHoldsTheOutputIsNotWaitedFor() throws Exception {
    Process process = start("sleep 30 & echo done");
    Outcome outcome = BoundedProgram.run(process, Duration.ofMillis(500), 1000);
    if (outcome instanceof Outcome.Printed printed) {
      assertThat(new String(printed.output(), StandardCharsets.UTF_8)).isEqualTo("done\n");
    } else {
      assertThat(outcome).isEqualTo(new Outcome.TooLong());
    }
  }

  @Test
  void anInterruptEndsTheProgram() throws Exception {
    Process process = start("sleep 300");
    Thread.currentThread().interrupt();
    try {
      BoundedProgram.run(process, Duration.ofSeconds(30), 1000);
      assertThat(false).as("interrupted").isTrue();
    } catch (InterruptedException _) {
      assertThat(process.waitFor()).isNotZero();
    }
  }
}
