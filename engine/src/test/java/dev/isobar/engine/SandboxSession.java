package dev.isobar.engine;

import dev.isobar.catalog.Catalog;
import dev.isobar.fetch.FetchOptions;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import dev.isobar.model.ScanReport;
import dev.isobar.parse.Secrets;
import dev.isobar.parse.Statement;
import dev.isobar.registry.Registry;
import dev.isobar.registry.RegistryOptions;
import dev.isobar.render.ErrorText;
import dev.isobar.render.Format;
import dev.isobar.render.RenderOptions;
import dev.isobar.render.Renderer;
import dev.isobar.sandbox.Sandbox;
import dev.isobar.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// An engine over a Linode sandbox of its own, at a fixed time.
final class SandboxSession implements AutoCloseable {
  static final Catalog CATALOG = Registry.open(new RegistryOptions(null, null));
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

  final Sandbox sandbox;
  final Engine engine;

  private SandboxSession(Sandbox sandbox, Engine engine) {
    this.sandbox = sandbox;
    this.engine = engine;
  }

  static SandboxSession start() {
    return start(options -> options, options -> options);
  }

  static SandboxSession start(
      UnaryOperator<SandboxOptions> sandboxOptions, UnaryOperator<FetchOptions> fetchOptions) {
    Sandbox sandbox =
        Sandbox.start(
            CATALOG.provider("linode"),
            sandboxOptions.apply(SandboxOptions.defaults().withClock(NOON)));
    return new SandboxSession(sandbox, engine(sandbox.base(), fetchOptions));
  }

  static Engine engine(URI base, UnaryOperator<FetchOptions> fetchOptions) {
    FetchOptions fetch =
        fetchOptions.apply(FetchOptions.DEFAULT.withEndpoints(Map.of("linode", base)));
    return new Engine(new EngineOptions(CATALOG, fetch, null, false, _ -> null));
  }

  /// What a person sees of a script: tables, messages after `-- `, and the error that ends it.
  String see(String script) throws IOException {
    StringBuilder seen = new StringBuilder();
    try {
      for (Statement statement : engine.parse(script).statements()) {
        try (Result result = engine.execute(statement)) {
          Renderer.of(Format.TABLE, RenderOptions.DEFAULT).render(result, seen);
          result.messages().forEach(message -> seen.append("-- ").append(message).append('\n'));
        }
        seen.append('\n');
      }
    } catch (IsobarException e) {
      seen.append(ErrorText.render(e, Secrets.masked(script), false));
    }
    return seen.toString().stripTrailing() + "\n";
  }

  /// The rows of one statement.
  List<List<@Nullable Object>> rows(String sql) {
    return rows(engine, sql);
  }

  static List<List<@Nullable Object>> rows(Engine engine, String sql) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (Result result = engine.execute(engine.parse(sql).statements().getFirst())) {
      for (@Nullable Object[] row = result.rows().next(); row != null; row = result.rows().next()) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (Object cell : row) {
          cells.add(cell);
        }
        rows.add(cells);
      }
    }
    return rows;
  }

  /// The reports of one statement, read to its end.
  List<ScanReport> scans(String sql) {
    try (Result result = engine.execute(engine.parse(sql).statements().getFirst())) {
      while (result.rows().next() != null) {}
      return result.scans();
    }
  }

  @Override
  public void close() {
    engine.close();
    sandbox.close();
  }
}
