package dev.isobar.cli;

import dev.isobar.model.IsobarException;
import dev.isobar.render.ErrorText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/// Standard error: messages, and on a terminal one line of progress that never mixes with them.
/// Thread-safe.
final class Messages {
  private static final String ERASE_LINE = "\r\033[K";

  private final OutputStream err;
  private final boolean color;
  private final boolean debug;
  private boolean json;
  private boolean progressShown;

  Messages(Surroundings surroundings) {
    this.err = surroundings.err();
    this.color =
        surroundings.errIsTerminal()
            && surroundings.variable("NO_COLOR") == null
            && !"dumb".equals(surroundings.variable("TERM"));
    this.debug = surroundings.variable("ISOBAR_DEBUG") != null;
  }

  /// From now on errors are JSON.
  synchronized void errorsAsJson() {
    json = true;
  }

  /// @param script what the error's span points into
  synchronized void error(IsobarException error, String script) {
    write(json ? ErrorText.json(error, script) : ErrorText.render(error, script, color));
    if (debug) {
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      write(trace.toString());
    }
  }

  synchronized void warning(String message) {
    write(ErrorText.warning(message, color));
  }

  synchronized void line(String message) {
    write(ErrorText.line(message));
  }

  /// Shows the line in place of the one before it.
  synchronized void progress(String line) {
    send(ERASE_LINE + line);
    progressShown = true;
  }

  /// Takes the line of progress away.
  synchronized void eraseProgress() {
    if (progressShown) {
      progressShown = false;
      send(ERASE_LINE);
    }
  }

  private void write(String text) {
    eraseProgress();
    send(text);
  }

  private void send(String text) {
    try {
      err.write(text.getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException _) {
      // Where messages cannot be written, nobody can be told so.
    }
  }
}
