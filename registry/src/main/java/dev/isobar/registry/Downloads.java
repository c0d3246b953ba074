package dev.isobar.registry;

import dev.isobar.model.Cancellation;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Gets files of a registry over HTTP: tries again, goes on where a download broke off, and says in
/// words what failed.
final class Downloads {
  private static final String AUTHENTICATION_OF_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";
  private static final int LONGEST_WAIT = 60;

  private final Function<String, @Nullable String> environment;
  private final Patience patience;

  Downloads(Function<String, @Nullable String> environment, Patience patience) {
    this.environment = environment;
    this.patience = patience;
  }

  /// How long, and how often, one waits.
  ///
  /// @param attempts of one file
  /// @param silence after which an answer that stopped coming is given up
  record Patience(int attempts, Duration silence, Pause pause) {
    static final Patience DEFAULT = new Patience(5, Duration.ofSeconds(30), Thread::sleep);
  }

  /// Waits between attempts.
  interface Pause {
    void wait(Duration duration) throws InterruptedException;
  }

  /// Where bytes go.
  private interface Sink {
    /// Bytes that are there already.
    long size() throws IOException;

    /// What the server called the file when its first bytes came; null when it may have changed.
    @Nullable String tag() throws IOException;

    /// Begins anew.
    void restart(@Nullable String tag) throws IOException;

    void write(ByteBuffer bytes) throws IOException;
  }

  /// The whole file in memory; null when the registry has none there.
  ///
  /// @throws IsobarException `REQUEST_FAILED`
  byte @Nullable [] bytes(URI uri, int most, Cancellation cancellation) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean found =
        get(
            uri,
            new Sink() {
              @Override
              public long size() {
                return 0;
              }

              @Override
              public @Nullable String tag() {
                return null;
              }

              @Override
              public void restart(@Nullable String tag) {
                out.reset();
              }

              @Override
              public void write(ByteBuffer bytes) {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                out.writeBytes(copy);
              }
            },
            most,
            cancellation);
    return found ? out.toByteArray() : null;
  }

  /// Completes a file. What an earlier attempt left is kept if the server still has the same file:
  /// its tag is beside it, in a file that ends in `.tag`.
  ///
  /// @return false when the registry has none there
  /// @throws IsobarException `REQUEST_FAILED`, `FILE_FAILED`
  boolean file(URI uri, Path file, long most, Cancellation cancellation) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      return get(uri, new Part(channel, tagFile(file)), most, cancellation);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  static Path tagFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".tag");
  }

  private record Part(FileChannel channel, Path tagFile) implements Sink {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public @Nullable String tag() throws IOException {
      return Files.exists(tagFile) ? Files.readString(tagFile) : null;
    }

    @Override
    public void restart(@Nullable String tag) throws IOException {
      channel.truncate(0);
      if (tag == null) {
        Files.deleteIfExists(tagFile);
      } else {
        Files.writeString(tagFile, tag);
      }
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      channel.position(channel.size());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private static IsobarException unwritable(Path file, IOException e) {
    return new IsobarException(
        ErrorCode.FILE_FAILED,
        "The download cannot be kept in `" + file.getParent() + "`.",
        "Check permissions and free space; ISOBAR_HOME names another folder.",
        null,
        e);
  }

  private boolean get(URI uri, Sink sink, long most, Cancellation cancellation) {
    EnvironmentProxies proxies = new EnvironmentProxies(environment);
    Authenticator authenticator = proxies.authenticator(uri);
    if (authenticator != null && System.getProperty(AUTHENTICATION_OF_TUNNELS) == null) {
      // The JDK refuses to tell a proxy a password in the clear before TLS begins; people whose
      // proxy asks for it have no other way.
      System.setProperty(AUTHENTICATION_OF_TUNNELS, "");
    }
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .proxy(proxies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(15))
            .executor(threads);
    if (authenticator != null) {
      builder.authenticator(authenticator);
    }
    HttpClient client = builder.build();
    try {
      for (int attempt = 1; ; attempt++) {
        cancellation.check();
        try {
          return attempt(client, uri, sink, most, cancellation);
        } catch (Failure e) {
          if (e.use == Use.NONE || attempt == patience.attempts()) {
            throw e.error(uri, attempt);
          }
          long exponential = 500L << Math.min(attempt - 1, 4);
          patience.pause().wait(e.wait == null ? Duration.ofMillis(exponential) : e.wait);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IsobarException(
          ErrorCode.CANCELLED, "The download was interrupted.", "What came is kept.", null, e);
    } catch (IOException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "The download of `" + uri + "` cannot be kept.",
          "Check permissions and free space; ISOBAR_HOME names another folder.",
          null,
          e);
    } finally {
      client.shutdownNow();
      threads.shutdownNow();
    }
  }

  private boolean attempt(
      HttpClient client, URI uri, Sink sink, long most, Cancellation cancellation)
      throws Failure, IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!"https".equals(uri.getScheme())) {
      request.version(HttpClient.Version.HTTP_1_1);
    }
    String version = Downloads.class.getPackage().getImplementationVersion();
    request.setHeader("User-Agent", "isobar/" + (version == null ? "dev" : version));
    String tag = sink.tag();
    long have = tag == null ? 0 : sink.size();
    if (tag != null && have > 0) {
      request.setHeader("Range", "bytes=" + have + "-").setHeader("If-Range", tag);
    }
    AtomicLong arrived = new AtomicLong();
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request.build(), new Body(sink, have, most, arrived));
    cancellation.onCancel(() -> exchange.cancel(true));
    HttpResponse<Void> response = await(exchange, arrived, cancellation);
    int status = response.statusCode();
    if (status != 200 && status != 206) {
      if (status == 416) {
        sink.restart(null);
      }
      if (status == 404 || status == 410) {
        return false;
      }
      throw refused(response);
    }
    return true;
  }

  private HttpResponse<Void> await(
      CompletableFuture<HttpResponse<Void>> exchange, AtomicLong arrived, Cancellation cancellation)
      throws Failure, InterruptedException {
    long before = -1;
    while (true) {
      try {
        return exchange.get(patience.silence().toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException _) {
        long now = arrived.get();
        if (now == before || (before < 0 && now == 0)) {
          exchange.cancel(true);
          throw new Failure(
              "nothing came for " + patience.silence().toSeconds() + " s", "", Use.SOME);
        }
        before = now;
      } catch (CancellationException e) {
        cancellation.check();
        throw new IllegalStateException("nobody else cancels a download", e);
      } catch (InterruptedException e) {
        exchange.cancel(true);
        throw e;
      } catch (ExecutionException e) {
        throw failure(e.getCause(), exchange);
      }
    }
  }

  /// Writes what arrives, in the server's words the rest of a file or the whole of it.
  private record Body(Sink sink, long have, long most, AtomicLong arrived)
      implements BodyHandler<Void> {
    @Override
    public BodySubscriber<Void> apply(ResponseInfo info) {
      int status = info.statusCode();
      if (status != 200 && status != 206) {
        return BodySubscribers.replacing(null);
      }
      String range = info.headers().firstValue("Content-Range").orElse("");
      try {
        if (status == 200 || !range.startsWith("bytes " + have + "-")) {
          // A weak tag does not promise the same bytes.
          String tag =
              info.headers().firstValue("ETag").filter(t -> t.startsWith("\"")).orElse(null);
          sink.restart(status == 200 ? tag : null);
          if (status == 206) {
            return new Writing(this, 0, new IOException("a part that was not asked for"));
          }
          return new Writing(this, 0, null);
        }
        return new Writing(this, have, null);
      } catch (IOException e) {
        return new Writing(this, 0, new LocalFailure(e));
      }
    }
  }

  private static final class LocalFailure extends IOException {
    private static final long serialVersionUID = 1L;

    LocalFailure(IOException cause) {
      super(cause);
    }
  }

  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Writing implements BodySubscriber<Void> {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Body body;
    private final @Nullable IOException refused;
    private long size;
    private Flow.@Nullable Subscription subscription;

    Writing(Body body, long size, @Nullable IOException refused) {
      this.body = body;
      this.size = size;
      this.refused = refused;
    }

    @Override
    public CompletionStage<Void> getBody() {
      return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
      subscription = s;
      if (refused != null) {
        end(refused);
      } else {
        s.request(1);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      try {
        for (ByteBuffer buffer : buffers) {
          size += buffer.remaining();
          body.arrived().addAndGet(buffer.remaining());
          if (size > body.most()) {
            end(new TooLarge());
            return;
          }
          body.sink().write(buffer);
        }
        if (subscription != null) {
          subscription.request(1);
        }
      } catch (IOException e) {
        end(new LocalFailure(e));
      }
    }

    private void end(IOException why) {
      if (subscription != null) {
        subscription.cancel();
      }
      done.completeExceptionally(why);
    }

    @Override
    public void onError(Throwable thrown) {
      done.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
      done.complete(null);
    }
  }

  /// Whether trying again is of use.
  private enum Use {
    NONE,
    SOME
  }

  private static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String hint;
    private final Use use;
    private final @Nullable Duration wait;

    Failure(String what, String hint, Use use) {
      this(what, hint, use, null);
    }

    Failure(String what, String hint, Use use, @Nullable Duration wait) {
      super(what);
      this.what = what;
      this.hint = hint;
      this.use = use;
      this.wait = wait;
    }

    IsobarException error(URI uri, int attempts) {
      return new IsobarException(
          ErrorCode.REQUEST_FAILED,
          "`"
              + uri
              + "` cannot be read: "
              + what
              + (attempts == 1 ? "." : " (" + attempts + " attempts)."),
          hint,
          null,
          this);
    }
  }

  /// What a status means.
  private static Failure refused(HttpResponse<?> response) {
    int status = response.statusCode();
    String what = "the registry answered with status " + status;
    return switch (status) {
      case 407 ->
          new Failure(
              "the proxy asks for a name and a password (status 407)",
              "Write them into the proxy's variable: https_proxy=http://name:password@host:port.",
              Use.NONE);
      case 408, 416, 425, 429, 500, 502, 503, 504 ->
          new Failure(what, "Try again later.", Use.SOME, retryAfter(response));
      default -> new Failure(what, "Check the address of the registry.", Use.NONE);
    };
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    String written = response.headers().firstValue("Retry-After").orElse("");
    return written.matches("[0-9]{1,5}")
        ? Duration.ofSeconds(Math.min(LONGEST_WAIT, Integer.parseInt(written)))
        : null;
  }

  private static Failure failure(@Nullable Throwable cause, CompletableFuture<?> exchange) {
    exchange.cancel(true);
    Failure failure = failure(cause);
    failure.initCause(cause);
    return failure;
  }

  private static Failure failure(@Nullable Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      switch (t) {
        case LocalFailure _ ->
            throw new IsobarException(
                ErrorCode.FILE_FAILED,
                "What the registry sends cannot be written to disk.",
                "Check permissions and free space; ISOBAR_HOME names another folder.",
                null,
                t);
        case IsobarException e -> throw e;
        case TooLarge _ -> {
          return new Failure("it is larger than any provider", "Check the address.", Use.NONE);
        }
        case UnknownHostException _, UnresolvedAddressException _ -> {
          return new Failure(
              "the host is not known",
              "Check the address, the network and its name service. Behind a proxy, set"
                  + " https_proxy.",
              Use.NONE);
        }
        case HttpConnectTimeoutException _ -> {
          return new Failure(
              "no connection came about in time",
              "Check the network. Behind a proxy, set https_proxy.",
              Use.SOME);
        }
        case ConnectException e when isRefused(e) -> {
          return new Failure(
              "the connection was refused",
              "Check that the address is right and that something listens there. Behind a proxy,"
                  + " set https_proxy.",
              Use.SOME);
        }
        case SSLException e when !hasEof(e) -> {
          return new Failure(
              "no secure connection came about: " + words(e),
              "Check the clock of this machine and that nothing stands in between. A certificate of"
                  + " your own is trusted with"
                  + " ISOBAR_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE.",
              Use.NONE);
        }
        default -> {}
      }
    }
    return new Failure("the connection broke off", "Try again: what came is kept.", Use.SOME);
  }

  /// DNS failures come as this too, without a message.
  private static boolean isRefused(ConnectException e) {
    return !(e.getCause() instanceof ConnectException)
        && !(e.getCause() instanceof UnresolvedAddressException)
        && !(e.getCause() instanceof UnknownHostException);
  }

  private static boolean hasEof(Throwable thrown) {
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < 10; t = t.getCause(), depth++) {
      if (t instanceof EOFException) {
        return true;
      }
    }
    return false;
  }

  private static String words(SSLException e) {
    String text = String.valueOf(e.getMessage());
    return text.replaceAll("\\b(?:[a-z]+\\.)+[A-Z]\\w*(?:Exception|Error):? ?", "")
        .replaceAll("\\.$", "");
  }

  /// The first words of what was not expected.
  static String excerpt(byte[] bytes) {
    String text = new String(bytes, 0, Math.min(60, bytes.length), StandardCharsets.UTF_8);
    return text.replaceAll("[\\p{Cntrl}\\s\\uFFFD]+", " ").strip();
  }
}
