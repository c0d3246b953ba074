package dev.isobar.catalog;

import java.util.ArrayList;
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
  ///
  /// @param defaults by variable; some are empty
  /// @param choices by variable, the values that the document lists (`enum`): they tell servers
  ///   apart, and others may be given too
  public record Server(
      String url, Map<String, String> defaults, Map<String, List<String>> choices) {
    public Server {
      defaults = Map.copyOf(defaults);
      choices = Map.copyOf(choices);
    }

    /// A server whose variables take any value.
    public Server(String url, Map<String, String> defaults) {
      this(url, defaults, Map.of());
    }

    /// The names of the variables, in order.
    public List<String> variables() {
      List<String> names = new ArrayList<>();
      for (int open = url.indexOf('{'); open >= 0; open = url.indexOf('{', open + 1)) {
        int close = closingBrace(url, open);
        if (close < 0) {
          break;
        }
        names.add(variable(url.substring(open + 1, close)));
        open = close;
      }
      return names;
    }

    /// The name in what braces hold.
    public static String variable(String inside) {
      int colon = inside.indexOf(':');
      return colon < 0 ? inside : inside.substring(0, colon);
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
