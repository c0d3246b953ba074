package dev.isobar.sandbox;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 on 127.0.0.1 with a virtual thread for each connection.
///
/// The JDK's own server is not used, because a sandbox must also be able to break a connection in
/// the ways that real ones break, and starts in a process that has better things to do than load
/// it. Bodies may come with a length or in chunks; connections are kept open.
final class HttpListener implements AutoCloseable {
  private static final int LARGEST_LINE = 64 * 1024;
  private static final int LARGEST_BODY = 64 * 1024 * 1024;
  private static final long DRIP_MILLIS = 100;
  private static final long HANG_MILLIS = 1000;
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(201, "Created"),
          Map.entry(202, "Accepted"),
          Map.entry(204, "No Content"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(409, "Conflict"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"));

  private final ServerSocket server;
  private final Function<HttpRequest, HttpResponse> handler;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /// @throws IsobarException `INVALID_CONFIGURATION` when the port is taken
  HttpListener(int port, Function<HttpRequest, HttpResponse> handler) {
    this.handler = handler;
    try {
      server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 512);
    } catch (IOException e) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          "The sandbox cannot listen on port `" + port + "` of 127.0.0.1.",
          "Choose another port, or 0 for a free one.",
          null,
          e);
    }
    Thread.ofVirtual().name("sandbox").start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    closeQuietly(server);
    connections.forEach(HttpListener::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        if (server.isClosed()) {
          closeQuietly(socket);
        }
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        // closed, or a client that went away while it connected: the loop's condition tells which;
        // the pause is for when there are no sockets left
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 8192);
      OutputStream out = socket.getOutputStream();
      boolean open = true;
      while (open) {
        HttpRequest request = read(in, out);
        if (request == null) {
          return;
        }
        HttpResponse response = handler.apply(request);
        boolean close = "close".equalsIgnoreCase(request.header("connection"));
        open = send(socket, out, request, response, close) && !close;
      }
    } catch (IOException | InterruptedException _) {
      // the client went away; there is nobody to tell
    } finally {
      connections.remove(socket);
    }
  }

  /// The next request, or null when the client has closed or does not speak HTTP.
  private static @Nullable HttpRequest read(InputStream in, OutputStream out) throws IOException {
    String first = line(in);
    while (first != null && first.isEmpty()) {
      // empty lines before the request line are to be skipped: RFC 9112, section 2.2
      first = line(in);
    }
    String[] words = first == null ? new String[0] : first.split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon > 0 && headers.size() < 200) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    if (words[2].equals("HTTP/1.0")) {
      headers.put("connection", "close");
    }
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    String target = words[1];
    if (target.startsWith("http://")) {
      int slash = target.indexOf('/', "http://".length());
      target = slash < 0 ? "/" : target.substring(slash);
    }
    byte[] body = body(in, headers);
    return body == null ? null : new HttpRequest(words[0], target, headers, body);
  }

  private static byte @Nullable [] body(InputStream in, Map<String, String> headers)
      throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      return chunks(in);
    }
    String length = headers.get("content-length");
    if (length == null) {
      return new byte[0];
    }
    if (!length.matches("[0-9]{1,8}") || Integer.parseInt(length) > LARGEST_BODY) {
      return null;
    }
    byte[] body = in.readNBytes(Integer.parseInt(length));
    return body.length == Integer.parseInt(length) ? body : null;
  }

  private static byte @Nullable [] chunks(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      String line = line(in);
      String size = line == null ? "" : line.split(";", 2)[0].strip();
      if (!size.matches("[0-9a-fA-F]{1,7}")) {
        return null;
      }
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        // trailers, which nothing here needs
        for (String trailer = line(in); trailer != null && !trailer.isEmpty(); ) {
          trailer = line(in);
        }
        return body.toByteArray();
      }
      if (body.size() + length > LARGEST_BODY) {
        return null;
      }
      body.write(in.readNBytes(length));
      line(in);
    }
  }

  /// The next line without its end, or null at the end of the stream.
  private static @Nullable String line(InputStream in) throws IOException {
    var line = new StringBuilder(80);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.length() > LARGEST_LINE) {
        return null;
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  /// Sends a response; false when the connection cannot be used after it.
  private static boolean send(
      Socket socket, OutputStream out, HttpRequest request, HttpResponse response, boolean close)
      throws IOException, InterruptedException {
    boolean withBody = !request.verb().equals("HEAD");
    byte[] head = head(response, close);
    switch (response.delivery()) {
      case PLAIN -> {
        write(out, head, response.body(), withBody ? response.length() : 0);
        return true;
      }
      case RESET -> socket.setSoLinger(true, 0);
      case TRUNCATED -> write(out, head, response.body(), response.length() / 2);
      case DRIP -> {
        write(out, head, response.body(), 0);
        int step = Math.max(1, response.length() / 6 + 1);
        for (int at = 0; at < response.length(); at += step) {
          Thread.sleep(DRIP_MILLIS);
          out.write(response.body(), at, Math.min(step, response.length() - at));
          out.flush();
        }
        return true;
      }
      case HANG -> Thread.sleep(HANG_MILLIS);
    }
    return false;
  }

  /// One write where the response is small, so that it travels in one packet.
  private static void write(OutputStream out, byte[] head, byte[] body, int length)
      throws IOException {
    if (length > 16 * 1024) {
      out.write(head);
      out.write(body, 0, length);
    } else {
      byte[] whole = Arrays.copyOf(head, head.length + length);
      System.arraycopy(body, 0, whole, head.length, length);
      out.write(whole);
    }
    out.flush();
  }

  private static byte[] head(HttpResponse response, boolean close) {
    var head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(response.status()).append(' ');
    head.append(REASONS.getOrDefault(response.status(), "Status")).append("\r\n");
    response
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (response.status() != 204) {
      head.append("Content-Length: ").append(response.length()).append("\r\n");
    }
    if (close) {
      head.append("Connection: close\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException _) {
      // closing is the end of it either way
    }
  }
}
