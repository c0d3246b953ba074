package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderCheckTest {
  private static final String SERVICE =
      """
      servers: [ { url: https://api.acme.example } ]
      paths: { /widgets: { get: { responses: { '200': {} } }, post: {} } }
      components:
        x-stackQL-resources:
          widgets:
            methods:
              list: { operation: { $ref: '#/paths/~1widgets/get' } }
              make: { operation: { $ref: '#/paths/~1widgets/post' } }
            sqlVerbs: { select: [ { $ref: '#/components/x-stackQL-resources/widgets/methods/list' } ] }
      """;

  @TempDir Path root;
  private final Isobar isobar = new Isobar(null);
  private Path version;

  @BeforeEach
  void write() throws IOException {
    version = Files.createDirectories(root.resolve("acme/v1"));
    Files.writeString(
        version.resolve("provider.yaml"),
        "{name: acme, providerServices: {widgets: {service: {$ref: acme/v1/widgets.yaml}}}}");
    Files.writeString(version.resolve("widgets.yaml"), SERVICE);
  }

  @Test
  void countsWhatThereIs() {
    for (Path folder : new Path[] {root, version.getParent(), version}) {
      Isobar each = new Isobar(null);
      assertThat(each.run("provider", "check", folder.toString())).isZero();
      assertThat(each.out().lines().map(line -> line.replaceAll("[ │]+", " ").strip()))
          .contains("acme 1 1 2 1/1 0/0 0/0 0/0 0/0 1 0 0");
      assertThat(each.err()).matches("(?s).*1 provider, 0 problems, 0\\.0 MB in [0-9.]+ s\\.\n");
    }
  }

  @Test
  void tellsEveryProblemWithItsPlace() throws IOException {
    Files.writeString(
        version.resolve("widgets.yaml"), SERVICE.replace("~1widgets/post", "~1gone/post"));
    Files.writeString(
        Files.createDirectories(root.resolve("acme/v2")).resolve("provider.yaml"),
        "{name: acme, providerServices: {gone: {service: {$ref: acme/v2/gone.yaml}}}}");
    Files.writeString(
        Files.createDirectories(root.resolve("broken/v1")).resolve("provider.yaml"), "{a: b");
    assertThat(isobar.run("provider", "check", "-o", "json", root.toString())).isEqualTo(1);
    Map<?, ?> json = (Map<?, ?>) Objects.requireNonNull(Json.parse(isobar.out()));
    assertThat(Json.write(json.get("problems")))
        .contains(
            "\"pointer\":\"/components/x-stackQL-resources/widgets/methods/make/operation/$ref\"",
            "\"file\":\"acme/v2/gone.yaml\"",
            "broken/v1/provider.yaml");
    assertThat(Json.write(json.get("providers")))
        .contains("\"folder\":\"acme/v1\"", "\"exec_only\":0");
    assertThat(isobar.err()).contains("2 providers, 3 problems");
  }

  @Test
  void saysWhatIsExpected() {
    assertThat(isobar.run("provider", "check", root.resolve("acme/v3").toString())).isEqualTo(2);
    assertThat(isobar.err()).contains("There is no `provider.yaml` in");
    assertThat(isobar.run("provider", "check")).isEqualTo(2);
    assertThat(isobar.run("provider", "chekc")).isEqualTo(2);
    assertThat(isobar.run("provider", "check", "-o", "csv", root.toString())).isEqualTo(2);
    assertThat(isobar.run("provider", "check", "--help")).isZero();
    assertThat(isobar.run("help", "provider")).isZero();
  }
}
