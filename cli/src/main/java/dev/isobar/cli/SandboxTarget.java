package dev.isobar.cli;

import dev.isobar.catalog.Catalog;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.sandbox.Sandbox;
import dev.isobar.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The emulated APIs that take the place of the real ones: none, some in this process, or those of
/// a running sandbox.
final class SandboxTarget implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 5000;

  private final @Nullable String url;
  private final Surroundings surroundings;
  private final Messages messages;
  private final List<Sandbox> started = new ArrayList<>();

  /// @param url of a running sandbox, empty for this process, null for the real APIs
  SandboxTarget(@Nullable String url, Surroundings surroundings, Messages messages) {
    this.url = url;
    this.surroundings = surroundings;
    this.messages = messages;
  }

  /// Where to find each provider that is emulated.
  ///
  /// @param sql what will be executed: providers that it does not name are not started
  /// @throws IsobarException `INVALID_CONFIGURATION` for what is no URL, `REQUEST_FAILED` when no
  ///   sandbox answers there
  Map<String, URI> endpoints(Catalog catalog, String sql) {
    if (url == null) {
      return Map.of();
    }
    return url.isEmpty() ? start(catalog, sql) : running(url);
  }

  private Map<String, URI> start(Catalog catalog, String sql) {
    Map<String, URI> endpoints = new LinkedHashMap<>();
    Path folder = null;
    for (String name : catalog.names()) {
      if (!sql.contains(name)) {
        continue;
      }
      if (started.isEmpty()) {
        folder = ApplicationFolder.writable("sandbox", surroundings, messages);
      }
      Path state = folder == null ? null : folder.resolve(name + ".json");
      Sandbox sandbox =
          Sandbox.start(
              catalog.provider(name),
              SandboxOptions.defaults()
                  .withStateFile(state)
                  .withLog(line -> messages.line("sandbox: " + line)));
      started.add(sandbox);
      endpoints.put(name, sandbox.base());
    }
    return endpoints;
  }

  private static Map<String, URI> running(String url) {
    URI base = uri(url);
    Object answer;
    try {
      var connection = (HttpURLConnection) base.resolve("/_sandbox").toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      try (InputStream in = connection.getInputStream()) {
        answer = Json.parse(in.readAllBytes());
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new IsobarException(
          ErrorCode.REQUEST_FAILED,
          "No sandbox answers at `" + url + "`.",
          "Start one with: isobar sandbox linode --port "
              + (base.getPort() > 0 ? base.getPort() : 8080),
          null,
          e);
    }
    Map<String, URI> endpoints = new LinkedHashMap<>();
    if (answer instanceof Map<?, ?> map && map.get("providers") instanceof Map<?, ?> providers) {
      providers.forEach(
          (name, at) -> endpoints.put(String.valueOf(name), base.resolve(String.valueOf(at))));
    }
    return endpoints;
  }

  private static URI uri(String url) {
    try {
      URI uri = URI.create(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw new IsobarException(
        ErrorCode.INVALID_CONFIGURATION,
        "The sandbox `" + url + "` is no URL.",
        "Give the URL that `isobar sandbox` prints, such as http://127.0.0.1:8080, or --sandbox"
            + " alone.");
  }

  @Override
  public void close() {
    for (Sandbox sandbox : started) {
      sandbox.close();
    }
  }
}
