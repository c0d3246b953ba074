package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Input.Location;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire;
import dev.isobar.catalog.Wire.Transform;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.plan.Requests;
import dev.isobar.plan.Scan;
import dev.isobar.plan.ScanColumn;
import dev.isobar.plan.Split;
import dev.isobar.testing.Samples;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class LocalProgramsTest {
  private static final String ONE_ROW = "[{\"line\":{{ printf \"%q\" . }}}]";
  private static final List<ScanColumn> COLUMNS =
      List.of(new ScanColumn("line", "line", ColumnType.VARCHAR));

  @TempDir Path folder;

  private static Method method(@Nullable String transform, String... program) {
    Wire plain = Wire.PLAIN;
    return new Method(
        "run",
        "",
        "",
        false,
        new Operation("", "RUN", "", null, List.of(), "200", Map.of()),
        List.of(
            new Input("a", "a", Location.QUERY, false, Schema.ANY, "", null, null, false),
            new Input("b", "b", Location.QUERY, false, Schema.ANY, "", null, null, false)),
        BodyNames.DEFAULT,
        "$",
        null,
        List.of(),
        "application/json",
        List.of(),
        CredentialUse.NONE,
        null,
        null,
        null,
        null,
        new Wire(
            plain.casing(),
            null,
            null,
            null,
            transform == null ? null : new Transform("golang_template_v0.1.0", transform),
            null,
            false,
            false,
            false,
            null,
            "",
            "",
            null,
            List.of(program)));
  }

  private static Scan scan(Method method, Map<String, @Nullable Object> values) {
    Split split = new Split(Map.of(), new Requests("acme", method).request(values, null));
    return new Scan(
        Samples.provider("acme", Fixture.BEARER),
        Fixture.THINGS,
        method,
        COLUMNS,
        List.of(split),
        Long.MAX_VALUE,
        false);
  }

  private static List<@Nullable Object> lines(
      UnaryOperator<FetchOptions> change, Method method, Map<String, @Nullable Object> values)
      throws InterruptedException {
    List<@Nullable Object> lines = new ArrayList<>();
    Map<String, String> environment = Map.of("PATH", "/usr/bin:/bin", "SECRET", "hidden");
    FetchOptions options = FetchOptions.DEFAULT.withLocalPrograms(true);
    try (Fetcher fetcher = new Fetcher(change.apply(options), environment::get)) {
      fetcher.fetch(
          scan(method, values),
          rows -> {
            rows.forEach(row -> lines.addAll(Arrays.asList(row)));
            return true;
          });
    }
    return lines;
  }

  private static List<@Nullable Object> lines(Method method, Map<String, @Nullable Object> values)
      throws InterruptedException {
    return lines(options -> options, method, values);
  }

  @Test
  void rowsAreWhatTheTransformMakesOfTheOutput() throws Exception {
    assertThat(
            lines(
                method(ONE_ROW, "printf", "%s-%s", "{{ .parameters.a }}", "{{ .parameters.b }}"),
                Map.of("a", "x", "b", "y")))
        .containsExactly("x-y");
    // Without a transform the output is read as an answer is.
    assertThat(lines(method(null, "echo", "[{\"line\":\"a\"},{\"line\":\"b\"}]"), Map.of()))
        .containsExactly("a", "b");
  }

  @Test
  void aValueIsOneArgumentWhateverItHolds() throws Exception {
    String hostile = "$(touch " + folder.resolve("made") + "); 'x' \"y\" `z` | cat\n\\";
    assertThat(lines(method(ONE_ROW, "printf", "%s|", "{{ .parameters.a }}"), Map.of("a", hostile)))
        .containsExactly(hostile + "|");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void aValueIsNoOptionAndOneThatWasNotGivenIsLeftOut() throws Exception {
    Method method = method(ONE_ROW, "printf", "%s|", "{{ .parameters.a }}", "{{ .parameters.b }}");
    assertThatThrownBy(() -> scan(method, Map.of("a", "--help")))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER))
        .hasMessageContaining("`--help`");
    assertThatThrownBy(() -> scan(method, Map.of("a", "x\0y"))).hasMessageContaining("`x\\0y`");
    assertThat(lines(method, Map.of("a", -5L))).containsExactly("-5|");
    assertThat(lines(method, Map.of("a", "", "b", "y"))).containsExactly("|y|");
  }

  @Test
  void programsRunOnlyWhereThatIsAllowed() {
    Method method = method(ONE_ROW, "touch", folder.resolve("made").toString());
    assertThatThrownBy(() -> lines(o -> o.withLocalPrograms(false), method, Map.of()))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_STATEMENT);
              assertThat(e.hint()).contains("--allow-local-programs");
            })
        .hasMessageContaining("`touch`");
    URI sandbox = URI.create("http://127.0.0.1:1");
    assertThatThrownBy(() -> lines(o -> o.withEndpoints(Map.of("acme", sandbox)), method, Map.of()))
        .hasMessageContaining("sandbox");
    assertThat(folder.resolve("made")).doesNotExist();
  }

  @Test
  void theEnvironmentHoldsNoSecret() throws Exception {
    List<@Nullable Object> lines = lines(method(ONE_ROW, "env"), Map.of());
    assertThat(lines.toString()).contains("PATH=/usr/bin:/bin").doesNotContain("hidden", "USER");
  }

  @Test
  void aFailureIsToldWithWhatTheProgramSaid() {
    Method method = method(ONE_ROW, "sh", "-c", "echo some; echo 'no such thing' >&2; exit 3");
    assertThatThrownBy(() -> lines(method, Map.of()))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_FAILED))
        .hasMessageContaining("exit code 3: `no such thing`");
    assertThatThrownBy(() -> lines(method(ONE_ROW, "/no/such/program"), Map.of()))
        .hasMessageContaining("`/no/such/program` cannot be started");
    assertThatThrownBy(() -> lines(method("[{{ .x.y }}", "echo"), Map.of()))
        .hasMessageContaining("the transform of `run` failed");
    assertThatThrownBy(() -> lines(method(null, "echo", "no JSON at all"), Map.of()))
        .hasMessageContaining("not JSON");
  }

  @Test
  void outputWithoutEndIsNotCollected() {
    assertThatThrownBy(() -> lines(method(ONE_ROW, "yes"), Map.of()))
        .hasMessageContaining("`yes` printed more than 64 MB");
    // What it says of its failure is no trap either.
    assertThatThrownBy(() ->
            lines(method(ONE_ROW, "sh", "-c", "head -c 9000000 /dev/zero >&2; exit 1"), Map.of()))
        .hasMessageContaining("exit code 1");
  }

  @Test
  void oneThatDoesNotEndIsEnded() throws Exception {
    Path pid = folder.resolve("pid");
    Method method = method(ONE_ROW, "sh", "-c", "echo $$ > " + pid + "; exec sleep 600");
    assertThatThrownBy(
            () -> lines(o -> o.withRequestTimeout(Duration.ofSeconds(2)), method, Map.of()))
        .hasMessageContaining("did not end within 2.0 s");
    assertThat(ends(pid)).isTrue();
  }

  @Test
  void anInterruptEndsTheProgram() throws Exception {
    Path pid = folder.resolve("pid");
    // A named pipe is opened for reading once the program writes to it: no waiting by the clock.
    Path started = folder.resolve("started");
    assertThat(new ProcessBuilder("mkfifo", started.toString()).start().waitFor()).isZero();
    Method method =
        method(
            ONE_ROW,
            "sh",
            "-c",
            "echo $$ > " + pid + "; echo go > " + started + "; exec sleep 600");
    Thread reader =
        Thread.ofPlatform()
            .start(() -> {
              try {
                lines(method, Map.of());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertThat(Files.readString(started)).isEqualTo("go\n");
    reader.interrupt();
    reader.join();
    assertThat(ends(pid)).isTrue();
  }

  /// Whether the program is gone, or goes within ten seconds.
  private static boolean ends(Path pid) throws Exception {
    long id = Long.parseLong(Files.readString(pid).strip());
    ProcessHandle handle = ProcessHandle.of(id).orElse(null);
    if (handle != null) {
      handle.onExit().get(10, TimeUnit.SECONDS);
    }
    return ProcessHandle.of(id).isEmpty() || !ProcessHandle.of(id).orElseThrow().isAlive();
  }
}
