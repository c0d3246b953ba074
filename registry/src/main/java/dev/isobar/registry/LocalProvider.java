package dev.isobar.registry;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.compiled.CompiledWriter;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.catalog.document.Problem;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/// One version of a provider in a local folder, compiled document by document when each is first
/// used.
final class LocalProvider {
  private final Path root;
  private final Path folder;
  private final String name;
  private final CompiledCache cache;
  private final Consumer<Problem> problems;

  /// @param root what references to documents are relative to
  /// @param folder where `provider.yaml` is
  LocalProvider(
      Path root, Path folder, String name, CompiledCache cache, Consumer<Problem> problems) {
    this.root = root;
    this.folder = folder;
    this.name = name;
    this.cache = cache;
    this.problems = problems;
  }

  Provider load() {
    String source = stamp(folder.resolve("provider.yaml"));
    Provider provider =
        cache
            .get(
                cached("provider"),
                source,
                () -> compile(loader -> CompiledWriter.provider(loader.load(), source)))
            .provider(header -> service(header, source));
    if (!provider.name().equals(name)) {
      throw new IsobarException(
          ErrorCode.INVALID_DOCUMENT,
          "The provider in `" + folder + "` is called `" + provider.name() + "`.",
          "Rename the folder or the provider, so that both have one name.");
    }
    return provider;
  }

  /// Compiles what is not compiled yet, on all processors.
  ///
  /// @return what is wrong with services that cannot be used
  List<IsobarException> compile() throws InterruptedException {
    Provider provider = load();
    String source = stamp(folder.resolve("provider.yaml"));
    int processors = Runtime.getRuntime().availableProcessors();
    List<IsobarException> broken = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(processors)) {
      List<Future<Service>> services = new ArrayList<>();
      for (ServiceHeader header : provider.services()) {
        services.add(threads.submit(() -> service(header, source)));
      }
      for (Future<Service> service : services) {
        try {
          service.get();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof IsobarException told)) {
            threads.shutdownNow();
            throw new IllegalStateException("a document cannot be compiled", e);
          }
          broken.add(told);
        }
      }
    }
    return broken;
  }

  private Service service(ServiceHeader header, String providerSource) {
    String source = providerSource + "\n" + stamp(DocumentLoader.locate(root, header.document()));
    return cache
        .get(
            cached("services/" + header.name()),
            source,
            () -> compile(loader -> CompiledWriter.service(loader.load(header), source)))
        .service(name, header);
  }

  private byte[] compile(Function<DocumentLoader, byte[]> form) {
    DocumentLoader loader = new DocumentLoader(root, folder);
    byte[] bytes = form.apply(loader);
    loader.problems().forEach(problems);
    return bytes;
  }

  private String cached(String document) {
    return CompiledCache.folder(name, folder) + "/" + document + CompiledCache.ENDING;
  }

  /// What changes when the file does.
  private static String stamp(Path file) {
    try {
      BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
      return CompiledCache.source(file, facts.size() + " " + facts.lastModifiedTime());
    } catch (IOException _) {
      return CompiledCache.source(file, "missing");
    }
  }
}
