package dev.isobar.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// A package of the public registry, which is not part of this repository:
/// `-Dregistry.package=FILE`, called as `<provider>-<version>.tgz` is.
@EnabledIfSystemProperty(named = "registry.package", matches = ".+")
class RealPackageTest {
  @TempDir private Path folder;

  /// Each signature fits its document and the certificate that ships inside; whether it was made
  /// while that one was valid is another matter, and said.
  @Test
  void itsSignaturesFit() throws IOException {
    Path archive = Path.of(System.getProperty("registry.package"));
    String name = archive.getFileName().toString().replaceFirst("\\.tgz$", "");
    int dash = name.indexOf('-');
    String version = name.substring(dash + 1);
    Archive.unpack(name, archive, version, folder, Archive.Limits.DEFAULT);
    Signatures signatures = Signatures.by(RegistrySettings.Verification.DEFAULT);
    List<Path> documents;
    try (Stream<Path> files = Files.walk(folder)) {
      documents = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    assertThat(documents).isNotEmpty();
    int within = 0;
    for (Path document : documents) {
      byte[] bytes = Files.readAllBytes(document);
      byte[] signature = Files.readAllBytes(Path.of(document + Signatures.ENDING));
      try {
        var _ = signatures.verify(document.toString(), bytes, signature);
        within++;
      } catch (IsobarException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.UNTRUSTED_DOCUMENT);
        assertThat(e.text()).contains(" was signed on ").contains("is valid from");
      }
      bytes[0] ^= 1;
      assertThatThrownBy(() -> signatures.verify(document.toString(), bytes, signature))
          .hasMessageContaining("was changed after it was signed");
    }
    System.out.println(
        documents.size() + " signatures fit, " + within + " within the certificate's time");
  }
}
