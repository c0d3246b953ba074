package dev.isobar.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An HTTP server on the loopback address that does what a test tells it, mistakes included, and
/// remembers what it was asked.
///
/// It speaks to sockets itself, because a server that does HTTP properly cannot reset a connection,
/// cut a body short, or tell when a client that waits has gone. Thread-safe.
///
/// ```java
/// try (var cloud = FakeCloud.start(request -> Reply.json("[1]"))) {
///   … cloud.uri() …
///   assertThat(cloud.received()).hasSize(1);
/// }
/// ```
public final class FakeCloud implements AutoCloseable {
  private final ServerSocket server;
  private final Handler handler;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final List<Received> received = new ArrayList<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();

  /// Decides what to answer. Called on a thread of its own for each request; may block.
  @FunctionalInterface
  public interface Handler {
    Reply reply(Received request) throws InterruptedException;
  }

  private FakeCloud(ServerSocket server, Handler handler) {
    this.server = server;
    this.handler = handler;
  }

  /// Starts a cloud on a free port.
  public static FakeCloud start(Handler handler) {
    try {
      FakeCloud cloud =
          new FakeCloud(new ServerSocket(0, 512, InetAddress.getLoopbackAddress()), handler);
      Thread.ofVirtual().start(cloud::accept);
      return cloud;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `http://127.0.0.1:port`, without a slash at the end.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /// The requests so far, in the order in which they came.
  public List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /// The targets of the requests so far.
  public List<String> targets() {
    return received().stream().map(Received::target).toList();
  }

  /// The most requests that were being answered at the same time.
  public int mostInFlight() {
    return mostInFlight.get();
  }

  /// Connections that are open now.
  public int connections() {
    return connections.size();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : connections) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        connections.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  /// Reads requests until the client goes. Answers are written by threads of their own, so that
  /// this one sees when the client does.
  private void serve(Socket socket) {
    CountDownLatch closed = new CountDownLatch(0);
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (true) {
        Received request = read(in);
        if (request == null) {
          break;
        }
        closed = request.closed();
        int now = inFlight.incrementAndGet();
        mostInFlight.accumulateAndGet(now, Math::max);
        Thread.ofVirtual().start(() -> answer(socket, request));
      }
    } catch (IOException e) {
      // The client went in the middle of a request, or the answer closed the connection.
    } finally {
      closed.countDown();
      connections.remove(socket);
    }
  }

  private void answer(Socket socket, Received request) {
    boolean counted = true;
    try {
      Reply reply = handler.reply(request);
      CountDownLatch gate = reply.gate();
      boolean whole = reply.ending() == Reply.Ending.KEEP;
      if (gate != null && whole) {
        await(gate, request.closed());
      }
      OutputStream out = socket.getOutputStream();
      inFlight.decrementAndGet();
      counted = false;
      if (reply.cutAfter() >= 0) {
        out.write(head(reply));
        out.write(request.verb().equals("HEAD") ? new byte[0] : reply.bytes(0, reply.cutAfter()));
        out.flush();
      }
      if (!whole) {
        if (gate != null) {
          await(gate, request.closed());
        }
        if (reply.ending() == Reply.Ending.RESUME) {
          out.write(reply.bytes(reply.cutAfter(), reply.length()));
          out.flush();
          return;
        }
        if (reply.ending() == Reply.Ending.RESET) {
          socket.setSoLinger(true, 0);
        }
        socket.close();
      }
    } catch (IOException e) {
      // The client went.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (counted) {
        inFlight.decrementAndGet();
      }
    }
  }

  /// Waits for the gate, or for the client to go.
  private static void await(CountDownLatch gate, CountDownLatch closed)
      throws InterruptedException {
    while (!gate.await(5, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      if (closed.getCount() == 0) {
        return;
      }
    }
  }

  private static byte[] head(Reply reply) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " x\r\n");
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (reply.status() != 204) {
      head.append("Content-Length: ").append(reply.length()).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The next request, or null when the client closed the connection.
  private @Nullable Received read(InputStream in) throws IOException {
    String start = line(in);
    if (start == null) {
      return null;
    }
    List<String> words = List.of(start.split(" "));
    Map<String, String> headers = new LinkedHashMap<>();
    int length = 0;
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1).strip();
      headers.put(name, value);
      if (name.equalsIgnoreCase("Content-Length")) {
        length = Integer.parseInt(value);
      }
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    String target = words.get(1);
    int mark = target.indexOf('?');
    synchronized (received) {
      int attempt = attempts.merge(words.getFirst() + " " + target, 1, Integer::sum);
      Received request =
          new Received(
              received.size() + 1,
              attempt,
              words.getFirst(),
              target,
              mark < 0 ? target : target.substring(0, mark),
              mark < 0 ? Map.of() : query(target.substring(mark + 1)),
              headers,
              new String(body, StandardCharsets.UTF_8),
              new CountDownLatch(1));
      received.add(request);
      return request;
    }
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : List.of(text.split("&"))) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      query.put(
          URLDecoder.decode(key, StandardCharsets.UTF_8),
          URLDecoder.decode(value, StandardCharsets.UTF_8));
    }
    return query;
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return null;
  }
}
