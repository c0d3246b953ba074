package dev.isobar.fetch;

import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes out of an exchange what must not be in a file: the secrets that this session knows, and
/// the values of names that secrets have, such as `root_pass`.
///
/// What is taken out of a request is taken out of the same request when it is replayed, so that
/// both are still the same.
final class Scrubber {
  private static final String MARK = "***";

  /// Names in lower case without anything but letters and digits.
  private static final Set<String> WHOLE =
      Set.of("pass", "pwd", "pin", "token", "jwt", "assertion", "auth", "cookie", "kubeconfig");

  private static final Set<String> ENDINGS =
      Set.of(
          "password",
          "passwd",
          "passphrase",
          "rootpass",
          "secret",
          "secretkey",
          "secretstring",
          "secretbinary",
          "secretvalue",
          "secretaccesskey",
          "privatekey",
          "sharedkey",
          "accountkey",
          "masterkey",
          "encryptionkey",
          "apikey",
          "authkey",
          "accesstoken",
          "refreshtoken",
          "idtoken",
          "sessiontoken",
          "securitytoken",
          "authtoken",
          "apitoken",
          "bearertoken",
          "usertoken",
          "credential",
          "credentials",
          "authorization",
          "connectionstring",
          "xamzsignature",
          "otpcode");

  private static final Pattern PAIR = Pattern.compile("([^&?#=\\s]+)=([^&#\\s]*)");
  private static final Pattern ELEMENT = Pattern.compile("<([\\w:.-]+)>([^<]+)</");

  private final UnaryOperator<String> redaction;

  /// @param redaction takes out the secrets that the session knows
  Scrubber(UnaryOperator<String> redaction) {
    this.redaction = redaction;
  }

  String text(String text) {
    return redaction.apply(text);
  }

  String url(String url) {
    int query = url.indexOf('?');
    return query < 0
        ? text(url)
        : text(url.substring(0, query + 1)) + text(pairs(url.substring(query + 1)));
  }

  /// A header's value.
  String header(String name, String value) {
    return isSecret(name) ? MARK : url(value);
  }

  /// A body in JSON, XML or the form of a query; other text loses the known secrets only.
  String body(String body) {
    String known = text(body);
    int start = 0;
    while (start < known.length() && Character.isWhitespace(known.charAt(start))) {
      start++;
    }
    if (start == known.length()) {
      return known;
    }
    return switch (known.charAt(start)) {
      case '{', '[' -> json(known);
      case '<' -> replaced(ELEMENT, known);
      default -> known.indexOf('=') > 0 && known.indexOf('\n') < 0 ? pairs(known) : known;
    };
  }

  private static String pairs(String query) {
    return replaced(PAIR, query);
  }

  /// The text with the second group masked wherever the first names a secret.
  private static String replaced(Pattern pattern, String text) {
    StringBuilder clean = new StringBuilder();
    int from = 0;
    for (Matcher match = pattern.matcher(text); match.find(); ) {
      if (isSecret(match.group(1))) {
        clean.append(text, from, match.start(2)).append(MARK);
        from = match.end(2);
      }
    }
    return from == 0 ? text : clean.append(text, from, text.length()).toString();
  }

  /// Walks the strings only, so that text which is not quite JSON, such as the beginning of a body,
  /// is cleaned too.
  private static String json(String text) {
    StringBuilder clean = new StringBuilder();
    int from = 0;
    boolean secret = false;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '"') {
        // A list of secrets has the name before it.
        secret &= c == ':' || c == '[' || c == ',' || Character.isWhitespace(c);
        at++;
        continue;
      }
      int end = endOfString(text, at + 1);
      int next = end + 1;
      while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      if (next < text.length() && text.charAt(next) == ':') {
        secret = isSecret(text.substring(at + 1, end));
      } else if (secret && end > at + 1) {
        clean.append(text, from, at + 1).append(MARK);
        from = end;
      }
      at = Math.min(end + 1, text.length());
    }
    return from == 0 ? text : clean.append(text, from, text.length()).toString();
  }

  private static int endOfString(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, text.length());
  }

  static boolean isSecret(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
      if (Character.isLetterOrDigit(c)) {
        plain.append(c);
      }
    }
    String bare = plain.toString();
    return WHOLE.contains(bare) || ENDINGS.stream().anyMatch(bare::endsWith);
  }
}
