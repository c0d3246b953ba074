package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--record` and `--replay`, over a sandbox in the process.
class RecordingOptionsTest {
  private static final String SCRIPT =
      "SELECT id, label FROM linode.instances.linodes ORDER BY id;"
          + " INSERT INTO linode.tags.tags (data__label) VALUES ('new') RETURNING label";

  @TempDir Path home;

  private Path file() {
    return home.resolve("all.jsonl");
  }

  private Isobar run(int code, String... arguments) {
    Isobar isobar = new Isobar(home.resolve("state"));
    assertThat(isobar.run(arguments)).as(isobar.err()).isEqualTo(code);
    return isobar;
  }

  @Test
  void aRunOverASandboxIsReplayedWithoutIt() throws IOException {
    String to = file().toString();
    Isobar recorded = run(0, "exec", "--sandbox", "-o", "csv", "--record", to, SCRIPT);
    assertThat(recorded.out()).contains("linode-").contains("new");
    assertThat(Files.readAllLines(file()))
        .allSatisfy(line ->
            assertThat(line).contains("https://api.linode.com/").doesNotContain("127.0.0.1"));
    Isobar replayed = run(0, "exec", "-o", "csv", "--replay=" + to, SCRIPT);
    assertThat(replayed.out()).isEqualTo(recorded.out());
    assertThat(replayed.err()).isEqualTo(recorded.err());
    // A sandbox of the environment is not asked.
    Isobar again = new Isobar(home).with("ISOBAR_SANDBOX", "http://127.0.0.1:1");
    assertThat(again.run("exec", "-o", "csv", "--replay", to, SCRIPT)).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(recorded.out());
  }

  @Test
  void aStatementThatFailedIsRecordedToo() {
    String to = file().toString();
    String wrong =
        "SELECT label FROM linode.instances.linodes WHERE id = 999999999; SELECT nothing";
    Isobar recorded = run(1, "exec", "--sandbox", "--record", to, wrong);
    Isobar replayed = run(1, "exec", "--replay", to, wrong);
    assertThat(replayed.err()).isEqualTo(recorded.err());
  }

  @Test
  void whatIsNotRecordedIsAnError() {
    String to = file().toString();
    run(0, "exec", "--sandbox", "--record", to, "SELECT id FROM linode.regions.regions");
    Isobar other = run(1, "exec", "--replay", to, "SELECT id FROM linode.instances.linodes");
    assertThat(other.err())
        .contains("error[NOT_RECORDED]")
        .contains("`GET https://api.linode.com/v4/linode/instances")
        .contains("The nearest that it has is `GET https://api.linode.com/v4/regions");
  }

  @Test
  void bothAreNotToBeHad() {
    String to = file().toString();
    assertThat(run(2, "exec", "--record", to, "--replay", to, "SELECT 1").err())
        .contains("A session records or replays, and both are given.");
    assertThat(run(2, "exec", "--sandbox", "--replay", to, "SELECT 1").err())
        .contains("A replay asks nobody, and a sandbox is given too.");
    assertThat(run(1, "exec", "--replay", to, "SELECT 1").err())
        .contains("error[FILE_FAILED]: The recording `" + to + "` cannot be read");
    assertThat(run(1, "exec", "--record", home.toString(), "SELECT 1").err())
        .contains("error[FILE_FAILED]: The recording `" + home + "` cannot be written");
  }
}
