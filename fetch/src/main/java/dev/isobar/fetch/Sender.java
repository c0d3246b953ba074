package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.fetch.auth.Credential;
import dev.isobar.fetch.auth.SigningScope;
import dev.isobar.model.IsobarException;
import dev.isobar.plan.Request;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Sends requests until they succeed, fail for good, or were tried often enough; keeps to the
/// limits of each host and credential. Thread-safe.
final class Sender {
  private static final Duration FIRST_DELAY = Duration.ofMillis(500);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  private final Carrier carrier;
  private final FetchOptions options;
  private final Timing timing;
  private final Map<Key, Limiter> limiters = new ConcurrentHashMap<>();

  Sender(Carrier carrier, FetchOptions options, Timing timing) {
    this.carrier = carrier;
    this.options = options;
    this.timing = timing;
  }

  private record Key(String authority, Credential credential) {}

  /// A request with all that sending it needs.
  ///
  /// @param target the URL, with the sandbox put in
  /// @param plain the URL as the provider's documents and answers name it
  /// @param provider who is asked, with the account; empty for a token
  /// @param home the origin that may see the credential
  /// @param scope what a signature of it is for
  /// @param needs the OAuth scopes of the operation
  /// @param purpose what sending it twice would do
  record Outgoing(
      Request request,
      URI target,
      URI plain,
      String provider,
      URI home,
      Credential credential,
      SigningScope scope,
      List<String> needs,
      Purpose purpose) {
    boolean isToken() {
      return provider.isEmpty();
    }
  }

  /// What sending a request twice would do.
  enum Purpose {
    /// Nothing: it only reads.
    READ,
    /// What sending it once does.
    CHANGE,
    /// Perhaps the same thing twice.
    CHANGE_ONCE
  }

  /// Makes something of an answer; a failure it reports is treated like one of the connection.
  interface Reader<T> {
    /// Whether the answer is one to read, and not an error.
    default boolean takes(Response response) {
      return response.status / 100 == 2;
    }

    /// Reads an answer that it takes.
    ///
    /// @param turn held until this returns, unless the answer is whole
    T read(Response response, Turn turn) throws FetchFailure, InterruptedException;
  }

  <T> T send(Outgoing out, Tally tally, Reader<T> reader)
      throws FetchFailure, InterruptedException {
    Limiter limiter =
        limiters.computeIfAbsent(
            new Key(String.valueOf(out.target().getAuthority()), out.credential()),
            _ -> new Limiter(options.concurrency(), timing));
    boolean maybeDone = false;
    boolean recovered = false;
    FetchFailure earlier = null;
    for (int attempt = 1; ; attempt++) {
      Object held = held(out.credential());
      long startedAt = limiter.enter(tally);
      FetchFailure spent = tally.request();
      if (spent != null) {
        limiter.leave();
        throw unsent(spent, earlier, maybeDone && out.purpose() != Purpose.READ);
      }
      FetchFailure failure;
      try (Turn turn = new Turn(limiter);
          Response response = carrier.send(out)) {
        if (response.isWhole()) {
          turn.end();
        }
        limiter.learn(response);
        if (reader.takes(response)) {
          T read = reader.read(response, turn);
          limiter.answered();
          return read;
        }
        if (!recovered && out.credential().isPresent() && recovers(out, held, response)) {
          // What was not let in was not carried out: once more, and not as one of the attempts.
          recovered = true;
          attempt--;
          tally.retry();
          continue;
        }
        failure = Refusals.of(response, out.needs(), out.credential(), timing.now());
      } catch (FetchFailure e) {
        failure = e;
      }
      Duration delay = backoff(attempt);
      Duration asked = failure.retryAfter;
      boolean limited = asked != null || failure.status == 429;
      if (failure.status == 429) {
        limiter.halve(startedAt);
      } else {
        maybeDone |= failure.repeat == Repeat.MAYBE_DONE;
      }
      if (limited) {
        limiter.pauseAll(asked == null || asked.isZero() ? delay : asked);
        if (asked != null && asked.compareTo(Limiter.LONGEST_WAIT) > 0) {
          throw limiter.tooLong(asked);
        }
      }
      boolean again =
          switch (failure.repeat) {
            case USELESS -> false;
            case MAYBE_DONE -> out.purpose() != Purpose.CHANGE_ONCE;
            case NOT_DONE -> true;
          };
      if (!again || attempt >= options.attempts()) {
        throw last(failure, attempt, maybeDone && out.purpose() != Purpose.READ);
      }
      earlier = failure;
      tally.retry();
      if (!limited) {
        timing.sleep(delay);
      }
    }
  }

  private static Object held(Credential credential) throws FetchFailure, InterruptedException {
    try {
      return credential.held();
    } catch (IsobarException e) {
      throw unauthorized(e);
    }
  }

  /// There is no token to send the request with.
  static FetchFailure unauthorized(IsobarException e) {
    String text = e.text();
    String clause = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (clause.length() > 1 && Character.isLowerCase(clause.charAt(1))) {
      clause = Character.toLowerCase(clause.charAt(0)) + clause.substring(1);
    }
    return FetchFailure.of(e.code(), clause, e.hint(), Repeat.USELESS);
  }

  private boolean recovers(Outgoing out, Object held, Response response) {
    int status = response.status;
    return (status == 400 || status == 401 || status == 403)
        && out.credential()
            .recover(held, status, Refusals.date(response), timing.now(), response.text());
  }

  /// Up to half a second, a second, two… ten, evenly spread, so that requests that failed together
  /// do not come back together.
  private Duration backoff(int attempt) {
    long most =
        Math.min(LONGEST_DELAY.toNanos(), FIRST_DELAY.toNanos() << Math.min(attempt - 1, 10));
    return Duration.ofNanos((long) (most * timing.random()));
  }

  /// The budget does not allow another attempt.
  ///
  /// @param earlier what became of the last one, or null
  private static FetchFailure unsent(
      FetchFailure spent, @Nullable FetchFailure earlier, boolean maybeApplied) {
    if (earlier == null) {
      return spent;
    }
    String what = earlier.what + ", and " + spent.what;
    return spent.saying(
        maybeApplied
            ? what + "; an earlier attempt got no clear answer, and may have been applied"
            : what);
  }

  /// @param maybeApplied whether one of the attempts may have changed something
  private static FetchFailure last(FetchFailure failure, int attempts, boolean maybeApplied) {
    String what = failure.what;
    if (attempts > 1) {
      what += " (" + attempts + " attempts)";
    }
    if (maybeApplied) {
      what +=
          failure.repeat == Repeat.MAYBE_DONE
              ? "; the change may have been applied all the same"
              : "; an earlier attempt got no clear answer, and may have been applied";
    }
    return failure.saying(what);
  }
}
