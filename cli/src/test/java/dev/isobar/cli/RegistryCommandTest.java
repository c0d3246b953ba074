package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.PublishedRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryCommandTest {
  @TempDir private Path home;
  private FakeCloud cloud;

  @BeforeEach
  void start() {
    PublishedRegistry published =
        new PublishedRegistry()
            .add("acme", "v1.0.0", "/one", null)
            .add("acme", "v2.0.0", "/two", null)
            .add("zeta", "v1.0.0", "/one", null);
    cloud = FakeCloud.start(published::reply);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private String location() {
    return "{\"url\": \"" + cloud.uri() + "\", \"verifyConfig\": {\"nopVerify\": true}}";
  }

  private Isobar isobar() {
    return new Isobar(home).with("ISOBAR_REGISTRY", location());
  }

  private String out(String... arguments) {
    Isobar isobar = isobar();
    assertThat(isobar.run(arguments)).as(isobar.err()).isZero();
    return isobar.out();
  }

  @Test
  void listsAndPulls() {
    assertThat(out("registry", "list", "-o", "csv"))
        .isEqualTo("provider,version\nacme,v2.0.0\nzeta,v1.0.0\n");
    assertThat(out("registry", "list", "acme", "-o", "csv"))
        .isEqualTo("provider,versions\nacme,\"v1.0.0, v2.0.0\"\n");
    Isobar pull = isobar();
    assertThat(pull.run("registry", "pull", "acme", "v1.0.0")).isZero();
    assertThat(pull.err()).isEqualTo("acme provider, version 'v1.0.0' successfully installed\n");
    assertThat(pull.out()).isEmpty();
    assertThat(out("registry", "installed", "-o", "csv"))
        .contains("acme,v1.0.0,true," + home.resolve("src/acme/v1.0.0"))
        .contains("linode,")
        .contains(",true,ships with Isobar");
    Isobar remove = isobar();
    assertThat(remove.run("registry", "remove", "acme")).isZero();
    assertThat(remove.err()).isEqualTo("acme provider, version 'v1.0.0' removed\n");
    assertThat(out("registry", "installed", "-o", "csv")).doesNotContain("acme");
  }

  @Test
  void failuresEndWithOne() {
    Isobar isobar = isobar();
    assertThat(isobar.run("registry", "pull", "acne")).isEqualTo(1);
    assertThat(isobar.err())
        .contains("error[UNKNOWN_PROVIDER]: There is no provider `acne` in the registry `http")
        .contains("Did you mean `acme`?");
    Isobar signed = new Isobar(home);
    assertThat(signed.run("registry", "pull", "acme", "--registry", cloud.uri().toString()))
        .isEqualTo(1);
    assertThat(signed.err())
        .contains("error[UNTRUSTED_DOCUMENT]: The document `acme/v2.0.0/provider.yaml` has no sig")
        .contains("nopVerify");
    assertThat(signed.run("registry", "remove", "acme")).isEqualTo(1);
  }

  @Test
  void statementsOfAScriptSeeWhatWasPulledBefore() {
    Isobar isobar = isobar();
    String script =
        """
        REGISTRY LIST;
        REGISTRY LIST acme;
        REGISTRY PULL acme;
        REGISTRY PULL acme v1.0.0;
        SHOW RESOURCES IN acme.core;
        EXPLAIN SELECT id FROM acme.core.things;
        EXPLAIN SELECT id FROM "acme:v2.0.0".core.things;
        """;
    assertThat(isobar.run("exec", "-o", "csv", script)).as(isobar.err()).isZero();
    assertThat(isobar.out())
        .contains("zeta,v1.0.0\n")
        .contains("acme,\"v1.0.0, v2.0.0\"\n")
        .contains("things,")
        .contains("GET https://api.example/one")
        .contains("GET https://api.example/two");
    assertThat(isobar.err())
        .isEqualTo(
            """
            acme provider, version 'v2.0.0' successfully installed
            acme provider, version 'v1.0.0' successfully installed
            """);
  }

  @Test
  void aDryRunAndASandboxAskNobody() {
    assertThat(out("exec", "--dryrun", "-o", "csv", "REGISTRY PULL acme; REGISTRY LIST"))
        .contains("1,acme,PULL,GET " + cloud.uri() + "/dist/providers.yaml,\"\",1,")
        .contains("2,acme,PULL,GET " + cloud.uri() + "/dist/acme/{newest}.tgz,\"\",1,")
        .contains("1,\"\",LIST,GET " + cloud.uri() + "/dist/providers.yaml,\"\",1,");
    Isobar sandbox = isobar();
    assertThat(sandbox.run("exec", "--sandbox", "REGISTRY LIST")).isEqualTo(1);
    assertThat(sandbox.err()).contains("error[UNSUPPORTED_STATEMENT]: This session works without");
    assertThat(cloud.received()).isEmpty();
  }

  @Test
  void metadataNeverUsesTheNetwork() {
    out("registry", "pull", "acme");
    int before = cloud.received().size();
    out(
        "exec",
        "SHOW PROVIDERS; SHOW SERVICES IN acme; SHOW RESOURCES IN acme.core;"
            + " SHOW METHODS IN acme.core.things; DESCRIBE acme.core.things");
    assertThat(cloud.received()).hasSize(before);
  }

  /// A process without the YAML parser on its class path.
  @Test
  void afterAPullNoStatementParsesYaml() throws IOException {
    out("registry", "pull", "acme");
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("snakeyaml"))
            .collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Main.class.getName(),
                "exec",
                "-o",
                "csv",
                "SHOW METHODS IN acme.core.things; SHOW PROVIDERS LIKE 'acme'"));
    builder.environment().put("ISOBAR_HOME", home.toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as(said).isZero();
    assertThat(said).contains("list,\"\",SELECT").contains("acme,v2.0.0");
  }

  @Test
  void aFolderThatCannotBeWrittenIsReadAllTheSame() throws IOException {
    out("registry", "pull", "acme");
    Path documents = home.resolve("documents");
    try (Stream<Path> all = Files.walk(documents)) {
      all.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
    assertThat(home.toFile().setWritable(false)).isTrue();
    try {
      assertThat(out("exec", "-o", "csv", "SHOW METHODS IN acme.core.things")).contains("list");
    } finally {
      assertThat(home.toFile().setWritable(true)).isTrue();
    }
  }
}
