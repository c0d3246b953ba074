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
import java.util.function.Consumer;
import java.util.function.Function;

/// One provider of a local folder, compiled document by document when each is first used.
final class LocalProvider {
  private final Path root;
  private final Path folder;
  private final String name;
  private final CompiledCache cache;
  private final Consumer<Problem> problems;

  LocalProvider(
      LocalProviders providers, String name, CompiledCache cache, Consumer<Problem> problems) {
    this.root = providers.root();
    this.folder = providers.folder(name);
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
    // Two folders may hold the same provider; the stamp tells them apart should this not.
    String place = Integer.toHexString(folder.toString().hashCode());
    String version = folder.getFileName() + "-" + place;
    return "documents/" + name + "/" + version + "/" + document + ".isobar";
  }

  /// What changes when the file does.
  private static String stamp(Path file) {
    try {
      BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
      return file + " " + facts.size() + " " + facts.lastModifiedTime();
    } catch (IOException _) {
      return file + " missing";
    }
  }
}
