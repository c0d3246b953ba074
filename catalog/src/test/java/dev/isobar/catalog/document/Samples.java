package dev.isobar.catalog.document;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/// The documents of the invented provider `acme`.
public final class Samples {
  private Samples() {}

  /// A loader of the whole provider.
  public static DocumentLoader acme() {
    URL folder = Objects.requireNonNull(Samples.class.getResource("/documents"));
    try {
      Path root = Path.of(folder.toURI());
      return new DocumentLoader(root, root.resolve("acme/v00.00.00000"));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
