package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a sandbox remembers.
final class StateTest {
  private static final String WIDGETS = "/api/v1/widgets";

  @TempDir Path folder = Path.of("");
  private final List<String> log = new ArrayList<>();

  private Sandbox start(long seed) {
    return Sandbox.start(
        Documents.acme(),
        SandboxOptions.defaults()
            .withSeed(seed)
            .withStateFile(folder.resolve("acme.json"))
            .withLog(log::add));
  }

  private static List<Map<String, @Nullable Object>> widgets(Client client) {
    return Values.list(client.get(WIDGETS + "?limit=50").get("widgets")).stream()
        .map(Values::object)
        .toList();
  }

  @Test
  void changesOutliveTheProcess() {
    List<Map<String, @Nullable Object>> before;
    String part;
    try (Sandbox sandbox = start(1);
        Client client = new Client(sandbox, "someone")) {
      List<Map<String, @Nullable Object>> all = widgets(client);
      client.delete(WIDGETS + "/" + all.get(0).get("id"));
      client.send("PATCH", WIDGETS + "/" + all.get(1).get("id"), Map.of("colour", "blue"));
      client.post(WIDGETS, Map.of("name", "cog", "colour", "red"));
      client.put("/api/v1/settings", Map.of("dark", true));
      String parts = WIDGETS + "/" + all.get(1).get("id") + "/parts";
      part = parts + "/" + client.post(parts, Map.of("label", "tooth")).get("id");
      client.post("/_sandbox/clock", Map.of("advance", "PT1H"));
      before = widgets(client);
    }
    try (Sandbox sandbox = start(1);
        Client client = new Client(sandbox, "someone")) {
      assertThat(widgets(client)).isEqualTo(before);
      assertThat(client.get("/api/v1/settings").object()).containsEntry("dark", true);
      assertThat(client.get(part).object()).containsEntry("label", "tooth");
      client.post(WIDGETS, Map.of("name", "cam", "colour", "red"));
      assertThat(widgets(client)).extracting(widget -> widget.get("id")).doesNotHaveDuplicates();
    }
    assertThat(log).isEmpty();
  }

  @Test
  void readingWritesNothing() {
    try (Sandbox sandbox = start(1);
        Client client = new Client(sandbox, "someone")) {
      widgets(client);
    }
    assertThat(folder.resolve("acme.json")).doesNotExist();
  }

  @Test
  void aBrokenFileIsMovedAsideAndSaidSo() throws IOException {
    Files.writeString(folder.resolve("acme.json"), "{\"state\": ");
    try (Sandbox sandbox = start(1);
        Client client = new Client(sandbox, "someone")) {
      assertThat(widgets(client)).isNotEmpty();
    }
    assertThat(folder.resolve("acme.json.broken")).exists();
    assertThat(log).singleElement().asString().contains("is not valid JSON", "starts fresh");
  }

  @Test
  void theStateOfAnotherSeedIsNotMixedIn() {
    try (Sandbox sandbox = start(1);
        Client client = new Client(sandbox, "someone")) {
      client.post(WIDGETS, Map.of("name", "cog", "colour", "red"));
    }
    try (Sandbox sandbox = start(2);
        Client client = new Client(sandbox, "someone")) {
      assertThat(widgets(client)).extracting(widget -> widget.get("name")).doesNotContain("cog");
    }
    assertThat(log).singleElement().asString().contains("another provider, seed or version");
  }

  @Test
  void whoSavesLastWinsAndSaysSo() {
    try (Sandbox first = start(1);
        Sandbox second = start(1);
        Client one = new Client(first, "someone");
        Client two = new Client(second, "someone")) {
      one.post(WIDGETS, Map.of("name", "cog", "colour", "red"));
      two.post(WIDGETS, Map.of("name", "cam", "colour", "red"));
    }
    assertThat(log).anyMatch(line -> line.contains("its changes are replaced"));
  }

  @Test
  void tokensAreNotKept() throws IOException {
    try (Sandbox sandbox =
            Sandbox.start(
                Documents.linode(),
                SandboxOptions.defaults().withStateFile(folder.resolve("linode.json")));
        Client client = new Client(sandbox, "canary-token")) {
      client.post(
          "/v4/profile/phone-number", Map.of("iso_code", "US", "phone_number", "555-555-0100"));
      client.put("/v4/profile", Map.of("timezone", "Europe/Berlin"));
    }
    assertThat(Files.readString(folder.resolve("linode.json")))
        .contains("Europe/Berlin")
        .doesNotContain("canary");
  }
}
