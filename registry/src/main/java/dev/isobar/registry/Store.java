package dev.isobar.registry;

import dev.isobar.model.Cancellation;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder of pulled documents: `<sources>/<provider>/<version>/…`, and beside it `download/`
/// for what is under way. A version appears and disappears as a whole; processes that change the
/// same provider wait for each other.
///
/// @param root of both
/// @param sources in `root`
record Store(Path root, Path sources) {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /// Alone with one provider.
  interface Work<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /// Where an archive is completed.
  Path part(String provider, String version) {
    return downloads().resolve(LocalProviders.folderName(provider) + "-" + version + ".tgz.part");
  }

  Path version(String provider, String version) {
    return LocalProviders.folder(sources, provider).resolve(version);
  }

  boolean holds(String provider, String version) {
    return Files.isRegularFile(version(provider, version).resolve("provider.yaml"));
  }

  private Path downloads() {
    return root.resolve("download");
  }

  /// Does something while no other process changes this provider.
  ///
  /// @throws IsobarException `FILE_FAILED` when the folder cannot be written
  <T extends @Nullable Object> T alone(String provider, Cancellation cancellation, Work<T> work) {
    try {
      Files.createDirectories(downloads());
      Path file = downloads().resolve(LocalProviders.folderName(provider) + ".lock");
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = lock(channel, cancellation)) {
        return work.run();
      }
    } catch (IOException | UncheckedIOException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "The folder `" + root + "` cannot be written.",
          "Check permissions and free space; ISOBAR_HOME names another folder.",
          null,
          e);
    }
  }

  private static FileLock lock(FileChannel channel, Cancellation cancellation) throws IOException {
    while (true) {
      cancellation.check();
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException _) {
        // Another thread of this process has it.
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IsobarException(
            ErrorCode.CANCELLED, "The wait for another process was interrupted.", "", null, e);
      }
    }
  }

  /// A new folder to unpack into; what an earlier process left behind is removed.
  Path emptyFolder(String provider) throws IOException {
    String prefix = "unpack-" + LocalProviders.folderName(provider) + "-";
    List<Path> left;
    try (Stream<Path> entries = Files.list(downloads())) {
      left = entries.filter(e -> e.getFileName().toString().startsWith(prefix)).toList();
    }
    left.forEach(Folders::delete);
    return Files.createTempDirectory(downloads(), prefix);
  }

  /// Makes an unpacked folder the version of a provider.
  void install(Path unpacked, String provider, String version) throws IOException {
    Path target = version(provider, version);
    Files.createDirectories(target.getParent());
    Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Makes a version the one that the bare name means.
  void choose(String provider, String version) throws IOException {
    Path folder = LocalProviders.folder(sources, provider);
    Path temporary = Files.createTempFile(folder, LocalProviders.CHOICE, ".tmp");
    Files.writeString(temporary, version + "\n");
    Files.move(
        temporary,
        folder.resolve(LocalProviders.CHOICE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// Removes versions of a provider.
  ///
  /// @param version null for all
  /// @return those removed
  List<String> remove(String provider, @Nullable String version) throws IOException {
    LocalProviders.Versions versions = LocalProviders.at(sources).providers().get(provider);
    List<String> removed = new ArrayList<>();
    for (Path folder : versions == null ? List.<Path>of() : versions.folders()) {
      String name = folder.getFileName().toString();
      if (version == null || version.equals(name)) {
        Path away = emptyFolder(provider);
        Files.move(folder, away.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        Folders.delete(away);
        removed.add(name);
      }
    }
    if (versions != null && removed.size() == versions.folders().size()) {
      Folders.delete(LocalProviders.folder(sources, provider));
    }
    return removed;
  }
}
