package dev.isobar.fetch;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.fetch.Sender.Purpose;
import dev.isobar.fetch.auth.Authenticator;
import dev.isobar.fetch.auth.Credential;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.model.Progress;
import dev.isobar.model.ResourceName;
import dev.isobar.model.ScanReport;
import dev.isobar.plan.Call;
import dev.isobar.plan.Scan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads scans and makes calls: the only place from which requests go out. Thread-safe; scans that
/// run at the same time share the limits of their host and credential.
///
/// Nothing is lost on the way without a word: a scan gives all rows, or fails, or its report says
/// what is missing.
public final class Fetcher implements AutoCloseable {
  private final FetchOptions options;
  private final Authenticator authenticator;
  private final Timing timing;
  private final Bounds bounds;
  private final Carrier carrier;
  private final Carrier local;
  private final @Nullable CassetteFile recorded;
  private final Sender sender;
  private final LocalPrograms programs;
  private final AnswerCache cache;
  private final Tally tally = new Tally(null);

  /// @param environment reads a variable, null when it is not set; asked for names only, when a
  ///   credential is needed
  public Fetcher(FetchOptions options, Function<String, @Nullable String> environment) {
    this(options, environment, Timing.REAL);
  }

  Fetcher(FetchOptions options, Function<String, @Nullable String> environment, Timing timing) {
    this(options, environment, timing, Bounds.DEFAULT);
  }

  Fetcher(
      FetchOptions options,
      Function<String, @Nullable String> environment,
      Timing timing,
      Bounds bounds) {
    this.options = options;
    this.bounds = bounds;
    boolean replayed = options.recording() instanceof Recording.From;
    this.timing = replayed ? new ReplayTiming(timing) : timing;
    this.recorded =
        options.recording() instanceof Recording.To(Path file) ? CassetteFile.create(file) : null;
    this.carrier =
        options.recording() instanceof Recording.From(Path file)
            ? new Replayer(file, bounds.whole())
            : recorder(new Transport(options.requestTimeout(), bounds.whole()));
    this.local = recorder(new Transport(Duration.ofSeconds(2), Bounds.DEFAULT.whole()));
    this.sender = new Sender(carrier, options, this.timing);
    this.cache = new AnswerCache(this.timing, bounds.whole());
    this.programs = new LocalPrograms(options, environment, this.timing);
    this.authenticator =
        new Authenticator(
            replayed ? Map.of() : options.auth(),
            replayed ? _ -> true : options.endpoints()::containsKey,
            environment,
            new TokenRequests(sender, new Sender(local, options.withAttempts(1), this.timing)),
            this.timing::now);
  }

  /// Reads a scan, and returns when the sink has all rows, or has enough. Rows come in the order of
  /// the splits and of their pages.
  ///
  /// The interrupt of the calling thread, or a sink that has enough, stops everything that belongs
  /// to the scan down to its sockets before this returns.
  ///
  /// @throws IsobarException `AUTHENTICATION_FAILED`, `RATE_LIMITED`, `REQUEST_FAILED`,
  ///   `INVALID_PARAMETER` when a page cannot be read, unless the options say to report it;
  ///   `UNSUPPORTED_STATEMENT` for authentication or answers of a kind that is not supported
  public ScanReport fetch(Scan scan, RowSink sink) throws InterruptedException {
    return fetch(
        scan, sink, new FetchTerms(options.onFailure(), new Allowance(Budget.UNLIMITED), null));
  }

  /// As above, on the terms of a statement.
  ///
  /// @throws IsobarException `BUDGET_EXCEEDED` too
  public ScanReport fetch(Scan scan, RowSink sink, FetchTerms terms) throws InterruptedException {
    Credential credential = authenticator.credential(scan.provider(), scan.method().credential());
    Tally own = new Tally(tally, terms.allowance());
    return new ScanRun(
            scan,
            sink,
            options.withOnFailure(terms.onFailure()),
            timing,
            own,
            source(
                scan.provider(),
                scan.resource(),
                scan.method(),
                credential,
                own,
                terms.cacheTtl() == null
                    ? null
                    : new AnswerCache.Use(
                        service(scan.provider(), scan.resource()), terms.cacheTtl())),
            credential.redaction(),
            bounds)
        .run();
  }

  /// Sends one request and reads its answer.
  ///
  /// @throws IsobarException as [#fetch] does; the message says whether the change may have been
  ///   applied all the same
  public Answer call(Call call) throws InterruptedException {
    return call(call, new Allowance(Budget.UNLIMITED));
  }

  /// As above, out of what a statement may take.
  ///
  /// @throws IsobarException `BUDGET_EXCEEDED` too
  public Answer call(Call call, Allowance allowance) throws InterruptedException {
    Method method = call.method();
    Credential credential = authenticator.credential(call.provider(), method.credential());
    String service = service(call.provider(), call.resource());
    cache.changes(service);
    String verb = call.request().verb();
    Purpose purpose =
        verb.equals("GET") || verb.equals("HEAD")
            ? Purpose.READ
            : call.idempotent() ? Purpose.CHANGE : Purpose.CHANGE_ONCE;
    try {
      return source(
              call.provider(),
              call.resource(),
              method,
              credential,
              new Tally(tally, allowance),
              null)
          .send(
              call.request(),
              call.request().url(),
              purpose,
              (response, _) -> answer(method, response));
    } catch (FetchFailure e) {
      String happened = e.code == ErrorCode.BUDGET_EXCEEDED ? "` was stopped" : "` failed";
      throw PageSource.explain(e, "`" + method.name() + "` of `" + call.resource() + happened);
    } finally {
      // What was asked for while the change was made may have seen either side of it.
      cache.changes(service);
    }
  }

  /// Where the credentials of its requests come from.
  public Authenticator authenticator() {
    return authenticator;
  }

  /// Whose answers a change makes old: those of all accounts too.
  private static String service(Provider provider, ResourceName resource) {
    return provider.api() + "." + resource.service();
  }

  /// Keeps at most so many bytes of answers that [FetchTerms#cacheTtl] lets be used again; 0
  /// forgets all. It begins with 0.
  public void limitCache(long bytes) {
    cache.limit(bytes);
  }

  /// What all scans and calls of this fetcher did so far.
  public Progress progress() {
    return tally.progress();
  }

  private Carrier recorder(Carrier network) {
    // The secrets are known when something is written, and not yet now.
    return recorded == null
        ? network
        : new Recorder(network, recorded, text -> authenticator.redact(text));
  }

  /// Ends what is still going on; nothing can be fetched after this.
  ///
  /// @throws IsobarException `FILE_FAILED` when the recording could not be written
  @Override
  public void close() {
    carrier.close();
    local.close();
    if (recorded != null) {
      recorded.close();
    }
  }

  private PageSource source(
      Provider provider,
      ResourceName resource,
      Method method,
      Credential credential,
      Tally counts,
      AnswerCache.@Nullable Use use) {
    return new PageSource(
        sender,
        programs,
        provider.name(),
        resource.service(),
        method,
        credential,
        options.endpoints().get(provider.api()),
        counts,
        cache,
        use);
  }

  private static Answer answer(Method method, Response response)
      throws FetchFailure, InterruptedException {
    byte[] utf8 = PageReader.utf8(response);
    if (PageReader.isEmpty(utf8)) {
      return new Answer(response.status, null, List.of());
    }
    try {
      Conversion conversion = Conversion.of(method);
      Object body =
          conversion == null
              ? Json.parse(utf8)
              : Json.parse(conversion.convert(utf8, PageReader.isCharsetKnown(response)).json());
      return new Answer(
          response.status,
          body,
          conversion != null && conversion.givesRows()
              ? XmlTree.list(body)
              : rows(body, method.objectKey()));
    } catch (IllegalArgumentException | FetchFailure e) {
      if (e instanceof FetchFailure failure && method.wire().graphQl() != null) {
        // GraphQL says in the answer that it did nothing.
        throw failure;
      }
      // The change is made: an answer in another form is no reason to call it failed.
      String text = new String(utf8, StandardCharsets.UTF_8);
      return new Answer(response.status, text, List.of(text));
    }
  }

  /// The body with the object key applied, by the rules that hold for the rows of a scan.
  private static List<@Nullable Object> rows(@Nullable Object body, @Nullable String objectKey) {
    if (objectKey != null && objectKey.contains("[*]")) {
      List<String> names = PathNode.names(objectKey);
      boolean there =
          names.isEmpty() || (body instanceof Map<?, ?> map && map.containsKey(names.getFirst()));
      List<@Nullable Object> found = JsonPath.find(objectKey, body);
      return there ? found : XmlTree.list(body);
    }
    Object value = body;
    for (String name : objectKey == null ? List.<String>of() : PathNode.names(objectKey)) {
      if (!(value instanceof Map<?, ?> map) || !map.containsKey(name)) {
        value = body;
        break;
      }
      value = map.get(name);
    }
    return XmlTree.list(value);
  }
}
