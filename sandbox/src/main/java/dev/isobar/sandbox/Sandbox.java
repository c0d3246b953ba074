package dev.isobar.sandbox;

import dev.isobar.catalog.Provider;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A running emulator of one provider, reached on 127.0.0.1.
///
/// What its documents describe works: routes, authorization, validation, pages, filters, and
/// create, read, update and delete with state. See `docs/sandbox.md`. Thread-safe.
public final class Sandbox implements AutoCloseable {
  private static final Duration SAVE_EVERY = Duration.ofSeconds(1);

  private final SandboxOptions options;
  private final Store store;
  private final Api api;
  private final Inspector inspector;
  private final Mishaps mishaps;
  private final @Nullable RateLimiter limiter;
  private final @Nullable StateFile file;
  private final HttpListener listener;
  private final @Nullable Thread saver;
  private long savedVersion;

  private Sandbox(Provider provider, SandboxOptions options) {
    this.options = options;
    Behaviour behaviour = Behaviour.of(provider.name());
    store = new Store(new Router(provider, behaviour), behaviour, options);
    api = new Api(store);
    inspector = new Inspector(store, provider.name());
    mishaps = new Mishaps(options.faultRate(), options.seed());
    RateLimit limit = options.rateLimit();
    limiter = limit == null ? null : new RateLimiter(limit);
    Path path = options.stateFile();
    file =
        path == null ? null : new StateFile(path, provider.name(), options.seed(), options.log());
    if (file != null) {
      store.restore(file.load());
    }
    savedVersion = store.version();
    listener = new HttpListener(options.port(), this::answer);
    saver = file == null ? null : Thread.ofVirtual().start(this::saveNowAndThen);
  }

  /// Starts a sandbox. Nothing of the provider is loaded before a request needs it.
  ///
  /// @throws dev.isobar.model.IsobarException `INVALID_CONFIGURATION` when the port is taken,
  ///   `FILE_FAILED` when the state file cannot be opened
  public static Sandbox start(Provider provider, SandboxOptions options) {
    return new Sandbox(provider, options);
  }

  public int port() {
    return listener.port();
  }

  /// `http://127.0.0.1:PORT`: what stands in the place of the provider's scheme and host.
  public URI base() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /// Stops listening, breaks off what is open, and saves the state.
  @Override
  public void close() {
    listener.close();
    if (saver != null) {
      saver.interrupt();
    }
    save();
    if (file != null) {
      file.close();
    }
  }

  Store store() {
    return store;
  }

  private void saveNowAndThen() {
    try {
      while (true) {
        Thread.sleep(SAVE_EVERY);
        save();
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  private synchronized void save() {
    long version = store.version();
    if (file == null || version == savedVersion) {
      return;
    }
    store.lock().readLock().lock();
    try {
      file.save(store.saved());
      savedVersion = version;
    } finally {
      store.lock().readLock().unlock();
    }
  }

  private HttpResponse answer(HttpRequest request) {
    if (Inspector.isFor(request)) {
      return inspector.handle(request);
    }
    long cameAt = System.nanoTime();
    HttpResponse response = limited(request);
    inspector.note(request, response.status());
    // The time that making the answer took is a part of the latency, as it is with a real API.
    pause(options.latency().minusNanos(System.nanoTime() - cameAt));
    return response;
  }

  private HttpResponse limited(HttpRequest request) {
    String token = request.token();
    RateLimiter.Verdict verdict =
        limiter == null ? null : limiter.count(token == null ? "" : token, store.now());
    if (verdict == null) {
      return unlucky(request);
    }
    if (verdict.allowed()) {
      return verdict.on(unlucky(request));
    }
    Duration wait = Duration.between(store.now(), verdict.reset());
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    return verdict.on(error(429, "Too many requests").with("Retry-After", Long.toString(seconds)));
  }

  private static void pause(Duration rest) {
    if (!rest.isPositive()) {
      return;
    }
    try {
      Thread.sleep(rest);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse unlucky(HttpRequest request) {
    Mishaps.Kind kind = mishaps.next(request);
    if (kind == null) {
      return guarded(request);
    }
    options.log().accept("Fault " + kind + " for " + request.verb() + " " + request.target());
    return Mishaps.answers(kind)
        ? Mishaps.spoil(kind, guarded(request))
        : Mishaps.instead(kind, this::error);
  }

  /// A defect in the emulation is an answer of its own, so that it is not taken for a lost
  /// connection.
  private HttpResponse guarded(HttpRequest request) {
    try {
      return api.handle(request);
    } catch (RuntimeException e) {
      options.log().accept("Failed on " + request.verb() + " " + request.target() + ": " + e);
      return error(500, "The sandbox has a defect: " + e);
    }
  }

  private HttpResponse error(int status, String reason) {
    Object body = ErrorShape.body(api.nearOperation(), status, List.of(new Fault(null, reason)));
    return HttpResponse.json(status, body == null ? Map.of() : body);
  }
}
