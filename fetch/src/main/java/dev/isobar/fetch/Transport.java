package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.fetch.Sender.Outgoing;
import dev.isobar.fetch.auth.Credential;
import dev.isobar.fetch.auth.Outbound;
import dev.isobar.fetch.auth.SigningScope;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.plan.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// One HTTP exchange at a time per caller: blocking, interruptible down to the socket. Thread-safe.
final class Transport implements Carrier {
  private static final int REDIRECTS = 5;
  private static final Duration CONNECT = Duration.ofSeconds(15);

  private final Duration timeout;
  private final int whole;
  private final String userAgent;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable ExecutorService threads;
  private @Nullable HttpClient plain;
  private @Nullable HttpClient secure;
  private boolean closed;

  /// @param timeout within which an answer has to be there, or another step of it
  /// @param whole bytes up to which a body is collected; a larger one comes as it is read
  Transport(Duration timeout, int whole) {
    this.timeout = timeout;
    this.whole = whole;
    String version = Transport.class.getPackage().getImplementationVersion();
    this.userAgent = "isobar/" + (version == null ? "dev" : version);
  }

  /// Redirects are followed here and not by the client, because the client would hand the
  /// credential to whatever host the answer names. Requests to any other origin than the home of
  /// what is sent go without it.
  @Override
  public Response send(Outgoing out) throws FetchFailure, InterruptedException {
    Request request = out.request();
    Credential credential = out.credential();
    URI home = out.home();
    URI uri = out.target();
    String verb = request.verb();
    String body = request.body();
    for (int hops = 0; hops <= REDIRECTS; hops++) {
      Credential sent = sameOrigin(uri, home) ? credential : Credential.NONE;
      Response response = exchange(build(request, verb, body, uri, sent, out.scope()), sent);
      String location = response.header("Location");
      if (!isRedirect(response.status) || location.isEmpty()) {
        return response;
      }
      // What it says beside the place has been collected.
      response.close();
      URI next = resolve(uri, location, credential);
      boolean reads = verb.equals("GET") || verb.equals("HEAD");
      if (response.status == 303) {
        verb = verb.equals("HEAD") ? "HEAD" : "GET";
        body = null;
      } else if (!reads && (response.status < 307 || !sameOrigin(next, home))) {
        // Old clients turn a redirected POST into a GET; sending a change on to a place that the
        // statement did not name would be worse.
        return response;
      }
      if ("https".equals(uri.getScheme()) && !"https".equals(next.getScheme())) {
        throw FetchFailure.of(
            ErrorCode.REQUEST_FAILED,
            "the API redirected from https to `" + credential.redaction().redact(location) + "`",
            "",
            Repeat.USELESS);
      }
      uri = next;
    }
    throw FetchFailure.of(
        ErrorCode.REQUEST_FAILED,
        "the API redirected more than " + REDIRECTS + " times",
        "",
        Repeat.USELESS);
  }

  static boolean sameOrigin(URI a, URI b) {
    return String.valueOf(a.getScheme()).equalsIgnoreCase(String.valueOf(b.getScheme()))
        && String.valueOf(a.getHost()).equalsIgnoreCase(String.valueOf(b.getHost()))
        && port(a) == port(b);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI resolve(URI from, String location, Credential credential) throws FetchFailure {
    try {
      return from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw FetchFailure.of(
          ErrorCode.REQUEST_FAILED,
          "the API redirected to `"
              + credential.redaction().redact(location)
              + "`, which is not a URL",
          "",
          Repeat.USELESS);
    }
  }

  private HttpRequest build(
      Request request,
      String verb,
      @Nullable String body,
      URI uri,
      Credential credential,
      SigningScope scope)
      throws FetchFailure, InterruptedException {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    try {
      URI whole = withQuery(uri, credential.query());
      HttpRequest.Builder builder = HttpRequest.newBuilder(whole).method(verb, publisher);
      if (!"https".equals(uri.getScheme())) {
        // Without TLS there is no ALPN: the client would ask each server to upgrade.
        builder.version(HttpClient.Version.HTTP_1_1);
      }
      builder.setHeader("User-Agent", userAgent).setHeader("Accept-Encoding", "gzip");
      for (Request.Pair header : request.headers()) {
        builder.setHeader(header.name(), header.value());
      }
      Outbound outbound = new Outbound(verb, whole, request.headers(), body, scope);
      for (Request.Pair header : credential.headers(outbound)) {
        builder.setHeader(header.name(), header.value());
      }
      return builder.build();
    } catch (IsobarException e) {
      throw Sender.unauthorized(e);
    } catch (IllegalArgumentException e) {
      throw FetchFailure.of(
          ErrorCode.INVALID_PARAMETER,
          "no request can be made for `"
              + credential.redaction().redact(uri.toString())
              + "`: "
              + credential.redaction().redact(String.valueOf(e.getMessage())),
          "",
          Repeat.USELESS);
    }
  }

  private static URI withQuery(URI uri, List<Request.Pair> more) {
    if (more.isEmpty()) {
      return uri;
    }
    String encoded = new Request("GET", "", more, List.of(), null).url().substring(1);
    return URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + encoded);
  }

  private Response exchange(HttpRequest request, Credential credential)
      throws FetchFailure, InterruptedException {
    // Made before there is an answer, and anew where the client tries again by itself.
    AtomicReference<ArrivingBody> arriving = new AtomicReference<>(body(request, credential));
    CompletableFuture<HttpResponse<ArrivingBody>> exchange =
        client(request.uri())
            .sendAsync(
                request,
                _ -> {
                  ArrivingBody body = body(request, credential);
                  arriving.set(body);
                  return body;
                });
    try {
      // The client's own time limit ends with the headers; this one covers the body.
      return response(request.uri(), whenThere(exchange, arriving));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      arriving.get().close();
      throw arriving.get().late();
    } catch (InterruptedException e) {
      exchange.cancel(true);
      arriving.get().close();
      throw e;
    } catch (CancellationException e) {
      throw cancelled();
    } catch (ExecutionException e) {
      throw ConnectionFailures.of(e.getCause(), request.uri(), credential.redaction());
    }
  }

  private ArrivingBody body(HttpRequest request, Credential credential) {
    return new ArrivingBody(
        whole, timeout, e -> ConnectionFailures.of(e, request.uri(), credential.redaction()));
  }

  /// Waits until an answer is there, as long as it comes on.
  private HttpResponse<ArrivingBody> whenThere(
      CompletableFuture<HttpResponse<ArrivingBody>> exchange,
      AtomicReference<ArrivingBody> arriving)
      throws InterruptedException, ExecutionException, TimeoutException {
    while (true) {
      long left = arriving.get().steppedAt() + timeout.toNanos() - System.nanoTime();
      try {
        return exchange.get(Math.max(0, left), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (arriving.get().steppedAt() + timeout.toNanos() - System.nanoTime() <= 0) {
          throw e;
        }
      }
    }
  }

  private Response response(URI uri, HttpResponse<ArrivingBody> answer)
      throws FetchFailure, InterruptedException {
    ArrivingBody body = answer.body();
    String encoding =
        answer.headers().firstValue("Content-Encoding").orElse("").toLowerCase(Locale.ROOT);
    boolean plain = encoding.isEmpty() || encoding.equals("identity");
    boolean collected = body.isCollected();
    if (plain || (collected && body.available() == 0)) {
      return new Response(
          answer.statusCode(), uri, answer.headers(), body.taken(), collected ? null : body);
    }
    if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
      body.close();
      throw FetchFailure.of(
          ErrorCode.REQUEST_FAILED,
          "the API answered in the encoding `" + encoding + "`, which was not asked for",
          "",
          Repeat.USELESS);
    }
    try {
      InputStream unzipped = new GZIPInputStream(body, 8192);
      byte[] beginning = unzipped.readNBytes(whole + 1);
      boolean more = beginning.length > whole;
      return new Response(
          answer.statusCode(), uri, answer.headers(), beginning, more ? unzipped : null);
    } catch (IOException e) {
      body.close();
      throw BrokenBody.failure(e);
    }
  }

  static String seconds(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  /// Each kind of client is made when it is first needed: see [NoTls].
  private HttpClient client(URI uri) throws FetchFailure {
    lock.lock();
    try {
      if (closed) {
        throw cancelled();
      }
      if ("https".equals(uri.getScheme())) {
        if (secure == null) {
          secure = builder().version(HttpClient.Version.HTTP_2).build();
        }
        return secure;
      }
      if (plain == null) {
        plain = builder().sslContext(new NoTls()).build();
      }
      return plain;
    } finally {
      lock.unlock();
    }
  }

  private static FetchFailure cancelled() {
    return FetchFailure.of(
        ErrorCode.CANCELLED, "the session was closed meanwhile", "", Repeat.USELESS);
  }

  private HttpClient.Builder builder() {
    if (threads == null) {
      threads = Executors.newVirtualThreadPerTaskExecutor();
    }
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
        .executor(threads);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (plain != null) {
        plain.shutdownNow();
      }
      if (secure != null) {
        secure.shutdownNow();
      }
      if (threads != null) {
        threads.shutdownNow();
      }
    } finally {
      lock.unlock();
    }
  }
}
