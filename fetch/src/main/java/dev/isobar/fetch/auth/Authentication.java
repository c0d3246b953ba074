package dev.isobar.fetch.auth;

import dev.isobar.plan.Request;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One authentication of a credential's chain: what it adds to a request. Thread-safe. Equal ones
/// share one limiter.
interface Authentication {
  /// The headers that let the request in; those of them that it has already are replaced.
  ///
  /// @throws dev.isobar.model.IsobarException when a token is needed and cannot be had
  List<Request.Pair> headers(Outbound request) throws InterruptedException;

  /// The query parameters that let any request in.
  default List<Request.Pair> query() {
    return List.of();
  }

  /// What the next request will stand on, such as a token, which is fetched if there is none; to
  /// tell later whether it was renewed meanwhile. Null when it never changes.
  ///
  /// @throws dev.isobar.model.IsobarException when a token is needed and cannot be had
  default @Nullable Object held() throws InterruptedException {
    return null;
  }

  /// Takes in that a request was refused.
  ///
  /// @param held what [#held()] gave before the request was sent
  /// @return whether the same request, authorized anew, may fare better
  default boolean recover(@Nullable Object held, Refusal refusal) {
    return false;
  }

  /// An answer that says that a request was not let in. Such a request was not carried out.
  ///
  /// @param date the API's clock, or null when the answer does not tell it
  /// @param now our clock
  /// @param body of the answer
  record Refusal(int status, @Nullable Instant date, Instant now, String body) {}

  /// The same for every request.
  record Fixed(List<Request.Pair> headers, List<Request.Pair> query) implements Authentication {
    @Override
    public List<Request.Pair> headers(Outbound request) {
      return headers;
    }

    /// Without the secret: records print their components.
    @Override
    public String toString() {
      return "Fixed";
    }
  }
}
