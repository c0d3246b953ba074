package dev.isobar.fetch;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Wire.Transform;
import dev.isobar.catalog.template.Template;
import dev.isobar.catalog.template.TemplateFailure;
import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.model.ErrorCode;
import dev.isobar.plan.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs the programs of methods that are local programs, if that is allowed: no shell, no input, an
/// environment of three variables, bounded in time and output. Thread-safe.
///
/// Source: `provider-format.md`, section 8.1.
final class LocalPrograms {
  /// The most that a program may print.
  private static final int LARGEST_OUTPUT = 64 << 20;

  /// The most that is kept of what a program says of its failure.
  private static final int LARGEST_COMPLAINT = 4096;

  /// What a program sees of the environment.
  private static final List<String> VARIABLES = List.of("PATH", "HOME", "SystemRoot");

  private final boolean allowed;
  private final Duration longest;
  private final Function<String, @Nullable String> environment;
  private final Limiter limiter;

  LocalPrograms(
      FetchOptions options, Function<String, @Nullable String> environment, Timing timing) {
    this.allowed = options.localPrograms();
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
    if (!allowed) {
      throw FetchFailure.of(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "`" + method.name() + "` runs the program `" + name + "`, which is not allowed",
          "Say --allow-local-programs, if you trust the provider's documents.",
          Repeat.USELESS);
    }
    limiter.enter(tally);
    try (Turn turn = new Turn(limiter)) {
      tally.request();
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
    // Reading a pipe cannot be interrupted, so threads of their own do it; they end with the
    // program.
    Reading out = new Reading(process.getInputStream(), LARGEST_OUTPUT, () -> kill(process));
    Reading complaint = new Reading(process.getErrorStream(), LARGEST_COMPLAINT, null);
    out.start();
    complaint.start();
    try {
      process.getOutputStream().close();
    } catch (IOException _) {
      // It ended already: nobody is there to read.
    }
    long deadline = System.nanoTime() + longest.toNanos();
    boolean ended;
    try {
      ended =
          process.waitFor(longest.toNanos(), TimeUnit.NANOSECONDS)
              && out.join(left(deadline))
              && complaint.join(left(deadline));
    } finally {
      if (process.isAlive()) {
        kill(process);
      }
    }
    if (out.isTooMuch()) {
      throw failed(
          "the program `" + name + "` printed more than " + (LARGEST_OUTPUT >> 20) + " MB", "");
    }
    if (!ended) {
      throw failed(
          "the program `" + name + "` did not end within " + longest.toMillis() / 1000.0 + " s",
          "A longer --timeout gives it more time.");
    }
    if (process.exitValue() != 0) {
      String text = new String(complaint.bytes(), StandardCharsets.UTF_8).strip();
      throw failed(
          "the program `"
              + name
              + "` ended with exit code "
              + process.exitValue()
              + (text.isEmpty() ? "" : ": `" + excerpt(text) + "`"),
          "");
    }
    if (out.isBroken()) {
      throw failed("what the program `" + name + "` printed could not be read", "");
    }
    return out.bytes();
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
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

  /// Reads a pipe to its end and keeps its beginning.
  private static final class Reading implements Runnable {
    private final InputStream in;
    private final int most;
    private final @Nullable Runnable onTooMuch;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread thread;

    // Read by others after the thread's end, or, being written once, at any time.
    private volatile boolean tooMuch;
    private volatile boolean broken;

    /// @param onTooMuch ends whoever prints more than is kept; null to go on reading
    Reading(InputStream in, int most, @Nullable Runnable onTooMuch) {
      this.in = in;
      this.most = most;
      this.onTooMuch = onTooMuch;
      this.thread = Thread.ofPlatform().daemon().name("isobar-program").unstarted(this);
    }

    void start() {
      thread.start();
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try (in) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          int room = Math.min(read, most - kept.size());
          kept.write(buffer, 0, room);
          if (room < read && onTooMuch != null) {
            tooMuch = true;
            onTooMuch.run();
            return;
          }
        }
      } catch (IOException _) {
        broken = true;
      }
    }

    /// @return whether it came to the end in time
    boolean join(Duration longest) throws InterruptedException {
      return thread.join(longest);
    }

    boolean isTooMuch() {
      return tooMuch;
    }

    boolean isBroken() {
      return broken;
    }

    /// After the end.
    byte[] bytes() {
      return kept.toByteArray();
    }
  }
}
