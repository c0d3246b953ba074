package dev.isobar.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A path key of a document: `/acme/{widgetId}/parts?beta=true`.
final class PathTemplate {
  private static final Pattern VARIABLE = Pattern.compile("\\{\\+?([^}:]*)(?::[^}]*)?}");

  private final String text;
  private final List<Segment> segments = new ArrayList<>();
  private final List<String> variables = new ArrayList<>();
  private final Map<String, String> query = new LinkedHashMap<>();
  private boolean artificial;

  /// A segment is literal, one whole variable, or a pattern with some variables in it.
  private record Segment(String literal, @Nullable Pattern pattern, int variables) {
    boolean whole() {
      return pattern == null && variables == 1;
    }
  }

  PathTemplate(String key) {
    int question = key.indexOf('?');
    String path = question < 0 ? key : key.substring(0, question);
    String plain = VARIABLE.matcher(path).replaceAll("{}").replaceFirst("/+$", "");
    var part = new StringBuilder();
    for (String segment : split(path)) {
      segments.add(segment(segment));
    }
    if (question >= 0) {
      for (String pair : key.substring(question + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (name.startsWith("__")) {
          artificial = true;
        } else if (!name.isEmpty()) {
          String value = equals < 0 ? "" : pair.substring(equals + 1);
          query.put(HttpRequest.decode(name), HttpRequest.decode(value));
          part.append(equals < 0 ? "?" + name : "");
        }
      }
    }
    text = plain + part;
  }

  private Segment segment(String segment) {
    Matcher matcher = VARIABLE.matcher(segment);
    var pattern = new StringBuilder();
    int end = 0;
    int found = 0;
    while (matcher.find()) {
      pattern.append(Pattern.quote(segment.substring(end, matcher.start()))).append("(.+?)");
      variables.add(matcher.group(1));
      end = matcher.end();
      found++;
    }
    if (found == 0) {
      return new Segment(HttpRequest.decode(segment), null, 0);
    }
    if (found == 1 && segment.startsWith("{") && end == segment.length()) {
      return new Segment("", null, 1);
    }
    pattern.append(Pattern.quote(segment.substring(end)));
    return new Segment("", Pattern.compile(pattern.toString()), found);
  }

  /// The path with `{}` for each variable: equal for equal places. Of the query, only names without
  /// values belong to it: `/{}?acl` is a part of `/{}`, not the same.
  String text() {
    return text;
  }

  /// Names of the variables from left to right.
  List<String> variables() {
    return variables;
  }

  /// Whether the last segment is one variable.
  boolean endsInVariable() {
    return !segments.isEmpty() && segments.getLast().whole() && !text.contains("?");
  }

  /// How many segments say something: `{name}:undelete` does, `{name}` does not.
  int literals() {
    return (int) segments.stream().filter(segment -> !segment.whole()).count();
  }

  /// Whether the key has a query that tells operations apart and is never sent.
  boolean isArtificial() {
    return artificial;
  }

  /// The query parameters that the key demands.
  Map<String, String> query() {
    return query;
  }

  /// The values of the variables when the decoded segments of a path fit, else null.
  ///
  /// @param spanning lets variables hold slashes, as ids such as `linode/debian12` do
  @Nullable List<String> match(List<String> path, boolean spanning) {
    if (spanning ? path.size() < segments.size() : path.size() != segments.size()) {
      return null;
    }
    List<String> values = new ArrayList<>(variables.size());
    return match(path, 0, 0, values, spanning) ? values : null;
  }

  private boolean match(
      List<String> path, int at, int segment, List<String> values, boolean spanning) {
    if (segment == segments.size()) {
      return at == path.size();
    }
    Segment next = segments.get(segment);
    if (at == path.size()) {
      return false;
    }
    if (!next.whole()) {
      int before = values.size();
      if (fits(next, path.get(at), values) && match(path, at + 1, segment + 1, values, spanning)) {
        return true;
      }
      values.subList(before, values.size()).clear();
      return false;
    }
    int longest = spanning ? path.size() - at - (segments.size() - segment - 1) : 1;
    for (int length = 1; length <= longest; length++) {
      values.add(length == 1 ? path.get(at) : String.join("/", path.subList(at, at + length)));
      if (match(path, at + length, segment + 1, values, spanning)) {
        return true;
      }
      values.removeLast();
    }
    return false;
  }

  private static boolean fits(Segment segment, String given, List<String> values) {
    if (segment.pattern == null) {
      return segment.literal.equals(given);
    }
    Matcher matcher = segment.pattern.matcher(given);
    if (!matcher.matches()) {
      return false;
    }
    for (int i = 1; i <= segment.variables; i++) {
      values.add(matcher.group(i));
    }
    return true;
  }

  /// The segments of a path; a slash at its end does not count.
  static List<String> split(String path) {
    List<String> segments = new ArrayList<>();
    int depth = 0;
    int start = path.startsWith("/") ? 1 : 0;
    for (int i = start; i <= path.length(); i++) {
      char c = i == path.length() ? '/' : path.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == '/' && (depth == 0 || i == path.length())) {
        if (i > start || i < path.length()) {
          segments.add(path.substring(start, i));
        }
        start = i + 1;
      }
    }
    return segments;
  }

  /// The path of a server URL, without a slash at its end.
  static String basePath(String url) {
    int depth = 0;
    int slashes = 0;
    int needed = url.contains("://") ? 3 : 1;
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == '/' && depth == 0 && ++slashes == needed) {
        String path = url.substring(i);
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      }
    }
    return "";
  }
}
