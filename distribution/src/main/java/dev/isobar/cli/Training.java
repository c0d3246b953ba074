package dev.isobar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.NullMarked;

/// What `make-aot-cache` runs: the classes loaded here are in the cache of every later start.
///
/// Arguments: a script of statements, and a folder for what is needed in between.
@NullMarked
public final class Training {
  private static final char[] PASSWORD = "training".toCharArray();

  private Training() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[1]);
    try {
      exchangeOverTls(folder);
    } catch (GeneralSecurityException | IOException e) {
      System.err.println("warning: TLS is not in the cache: " + e);
    }
    run("--help");
    run("exec", "--help");
    run("exec", "--sandbox", "SELECT * FROM linode.instances.linode");
    for (String format : List.of("csv", "json", "markdown")) {
      run("exec", "--sandbox", "-o", format, "SELECT * FROM linode.regions.regions LIMIT 2");
    }
    System.exit(run("exec", "--sandbox", "-i", arguments[0]));
  }

  private static int run(String... arguments) {
    return Main.run(List.of(arguments), Terminal.surroundings(new Interrupt()));
  }

  /// A request to a server of our own, because a build has no network. The real APIs need the same
  /// classes, some 700.
  private static void exchangeOverTls(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    KeyStore keys = selfSigned(folder.resolve("training.p12"));
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    // Reads the certificates of all authorities, as every real client does.
    var _ = SSLContext.getDefault();
    try (SSLServerSocket server =
            (SSLServerSocket)
                tls.getServerSocketFactory()
                    .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newBuilder().sslContext(tls).executor(threads).build()) {
      Thread.ofVirtual().start(() -> answer(server));
      URI uri = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
      var _ = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }
  }

  private static void answer(SSLServerSocket server) {
    try (var socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      var _ = socket.getInputStream().read();
    } catch (IOException _) {
      // The client tells what went wrong.
    }
  }

  private static KeyStore selfSigned(Path file)
      throws IOException, InterruptedException, GeneralSecurityException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    int exit =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "training",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("keytool ended with " + exit);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }
}
