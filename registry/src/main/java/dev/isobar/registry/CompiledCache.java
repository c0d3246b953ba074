package dev.isobar.registry;

import dev.isobar.catalog.compiled.CompiledReader;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Compiled documents of local folders, made again when their sources changed. What cannot be read
/// or written is as if it were not there.
///
/// @param folder null to keep nothing
record CompiledCache(@Nullable Path folder) {
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
}
