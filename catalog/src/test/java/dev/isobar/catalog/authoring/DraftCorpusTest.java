package dev.isobar.catalog.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.authoring.DraftOptions.Services;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.catalog.document.Problem;
import dev.isobar.catalog.document.YamlText;
import dev.isobar.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Real OpenAPI documents, which are not part of this repository: the service documents of a
/// registry's sources, without what makes them a provider. `-Dregistry.documents=FOLDER`.
@EnabledIfSystemProperty(named = "registry.documents", matches = ".+")
class DraftCorpusTest {
  @TempDir private Path folder;

  @Test
  void everyDocumentBecomesAProvider() throws IOException {
    List<Path> documents;
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("registry.documents", "")))) {
      documents =
          files
              .filter(file -> file.toString().matches(".*/services/[^/]+\\.yaml"))
              .sorted()
              .toList();
    }
    int methods = 0;
    List<String> withProblems = new ArrayList<>();
    for (Path document : documents) {
      Draft draft =
          Draft.of(
              document.toString(),
              plain(document),
              new DraftOptions("acme", "https://api.acme.example", Services.AUTOMATIC));
      methods += draft.methods();
      List<Problem> problems = problems(draft.write(folder, true));
      if (!problems.isEmpty()) {
        withProblems.add(document.getFileName() + ": " + problems.getFirst());
      }
    }
    System.out.println(
        "%,d documents became providers with %,d methods; %,d have problems%n%s"
            .formatted(
                documents.size(), methods, withProblems.size(), String.join("\n", withProblems)));
    assertThat(documents).isNotEmpty();
    assertThat(withProblems.size()).isLessThan(documents.size() / 50);
  }

  private static String plain(Path document) throws IOException {
    Object read = YamlText.read(document.toString(), Files.readString(document));
    Map<Object, Object> root = copy(read);
    Map<Object, Object> components = copy(root.get("components"));
    components.remove("x-stackQL-resources");
    root.remove("x-stackQL-config");
    root.put("components", components);
    return Json.write(root);
  }

  private static Map<Object, Object> copy(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : new LinkedHashMap<>();
  }

  private List<Problem> problems(Path written) {
    DocumentLoader loader = new DocumentLoader(folder.resolve("src"), written);
    Provider provider = loader.load();
    for (ServiceHeader header : provider.services()) {
      Service service = loader.load(header);
      for (ResourceHeader resource : service.resources()) {
        assertThat(service.resource(resource.name()).methods()).isNotEmpty();
      }
    }
    return loader.problems();
  }
}
