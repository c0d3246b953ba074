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
  static void check(String provider, Function<Received, Reply> answers, Path script)
      throws IOException {
    Path documents = DOCUMENTS.resolve(provider).resolve("v1");
    Catalog catalog = new Catalog(List.of(new DocumentLoader(DOCUMENTS, documents).load()));
    String text = Files.readString(script);
    String seen;
    try (var cloud = FakeCloud.start(answers::apply);
        var engine =
            new Engine(
                new EngineOptions(
                    catalog,
                    FetchOptions.DEFAULT.withEndpoints(Map.of(provider, cloud.uri())),
                    null,
                    false,
                    _ -> null))) {
      seen = see(engine, cloud, text, request -> request.verb() + " " + request.target());
    }
    compare(script, seen);
  }

  /// What a person sees of each statement, then the requests, in no order that tells anything.
  ///
  /// @param asked what to tell of a request
  static String see(Engine engine, FakeCloud cloud, String script, Function<Received, String> asked)
      throws IOException {
    StringBuilder seen = new StringBuilder();
    for (Statement statement : engine.parse(script).statements()) {
      seen.append("> ")
          .append(script, statement.span().start(), statement.span().end())
          .append('\n');
      int before = cloud.received().size();
      run(engine, statement, script, seen);
      cloud.received().stream()
          .skip(before)
          .map(asked)
          .sorted()
          .flatMap(String::lines)
          .forEach(line -> seen.append("-- ").append(line).append('\n'));
      seen.append('\n');
    }
    return seen.toString();
  }

  /// Compares what is seen with the `.out` beside the script, or rewrites it.
  static void compare(Path script, String seen) throws IOException {
    Path expected = script.resolveSibling(script.getFileName().toString().replace(".sql", ".out"));
    if (Boolean.getBoolean("scripts.update")) {
      Files.writeString(expected, seen);
    }
    assertThat(seen).isEqualTo(Files.readString(expected));
  }

  private static void run(Engine engine, Statement statement, String script, StringBuilder seen)
      throws IOException {
    try (Result result = engine.execute(statement)) {
      Renderer.of(Format.TABLE, RenderOptions.DEFAULT).render(result, seen);
      result.messages().forEach(message -> seen.append(message).append('\n'));
    } catch (IsobarException e) {
      seen.append(ErrorText.render(e, script, false));
    }
  }
}
