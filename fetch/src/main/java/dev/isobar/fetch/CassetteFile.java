package dev.isobar.fetch;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.FileErrors;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A recording while it is written: complete lines go to a file beside, which takes the name of the
/// recording when it is closed. What was killed meanwhile leaves the lines so far, and an older
/// recording as it was. Thread-safe.
final class CassetteFile implements AutoCloseable {
  /// Gives the file its name.
  interface Finish {
    void run() throws IOException;
  }

  private final Path file;
  private final WritableByteChannel channel;
  private final Finish finish;
  private final ReentrantLock lock = new ReentrantLock();

  // What follows is guarded by the lock.
  private @Nullable IOException failure;
  private boolean closed;

  CassetteFile(Path file, WritableByteChannel channel, Finish finish) {
    this.file = file;
    this.channel = channel;
    this.finish = finish;
  }

  /// @throws IsobarException `FILE_FAILED`
  static CassetteFile create(Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new FileSystemException(file.toString(), null, "it is no regular file");
      }
      FileChannel channel = open(part);
      if (!lock(channel)) {
        channel.close();
        throw new FileSystemException(part.toString(), null, "another recording writes it now");
      }
      channel.truncate(0);
      return new CassetteFile(
          file,
          channel,
          () -> {
            channel.force(false);
            Files.move(
                part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          });
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      // A session of this process has it.
      return false;
    }
  }

  /// Answers hold what only the owner of the credential may see.
  private static FileChannel open(Path part) throws IOException {
    Set<StandardOpenOption> how = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      return FileChannel.open(
          part,
          how,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (UnsupportedOperationException _) {
      return FileChannel.open(part, how);
    }
  }

  /// Appends one whole line.
  ///
  /// @throws IOException also when an earlier one could not be written
  void write(String line) throws IOException {
    lock.lock();
    try {
      check();
      if (closed) {
        return;
      }
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /// @throws IOException when a line could not be written
  void check() throws IOException {
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }

  Path file() {
    return file;
  }

  /// @throws IsobarException `FILE_FAILED` when the recording is not whole
  @Override
  public void close() {
    lock.lock();
    try (channel) {
      if (!closed) {
        closed = true;
        check();
        finish.run();
      }
    } catch (IOException e) {
      throw failed(file, e);
    } finally {
      lock.unlock();
    }
  }

  static IsobarException failed(Path file, IOException e) {
    return new IsobarException(
        ErrorCode.FILE_FAILED,
        "The recording `" + file + "` cannot be written: " + FileErrors.reason(e) + ".",
        "Check the folder, its permissions and the space on the disk.",
        null,
        e);
  }
}
