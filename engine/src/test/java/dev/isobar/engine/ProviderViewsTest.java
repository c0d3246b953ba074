package dev.isobar.engine;

import dev.isobar.model.Json;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The views of an invented provider, from its documents to what a person sees.
class ProviderViewsTest {
  @Test
  void aScriptOverViewsOfEachKind() throws IOException {
    CloudScript.check("acme", ProviderViewsTest::answer, Path.of("src/test/views/views.sql"));
  }

  /// `/{region}/types/{TypeName}/things[/{Identifier}]`: three boxes in every region.
  private static Reply answer(Received request) {
    String[] parts = request.target().split("/", -1);
    String region = parts[1];
    List<Map<String, Object>> things = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      String properties =
          Json.write(
              Map.of(
                  "Colour",
                  i == 2 ? "red" : region.equals("eu-1") ? "blue" : "green",
                  "Size",
                  i * (region.equals("eu-1") ? 5 : 100),
                  "Large",
                  i == 3,
                  "Tags",
                  List.of(
                      Map.of("Key", "k" + i, "Value", "v" + i),
                      Map.of("Key", "owner", "Value", i == 1 ? "me" : "v"))));
      things.add(Map.of("Identifier", "box-" + i, "Properties", properties));
    }
    if (parts.length == 6) {
      int index = Integer.parseInt(parts[5].substring("box-".length()));
      return Reply.json(Json.write(things.get(index - 1)));
    }
    return Reply.json(Json.write(Map.of("Things", things)));
  }
}
