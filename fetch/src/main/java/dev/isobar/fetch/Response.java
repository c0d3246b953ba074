package dev.isobar.fetch;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;

/// A whole HTTP answer, unzipped.
final class Response {
  final int status;
  final URI uri;
  final HttpHeaders headers;

  /// The body; not to be changed.
  final byte[] body;

  Response(int status, URI uri, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
  }

  /// The header's first value, or empty.
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /// The media type in lower case without parameters, or empty.
  String mediaType() {
    String type = header("Content-Type");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /// The charset that the answer names, else UTF-8.
  Charset charset() {
    for (String parameter : header("Content-Type").split(";", -1)) {
      String trimmed = parameter.strip();
      if (trimmed.regionMatches(true, 0, "charset=", 0, 8)) {
        try {
          return Charset.forName(trimmed.substring(8).replace("\"", "").strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
          return StandardCharsets.UTF_8;
        }
      }
    }
    return StandardCharsets.UTF_8;
  }

  String text() {
    return new String(body, charset());
  }
}
