package dev.isobar.fetch;

import dev.isobar.plan.Request;
import java.util.List;

/// What a request carries to be let in. Equal credentials share one limiter.
///
/// @param source where it came from, for messages, such as `LINODE_TOKEN` in back-ticks; empty when
///   there is nothing to send
/// @param missing what to set so that there is one; empty when nothing is missing
record Credential(
    List<Request.Pair> headers,
    List<Request.Pair> query,
    Redaction redaction,
    String source,
    String missing) {
  static final Credential NONE = new Credential(List.of(), List.of(), Redaction.NONE, "", "");

  Credential {
    headers = List.copyOf(headers);
    query = List.copyOf(query);
  }

  boolean isPresent() {
    return !headers.isEmpty() || !query.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Credential that
        && headers.equals(that.headers)
        && query.equals(that.query);
  }

  @Override
  public int hashCode() {
    return headers.hashCode() * 31 + query.hashCode();
  }

  /// Without the secret: records print their components.
  @Override
  public String toString() {
    return "Credential[" + source + "]";
  }
}
