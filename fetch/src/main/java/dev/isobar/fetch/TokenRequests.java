package dev.isobar.fetch;

import dev.isobar.fetch.Sender.Outgoing;
import dev.isobar.fetch.Sender.Purpose;
import dev.isobar.fetch.auth.Credential;
import dev.isobar.fetch.auth.Redaction;
import dev.isobar.fetch.auth.SigningScope;
import dev.isobar.fetch.auth.TokenClient;
import dev.isobar.model.IsobarException;
import dev.isobar.plan.Request;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends the requests for tokens as a scan's requests are sent: limited, and repeated like a GET. A
/// token that is asked for twice is there once too often, and does no harm.
final class TokenRequests implements TokenClient {
  private final Sender sender;

  /// For the machine's own services, which answer at once, or are not there.
  private final Sender local;

  private final Tally tally = new Tally(null);

  TokenRequests(Sender sender, Sender local) {
    this.sender = sender;
    this.local = local;
  }

  /// Whether the host is an address that exists on this machine's own link only, where clouds have
  /// their metadata services.
  private static boolean isLinkLocal(URI uri) {
    return String.valueOf(uri.getHost()).startsWith("169.254.");
  }

  @Override
  public Reply send(
      String verb, URI uri, List<Request.Pair> headers, @Nullable String body, Redaction redaction)
      throws InterruptedException {
    Request request = new Request(verb, uri.toString(), List.of(), headers, body);
    Outgoing out =
        new Outgoing(
            request,
            uri,
            uri,
            "",
            uri,
            Credential.hiding(redaction),
            SigningScope.NONE,
            List.of(),
            Purpose.READ);
    try {
      return (isLinkLocal(uri) ? local : sender).send(out, tally, new Answers(redaction));
    } catch (FetchFailure e) {
      throw new IsobarException(
          e.code, "`" + uri.getHost() + "` gave no token: " + e.what + ".", e.hint);
    }
  }

  /// Takes every answer but those that another attempt may turn.
  private record Answers(Redaction redaction) implements Sender.Reader<Reply> {
    @Override
    public boolean takes(Response response) {
      return response.status < 500 && response.status != 408 && response.status != 429;
    }

    @Override
    public Reply read(Response response, Turn turn) {
      return new Reply(
          response.status, response.headers, response.text(), ApiErrors.text(response, redaction));
    }
  }
}
