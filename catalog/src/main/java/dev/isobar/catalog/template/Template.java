package dev.isobar.catalog.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A template, read once and evaluated over many values. Immutable; thread-safe.
///
/// What it does follows Go's `text/template`, with four intended differences, all of them where Go
/// loses something or gives up: integers keep and print all their digits; `toJson` keeps those of
/// decimals; `%q` writes JSON's escapes where Go's would not be JSON; of three braces in a row the
/// first is text.
public final class Template {
  private final String text;
  private final List<Node> nodes;
  private final int slots;

  private Template(String text, List<Node> nodes, int slots) {
    this.text = text;
    this.nodes = nodes;
    this.slots = slots;
  }

  /// Reads a template.
  public static Template parse(String text) throws TemplateFailure {
    try {
      Parser parser = new Parser(new Lexer(text).tokens());
      List<Node> nodes = parser.parse();
      return new Template(text, nodes, parser.slots());
    } catch (Fault e) {
      throw failure(text, e);
    }
  }

  /// The template's output with `.` and `$` bound to a value.
  ///
  /// @param value a plain JSON value, see [dev.isobar.model.Json]
  /// @param longest how many characters the output may have
  public String evaluate(@Nullable Object value, long longest) throws TemplateFailure {
    try {
      return new Evaluation(slots, value, longest).run(nodes);
    } catch (Fault e) {
      throw failure(text, e);
    }
  }

  private static TemplateFailure failure(String text, Fault fault) {
    int line = 1;
    int start = 0;
    int at = Math.max(0, Math.min(fault.at, text.length()));
    for (int i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    return new TemplateFailure(line, at - start + 1, fault.what);
  }
}
