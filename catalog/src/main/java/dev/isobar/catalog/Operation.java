package dev.isobar.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The HTTP operation behind a method.
///
/// @param httpVerb in upper case, such as `GET`
/// @param path the path key of the document, verbatim: may hold a `?query` and `{variables}`
/// @param body the request body that may be sent, or null
/// @param servers in order of preference; the first whose variables are known is used
/// @param success the response key that the method takes as success, such as `200`
/// @param responses what the document declares for each status, `default` included
public record Operation(
    String id,
    String httpVerb,
    String path,
    @Nullable Body body,
    List<Server> servers,
    String success,
    Map<String, Body> responses) {

  public Operation {
    servers = List.copyOf(servers);
    responses = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(responses));
  }

  /// A request or response body.
  ///
  /// @param schema null when the document declares none
  public record Body(String mediaType, boolean required, @Nullable Schema schema) {}

  /// A server URL, with `{variables}`; a variable's name ends at the first `:` (a regular
  /// expression follows it).
  public record Server(String url, Map<String, String> defaults) {
    public Server {
      defaults = Map.copyOf(defaults);
    }

    /// Where the variable that opens at `open` closes: its regular expression may hold pairs of
    /// braces. -1 when it never does.
    public static int closingBrace(String template, int open) {
      int depth = 0;
      for (int i = open; i < template.length(); i++) {
        char c = template.charAt(i);
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (depth == 0) {
          return i;
        }
      }
      return -1;
    }
  }
}
