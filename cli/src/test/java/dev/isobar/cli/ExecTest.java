package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `exec` from the arguments to the bytes, over a sandbox in the process.
class ExecTest {
  private static final String REGIONS =
      "SELECT id, country FROM linode.regions.regions ORDER BY id";

  @TempDir Path home;

  private Isobar isobar = new Isobar(null);

  @BeforeEach
  void startAfresh() {
    isobar = new Isobar(home);
  }

  @Test
  void metadataIsShownWithoutRequests() {
    assertThat(isobar.run("exec", "SHOW METHODS IN linode.profile.phone_number")).isZero();
    assertThat(isobar.out())
        .isEqualTo(
            """
            MethodName                   │ RequiredParams                     │ SQLVerb
            ─────────────────────────────┼────────────────────────────────────┼────────
            deleteProfilePhoneNumber     │                                    │ DELETE
            postProfilePhoneNumber       │ data__iso_code, data__phone_number │ EXEC
            postProfilePhoneNumberVerify │ data__otp_code                     │ EXEC
            """);
    assertThat(isobar.err()).isEmpty();
  }

  @Test
  void rowsComeFromTheSandbox() {
    assertThat(isobar.run("exec", "--sandbox", "-o", "csv", REGIONS)).isZero();
    assertThat(isobar.out()).startsWith("id,country\n");
    assertThat(isobar.out().lines().count()).isGreaterThan(2);
    assertThat(isobar.err()).isEmpty();
  }

  @Test
  void aSandboxKeepsItsStateBetweenCommands() {
    String insert = "INSERT INTO linode.tags.tags (data__label) VALUES ('kept') RETURNING label";
    assertThat(isobar.run("exec", "--sandbox", insert)).as(isobar.err()).isZero();
    Isobar later = new Isobar(home);
    assertThat(
            later.run(
                "exec", "--sandbox", "-o", "text", "-H", "SELECT label FROM linode.tags.tags"))
        .isZero();
    assertThat(later.out().lines()).contains("kept");
  }

  @Test
  void statementsRunInOrderUpToTheFirstThatFails() {
    assertThat(isobar.in("SELECT 1 AS a; SELECT nothing; SELECT 3 AS c;").run("exec", "-o", "csv"))
        .isEqualTo(1);
    assertThat(isobar.out()).isEqualTo("a\n1\n");
    assertThat(isobar.err()).startsWith("error[");
  }

  @Test
  void ofSeveralStatementsTheErrorShowsTheOneThatFailed() {
    assertThat(isobar.run("exec", "SELECT 1;\nSELECT * FROM linode.instances.linodes"))
        .isEqualTo(1);
    assertThat(isobar.err())
        .contains("error[AUTHENTICATION_FAILED]: ")
        .contains("\n  2 | SELECT * FROM linode.instances.linodes\n      ^^^^^^");
  }

  @Test
  void aSyntaxErrorAnywhereStopsTheScriptBeforeItsFirstStatement() {
    assertThat(isobar.run("exec", "SELECT 1; SELCT 2")).isEqualTo(1);
    assertThat(isobar.out()).isEmpty();
    assertThat(isobar.err())
        .startsWith(
            """
            error[SYNTAX_ERROR]: `SELCT` begins no statement.
              SELECT 1; SELCT 2
                        ^^^^^
            hint: Did you mean `SELECT`\
            """);
  }

  @Test
  void tablesOfSeveralStatementsAreSetApart() {
    assertThat(isobar.run("exec", "SELECT 1 AS a; SELECT 2 AS b")).isZero();
    assertThat(isobar.out()).isEqualTo("a\n─\n1\n\nb\n─\n2\n");
  }

  @Test
  void errorsAreJsonWhereResultsAre() {
    assertThat(isobar.run("exec", "-o", "json", "SELECT * FROM linode.instances.linode"))
        .isEqualTo(1);
    assertThat(isobar.out()).isEmpty();
    assertThat(Json.write(Json.parse(isobar.err())))
        .startsWith("{\"error\":{\"code\":\"UNKNOWN_RESOURCE\",\"sqlState\":\"42P01\"")
        .contains("\"line\":1,\"column\":32");
  }

  @Test
  void resultsGoToAFile() throws IOException {
    Path file = home.resolve("out.csv");
    assertThat(isobar.run("exec", "-o", "csv", "-f", file.toString(), "SELECT 1 AS a; SELECT 2"))
        .isZero();
    assertThat(isobar.out()).isEmpty();
    assertThat(Files.readString(file)).startsWith("a\n1\n");
  }

  @Test
  void aStatementThatFailsLeavesAnOlderFileAlone() throws IOException {
    Path file = Files.writeString(home.resolve("out.csv"), "old");
    assertThat(isobar.run("exec", "-f", file.toString(), "SELECT nothing")).isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo("old");
  }

  @Test
  void aFileThatCannotBeWrittenIsAnError() {
    assertThat(isobar.run("exec", "-f", home.resolve("no/such/x").toString(), "SELECT 1"))
        .isEqualTo(1);
    assertThat(isobar.err())
        .contains("error[FILE_FAILED]: The result cannot be written to `")
        .contains("no such file or directory.");
  }

  @Test
  void aFileThatCannotBeWrittenIsFoundBeforeAnythingIsChanged() {
    String insert = "INSERT INTO linode.tags.tags (data__label) VALUES ('unwanted')";
    for (String file : List.of(home.resolve("no/such/x").toString(), home.toString(), "")) {
      assertThat(new Isobar(home).run("exec", "--sandbox", "-f", file, insert)).isEqualTo(1);
    }
    isobar.run("exec", "--sandbox", "-o", "csv", "SELECT label FROM linode.tags.tags");
    assertThat(isobar.out()).doesNotContain("unwanted");
  }

  @Test
  void aClosedPipeEndsQuietly() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThat(isobar.out(closed).run("exec", "-o", "csv", "FROM range(1000000)")).isZero();
    assertThat(isobar.err()).isEmpty();
  }

  @Test
  void aFullDiskIsAnError() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThat(isobar.out(full).run("exec", "SELECT 1")).isEqualTo(1);
    assertThat(isobar.err())
        .contains("The result cannot be written to standard output: no space left on device.");
  }

  @Test
  void anInterruptedStatementEndsWith130AndSaysNothing() {
    isobar.interrupt.fire();
    assertThat(isobar.run("exec", "SELECT nothing")).isEqualTo(130);
    assertThat(isobar.err()).isEmpty();
  }

  @Test
  void aTerminalIsToldHowManyRowsThereAre() {
    assertThat(isobar.terminal().run("exec", "FROM range(1234)")).isZero();
    assertThat(isobar.err()).isEqualTo("(1,234 rows)\n");
  }

  @Test
  void aSandboxThatDoesNotAnswerIsTold() throws IOException {
    int port;
    try (var socket = new java.net.ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertThat(isobar.run("exec", "--sandbox=http://127.0.0.1:" + port, REGIONS)).isEqualTo(1);
    assertThat(isobar.err())
        .isEqualTo(
            """
            error[REQUEST_FAILED]: No sandbox answers at `http://127.0.0.1:%1$d`.
            hint: Start one with: isobar sandbox linode --port %1$d
            """
                .formatted(port));
    Isobar other = new Isobar(home).with("ISOBAR_SANDBOX", "yes");
    assertThat(other.run("exec", REGIONS)).isEqualTo(2);
    assertThat(other.err()).contains("The sandbox `yes` is no URL.");
  }

  @Test
  void withoutAFolderTheSandboxForgetsAndSaysSo() {
    Isobar homeless = new Isobar(Path.of("/proc/nothing"));
    assertThat(homeless.run("exec", "--sandbox", "-o", "csv", REGIONS)).isZero();
    assertThat(homeless.err())
        .startsWith("warning: Nothing is kept between commands, because `/proc/nothing`");
  }

  @Test
  void withoutAnySqlTheUsageIsWrong() {
    assertThat(isobar.in(" \n").run("exec")).isEqualTo(2);
    assertThat(isobar.err()).contains("There is no SQL to run.");
    assertThat(isobar.in("").run("exec", "-i", "-")).isZero();
  }

  @Test
  void theExamplesOfTheHelpWork() {
    String help = Usage.overview() + ExecCommand.COMMAND.help();
    Matcher example = Pattern.compile("isobar exec --sandbox (.*)\"(.*)\"").matcher(help);
    int examples = 0;
    for (; example.find(); examples++) {
      Isobar each = new Isobar(home);
      String[] options = example.group(1).isEmpty() ? new String[0] : example.group(1).split(" ");
      List<String> line = new ArrayList<>(List.of("exec", "--sandbox"));
      line.addAll(List.of(options));
      line.add(example.group(2));
      assertThat(each.run(line.toArray(String[]::new))).as(each.err()).isZero();
      assertThat(each.out().lines().count()).isGreaterThan(2);
    }
    assertThat(examples).isEqualTo(5);
  }

  @Test
  void dryRunSendsNothing() {
    assertThat(
            isobar.run(
                "exec",
                "--dryrun",
                "-o",
                "jsonl",
                "DELETE FROM linode.tags.tags WHERE label = 'x'"))
        .isZero();
    assertThat(isobar.out()).contains("DELETE");
  }

  @Test
  void rowsThatAreMissingUnderAWarningShowInTheExitCode() {
    assertThat(
            isobar.run(
                "exec",
                "--sandbox",
                "--page-limit",
                "1",
                "-o",
                "csv",
                "SET on_incomplete = 'warn'; SELECT count(*) AS n FROM linode.instances.linodes"
                    + " WHERE page_size = 25"))
        .isEqualTo(3);
    assertThat(isobar.out()).isEqualTo("n\n25\n");
    assertThat(isobar.err()).contains("warning: ");
  }

  @Test
  void anEmptyVariableIsAMistake() {
    assertThat(isobar.run("exec", "")).isEqualTo(2);
    assertThat(isobar.err()).contains("The SQL is empty.");
  }
}
