package dev.isobar.fetch.auth;

import dev.isobar.plan.Request;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as it is about to be sent, for whoever signs it.
///
/// @param uri the whole URL, as it is sent
/// @param headers without those that authentication adds
/// @param body the text to send, or null
public record Outbound(
    String verb, URI uri, List<Request.Pair> headers, @Nullable String body, SigningScope scope) {

  public Outbound {
    headers = List.copyOf(headers);
  }
}
