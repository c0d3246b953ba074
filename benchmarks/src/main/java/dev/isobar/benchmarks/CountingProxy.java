package dev.isobar.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/// Passes bytes on to a server on this machine and counts the requests among them.
final class CountingProxy implements AutoCloseable {
  /// Ends the first line of every request.
  private static final byte[] REQUEST = {' ', 'H', 'T', 'T', 'P', '/', '1', '.', '1', '\r', '\n'};

  private final ServerSocket door;
  private final int target;
  private final AtomicInteger requests = new AtomicInteger();

  private CountingProxy(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  static CountingProxy to(String url) throws IOException {
    ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    CountingProxy proxy = new CountingProxy(door, URI.create(url).getPort());
    Thread.ofVirtual().start(proxy::listen);
    return proxy;
  }

  String url() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  private void listen() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> pass(client, server, true));
        Thread.ofVirtual().start(() -> pass(server, client, false));
      }
    } catch (IOException _) {
      // The door was closed.
    }
  }

  private void pass(Socket from, Socket to, boolean count) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      int matched = 0;
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        for (int i = 0; count && i < length; i++) {
          matched = buffer[i] == REQUEST[matched] ? matched + 1 : buffer[i] == REQUEST[0] ? 1 : 0;
          if (matched == REQUEST.length) {
            requests.incrementAndGet();
            matched = 0;
          }
        }
        out.write(buffer, 0, length);
      }
    } catch (IOException _) {
      // Either side closed the connection.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
