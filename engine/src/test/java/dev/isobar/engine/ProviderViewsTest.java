package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.fetch.FetchOptions;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.model.Result;
import dev.isobar.parse.Statement;
import dev.isobar.render.ErrorText;
import dev.isobar.render.Format;
import dev.isobar.render.RenderOptions;
import dev.isobar.render.Renderer;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The views of an invented provider, from its documents to what a person sees. `mvn test
/// -Dscripts.update=true` rewrites the output.
class ProviderViewsTest {
  private static final Path DOCUMENTS = Path.of("src/test/resources/documents");
  private static final Path SCRIPT = Path.of("src/test/views/views.sql");
  private static final Path SEEN = Path.of("src/test/views/views.out");

  @Test
  void aScriptOverViewsOfEachKind() throws IOException {
    String script = Files.readString(SCRIPT);
    StringBuilder seen = new StringBuilder();
    try (var cloud = FakeCloud.start(ProviderViewsTest::answer);
        var engine = engine(cloud)) {
      for (Statement statement : engine.parse(script).statements()) {
        seen.append("> ")
            .append(script, statement.span().start(), statement.span().end())
            .append('\n');
        int before = cloud.targets().size();
        run(engine, statement, script, seen);
        cloud.targets().stream()
            .skip(before)
            .sorted()
            .forEach(target -> seen.append("-- GET ").append(target).append('\n'));
        seen.append('\n');
      }
    }
    if (Boolean.getBoolean("scripts.update")) {
      Files.writeString(SEEN, seen);
    }
    assertThat(seen.toString()).isEqualTo(Files.readString(SEEN));
  }

  private static Engine engine(FakeCloud cloud) {
    Catalog catalog =
        new Catalog(List.of(new DocumentLoader(DOCUMENTS, DOCUMENTS.resolve("acme/v1")).load()));
    FetchOptions fetch = FetchOptions.DEFAULT.withEndpoints(Map.of("acme", cloud.uri()));
    return new Engine(new EngineOptions(catalog, fetch, null, false, _ -> null));
  }

  private static void run(Engine engine, Statement statement, String script, StringBuilder seen)
      throws IOException {
    try (Result result = engine.execute(statement)) {
      Renderer.of(Format.TABLE, RenderOptions.DEFAULT).render(result, seen);
    } catch (IsobarException e) {
      seen.append(ErrorText.render(e, script, false));
    }
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
