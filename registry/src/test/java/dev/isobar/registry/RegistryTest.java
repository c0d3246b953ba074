package dev.isobar.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.document.Problem;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
  @TempDir private Path folder;
  private Path documents;
  private Path cache;

  @BeforeEach
  void makeFolders() throws IOException {
    documents = Files.createDirectory(folder.resolve("documents"));
    cache = folder.resolve("cache");
  }

  private void write(String provider, String version, String path) throws IOException {
    Path at = Files.createDirectories(documents.resolve(provider).resolve(version));
    Files.writeString(
        at.resolve("provider.yaml"),
        """
        name: %s
        version: %s
        providerServices:
          core: { service: { $ref: %s/%s/core.yaml } }
        """
            .formatted(
                provider.equals("googleapis.com") ? "google" : provider,
                version,
                provider,
                version));
    Files.writeString(
        at.resolve("core.yaml"),
        """
        paths:
          %s:
            get: { responses: { '200': {} } }
        components:
          x-stackQL-resources:
            things:
              methods:
                list: { operation: { $ref: '#/paths/%s/get' } }
        """
            .formatted(path, path.replace("/", "~1")));
  }

  private Catalog open() {
    return Registry.open(new RegistryOptions(documents.toString(), cache));
  }

  private static String path(Catalog catalog, String provider) {
    Method list = catalog.provider(provider).service("core").resource("things").method("list");
    return list.operation().path();
  }

  private List<Path> cached() throws IOException {
    if (!Files.exists(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void readsAFolder() throws IOException {
    write("acme", "v1.0.0", "/things");
    assertThat(open().names()).contains("acme");
    assertThat(path(open(), "acme")).isEqualTo("/things");
  }

  @Test
  void takesTheHighestVersion() throws IOException {
    write("acme", "v9.0.0", "/old");
    write("acme", "v10.0.0", "/new");
    write("acme", "v10.0.0-beta", "/beta");
    assertThat(open().provider("acme").version()).isEqualTo("v10.0.0");
    assertThat(path(open(), "acme")).isEqualTo("/new");
  }

  @Test
  void knowsTheOneFolderThatIsNotCalledAsItsProvider() throws IOException {
    write("googleapis.com", "v1", "/things");
    assertThat(path(open(), "google")).isEqualTo("/things");
  }

  @Test
  void compilesOnlyWhatIsAskedFor() throws IOException {
    write("acme", "v1", "/things");
    write("other", "v1", "/things");
    Catalog catalog = open();
    assertThat(cached()).isEmpty();
    assertThat(catalog.provider("acme").services()).hasSize(1);
    assertThat(cached())
        .extracting(Path::getFileName)
        .extracting(Path::toString)
        .containsExactly("provider.isobar");
    assertThat(path(catalog, "acme")).isEqualTo("/things");
    assertThat(cached()).hasSize(2);
  }

  @Test
  void usesWhatIsCompiledWhileTheSourceIsUnchanged() throws IOException {
    write("acme", "v1", "/things");
    assertThat(path(open(), "acme")).isEqualTo("/things");
    List<Path> compiled = cached();
    List<Object> times = new ArrayList<>();
    for (Path file : compiled) {
      times.add(Files.readAttributes(file, "fileKey,lastModifiedTime"));
    }
    assertThat(path(open(), "acme")).isEqualTo("/things");
    List<Object> after = new ArrayList<>();
    for (Path file : cached()) {
      after.add(Files.readAttributes(file, "fileKey,lastModifiedTime"));
    }
    assertThat(after).isEqualTo(times);
  }

  @Test
  void compilesChangedSourcesAgain() throws IOException {
    write("acme", "v1", "/things");
    assertThat(path(open(), "acme")).isEqualTo("/things");
    write("acme", "v1", "/other-things");
    assertThat(path(open(), "acme")).isEqualTo("/other-things");
    assertThat(cached()).hasSize(2);
  }

  @Test
  void compilesDamagedFilesAgain() throws IOException {
    write("acme", "v1", "/things");
    assertThat(path(open(), "acme")).isEqualTo("/things");
    for (Path file : cached()) {
      Files.write(file, new byte[] {1, 2, 3});
    }
    assertThat(path(open(), "acme")).isEqualTo("/things");
    assertThat(cached()).allSatisfy(file -> assertThat(Files.size(file)).isGreaterThan(3));
  }

  @Test
  void compilesFilesOfAnotherVersionAgain() throws IOException {
    write("acme", "v1", "/things");
    assertThat(path(open(), "acme")).isEqualTo("/things");
    for (Path file : cached()) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[4]++;
      Files.write(file, bytes);
    }
    assertThat(path(open(), "acme")).isEqualTo("/things");
  }

  @Test
  void severalMayCompileAtOnce() throws Exception {
    write("acme", "v1", "/things");
    List<Future<String>> paths = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 40; i++) {
        paths.add(threads.submit(() -> path(open(), "acme")));
      }
    }
    for (Future<String> each : paths) {
      assertThat(each.get()).isEqualTo("/things");
    }
    assertThat(cached()).as("nothing half-written is left").hasSize(2);
  }

  @Test
  void doesWithoutACache() throws IOException {
    write("acme", "v1", "/things");
    Path noFolder = Files.writeString(folder.resolve("file"), "");
    assertThat(path(Registry.open(new RegistryOptions(documents.toString(), null)), "acme"))
        .isEqualTo("/things");
    assertThat(path(Registry.open(new RegistryOptions(documents.toString(), noFolder)), "acme"))
        .isEqualTo("/things");
  }

  @Test
  void tellsProblemsWhenItCompiles() throws IOException {
    write("acme", "v1", "/things");
    Path core = documents.resolve("acme/v1/core.yaml");
    Files.writeString(core, Files.readString(core).replace("~1things/get", "~1things/put"));
    List<Problem> problems = new ArrayList<>();
    Catalog catalog =
        Registry.open(new RegistryOptions(documents.toString(), cache), problems::add);
    assertThat(catalog.provider("acme").service("core").resource("things").methods()).isEmpty();
    assertThat(problems).extracting(Problem::file).containsExactly("acme/v1/core.yaml");
  }

  @Test
  void saysWhichFileIsBroken() throws IOException {
    write("acme", "v1", "/things");
    Files.writeString(documents.resolve("acme/v1/core.yaml"), "a: [");
    assertThatThrownBy(() -> path(open(), "acme"))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT))
        .hasMessageContaining("`acme/v1/core.yaml`");
  }

  @Test
  void refusesAProviderOfAnotherName() throws IOException {
    write("acme", "v1", "/things");
    Files.move(documents.resolve("acme"), documents.resolve("renamed"));
    assertThatThrownBy(() -> open().provider("renamed"))
        .isInstanceOf(IsobarException.class)
        .hasMessageContaining("`acme`");
  }

  @Test
  void compilesProvidersToShip() throws IOException {
    write("acme", "v1", "/things");
    Path output = folder.resolve("classes/dev/isobar/providers");
    ProviderCompiler.compile(documents, output);
    URL[] classPath = {folder.resolve("classes").toUri().toURL()};
    try (URLClassLoader classes = new URLClassLoader(classPath, null)) {
      BundledProviders bundled = new BundledProviders(classes);
      assertThat(bundled.names()).containsExactly("acme");
      assertThat(bundled.load("acme").service("core").resource("things").methods()).hasSize(1);
    }
  }

  @Test
  void shipsNothingThatHasAProblem() throws IOException {
    write("acme", "v1", "/things");
    Path core = documents.resolve("acme/v1/core.yaml");
    Files.writeString(core, Files.readString(core).replace("~1things/get", "~1things/put"));
    assertThatThrownBy(() -> ProviderCompiler.compile(documents, folder.resolve("out")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/methods/list/operation/$ref");
  }
}
