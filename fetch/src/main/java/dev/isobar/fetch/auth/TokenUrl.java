package dev.isobar.fetch.auth;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where an authentication gets its tokens: a URL with `{{ .field }}` in it for its settings, and
/// `{{ .__env__NAME }}` for variables. It comes from configuration alone, never from an API.
final class TokenUrl {
  private static final Pattern ACTION = Pattern.compile("\\{\\{-?\\s*(.*?)\\s*-?\\}\\}");
  private static final Pattern FIELD = Pattern.compile("\\.(\\w+)");
  private static final String VARIABLE = "__env__";

  private TokenUrl() {}

  /// The URL, or null with what is missing noted.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION` when it is no URL to send a secret to
  static @Nullable URI read(Search search, String provider, AuthSpec spec) {
    String template = search.required(spec, "token_url", "token_url_env_var");
    if (template == null) {
      return null;
    }
    StringBuilder url = new StringBuilder();
    boolean complete = true;
    Matcher action = ACTION.matcher(template);
    while (action.find()) {
      Matcher field = FIELD.matcher(action.group(1));
      if (!field.matches()) {
        throw wrong(
            provider,
            "`token_url` has `" + action.group() + "` in it",
            "Write {{ .account_id }} for a setting, or {{ .__env__NAME }} for a variable.");
      }
      String value = field(search, spec, field.group(1));
      complete &= value != null;
      action.appendReplacement(url, value == null ? "" : Matcher.quoteReplacement(value));
    }
    action.appendTail(url);
    return complete ? checked(provider, url.toString()) : null;
  }

  private static @Nullable String field(Search search, AuthSpec spec, String name) {
    if (!name.startsWith(VARIABLE)) {
      return search.required(spec, name, name + "_env_var", name + "_var");
    }
    String variable = name.substring(VARIABLE.length());
    String value = search.read(variable);
    if (value == null) {
      search.missVariable(variable);
      return null;
    }
    search.input(value);
    return value;
  }

  /// @throws IsobarException `INVALID_CONFIGURATION` when it is no URL to send a secret to
  static URI checked(String provider, String url) {
    try {
      URI uri = URI.create(url);
      boolean safe = "https".equals(uri.getScheme());
      if (uri.getHost() != null && (safe || isLoopback(uri))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw wrong(
        provider,
        // Not the text itself: a variable that was named by mistake may hold anything.
        "its `token_url` makes no https URL to get a token from",
        "Check `token_url`, and the variables that it names.");
  }

  private static boolean isLoopback(URI uri) {
    try {
      return "http".equals(uri.getScheme())
          && InetAddress.getByName(uri.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  static IsobarException wrong(String provider, String what, String hint) {
    return new IsobarException(
        ErrorCode.INVALID_CONFIGURATION,
        "The authentication of `" + provider + "` is of no use: " + what + ".",
        hint);
  }
}
