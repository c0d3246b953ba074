package dev.isobar.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as it arrived.
///
/// @param target path and query, not decoded
/// @param headers by lower-case name
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record HttpRequest(String verb, String target, Map<String, String> headers, byte[] body) {

  /// The path without the query, not decoded.
  String path() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /// The query parameters, decoded; the values of a repeated one in order.
  Map<String, List<String>> query() {
    int question = target.indexOf('?');
    if (question < 0 || question == target.length() - 1) {
      return Map.of();
    }
    return pairs(target.substring(question + 1));
  }

  /// Names and values of a query or a form.
  static Map<String, List<String>> pairs(String text) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      query.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    }
    return query;
  }

  @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  /// The token of the `Authorization` header without its scheme, or null when there is none.
  @Nullable String token() {
    String value = header("authorization");
    if (value == null || value.isBlank()) {
      return null;
    }
    int space = value.strip().indexOf(' ');
    return space < 0 ? value.strip() : value.strip().substring(space + 1).strip();
  }

  static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
