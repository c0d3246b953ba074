package dev.isobar.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// What a [FakeCloud] answers, and how badly. Immutable.
public final class Reply {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final @Nullable CountDownLatch gate;
  private final int cutAfter;
  private final Ending ending;

  /// What happens to the connection.
  enum Ending {
    /// It stays open.
    KEEP,
    /// It closes in the middle of the body.
    CLOSE,
    /// It is reset.
    RESET,
    /// It stays open, and the rest of the body follows.
    RESUME
  }

  private Reply(
      int status,
      Map<String, String> headers,
      byte[] body,
      @Nullable CountDownLatch gate,
      int cutAfter,
      Ending ending) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.gate = gate;
    this.cutAfter = cutAfter;
    this.ending = ending;
  }

  /// Status 200 and JSON.
  public static Reply json(String json) {
    return json(200, json);
  }

  public static Reply json(int status, String json) {
    return status(status)
        .header("Content-Type", "application/json")
        .body(json.getBytes(StandardCharsets.UTF_8));
  }

  /// An answer without a body.
  public static Reply status(int status) {
    return new Reply(status, Map.of(), new byte[0], null, Integer.MAX_VALUE, Ending.KEEP);
  }

  /// The connection is reset without an answer.
  public static Reply reset() {
    return status(200).cut(-1, Ending.RESET);
  }

  /// The connection is closed without an answer.
  public static Reply silence() {
    return status(200).cut(-1, Ending.CLOSE);
  }

  public Reply header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body, gate, cutAfter, ending);
  }

  public Reply body(byte[] body) {
    return new Reply(status, headers, body.clone(), gate, cutAfter, ending);
  }

  public Reply gzipped() {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return header("Content-Encoding", "gzip").body(zipped.toByteArray());
  }

  /// Waits for the latch: before the answer, or where the body is cut.
  public Reply after(CountDownLatch gate) {
    return new Reply(status, headers, body, gate, cutAfter, ending);
  }

  /// Sends only so many bytes of the body; then closes, or waits for the gate if there is one.
  public Reply truncatedAfter(int bytes) {
    return cut(bytes, Ending.CLOSE);
  }

  /// Sends only so many bytes of the body, then resets the connection.
  public Reply resetAfter(int bytes) {
    return cut(bytes, Ending.RESET);
  }

  /// Sends only so many bytes of the body at first, and the rest when the latch opens.
  public Reply heldAfter(int bytes, CountDownLatch gate) {
    return cut(bytes, Ending.RESUME).after(gate);
  }

  private Reply cut(int bytes, Ending how) {
    return new Reply(status, headers, body, gate, bytes, how);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  int length() {
    return body.length;
  }

  byte[] bytes(int from, int to) {
    return java.util.Arrays.copyOfRange(body, from, to);
  }

  @Nullable CountDownLatch gate() {
    return gate;
  }

  /// Bytes of the body to send; -1 when not even the head is sent.
  int cutAfter() {
    return Math.min(cutAfter, body.length);
  }

  Ending ending() {
    return ending;
  }
}
