package dev.isobar.fetch;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Wire.Transform;
import dev.isobar.catalog.template.Template;
import dev.isobar.catalog.template.TemplateFailure;
import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.fetch.program.BoundedProgram;
import dev.isobar.fetch.program.BoundedProgram.Outcome.Failed;
import dev.isobar.fetch.program.BoundedProgram.Outcome.Printed;
import dev.isobar.fetch.program.BoundedProgram.Outcome.TooLong;
import dev.isobar.fetch.program.BoundedProgram.Outcome.TooMuch;
import dev.isobar.fetch.program.BoundedProgram.Outcome.Unreadable;
import dev.isobar.model.ErrorCode;
import dev.isobar.plan.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs the programs of methods that are local programs, if that is allowed: no shell, no input, an
/// environment of three variables, bounded in time and output. Thread-safe.
///
/// Source: `provider-format.md`, section 8.1.
final class LocalPrograms {
  /// The most that a program may print.
  private static final int LARGEST_OUTPUT = 64 << 20;

  /// What a program sees of the environment.
  private static final List<String> VARIABLES = List.of("PATH", "HOME", "SystemRoot");

  private final boolean allowed;
  private final boolean replayed;
  private final Duration longest;
  private final Function<String, @Nullable String> environment;
  private final Limiter limiter;

  LocalPrograms(
      FetchOptions options, Function<String, @Nullable String> environment, Timing timing) {
    this.allowed = options.localPrograms();
    this.replayed = options.recording() instanceof Recording.From;
    this.longest = options.requestTimeout();
    this.environment = environment;
    this.limiter = new Limiter(options.concurrency(), timing);
  }

  /// Runs the program and reads what it prints, made JSON by the method's transform.
  ///
  /// An interrupt of the calling thread ends the program, and all that it started, before this
  /// throws.
  <T> T run(Request request, Method method, Tally tally, Sender.Reader<T> reader)
      throws FetchFailure, InterruptedException {
    String name = request.program().getFirst();
    if (replayed) {
      throw FetchFailure.of(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "`" + method.name() + "` runs the program `" + name + "`, and recordings hold none",
          "Run the statement without --replay.",
          Repeat.USELESS);
    }
    if (!allowed) {
      throw FetchFailure.of(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "`" + method.name() + "` runs the program `" + name + "`, which is not allowed",
          "Say --allow-local-programs, if you trust the provider's documents.",
          Repeat.USELESS);
    }
    limiter.enter(tally);
    try (Turn turn = new Turn(limiter)) {
      FetchFailure spent = tally.request();
      if (spent != null) {
        throw spent;
      }
      byte[] printed = output(start(request.program()), name);
      turn.end();
      return reader.read(response(method, printed), turn);
    }
  }

  private static Response response(Method method, byte[] printed) throws FetchFailure {
    Transform transform = method.wire().responseTransform();
    byte[] body = transform == null ? printed : transformed(transform, method, printed);
    String type =
        transform == null ? String.valueOf(method.responseMediaType()) : "application/json";
    return new Response(
        200,
        URI.create("program:/"),
        HttpHeaders.of(Map.of("Content-Type", List.of(type)), (_, _) -> true),
        body);
  }

  private Process start(List<String> program) throws FetchFailure {
    ProcessBuilder builder = new ProcessBuilder(program);
    builder.environment().clear();
    for (String variable : VARIABLES) {
      String value = environment.apply(variable);
      if (value != null) {
        builder.environment().put(variable, value);
      }
    }
    builder.environment().put("LC_ALL", "C.UTF-8");
    try {
      return builder.start();
    } catch (IOException _) {
      throw failed(
          "the program `" + program.getFirst() + "` cannot be started",
          "Is it installed, and in a folder of PATH?");
    }
  }

  private byte[] output(Process process, String name) throws FetchFailure, InterruptedException {
    return switch (BoundedProgram.run(process, longest, LARGEST_OUTPUT)) {
      case TooMuch _ ->
          throw failed(
              "the program `" + name + "` printed more than " + (LARGEST_OUTPUT >> 20) + " MB", "");
      case TooLong _ ->
          throw failed(
              "the program `" + name + "` did not end within " + longest.toMillis() / 1000.0 + " s",
              "A longer --timeout gives it more time.");
      case Failed(int exitCode, String complaint) -> {
        String text = complaint.strip();
        throw failed(
            "the program `"
                + name
                + "` ended with exit code "
                + exitCode
                + (text.isEmpty() ? "" : ": `" + excerpt(text) + "`"),
            "");
      }
      case Unreadable _ ->
          throw failed("what the program `" + name + "` printed could not be read", "");
      case Printed printed -> printed.output();
    };
  }

  private static String excerpt(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() <= 300 ? line : line.substring(0, 300) + "…";
  }

  private static byte[] transformed(Transform transform, Method method, byte[] printed)
      throws FetchFailure {
    if (!transform.type().startsWith("golang_template_v")
        && !transform.type().startsWith("golang_template_text_v")) {
      throw failed(
          "`"
              + method.name()
              + "` has the transform `"
              + transform.type()
              + "`, which is not for"
              + " what programs print",
          "Use golang_template_v0.1.0 in the service document.");
    }
    try {
      return Template.parse(transform.body())
          .evaluate(new String(printed, StandardCharsets.UTF_8), LARGEST_OUTPUT)
          .getBytes(StandardCharsets.UTF_8);
    } catch (TemplateFailure e) {
      throw failed(
          "the transform of `" + method.name() + "` failed: " + e.getMessage(),
          "Correct it in the service document.");
    }
  }

  private static FetchFailure failed(String what, String hint) {
    return FetchFailure.of(ErrorCode.REQUEST_FAILED, what, hint, Repeat.USELESS);
  }
}
