package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.fetch.auth.Redaction;
import dev.isobar.model.ErrorCode;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What the HTTP client's exceptions mean to a person.
final class ConnectionFailures {
  private ConnectionFailures() {}

  static FetchFailure of(@Nullable Throwable cause, URI uri, Redaction redaction) {
    String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    if (has(cause, UnresolvedAddressException.class) || has(cause, UnknownHostException.class)) {
      return failed(
          "the host `" + uri.getHost() + "` is not known",
          "Check the network and its name service.",
          Repeat.NOT_DONE);
    }
    if (has(cause, HttpConnectTimeoutException.class)) {
      return failed(
          "no connection to `" + host + "` came about in time",
          "Check the network, or whether a firewall is in between.",
          Repeat.NOT_DONE);
    }
    if (has(cause, HttpTimeoutException.class)) {
      return failed("the API did not answer in time", "", Repeat.MAYBE_DONE);
    }
    if (has(cause, ConnectException.class)) {
      return failed(
          "`" + host + "` refused the connection",
          "Check that the address is right and that something listens there.",
          Repeat.NOT_DONE);
    }
    SSLException tls = find(cause, SSLException.class);
    if (tls != null && !has(cause, EOFException.class)) {
      return failed(
          "no secure connection to `" + host + "` came about: " + sentence(tls, redaction),
          "Check the certificate, the clock of this machine, and that the address is https.",
          Repeat.USELESS);
    }
    if (has(cause, ProtocolException.class)) {
      return failed(
          "`" + host + "` answered with something that is not HTTP", "", Repeat.MAYBE_DONE);
    }
    String message =
        cause == null ? "" : String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("fixed content-length")
        || message.contains("closed while reading")
        || message.contains("chunked transfer encoding")) {
      return truncated();
    }
    return failed("the connection to `" + host + "` was lost", "", Repeat.MAYBE_DONE);
  }

  static FetchFailure truncated() {
    return failed("the API's answer ends too early", "", Repeat.MAYBE_DONE);
  }

  private static FetchFailure failed(String what, String hint, Repeat repeat) {
    return FetchFailure.of(ErrorCode.REQUEST_FAILED, what, hint, repeat);
  }

  /// The exception's text without class names and without its full stop.
  private static String sentence(Throwable cause, Redaction redaction) {
    String text = redaction.redact(String.valueOf(cause.getMessage()));
    text = text.replaceAll("\\b(?:[a-z]+\\.)+[A-Z]\\w*(?:Exception|Error):? ?", "").strip();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static boolean has(@Nullable Throwable thrown, Class<? extends Throwable> type) {
    return find(thrown, type) != null;
  }

  private static <T extends Throwable> @Nullable T find(@Nullable Throwable thrown, Class<T> type) {
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < 10; t = t.getCause(), depth++) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
