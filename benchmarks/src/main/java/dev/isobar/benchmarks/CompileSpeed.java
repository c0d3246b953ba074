package dev.isobar.benchmarks;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.compiled.CompiledWriter;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Compiles every document of a folder of providers, one after the other.
///
/// @param documents those compiled
/// @param refused those that cannot be read
/// @param bytes of their YAML
/// @param compiled bytes of their compiled form
record CompileSpeed(int documents, int refused, long bytes, long compiled, long nanos) {

  /// @param root holds `<provider>/<version>/provider.yaml`
  static CompileSpeed of(Path root) throws IOException {
    int documents = 0;
    int refused = 0;
    long bytes = 0;
    long compiled = 0;
    long begin = System.nanoTime();
    for (Path folder : providers(root)) {
      DocumentLoader loader = new DocumentLoader(root, folder);
      Provider provider = loader.load();
      for (ServiceHeader header : provider.services()) {
        Path file = DocumentLoader.locate(root, header.document());
        if (!Files.isRegularFile(file)) {
          continue;
        }
        bytes += Files.size(file);
        try {
          compiled += CompiledWriter.service(loader.load(header), "").length;
          documents++;
        } catch (IsobarException _) {
          refused++;
        }
      }
    }
    return new CompileSpeed(documents, refused, bytes, compiled, System.nanoTime() - begin);
  }

  private static List<Path> providers(Path root) throws IOException {
    try (Stream<Path> files = Files.find(root, 3, (file, _) -> file.endsWith("provider.yaml"))) {
      return files.map(Path::getParent).sorted().toList();
    }
  }

  double megabytesPerSecond() {
    return bytes / 1e6 / (nanos / 1e9);
  }
}
