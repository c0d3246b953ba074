package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The command run inside the test, with streams and an environment of its own.
final class Isobar {
  final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  final Interrupt interrupt = new Interrupt();
  private final Map<String, String> environment = new HashMap<>();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = outBytes;
  private boolean terminal;

  /// @param home the application folder
  Isobar(@Nullable Path home) {
    if (home != null) {
      environment.put("ISOBAR_HOME", home.toString());
    }
  }

  Isobar in(String text) {
    in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Isobar out(OutputStream other) {
    out = other;
    return this;
  }

  /// All three streams are a terminal, 80 columns wide.
  Isobar terminal() {
    terminal = true;
    return this;
  }

  Isobar with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /// Runs the command and gives its exit code. The thread is as it was before.
  int run(String... arguments) {
    int code =
        Main.run(
            List.of(arguments),
            new Surroundings(
                in,
                out,
                errBytes,
                terminal,
                terminal,
                terminal,
                terminal ? 80 : 0,
                environment::get,
                interrupt));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    return code;
  }

  String out() {
    return outBytes.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return errBytes.toString(StandardCharsets.UTF_8);
  }
}
