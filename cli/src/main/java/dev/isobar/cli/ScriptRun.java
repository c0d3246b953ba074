package dev.isobar.cli;

import dev.isobar.engine.Engine;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import dev.isobar.model.ScanReport;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.model.ScanReport.Incident;
import dev.isobar.model.ScanReport.Misfit;
import dev.isobar.parse.Script;
import dev.isobar.parse.Secrets;
import dev.isobar.parse.Statement;
import dev.isobar.render.Format;
import dev.isobar.render.Renderer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Executes the statements of a script in order and writes what they give.
final class ScriptRun {
  /// Of the parts of a resource that could not be read, this many are named.
  private static final int NAMED_INCIDENTS = 3;

  private final Engine engine;
  private final Renderer renderer;
  private final Format format;
  private final Surroundings surroundings;
  private final Messages messages;
  private volatile @Nullable ProgressLine progress;
  private boolean first = true;
  private boolean incomplete;

  ScriptRun(
      Engine engine,
      Renderer renderer,
      Format format,
      Surroundings surroundings,
      Messages messages) {
    this.engine = engine;
    this.renderer = renderer;
    this.format = format;
    this.surroundings = surroundings;
    this.messages = messages;
  }

  /// Runs the statements up to the first that fails.
  ///
  /// @param file where results go, or null for standard output
  /// @return the exit code
  int run(String sql, @Nullable Path file) {
    ResultOutput output =
        file == null
            ? ResultOutput.stream(surroundings.out(), this::hideProgress)
            : ResultOutput.file(file);
    try (Interrupt.Registration _ = surroundings.interrupt().register(engine::cancel)) {
      Script script = engine.parse(sql);
      for (Statement statement : script.statements()) {
        try {
          run(statement, output);
        } catch (IsobarException e) {
          // Of several statements, the error has to say which.
          throw script.statements().size() == 1 ? e : e.withSpan(statement.span());
        }
      }
      output.close();
      return incomplete ? Main.INCOMPLETE : Main.DONE;
    } catch (IOException e) {
      return failed(output, output.failure(e), sql);
    } catch (IsobarException e) {
      return failed(output, e, sql);
    } catch (RuntimeException | Error e) {
      return failed(output, Main.internal(e), sql);
    }
  }

  private void run(Statement statement, ResultOutput output) throws IOException {
    try (ProgressLine line = progressLine(output);
        Result result = engine.execute(statement)) {
      boolean forPeople = format == Format.TABLE || format == Format.MARKDOWN;
      if (forPeople && !first && !result.columns().isEmpty()) {
        output.writer().append('\n');
      }
      first &= result.columns().isEmpty();
      long rows = renderer.render(result, output.writer());
      output.writer().flush();
      line.hide();
      report(result, rows);
    }
  }

  private ProgressLine progressLine(ResultOutput output) {
    ProgressLine line =
        ProgressLine.start(
            engine::progress,
            messages,
            output.writer(),
            surroundings.errIsTerminal(),
            engine::cancel);
    progress = line;
    return line;
  }

  /// The rows and the line of progress would share one terminal.
  private void hideProgress() {
    ProgressLine line = progress;
    if (line != null && surroundings.outIsTerminal()) {
      line.hide();
    }
  }

  /// What is not part of the rows.
  private void report(Result result, long rows) {
    for (String message : result.messages()) {
      messages.line(message);
    }
    for (ScanReport scan : result.scans()) {
      if (scan.completeness() == Completeness.PARTIAL
          || scan.completeness() == Completeness.CAPPED) {
        incomplete = true;
        messages.warning(missing(scan));
      }
      for (Misfit misfit : scan.misfits()) {
        messages.warning(
            "%,d values of `%s` in `%s` do not fit %s and are NULL, such as `%s`."
                .formatted(
                    misfit.count(),
                    misfit.column(),
                    scan.resource(),
                    misfit.type(),
                    misfit.sample()));
      }
    }
    boolean counted = format == Format.TABLE && !result.columns().isEmpty();
    if (counted && surroundings.outIsTerminal() && surroundings.errIsTerminal()) {
      messages.line(rows == 1 ? "(1 row)" : "(%,d rows)".formatted(rows));
    }
  }

  private static String missing(ScanReport scan) {
    List<String> incidents = scan.incidents().stream().map(Incident::message).toList();
    if (incidents.isEmpty()) {
      return "`" + scan.resource() + "` was not read completely.";
    }
    String named =
        String.join(" ", incidents.subList(0, Math.min(NAMED_INCIDENTS, incidents.size())));
    int more = incidents.size() - NAMED_INCIDENTS;
    return more > 0 ? named + " And " + more + " more." : named;
  }

  /// Tells the error, after the rows that came before it. A reader who has gone, and a person who
  /// interrupted, need not be told.
  private int failed(ResultOutput output, IsobarException error, String sql) {
    if (output.readerIsGone()) {
      return Main.DONE;
    }
    try {
      output.close();
    } catch (IOException _) {
      // The error at hand comes first.
    }
    if (surroundings.interrupt().hasFired()) {
      return Main.INTERRUPTED;
    }
    messages.error(error, Secrets.masked(sql));
    return Main.FAILED;
  }
}
