package dev.isobar.fetch;

import dev.isobar.catalog.Method;
import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.fetch.Sender.Outgoing;
import dev.isobar.fetch.Sender.Purpose;
import dev.isobar.fetch.auth.Credential;
import dev.isobar.fetch.auth.SigningScope;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.plan.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends the requests of one scan or call: where to, with which credential. Thread-safe.
final class PageSource {
  private final Sender sender;
  private final LocalPrograms programs;
  private final String provider;
  private final String service;
  private final Method method;
  private final Credential credential;
  private final @Nullable URI endpoint;
  private final Tally tally;
  private final AnswerCache cache;
  private final AnswerCache.@Nullable Use use;

  /// @param provider with its account
  /// @param service that the resource belongs to
  /// @param use of the cache, or null for none
  PageSource(
      Sender sender,
      LocalPrograms programs,
      String provider,
      String service,
      Method method,
      Credential credential,
      @Nullable URI endpoint,
      Tally tally,
      AnswerCache cache,
      AnswerCache.@Nullable Use use) {
    this.sender = sender;
    this.provider = provider;
    this.service = service;
    this.programs = programs;
    this.method = method;
    this.credential = credential;
    this.endpoint = endpoint;
    this.tally = tally;
    this.cache = cache;
    this.use = use;
  }

  /// @param first the URL that the plan asked for first: its origin may see the credential
  <T> T send(Request request, String first, Purpose purpose, Sender.Reader<T> reader)
      throws FetchFailure, InterruptedException {
    if (!request.program().isEmpty()) {
      return run(request, reader);
    }
    URI home = uri(first);
    URI asked = uri(request.url());
    // The next page's URL may name the sandbox already.
    boolean providers = endpoint == null || Transport.sameOrigin(asked, home);
    URI base = endpoint;
    if (!Transport.sameOrigin(asked, home)
        && (base == null || !Transport.sameOrigin(asked, base))) {
      // Asked without the credential it would answer as to a stranger; with it, the credential
      // would
      // be a stranger's.
      throw FetchFailure.of(
          ErrorCode.REQUEST_FAILED,
          "the API names a next page at another place, `"
              + asked.getScheme()
              + "://"
              + asked.getRawAuthority()
              + "`",
          "",
          Repeat.USELESS);
    }
    URI target = providers ? redirected(asked) : asked;
    URI plain = providers ? asked : unredirected(asked, home);
    Outgoing out =
        new Outgoing(
            described(request, home),
            target,
            plain,
            provider,
            redirected(home),
            credential,
            SigningScope.of(method, first),
            method.scopes(),
            purpose);
    return use == null
        ? sender.send(out, tally, reader)
        : cache.send(sender, out, tally, use, reader);
  }

  /// What takes the place of a provider's many hosts is told which of them is meant, and for which
  /// service: services may have the same paths.
  private Request described(Request request, URI home) {
    if (endpoint == null) {
      return request;
    }
    List<Request.Pair> headers = new ArrayList<>(request.headers());
    headers.add(new Request.Pair("X-Forwarded-Host", home.getRawAuthority()));
    headers.add(new Request.Pair("X-Isobar-Service", service));
    return new Request(
        request.verb(), request.endpoint(), request.query(), headers, request.body());
  }

  private <T> T run(Request request, Sender.Reader<T> reader)
      throws FetchFailure, InterruptedException {
    if (endpoint != null) {
      throw FetchFailure.of(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "`" + method.name() + "` runs a local program, which a sandbox does not",
          "Leave the sandbox out for this provider.",
          Repeat.USELESS);
    }
    return programs.run(request, method, tally, reader);
  }

  private URI redirected(URI uri) throws FetchFailure {
    URI base = endpoint;
    if (base == null) {
      return uri;
    }
    return uri(
        base.getScheme() + "://" + base.getRawAuthority() + prefix(base) + pathAndQuery(uri));
  }

  /// The URL of the API that a URL of the sandbox stands for.
  private URI unredirected(URI uri, URI home) throws FetchFailure {
    URI base = endpoint;
    String rest = pathAndQuery(uri);
    String prefix = base == null ? "" : prefix(base);
    return uri(
        home.getScheme()
            + "://"
            + home.getRawAuthority()
            + (rest.startsWith(prefix) ? rest.substring(prefix.length()) : rest));
  }

  private static String prefix(URI base) {
    String prefix = base.getRawPath() == null ? "" : base.getRawPath();
    while (prefix.endsWith("/")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    return prefix;
  }

  private static String pathAndQuery(URI uri) {
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return (uri.getRawPath() == null ? "" : uri.getRawPath()) + query;
  }

  private URI uri(String text) throws FetchFailure {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below, in one sentence for all that can be wrong with it.
    }
    throw FetchFailure.of(
        ErrorCode.INVALID_PARAMETER,
        "`" + credential.redaction().redact(text) + "` is not a URL that can be asked",
        "Check the values given to the method's parameters.",
        Repeat.USELESS);
  }

  /// The failure in the words of the statement.
  ///
  /// @param subject what was asked for and could not be had, with its verb
  static IsobarException explain(FetchFailure failure, String subject) {
    return new IsobarException(failure.code, subject + ": " + failure.what + ".", failure.hint);
  }
}
