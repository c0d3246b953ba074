package dev.isobar.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `isobar sandbox linode` in a process of its own, until closed.
final class RunningSandbox implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final int port;

  private RunningSandbox(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /// Starts a sandbox and waits until it answers.
  static RunningSandbox start(Launcher launcher, String... options)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> arguments =
        new ArrayList<>(List.of("sandbox", "linode", "--port", String.valueOf(port)));
    arguments.addAll(List.of(options));
    Path log = Files.createTempFile("isobar-sandbox", ".log");
    Process process = launcher.start(log, arguments.toArray(String[]::new));
    RunningSandbox sandbox = new RunningSandbox(process, log, port);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!sandbox.answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        String said = Files.readString(log);
        sandbox.close();
        throw new IllegalStateException("The sandbox did not start: " + said);
      }
      Thread.sleep(20);
    }
    return sandbox;
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
    Files.deleteIfExists(log);
  }
}
