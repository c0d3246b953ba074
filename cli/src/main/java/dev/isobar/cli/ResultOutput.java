package dev.isobar.cli;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where results go: standard output, or a file that is made when the first result is written, so
/// that a statement that fails leaves an older file alone. The writer may be flushed by another
/// thread.
final class ResultOutput implements AutoCloseable {
  private final Target target;
  private final Writer writer;

  private ResultOutput(Target target) {
    this.target = target;
    this.writer =
        new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), 1 << 16);
  }

  /// @param beforeWriting is run before bytes reach the stream
  static ResultOutput stream(OutputStream out, Runnable beforeWriting) {
    return new ResultOutput(new Target(out, null, beforeWriting));
  }

  static ResultOutput file(Path file) {
    return new ResultOutput(new Target(null, file, () -> {}));
  }

  /// Refuses a file that surely cannot be written, before a statement changes anything; touches
  /// nothing.
  ///
  /// @throws IsobarException `FILE_FAILED`
  static void check(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    String reason = null;
    if (java.nio.file.Files.isDirectory(file) || file.toString().isEmpty()) {
      reason = "is a directory";
    } else if (java.nio.file.Files.exists(file)) {
      reason = java.nio.file.Files.isWritable(file) ? null : "permission denied";
    } else if (folder != null && !java.nio.file.Files.isDirectory(folder)) {
      reason = "no such file or directory";
    } else if (folder != null && !java.nio.file.Files.isWritable(folder)) {
      reason = "permission denied";
    }
    if (reason != null) {
      throw file(file).failure(new IOException(reason));
    }
  }

  Writer writer() {
    return writer;
  }

  /// Whether whoever read the output has gone away, as `head` does.
  boolean readerIsGone() {
    return target.readerIsGone;
  }

  /// The error for a write that failed.
  IsobarException failure(IOException e) {
    String where = target.file == null ? "standard output" : "`" + target.file + "`";
    return new IsobarException(
        ErrorCode.FILE_FAILED,
        "The result cannot be written to " + where + ": " + Files.reason(e) + ".",
        "Check the place that it is written to: is there room, and are you allowed to write?",
        null,
        e);
  }

  @Override
  public void close() throws IOException {
    writer.flush();
    target.close();
  }

  private static final class Target extends OutputStream {
    private final @Nullable Path file;
    private final Runnable beforeWriting;
    private @Nullable OutputStream out;
    private volatile boolean readerIsGone;

    Target(@Nullable OutputStream out, @Nullable Path file, Runnable beforeWriting) {
      this.out = out;
      this.file = file;
      this.beforeWriting = beforeWriting;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      beforeWriting.run();
      try {
        OutputStream to = out;
        if (to == null && file != null) {
          to = new FileOutputStream(file.toFile());
          out = to;
        }
        if (to != null) {
          to.write(bytes, offset, length);
        }
      } catch (IOException e) {
        String message = e.getMessage();
        readerIsGone = file == null && message != null && message.contains("Broken pipe");
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      if (file != null && out != null) {
        out.close();
      }
    }
  }
}
