package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.IsobarException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private final Isobar isobar = new Isobar(null);

  @Test
  void alone_tellsWhatItIsAndHowToTryIt() {
    assertThat(isobar.run()).isZero();
    assertThat(isobar.out()).startsWith("Isobar: SQL over cloud APIs.").contains("exec --sandbox");
    assertThat(isobar.err()).isEmpty();
  }

  @Test
  void tellsItsVersion() {
    assertThat(isobar.run("--version")).isZero();
    assertThat(isobar.out()).matches("isobar \\d+\\.\\d+\\.\\d+\\S* \\(Java .*\\)\n");
  }

  @ParameterizedTest
  @CsvSource({
    "exec --help",
    "exec -h",
    "help exec",
    "sandbox --help",
    "registry -h",
    "help provider"
  })
  void helpIsNoError(String line) {
    assertThat(isobar.run(line.split(" "))).isZero();
    assertThat(isobar.out()).startsWith("Usage: isobar ").contains("Examples:\n  isobar ");
    assertThat(isobar.out().lines()).allMatch(text -> text.length() <= 100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exce | There is no command `exce`. | Did you mean `exec`?",
        "SELECT | There is no command `SELECT`. | isobar exec",
        "--sandbox | There is no option `--sandbox` before a command. | The commands are",
        "help exce | There is no command `exce`. | Did you mean `exec`?",
        "exec --outptu | There is no option `--outptu`. | Did you mean `--output`",
        "exec -o yaml x | There is no format `yaml`. | -o, --output FORMAT: table (default), json",
        "exec -d ab x | The delimiter is one character | -d, --delimiter CHAR",
        "exec --timeout soon x | `soon` is no time for `--timeout`. | --timeout TIME: stop",
        "exec --timeout 0 x | `0` is no time above zero for `--timeout`. | --timeout TIME: stop",
        "exec --concurrency 0 x | `0` is no value for `--concurrency` | --concurrency N",
        "exec --auth nonsense x | The value of `--auth` is not JSON. | --auth JSON: credentials",
        "exec SELECT 1 | There are 2 arguments where one is expected | quotes",
        "exec -i x y | The SQL is given twice | out",
        "registry | The command registry does nothing by itself. | list, pull, remove",
        "registry lst | There is no command `registry lst`. | Did you mean `list`?",
        "registry pull | The provider is missing. | isobar registry pull github",
        "registry installed x | `x` is more than `registry installed` takes. | --help",
        "registry list --registry /nowhere | There is no folder `/nowhere`. | StackQL's JSON",
        "provider | The command provider does nothing by itself. | isobar provider new",
        "provider nwe | There is no command `provider nwe`. | Did you mean `new`?",
        "provider new | A provider is made from one document, and none is given. | openapi.yaml",
        "provider new x -o csv | There is no format `csv` of the report. | text (default) or json",
        "provider new x --services size | Services are not divided by `size`. | by tag or by path",
        "sandbox | The sandbox is of one provider, and none is given. | isobar sandbox linode",
        "sandbox linode --rows linode=5 | There is no resource `linode` in `linode`. | --rows"
            + " NAME=N",
        "sandbox linode --fault-rate 2 | `2` is no value for `--fault-rate` | --fault-rate SHARE",
        "sandbox linode --rate-limit many | The rate limit `many` cannot be read. | 200/min",
      })
  void wrongUsageEndsWithTwo(String line, String message, String hint) {
    assertThat(isobar.run(line.split(" "))).isEqualTo(2);
    assertThat(isobar.err()).contains("error[INVALID_CONFIGURATION]: " + message).contains(hint);
    assertThat(isobar.out()).isEmpty();
  }

  @Test
  void aPersonAtATerminalIsToldThatThereIsNoSql() {
    assertThat(isobar.terminal().run("exec")).isEqualTo(2);
    assertThat(isobar.err()).contains("There is no SQL to run.");
  }

  @Test
  void aMissingFileIsToldInOneSentence() {
    assertThat(isobar.run("exec", "-i", "/nowhere/x.sql")).isEqualTo(1);
    assertThat(isobar.err())
        .isEqualTo(
            """
            error[FILE_FAILED]: The file `/nowhere/x.sql` cannot be read: there is no such file.
            hint: Check the path, and that you are allowed to read it.
            """);
  }

  @Test
  void aDefectIsToldByItsPlaceWithoutWhatItSays() {
    IsobarException told = Main.internal(new IllegalStateException("Bearer s3cret"));
    assertThat(told.text())
        .matches(
            "Isobar failed where it should not: IllegalStateException in MainTest\\.\\w+, line"
                + " \\d+\\.");
    assertThat(Main.internal(new OutOfMemoryError()).hint()).contains("-Xmx");
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    new Isobar(null).run("exce");
    assertThat(isobar.err()).doesNotContain("\033");
    Isobar colourful = new Isobar(null).terminal();
    colourful.run("exce");
    assertThat(colourful.err()).contains("\033[1;31merror");
    Isobar plain = new Isobar(null).terminal().with("NO_COLOR", "1");
    plain.run("exce");
    assertThat(plain.err()).doesNotContain("\033");
  }
}
