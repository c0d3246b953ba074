package dev.isobar.catalog.document;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.model.IsobarException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Reads one version of a provider from its YAML documents. Thread-safe.
public final class DocumentLoader {
  private final Path root;
  private final Document document;
  private final ProviderFacts facts;
  private final ConcurrentLinkedQueue<Problem> problems = new ConcurrentLinkedQueue<>();

  /// Reads `provider.yaml` and no service.
  ///
  /// @param root what the references to service documents are relative to
  /// @param folder where `provider.yaml` is, such as `<root>/acme/v00.00.00000`
  /// @throws IsobarException `INVALID_DOCUMENT`
  public DocumentLoader(Path root, Path folder) {
    this.root = root;
    String file = root.relativize(folder.resolve("provider.yaml")).toString();
    this.document = Document.read(root, file, problems::add);
    Node written = document.root();
    Node config = written.get("config");
    this.facts =
        new ProviderFacts(
            written.text("name"),
            auth(config.get("auth")),
            config.flag("snake_case_aliases"),
            config);
  }

  /// The provider; its services are read when they are first asked for.
  public Provider load() {
    Node written = document.root();
    if (facts.name().isEmpty()) {
      written.problem("The provider has no name.");
    }
    return new Provider(
        facts.name(),
        written.text("version"),
        written.text("title"),
        written.text("description"),
        facts.auth(),
        facts.snakeCaseAliases(),
        headers(),
        this::load);
  }

  /// Reads a service anew. Nothing here keeps it, so that a whole provider can be read in turn.
  ///
  /// @throws IsobarException `INVALID_DOCUMENT`
  public Service load(ServiceHeader header) {
    Node entry = document.root().get("providerServices").get(header.name());
    Document service = Document.read(root, header.document(), problems::add);
    return new ServiceReader(service, facts, header, entry).read();
  }

  /// The file that a reference names; where there is none, one that differs only in case.
  public static Path locate(Path root, String reference) {
    return DocumentFile.find(root, reference);
  }

  /// What was found wrong so far; parts that nobody asked for yet are not read.
  public List<Problem> problems() {
    // Many references may lead to one place.
    return problems.stream().distinct().toList();
  }

  private List<ServiceHeader> headers() {
    List<ServiceHeader> headers = new ArrayList<>();
    for (Node entry : document.root().get("providerServices").members()) {
      String file = entry.get("service").text("$ref");
      if (file.isEmpty()) {
        entry.problem("The service names no document.");
        continue;
      }
      headers.add(
          new ServiceHeader(
              entry.text("id"),
              entry.key(),
              entry.text("title"),
              entry.text("description"),
              entry.text("version"),
              entry.flag("preferred"),
              file));
    }
    return headers;
  }

  private static AuthSpec auth(Node written) {
    if (!written.isMap()) {
      return AuthSpec.NONE;
    }
    Map<String, @Nullable Object> settings = new LinkedHashMap<>();
    for (Node setting : written.members()) {
      if (!setting.key().equals("type")) {
        settings.put(setting.key(), setting.value());
      }
    }
    return new AuthSpec(written.text("type"), settings);
  }
}
