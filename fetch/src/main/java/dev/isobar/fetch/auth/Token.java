package dev.isobar.fetch.auth;

import dev.isobar.plan.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A token that requests carry in the header `Authorization`, renewed in time.
record Token(Renewing<String> value) implements Authentication {
  @Override
  public List<Request.Pair> headers(Outbound request) throws InterruptedException {
    return List.of(new Request.Pair("Authorization", value.get()));
  }

  @Override
  public @Nullable Object held() throws InterruptedException {
    return value.held();
  }

  @Override
  public boolean recover(@Nullable Object held, Refusal refusal) {
    if (refusal.status() != 401 || held == null) {
      return false;
    }
    value.drop(held);
    return true;
  }

  /// Equal to itself only, as what it renews is.
  @Override
  public String toString() {
    return "Token";
  }
}
