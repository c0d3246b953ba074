package dev.isobar.registry;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.compiled.CompiledWriter;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.catalog.document.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Compiles the providers that ship inside, when they are built.
public final class ProviderCompiler {
  private ProviderCompiler() {}

  /// As [#compile].
  ///
  /// @param arguments the folder of documents, and the folder to write to
  public static void main(String[] arguments) throws IOException {
    compile(Path.of(arguments[0]), Path.of(arguments[1]));
  }

  /// Compiles the highest version of each provider in `documents`.
  ///
  /// @throws IllegalStateException when a document has a problem
  public static void compile(Path documents, Path output) throws IOException {
    LocalProviders local = LocalProviders.at(documents.toAbsolutePath().normalize());
    StringBuilder index = new StringBuilder();
    for (var provider : local.providers().entrySet()) {
      String name = provider.getKey();
      compile(local.root(), provider.getValue().chosen(), output.resolve(name));
      index.append(name).append('\n');
    }
    Files.createDirectories(output);
    Files.writeString(output.resolve(BundledProviders.INDEX), index);
  }

  private static void compile(Path root, Path folder, Path output) throws IOException {
    DocumentLoader loader = new DocumentLoader(root, folder);
    Provider provider = loader.load();
    Path services = Files.createDirectories(output.resolve("services"));
    for (ServiceHeader header : provider.services()) {
      byte[] service = CompiledWriter.service(loader.load(header), provider.version());
      Files.write(services.resolve(header.name() + BundledProviders.ENDING), service);
    }
    Files.write(
        output.resolve(BundledProviders.PROVIDER + BundledProviders.ENDING),
        CompiledWriter.provider(provider, provider.version()));
    refuse(loader.problems());
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n", "\n", "")));
    }
  }
}
