package dev.isobar.sandbox;

import dev.isobar.catalog.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The URL of a server: `https://{region}.api.acme.example/base`. Its scheme does not matter here.
final class ServerTemplate {
  private final String text;
  private final List<String> variables = new ArrayList<>();
  private final Map<String, String> defaults;
  private final Pattern host;
  private final PathTemplate base;
  private final int hostVariables;

  ServerTemplate(Operation.Server server) {
    String url = server.url();
    int scheme = url.indexOf("://");
    String rest = scheme < 0 ? url : url.substring(scheme + 3);
    int slash = slash(rest);
    var plain = new StringBuilder("//");
    var pattern = new StringBuilder();
    String authority = rest.substring(0, slash);
    int at = 0;
    while (at < authority.length()) {
      int open = authority.indexOf('{', at);
      int close = open < 0 ? -1 : Operation.Server.closingBrace(authority, open);
      if (close < 0) {
        break;
      }
      plain.append(authority, at, open).append("{}");
      pattern.append(Pattern.quote(authority.substring(at, open))).append("(.+?)");
      variables.add(authority.substring(open + 1, close).split(":", 2)[0]);
      at = close + 1;
    }
    plain.append(authority.substring(at));
    pattern.append(Pattern.quote(authority.substring(at)));
    hostVariables = variables.size();
    host = Pattern.compile(pattern.toString(), Pattern.CASE_INSENSITIVE);
    String path = rest.substring(slash);
    base = new PathTemplate(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    variables.addAll(base.variables());
    text = plain.toString().toLowerCase(Locale.ROOT) + base.text();
    defaults = server.defaults();
  }

  /// Where the authority ends: braces may hold slashes.
  private static int slash(String rest) {
    int depth = 0;
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == '/' && depth == 0) {
        return i;
      }
    }
    return rest.length();
  }

  /// `//{}.api.acme.example/base`.
  String text() {
    return text;
  }

  /// Names of the variables from left to right, those of the base path included.
  List<String> variables() {
    return variables;
  }

  /// The first segment of the base path; `{}` for a variable, null for no base path.
  @Nullable String firstSegment() {
    List<String> segments = PathTemplate.split(base.text());
    return segments.isEmpty()
        ? null
        : segments.getFirst().contains("{") ? "{}" : segments.getFirst();
  }

  /// How many segments of a path belong to the server.
  int length() {
    return PathTemplate.split(base.text()).size();
  }

  /// Whether a request to this host is meant for the server.
  boolean isAt(String authority) {
    return host.matcher(authority).matches();
  }

  /// The values of the variables when the path begins with the server's, else null. A host that is
  /// not told, or is another, leaves the defaults.
  ///
  /// @param segments the path, decoded
  @Nullable Map<String, String> match(@Nullable String authority, List<String> segments) {
    int length = length();
    List<String> values =
        segments.size() < length ? null : base.match(segments.subList(0, length), false);
    if (values == null) {
      return null;
    }
    Map<String, String> found = new LinkedHashMap<>();
    Matcher matcher = authority == null ? null : host.matcher(authority);
    boolean told = matcher != null && matcher.matches();
    for (int i = 0; i < variables.size(); i++) {
      String name = variables.get(i);
      found.put(
          name,
          i >= hostVariables
              ? values.get(i - hostVariables)
              : told && matcher != null ? matcher.group(i + 1) : defaults.getOrDefault(name, ""));
    }
    return found;
  }
}
