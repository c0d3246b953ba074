package dev.isobar.testing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A request that a [FakeCloud] received.
///
/// @param number counted from 1 over all requests of the cloud
/// @param attempt counted from 1 over requests of the same verb, path and query
/// @param target path and query as sent
/// @param query decoded; the last value of a repeated key
/// @param headers by name, whatever its case; the last value of a repeated header
/// @param closed falls to zero when the client closes the connection before it has the answer
public record Received(
    int number,
    int attempt,
    String verb,
    String target,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body,
    CountDownLatch closed) {

  public Received {
    query = Map.copyOf(query);
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  /// The header, or null.
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /// The query parameter as a number, or `otherwise` when it is not there.
  public int number(String key, int otherwise) {
    String value = query.get(key);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  /// The path's segments, without the empty one at the front.
  public List<String> segments() {
    return List.of(path.substring(1).split("/"));
  }
}
