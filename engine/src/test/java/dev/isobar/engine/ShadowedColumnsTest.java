package dev.isobar.engine;

import dev.isobar.model.Json;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Parameters that have the name of a column, over an invented cloud.
class ShadowedColumnsTest {
  @Test
  void theRequestAnswersARequiredParameterAndAnOptionalOneIsCompared() throws IOException {
    CloudScript.check(
        "orbit", ShadowedColumnsTest::answer, Path.of("src/test/columns/shadowed.sql"));
  }

  /// `/zones/{zone}/machines`: one machine of each family in every zone, whatever is asked for.
  private static Reply answer(Received request) {
    String zone = request.target().split("/", -1)[2];
    List<Map<String, String>> machines = List.of(machine(zone, "small"), machine(zone, "large"));
    return Reply.json(Json.write(Map.of("items", machines)));
  }

  private static Map<String, String> machine(String zone, String family) {
    return Map.of(
        "name", zone + "-" + family,
        "zone", "https://compute.orbit.example/zones/" + zone,
        "family", family);
  }
}
