package dev.isobar.fetch.auth;

import dev.isobar.fetch.auth.Authentication.Refusal;
import dev.isobar.plan.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What lets the requests of one scan or call in. Equal credentials share one limiter. Thread-safe.
public final class Credential {
  /// Nothing is sent, and nothing is missing.
  public static final Credential NONE = new Credential(List.of(), new Redaction(List.of()), "", "");

  private final List<Authentication> parts;
  private final Redaction redaction;
  private final String source;
  private final String missing;

  Credential(List<Authentication> parts, Redaction redaction, String source, String missing) {
    this.parts = List.copyOf(parts);
    this.redaction = redaction;
    this.source = source;
    this.missing = missing;
  }

  /// Nothing to send, in requests that hold secrets otherwise.
  public static Credential hiding(Redaction redaction) {
    return new Credential(List.of(), redaction, "", "");
  }

  public boolean isPresent() {
    return !parts.isEmpty();
  }

  /// Hides its secrets, and the tokens that it will have fetched.
  public Redaction redaction() {
    return redaction;
  }

  /// Where it came from, for messages, such as `LINODE_TOKEN` in back-ticks; empty when there is
  /// nothing to send.
  public String source() {
    return source;
  }

  /// What to set so that there is one; empty when nothing is missing.
  public String missing() {
    return missing;
  }

  /// The query parameters to add to every request.
  public List<Request.Pair> query() {
    List<Request.Pair> pairs = new ArrayList<>();
    parts.forEach(part -> pairs.addAll(part.query()));
    return pairs;
  }

  /// The headers to add to this request, just before it is sent: a signature holds for minutes. May
  /// fetch a token first.
  ///
  /// @throws dev.isobar.model.IsobarException `AUTHENTICATION_FAILED`, `REQUEST_FAILED` or
  ///   `RATE_LIMITED` when a token cannot be had
  public List<Request.Pair> headers(Outbound request) throws InterruptedException {
    List<Request.Pair> pairs = new ArrayList<>();
    for (Authentication part : parts) {
      pairs.addAll(part.headers(request));
    }
    return pairs;
  }

  /// What the next request will stand on, for [#recover]; tokens are fetched by this.
  ///
  /// @throws dev.isobar.model.IsobarException as [#headers] does
  public Object held() throws InterruptedException {
    List<@Nullable Object> held = new ArrayList<>();
    for (Authentication part : parts) {
      held.add(part.held());
    }
    return Collections.unmodifiableList(held);
  }

  /// Takes in that a request was refused, and drops the token it was sent with, or sets the clock.
  ///
  /// @param held what [#held()] gave before the request was sent
  /// @param date the API's clock, or null when the answer does not tell it
  /// @return whether the same request, authorized anew, may fare better
  public boolean recover(
      Object held, int status, @Nullable Instant date, Instant now, String body) {
    Refusal refusal = new Refusal(status, date, now, body);
    boolean changed = false;
    for (int i = 0; i < parts.size(); i++) {
      changed |= parts.get(i).recover(((List<?>) held).get(i), refusal);
    }
    return changed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Credential that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "Credential[" + source + "]";
  }
}
