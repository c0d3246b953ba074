package dev.isobar.render;

import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Errors and warnings as a person or a program reads them on standard error.
///
/// ```
/// error[UNKNOWN_RESOURCE]: There is no resource `linode` in `linode.instances`.
///   SELECT * FROM linode.instances.linode
///                                  ^^^^^^
/// hint: Did you mean `linodes`?
/// ```
public final class ErrorText {
  private static final String RED = "\033[1;31m";
  private static final String YELLOW = "\033[1;33m";
  private static final String BOLD = "\033[1m";
  private static final String CYAN = "\033[1;36m";
  private static final String PLAIN = "\033[0m";

  private ErrorText() {}

  /// The error, the line of the script with a mark under the part at fault, and the hint.
  ///
  /// @param script what was executed; empty when there is none
  public static String render(IsobarException error, String script, boolean color) {
    StringBuilder out = new StringBuilder();
    out.append(paint("error[" + error.code() + "]", RED, color)).append(": ");
    out.append(paint(Visible.of(error.text()), BOLD, color)).append('\n');
    Span span = error.span();
    if (span != null && span.start() <= script.length()) {
      out.append(SourceLine.of(script, span).render(color ? RED : "", color ? PLAIN : ""));
    }
    if (!error.hint().isEmpty()) {
      out.append(paint("hint", CYAN, color)).append(": ");
      out.append(Visible.of(error.hint().strip())).append('\n');
    }
    return out.toString();
  }

  /// `warning: …` on one line.
  public static String warning(String message, boolean color) {
    return paint("warning", YELLOW, color) + ": " + Visible.of(message) + "\n";
  }

  /// Any other message, on one line.
  public static String line(String message) {
    return Visible.of(message) + "\n";
  }

  /// The error as one line of JSON: `{"error":{"code":…,"sqlState":…,"message":…,"hint":…,
  /// "span":{"start":…,"end":…,"line":…,"column":…}}}`; the span is null when the error has no
  /// place in the script. Lines and columns count from 1.
  public static String json(IsobarException error, String script) {
    StringBuilder out = new StringBuilder();
    try {
      out.append("{\"error\":{\"code\":");
      JsonText.string(out, error.code().name());
      out.append(",\"sqlState\":");
      JsonText.string(out, error.code().sqlState());
      out.append(",\"message\":");
      JsonText.string(out, error.text());
      out.append(",\"hint\":");
      JsonText.string(out, error.hint().strip());
    } catch (IOException e) {
      throw new IllegalStateException("a StringBuilder does not fail", e);
    }
    return out.append(",\"span\":").append(span(error.span(), script)).append("}}\n").toString();
  }

  private static String span(@Nullable Span span, String script) {
    if (span == null || span.start() > script.length()) {
      return "null";
    }
    SourceLine line = SourceLine.of(script, span);
    return "{\"start\":%d,\"end\":%d,\"line\":%d,\"column\":%d}"
        .formatted(span.start(), span.end(), line.number(), line.from() + 1);
  }

  private static String paint(String text, String color, boolean on) {
    return on ? color + text + PLAIN : text;
  }
}
