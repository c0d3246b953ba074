package dev.isobar.sandbox;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps what was changed in a JSON file between runs.
///
/// A lock beside the file is held from [#load()] to [#close()]: a second process that wants the
/// file waits until the first has ended, so that neither loses the other's changes. Two sandboxes
/// of one process do not wait for each other: the one that saves last wins, and says that it
/// replaced the other's changes.
final class StateFile implements AutoCloseable {
  private static final long FORMAT = 1;

  private final Path file;
  private final String provider;
  private final long seed;
  private final Consumer<String> log;
  private long serial;
  private @Nullable FileChannel held;

  StateFile(Path file, String provider, long seed, Consumer<String> log) {
    this.file = file;
    this.provider = provider;
    this.seed = seed;
    this.log = log;
  }

  /// What the file holds for this provider and seed; empty when there is none yet. A file that
  /// cannot be read is moved aside, and the log says where to.
  Map<String, @Nullable Object> load() {
    try {
      held = locked();
      if (!Files.exists(file)) {
        return Map.of();
      }
      Map<String, @Nullable Object> whole = read();
      if (whole == null) {
        return Map.of();
      }
      serial = whole.get("serial") instanceof Number number ? number.longValue() : 0;
      boolean mine =
          provider.equals(whole.get("provider"))
              && Validator.same(whole.get("seed"), seed)
              && Validator.same(whole.get("format"), FORMAT);
      if (!mine) {
        setAside("other", "belongs to another provider, seed or version");
        return Map.of();
      }
      return Values.object(whole.get("state"));
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  private @Nullable Map<String, @Nullable Object> read() throws IOException {
    try {
      Object whole = Json.parse(Files.readAllBytes(file));
      if (whole instanceof Map<?, ?> map && map.get("state") instanceof Map<?, ?>) {
        return Values.object(whole);
      }
      setAside("broken", "holds no state");
    } catch (IllegalArgumentException e) {
      setAside("broken", "is not valid JSON: " + e.getMessage());
    }
    return null;
  }

  private void setAside(String ending, String reason) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + "." + ending);
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    log.accept(
        "The sandbox state `"
            + file
            + "` "
            + reason
            + ". It was moved to `"
            + aside
            + "`; the sandbox starts fresh.");
  }

  /// Writes the state in one step: a reader sees the old file or the new one.
  void save(Map<String, @Nullable Object> state) {
    try {
      if (Files.exists(file) && serialOnDisk() != serial) {
        log.accept(
            "Another sandbox changed `" + file + "` in the meantime; its changes are replaced.");
      }
      serial = serialOnDisk() + 1;
      Map<String, @Nullable Object> whole = new LinkedHashMap<>();
      whole.put("format", FORMAT);
      whole.put("provider", provider);
      whole.put("seed", seed);
      whole.put("serial", serial);
      whole.put("state", state);
      Path beside = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(beside, Json.write(whole));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed("written", e);
    }
  }

  private long serialOnDisk() throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try {
      Object found = Values.object(Json.parse(Files.readAllBytes(file))).get("serial");
      return found instanceof Number number ? number.longValue() : 0;
    } catch (IllegalArgumentException _) {
      return 0;
    }
  }

  /// A channel over the lock file, locked until it is closed or the process ends.
  private FileChannel locked() throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    FileChannel channel =
        FileChannel.open(
            file.resolveSibling(file.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        log.accept("Another process uses `" + file + "`; waiting until it has ended.");
        lock = channel.lock();
      }
      if (!lock.isValid()) {
        throw new IOException("the lock could not be had");
      }
    } catch (OverlappingFileLockException _) {
      // Another sandbox of this process has it.
      channel.close();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return channel;
  }

  @Override
  public void close() {
    FileChannel channel = held;
    held = null;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException _) {
        // The lock is gone either way.
      }
    }
  }

  private IsobarException failed(String verb, IOException cause) {
    return new IsobarException(
        ErrorCode.FILE_FAILED,
        "The sandbox state `" + file + "` could not be " + verb + ".",
        "Check that the folder exists and that you may write to it.",
        null,
        cause);
  }
}
