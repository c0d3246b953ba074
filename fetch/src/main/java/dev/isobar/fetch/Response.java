package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.model.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An HTTP answer, unzipped: whole, or so much of it as is worth collecting, and the rest as it
/// arrives. The body of one that is not whole can be read once. For one thread.
final class Response implements AutoCloseable {
  final int status;
  final URI uri;
  final HttpHeaders headers;
  private final byte[] beginning;
  private final @Nullable InputStream rest;

  /// A whole answer.
  Response(int status, URI uri, HttpHeaders headers, byte[] body) {
    this(status, uri, headers, body, null);
  }

  /// @param beginning of the body; all of it without a rest
  Response(int status, URI uri, HttpHeaders headers, byte[] beginning, @Nullable InputStream rest) {
    this.status = status;
    this.uri = uri;
    this.headers = headers;
    this.beginning = beginning;
    this.rest = rest;
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

  /// Whether the answer names its charset.
  boolean namesCharset() {
    return header("Content-Type").toLowerCase(Locale.ROOT).contains("charset=");
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

  /// Whether the whole body is there.
  boolean isWhole() {
    return rest == null;
  }

  /// The body as far as it was collected, for the first look; not to be changed.
  byte[] beginning() {
    return beginning;
  }

  /// The text of the body as far as it was collected: enough for what an API says of an error.
  String text() {
    return new String(beginning, charset());
  }

  /// The whole body, for those who cannot do with less; not to be changed.
  ///
  /// @throws FetchFailure when it is larger than [Bounds#LARGEST_BODY], or does not come
  byte[] body() throws FetchFailure, InterruptedException {
    if (rest == null) {
      return beginning;
    }
    int most = Bounds.LARGEST_BODY - beginning.length;
    byte[] more;
    try {
      more = rest.readNBytes(most + 1);
    } catch (IOException e) {
      throw BrokenBody.failure(e);
    }
    if (more.length > most) {
      throw FetchFailure.of(
          ErrorCode.REQUEST_FAILED,
          "the API's answer is larger than "
              + (Bounds.LARGEST_BODY >> 20)
              + " MB, and of a kind that has to be read in one piece",
          "",
          Repeat.USELESS);
    }
    byte[] whole = Arrays.copyOf(beginning, beginning.length + more.length);
    System.arraycopy(more, 0, whole, beginning.length, more.length);
    return whole;
  }

  /// The body as it arrives. Its exceptions are for [BrokenBody#failure].
  ///
  /// @param skipped bytes at its beginning that are left out
  InputStream content(int skipped) {
    InputStream collected =
        new ByteArrayInputStream(beginning, skipped, beginning.length - skipped);
    return rest == null ? collected : new SequenceInputStream(collected, rest);
  }

  /// Lets go of the connection, if there is more to come.
  @Override
  public void close() {
    if (rest != null) {
      try {
        rest.close();
      } catch (IOException _) {
        // It is not wanted any more.
      }
    }
  }
}
