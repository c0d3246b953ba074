package dev.isobar.registry;

import dev.isobar.catalog.compiled.CompiledReader;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compiled documents of local folders, made again when their sources changed. What cannot be read
/// or written is as if it were not there.
///
/// @param folder null to keep nothing
record CompiledCache(@Nullable Path folder) {
  static final String ENDING = ".isobar";
  private static final String DOCUMENTS = "documents";

  /// Where the documents of one version of a provider are kept, relative to the cache.
  ///
  /// @param version the folder of the sources
  static String folder(String provider, Path version) {
    // Two folders may hold the same provider; the source tells them apart should this not.
    String place = Integer.toHexString(version.toString().hashCode());
    return DOCUMENTS + "/" + provider + "/" + version.getFileName() + "-" + place;
  }

  /// What a compiled document is made from.
  ///
  /// @param state differs when the file does
  static String source(Path file, String state) {
    return file + "\t" + state;
  }

  /// The compiled document, from the cache if it was made from the source that `source` names.
  ///
  /// @param file relative to the cache
  CompiledReader get(String file, String source, Supplier<byte[]> compile) {
    Path path = folder == null ? null : folder.resolve(file);
    if (path != null && Files.isRegularFile(path)) {
      try {
        CompiledReader kept = new CompiledReader(file, Files.readAllBytes(path));
        if (kept.source().equals(source)) {
          return kept;
        }
      } catch (IsobarException | IOException _) {
        // Damaged, of another version, or just now replaced: made again below.
      }
    }
    byte[] bytes = compile.get();
    if (path != null) {
      write(path, bytes);
    }
    return new CompiledReader(file, bytes);
  }

  /// Other processes see the old file or the new one, never half of it.
  private static void write(Path path, byte[] bytes) {
    try {
      Files.createDirectories(path.getParent());
      Path temporary = Files.createTempFile(path.getParent(), "compiled", ".tmp");
      try {
        Files.write(temporary, bytes);
        Files.move(
            temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException | UnsupportedOperationException _) {
      // A cache that cannot be written only costs time.
    }
  }

  /// Removes what was compiled from versions of a provider that are no more, wherever they were.
  void prune(String provider) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> versions = Files.list(folder.resolve(DOCUMENTS).resolve(provider))) {
      versions.filter(CompiledCache::isStale).forEach(Folders::delete);
    } catch (IOException | UncheckedIOException _) {
      // Nothing was compiled, or it cannot be removed: it is in nobody's way.
    }
  }

  private static boolean isStale(Path version) {
    try {
      Path compiled = version.resolve("provider" + ENDING);
      String source = new CompiledReader("provider", Files.readAllBytes(compiled)).source();
      int end = source.indexOf('\t');
      return end < 0 || !Files.exists(Path.of(source.substring(0, end)));
    } catch (IsobarException | IOException | IllegalArgumentException _) {
      return true;
    }
  }
}
