package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.fetch.FetchOptions;
import dev.isobar.model.IsobarException;
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
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A script over an invented provider and its cloud: what a person sees of each statement, and the
/// requests that it took. `mvn test -Dscripts.update=true` rewrites the output.
final class CloudScript {
  private static final Path DOCUMENTS = Path.of("src/test/resources/documents");

  private CloudScript() {}

  /// Compares what is seen of the script with the `.out` beside it.
  static void check(String provider, Function<Received, Reply> cloud, Path script)
      throws IOException {
    Path expected = script.resolveSibling(script.getFileName().toString().replace(".sql", ".out"));
    String seen = see(provider, cloud, Files.readString(script));
    if (Boolean.getBoolean("scripts.update")) {
      Files.writeString(expected, seen);
    }
    assertThat(seen).isEqualTo(Files.readString(expected));
  }

  private static String see(String provider, Function<Received, Reply> answers, String script)
      throws IOException {
    StringBuilder seen = new StringBuilder();
    try (var cloud = FakeCloud.start(answers::apply);
        var engine = engine(provider, cloud)) {
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
    return seen.toString();
  }

  private static Engine engine(String provider, FakeCloud cloud) {
    Path documents = DOCUMENTS.resolve(provider).resolve("v1");
    Catalog catalog = new Catalog(List.of(new DocumentLoader(DOCUMENTS, documents).load()));
    FetchOptions fetch = FetchOptions.DEFAULT.withEndpoints(Map.of(provider, cloud.uri()));
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
}
