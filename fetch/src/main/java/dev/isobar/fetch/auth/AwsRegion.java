package dev.isobar.fetch.auth;

import dev.isobar.catalog.Operation.Server;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The region of AWS that a request goes to.
final class AwsRegion {
  private static final String VARIABLE = "[A-Za-z0-9._-]+";
  private static final Pattern IN_HOST =
      Pattern.compile("(?:^|[.-])([a-z]{2,3}(?:-[a-z]+)+-\\d{1,2})(?:\\.|$)");
  private static final String OF_GLOBAL_SERVICES = "us-east-1";

  private AwsRegion() {}

  /// The value of the server variable `region`, read back from the URL; where the server has none,
  /// the region in the host's name, or that of AWS's global services.
  static String of(SigningScope scope) {
    for (Server server : scope.servers()) {
      Matcher match = pattern(server.url()).matcher(scope.url());
      if (match.lookingAt() && match.groupCount() > 0) {
        return match.group(1);
      }
    }
    String host = URI.create(scope.url()).getHost();
    Matcher match = IN_HOST.matcher(host == null ? "" : host);
    return match.find() ? match.group(1) : OF_GLOBAL_SERVICES;
  }

  /// The server's URL with a group where `{region}` stands.
  private static Pattern pattern(String template) {
    StringBuilder pattern = new StringBuilder();
    boolean found = false;
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : Server.closingBrace(template, open);
      if (close < 0) {
        break;
      }
      pattern.append(Pattern.quote(template.substring(at, open)));
      boolean region = !found && template.substring(open + 1, close).equals("region");
      pattern.append(region ? "(" + VARIABLE + "?)" : VARIABLE + "?");
      found |= region;
      at = close + 1;
    }
    String rest = template.substring(at);
    String end = rest.isEmpty() ? "(?=[/?:]|$)" : Pattern.quote(rest);
    return Pattern.compile(pattern.append(end).toString());
  }
}
