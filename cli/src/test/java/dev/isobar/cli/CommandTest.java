package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.cli.Command.Given;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {
  private static final Option OUTPUT = new Option("--output", "-o", "FORMAT", "table or json");
  private static final Option HIDE = new Option("--hide", "-H", null, "no header");
  private static final Option SANDBOX = new Option("--sandbox", null, "[=URL]", "no network");
  private static final Command COMMAND =
      new Command("x", "isobar x", "It is x.", List.of(OUTPUT, HIDE, SANDBOX), "isobar x\n");

  @ParameterizedTest
  @CsvSource({"-o json", "-ojson", "-o=json", "--output json", "--output=json"})
  void readsAValueInEveryUsualForm(String line) {
    Given given = COMMAND.read(List.of(line.split(" ")));
    assertThat(given.value(OUTPUT)).isEqualTo("json");
    assertThat(given.operands()).isEmpty();
  }

  @Test
  void aValueThatMayBeMissingIsNeverTakenFromTheNextArgument() {
    Given given = COMMAND.read(List.of("--sandbox", "SELECT 1"));
    assertThat(given.value(SANDBOX)).isEmpty();
    assertThat(given.operands()).containsExactly("SELECT 1");
    assertThat(COMMAND.read(List.of("--sandbox=http://x")).value(SANDBOX)).isEqualTo("http://x");
  }

  @Test
  void sqlThatBeginsWithACommentIsNoOption() {
    assertThat(COMMAND.read(List.of("-- a comment\nSELECT 1", "-")).operands())
        .containsExactly("-- a comment\nSELECT 1", "-");
    assertThat(COMMAND.read(List.of("-H", "--", "-o")).operands()).containsExactly("-o");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--outptu json | There is no option `--outptu`. | Did you mean `--output`?",
        "--secret=abc | There is no option `--secret`. | --help",
        "-x | There is no option `-x`. | --help",
        "--output | The option `--output` needs a value. | -o, --output FORMAT: table or json.",
        "-H=1 | The option `--hide` takes no value. | -H, --hide: no header.",
        "-H -H | The option `--hide` is given twice. | -H, --hide: no header.",
      })
  void explainsWrongUsage(String line, String message, String hint) {
    assertThatThrownBy(() -> COMMAND.read(List.of(line.split(" "))))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
              assertThat(e.text()).isEqualTo(message);
              assertThat(e.hint()).contains(hint);
            });
  }

  @Test
  void theHelpShowsEveryOption() {
    assertThat(COMMAND.help())
        .isEqualTo(
            """
            Usage: isobar x

            It is x.

            Options:
              -o, --output FORMAT  table or json
              -H, --hide           no header
                  --sandbox[=URL]  no network

            Examples:
              isobar x
            """);
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "30s, 30000", "30, 30000", "5m, 300000", "1h, 3600000", "0, 0"})
  void readsTimes(String text, long millis) {
    assertThat(OptionValues.duration(COMMAND.read(List.of("-o", text)), OUTPUT))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"''", "5x", "s", "-1s", "1.5s", "99999999999s", "1 s"})
  void refusesWhatIsNoTime(String text) {
    Given given = COMMAND.read(List.of("--output=" + text));
    assertThatThrownBy(() -> OptionValues.duration(given, OUTPUT))
        .isInstanceOf(IsobarException.class)
        .hasMessageContaining("is no time for `--output`");
  }

  @Test
  void refusesNumbersOutsideTheirBounds() {
    Given given = COMMAND.read(List.of("-o", "7"));
    assertThat(OptionValues.number(given, OUTPUT, 1, 7, 3)).isEqualTo(7);
    assertThat(OptionValues.number(given, HIDE, 1, 7, 3)).isEqualTo(3);
    assertThatThrownBy(() -> OptionValues.number(given, OUTPUT, 1, 6, 3))
        .hasMessage("`7` is no value for `--output`: a whole number from 1 to 6 is.");
    assertThatThrownBy(() -> OptionValues.share(given, OUTPUT)).hasMessageContaining("0 to 1");
  }
}
