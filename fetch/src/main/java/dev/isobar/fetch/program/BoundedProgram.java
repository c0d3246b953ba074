package dev.isobar.fetch.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Waits for a program that was started: no input, bounded in time and output. Whoever goes beyond
/// that is ended, with all that it started.
public final class BoundedProgram {
  /// The most that is kept of what a program says of its failure.
  private static final int LARGEST_COMPLAINT = 4096;

  private BoundedProgram() {}

  /// How it went.
  public sealed interface Outcome {
    /// It ended well, and printed this. Equal to itself only.
    final class Printed implements Outcome {
      private final byte[] output;

      private Printed(byte[] output) {
        this.output = output;
      }

      public byte[] output() {
        return output;
      }
    }

    /// It ended with an exit code other than 0.
    ///
    /// @param complaint the beginning of what it said of that, which may hold anything
    record Failed(int exitCode, String complaint) implements Outcome {}

    /// It, or something that it started and that holds its output, did not end in time.
    record TooLong() implements Outcome {}

    /// It printed more than it may.
    record TooMuch() implements Outcome {}

    /// Its output broke off.
    record Unreadable() implements Outcome {}
  }

  /// Waits for the program's end. An interrupt of the calling thread ends the program, and all that
  /// it started, before this throws.
  ///
  /// @param longest how long it may take
  /// @param largest how many bytes it may print
  public static Outcome run(Process process, Duration longest, int largest)
      throws InterruptedException {
    // Reading a pipe cannot be interrupted, so threads of their own do it; they end with the
    // program.
    Reading out = new Reading(process.getInputStream(), largest, () -> kill(process));
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
      return new Outcome.TooMuch();
    }
    if (!ended) {
      return new Outcome.TooLong();
    }
    if (process.exitValue() != 0) {
      return new Outcome.Failed(
          process.exitValue(), new String(complaint.bytes(), StandardCharsets.UTF_8));
    }
    return out.isBroken() ? new Outcome.Unreadable() : new Outcome.Printed(out.bytes());
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  private static void kill(Process process) {
    // The program first: it would go on with its next step when what it waits for ends.
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
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
