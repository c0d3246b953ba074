package dev.isobar.fetch.auth;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.fetch.auth.Renewing.Held;
import dev.isobar.fetch.auth.TokenClient.Reply;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.plan.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// OAuth 2.0 client credentials: an id and a secret buy tokens.
///
/// Source: RFC 6749, sections 2.3.1, 4.4 and 5.
final class ClientCredentials implements Renewing.Source<String> {
  /// Where the endpoint expects the id and the secret (`auth_style`).
  private enum Style {
    /// Wherever it accepts them: it is asked both ways, the header first.
    AUTO,
    BODY,
    HEADER
  }

  private final String provider;
  private final URI endpoint;
  private final String id;
  private final String secret;
  private final List<Request.Pair> form;
  private final String source;
  private final TokenClient client;
  private final InstantSource clock;
  private final Redaction redaction;

  /// Guarded by the lock of its [Renewing].
  private Style style;

  private ClientCredentials(
      String provider,
      URI endpoint,
      String id,
      String secret,
      List<Request.Pair> form,
      Style style,
      String source,
      TokenClient client,
      InstantSource clock,
      Redaction redaction) {
    this.provider = provider;
    this.endpoint = endpoint;
    this.id = id;
    this.secret = secret;
    this.form = form;
    this.style = style;
    this.source = source;
    this.client = client;
    this.clock = clock;
    this.redaction = redaction;
  }

  static void add(
      Search search, String provider, AuthSpec spec, TokenClient client, InstantSource clock) {
    String grant = spec.setting("grant_type");
    if (grant != null && !grant.equals("client_credentials")) {
      throw TokenUrl.wrong(
          provider,
          "`" + grant + "` is no `grant_type` that works without a person",
          "Isobar knows client_credentials.");
    }
    String id = search.required(spec, "client_id", "client_id_env_var");
    String secret = search.required(spec, "client_secret", "client_secret_env_var");
    URI endpoint = TokenUrl.read(search, provider, spec);
    if (id == null || secret == null || endpoint == null) {
      return;
    }
    search.principal(id);
    search.secret(secret);
    List<Request.Pair> form = form(spec);
    Style style = style(provider, spec);
    String source = search.source();
    search.part(redaction ->
        new Token(
            new Renewing<>(
                new ClientCredentials(
                    provider, endpoint, id, secret, form, style, source, client, clock, redaction),
                clock)));
  }

  private static Style style(String provider, AuthSpec spec) {
    String written = spec.setting("auth_style");
    return switch (written == null ? "0" : written) {
      case "0" -> Style.AUTO;
      case "1" -> Style.BODY;
      case "2" -> Style.HEADER;
      default ->
          throw TokenUrl.wrong(
              provider,
              "`" + written + "` is no `auth_style`",
              "1 sends the client's secret in the body, 2 in a header, 0 tries both.");
    };
  }

  /// The fields of every token request but the client's id and secret.
  private static List<Request.Pair> form(AuthSpec spec) {
    List<Request.Pair> form = new ArrayList<>();
    form.add(new Request.Pair("grant_type", "client_credentials"));
    String scopes = scopes(spec);
    if (!scopes.isEmpty()) {
      form.add(new Request.Pair("scope", scopes));
    }
    if (spec.settings().get("values") instanceof Map<?, ?> values) {
      values.forEach((name, value) -> {
        if (value instanceof List<?> list) {
          list.forEach(
              each -> form.add(new Request.Pair(String.valueOf(name), String.valueOf(each))));
        } else if (value != null) {
          form.add(new Request.Pair(String.valueOf(name), value.toString()));
        }
      });
    }
    return form;
  }

  /// The setting `scopes`, a list or a text, with spaces between.
  static String scopes(AuthSpec spec) {
    return switch (spec.settings().get("scopes")) {
      case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(" "));
      case String text -> text;
      case null, default -> "";
    };
  }

  @Override
  public Held<String> fetch() throws InterruptedException {
    if (style != Style.AUTO) {
      return read(ask(style));
    }
    Reply reply = ask(Style.HEADER);
    if (reply.status() == 400 || reply.status() == 401) {
      // Some endpoints do not know the header, and say no more than that no client was named.
      Reply other = ask(Style.BODY);
      if (other.status() / 100 == 2) {
        style = Style.BODY;
        return read(other);
      }
      return read(reply);
    }
    Held<String> token = read(reply);
    style = Style.HEADER;
    return token;
  }

  private Reply ask(Style how) throws InterruptedException {
    List<Request.Pair> fields = new ArrayList<>(form);
    List<Request.Pair> headers = new ArrayList<>();
    headers.add(new Request.Pair("Content-Type", "application/x-www-form-urlencoded"));
    headers.add(new Request.Pair("Accept", "application/json"));
    if (how == Style.BODY) {
      fields.add(new Request.Pair("client_id", id));
      fields.add(new Request.Pair("client_secret", secret));
    } else {
      String both = encode(id) + ":" + encode(secret);
      String encoded = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
      redaction.add(encoded);
      headers.add(new Request.Pair("Authorization", "Basic " + encoded));
    }
    String body =
        fields.stream()
            .map(field -> encode(field.name()) + "=" + encode(field.value()))
            .collect(Collectors.joining("&"));
    return client.send("POST", endpoint, headers, body, redaction);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Held<String> read(Reply reply) {
    if (reply.status() / 100 != 2) {
      throw refused(
          "answered " + reply.status() + (reply.said().isEmpty() ? "" : ": `" + reply.said() + "`"),
          "Check the credential in " + source + ".");
    }
    Object answer;
    try {
      answer = Json.parse(reply.body());
    } catch (IllegalArgumentException e) {
      answer = null;
    }
    if (!(answer instanceof Map<?, ?> map)
        || !(map.get("access_token") instanceof String token)
        || token.isBlank()) {
      throw refused("answered without an `access_token`", "Check `token_url`.");
    }
    redaction.add(token);
    return new Held<>(prefix(map.get("token_type")) + token, end(map.get("expires_in")));
  }

  private static String prefix(@Nullable Object type) {
    return type instanceof String text && !text.isBlank() && !text.equalsIgnoreCase("bearer")
        ? text + " "
        : "Bearer ";
  }

  private @Nullable Instant end(@Nullable Object seconds) {
    String text = String.valueOf(seconds);
    return text.matches("\\d{1,9}") ? clock.instant().plusSeconds(Long.parseLong(text)) : null;
  }

  private IsobarException refused(String what, String hint) {
    return new IsobarException(
        ErrorCode.AUTHENTICATION_FAILED,
        "No token for `" + provider + "` could be had: `" + endpoint.getHost() + "` " + what + ".",
        hint);
  }
}
