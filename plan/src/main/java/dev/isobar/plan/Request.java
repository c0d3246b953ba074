package dev.isobar.plan;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One HTTP request, complete but for the credential, which `fetch` adds; or one run of a local
/// program.
///
/// @param verb in upper case
/// @param endpoint scheme, host and path of the URL; no query
/// @param query in sent order, decoded
/// @param headers in sent order, without the credential
/// @param body the JSON (or other) text to send, or null
/// @param program the program to run and its arguments, which `endpoint` then shows; empty for HTTP
public record Request(
    String verb,
    String endpoint,
    List<Pair> query,
    List<Pair> headers,
    @Nullable String body,
    List<String> program) {

  public Request {
    query = List.copyOf(query);
    headers = List.copyOf(headers);
    program = List.copyOf(program);
  }

  /// A request over HTTP.
  public Request(
      String verb, String endpoint, List<Pair> query, List<Pair> headers, @Nullable String body) {
    this(verb, endpoint, query, headers, body, List.of());
  }

  /// A name and its value, decoded.
  public record Pair(String name, String value) {}

  /// The whole URL, with the query encoded.
  public String url() {
    if (query.isEmpty()) {
      return endpoint;
    }
    return query.stream()
        .map(pair ->
            encode(pair.name()) + (pair.value().isEmpty() ? "" : "=" + encode(pair.value())))
        .collect(Collectors.joining("&", endpoint + "?", ""));
  }

  /// The same request with one query parameter set, in its old place if it has one.
  public Request withQuery(String name, String value) {
    List<Pair> changed = new ArrayList<>(query);
    Pair pair = new Pair(name, value);
    for (int i = 0; i < changed.size(); i++) {
      if (changed.get(i).name().equals(name)) {
        changed.set(i, pair);
        return new Request(verb, endpoint, changed, headers, body);
      }
    }
    changed.add(pair);
    return new Request(verb, endpoint, changed, headers, body);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
