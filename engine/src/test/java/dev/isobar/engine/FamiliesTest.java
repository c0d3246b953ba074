package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.fetch.FetchOptions;
import dev.isobar.testing.FakeCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Families of APIs, each by an invented provider of the same shape. `src/test/families/<family>/`
/// holds its documents, the variables of its credentials in `environment`, and scripts: `x.sql`,
/// the API's answers in `x.answers` (see [RecordedAnswers]), and in `x.out` what a person sees and
/// what the API was asked. `mvn test -Dscripts.update=true` rewrites the last.
///
/// `{address}` stands for the API's host and port, `{key}` for a private key. A script that names
/// the address reaches the API by what its statements say; another as if the hosts that its
/// documents name were there.
class FamiliesTest {
  private static final Path FAMILIES = Path.of("src/test/families");

  @TestFactory
  List<DynamicTest> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(FAMILIES)) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .sorted()
          .map(file ->
              DynamicTest.dynamicTest(FAMILIES.relativize(file).toString(), () -> run(file)))
          .toList();
    }
  }

  /// The sandbox knows each family's ways: it is asked as its own samples say.
  @TestFactory
  List<DynamicTest> inTheSandbox() throws IOException {
    try (Stream<Path> folders = Files.list(FAMILIES)) {
      return folders
          .sorted()
          .map(family ->
              DynamicTest.dynamicTest(
                  family.getFileName() + " in the sandbox", () -> tryAll(family)))
          .toList();
    }
  }

  private static void tryAll(Path family) {
    Provider provider = new DocumentLoader(FAMILIES, family).load();
    SandboxTrials trials = new SandboxTrials(new Catalog(List.of(provider)), 1);
    SandboxTrials.Counts read = trials.each(provider, trials::select);
    SandboxTrials.Counts called = trials.each(provider, trials::execute);
    assertThat(trials.failures()).isEmpty();
    assertThat(read.right).isPositive();
    assertThat(called.right).isPositive();
  }

  private static void run(Path script) throws Exception {
    Path family = script.resolve("..").normalize();
    Provider provider = new DocumentLoader(FAMILIES, family).load();
    String written = Files.readString(script);
    var answers = RecordedAnswers.read(Path.of(script.toString().replace(".sql", ".answers")));
    String seen;
    try (var cloud = FakeCloud.start(answers::reply)) {
      String address = cloud.uri().getAuthority();
      // What the documents say of credentials counts for a cloud that is not the real one too.
      FetchOptions fetch = FetchOptions.DEFAULT.withAuth(Map.of(provider.name(), provider.auth()));
      if (!written.contains("{address}")) {
        fetch = fetch.withEndpoints(Map.of(provider.name(), cloud.uri()));
      }
      Map<String, String> environment = environment(family, address);
      var options =
          new EngineOptions(new Catalog(List.of(provider)), fetch, null, false, environment::get);
      try (var engine = new Engine(options)) {
        seen =
            CloudScript.see(
                engine, cloud, written.replace("{address}", address), RecordedAnswers::told);
      }
      seen = seen.replace(address, "{address}");
    }
    CloudScript.compare(script, seen);
    answers.allWereGiven();
  }

  /// The lines `NAME=value` of the file.
  private static Map<String, String> environment(Path family, String address)
      throws IOException, GeneralSecurityException {
    Map<String, String> environment = new HashMap<>();
    Path file = family.resolve("environment");
    for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
      String[] variable = line.replace("{address}", address).split("=", 2);
      String value = variable[1];
      environment.put(
          variable[0], value.contains("{key}") ? value.replace("{key}", privateKey()) : value);
    }
    return environment;
  }

  /// A new key as text in a JSON document.
  private static String privateKey() throws GeneralSecurityException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048);
    String key =
        Base64.getEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\\n" + key + "\\n-----END PRIVATE KEY-----\\n";
  }
}
