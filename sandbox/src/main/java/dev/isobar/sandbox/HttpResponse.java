package dev.isobar.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A response to be sent.
///
/// @param body holds the body from its beginning
/// @param length how many bytes of `body` count
/// @param delivery how it goes wrong, if it does
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record HttpResponse(
    int status, Map<String, String> headers, byte[] body, int length, Delivery delivery) {

  /// How a response reaches the client.
  enum Delivery {
    PLAIN,
    /// The connection is reset before a byte is sent.
    RESET,
    /// The connection ends in the middle of the body.
    TRUNCATED,
    /// The body comes in pieces, over most of a second.
    DRIP,
    /// Nothing comes for a second, then the connection ends.
    HANG
  }

  static HttpResponse json(int status, @Nullable Object value) {
    var out = new JsonBytes(256);
    out.value(value);
    return json(status, out);
  }

  static HttpResponse json(int status, JsonBytes bytes) {
    return new HttpResponse(
        status,
        Map.of("Content-Type", "application/json"),
        bytes.array(),
        bytes.length(),
        Delivery.PLAIN);
  }

  static HttpResponse of(int status, String mediaType, byte[] body) {
    return new HttpResponse(
        status, Map.of("Content-Type", mediaType), body, body.length, Delivery.PLAIN);
  }

  static HttpResponse empty(int status) {
    return new HttpResponse(status, Map.of(), new byte[0], 0, Delivery.PLAIN);
  }

  HttpResponse with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpResponse(status, more, body, length, delivery);
  }

  HttpResponse delivered(Delivery other) {
    return new HttpResponse(status, headers, body, length, other);
  }

  String text() {
    return new String(body, 0, length, StandardCharsets.UTF_8);
  }
}
