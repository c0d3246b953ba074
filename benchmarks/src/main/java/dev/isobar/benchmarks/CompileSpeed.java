package dev.isobar.benchmarks;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.compiled.CompiledWriter;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
/// @param cpuNanos of this thread: what counts on a machine that does other things too
record CompileSpeed(
    int documents, int refused, long bytes, long compiled, long nanos, long cpuNanos) {

  /// @param root holds `<provider>/<version>/provider.yaml`
  static CompileSpeed of(Path root) throws IOException {
    int documents = 0;
    int refused = 0;
    long bytes = 0;
    long compiled = 0;
    long begin = System.nanoTime();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long beginCpu = threads.getCurrentThreadCpuTime();
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
    return new CompileSpeed(
        documents,
        refused,
        bytes,
        compiled,
        System.nanoTime() - begin,
        threads.getCurrentThreadCpuTime() - beginCpu);
  }

  private static List<Path> providers(Path root) throws IOException {
    try (Stream<Path> files = Files.find(root, 3, (file, _) -> file.endsWith("provider.yaml"))) {
      return files.map(Path::getParent).sorted().toList();
    }
  }

  String text() {
    return "%.1f MB/s, %.1f MB per CPU s".formatted(perSecond(nanos), perSecond(cpuNanos));
  }

  private double perSecond(long time) {
    return bytes / 1e6 / (time / 1e9);
  }
}
