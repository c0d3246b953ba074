package dev.isobar.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything outside the process that a command touches, so that tests can bring their own.
///
/// @param out and err not buffered
/// @param inIsTerminal whether a person types what `in` gives
/// @param columns the width of the terminal that `out` is, or 0
/// @param environment the environment variables
record Surroundings(
    InputStream in,
    OutputStream out,
    OutputStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int columns,
    Function<String, @Nullable String> environment,
    Interrupt interrupt) {

  /// The variable, or null when it is not set or empty.
  @Nullable String variable(String name) {
    String value = environment.apply(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
