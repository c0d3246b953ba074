package dev.isobar.sandbox;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.document.DocumentLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// The providers that tests emulate.
final class Documents {
  private Documents() {}

  /// Linode's bundled documents, the newest version; read once, as that takes a while.
  static Provider linode() {
    return Linode.PROVIDER;
  }

  private static final class Linode {
    static final Provider PROVIDER = load();

    private static Provider load() {
      Path root = Path.of("..", "providers", "src", "main", "documents");
      try (Stream<Path> versions = Files.list(root.resolve("linode"))) {
        Path newest = versions.max(Comparator.naturalOrder()).orElseThrow();
        return new DocumentLoader(root, newest).load();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// An invented provider that the sandbox knows nothing about.
  static Provider acme() {
    Path root = Path.of("src", "test", "documents");
    return new DocumentLoader(root, root.resolve("acme").resolve("v00.00.00000")).load();
  }

  /// An invented provider with two services of actions on one path.
  static Provider cumulus() {
    Path root = Path.of("src", "test", "documents");
    return new DocumentLoader(root, root.resolve("cumulus").resolve("v00.00.00000")).load();
  }
}
