package dev.isobar.sandbox;

import dev.isobar.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends requests to a sandbox and reads the answers.
final class Client implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final @Nullable String token;

  /// @param token sent as a bearer token; null for none
  Client(Sandbox sandbox, @Nullable String token) {
    this.base = sandbox.base();
    this.token = token;
  }

  record Answer(int status, Map<String, List<String>> headers, String text) {
    @Nullable Object json() {
      return Json.parse(text);
    }

    Map<String, @Nullable Object> object() {
      return Values.object(json());
    }

    /// The rows under `data`.
    List<Map<String, @Nullable Object>> rows() {
      return Values.list(object().get("data")).stream().map(Values::object).toList();
    }

    @Nullable Object get(String field) {
      return object().get(field);
    }

    /// `field: reason` of each fault.
    List<String> faults() {
      return Values.list(object().get("errors")).stream()
          .map(Values::object)
          .map(error -> error.get("field") + ": " + error.get("reason"))
          .toList();
    }

    @Nullable String header(String name) {
      List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
      return values == null ? null : values.getFirst();
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  Answer post(String path, @Nullable Object body) {
    return send("POST", path, body);
  }

  Answer put(String path, @Nullable Object body) {
    return send("PUT", path, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  Answer send(String verb, String path, @Nullable Object body, String... headers) {
    try {
      return sent(verb, path, body, headers);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Answer sent(String verb, String path, @Nullable Object body, String... headers)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
    request.method(
        verb,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(Json.write(body)));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
