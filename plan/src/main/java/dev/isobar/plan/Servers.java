package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation.Server;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Chooses the server of a method and fills in its address: `provider-format.md`, section 4.3.
///
/// @param provider for errors
record Servers(String provider, Method method) {
  /// Scheme, host and base path, without a slash at the end.
  ///
  /// @param values by variable; others have their default
  String url(Map<String, String> values) {
    String url = filled(choose(values), values);
    boolean web = url.matches("(?i)https?://[^/?#@\\s]+([/].*)?");
    if (!web) {
      throw new IsobarException(
          ErrorCode.INVALID_DOCUMENT,
          "The document of `" + provider + "` names `" + url + "` as its server.",
          "A server is an address that begins with https://.");
    }
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /// The first server whose variables all have values. One that has a place for every value given,
  /// and lists them where it lists any, comes before others.
  private Server choose(Map<String, String> values) {
    List<Server> servers = method.operation().servers();
    if (servers.isEmpty()) {
      throw new IsobarException(
          ErrorCode.INVALID_DOCUMENT,
          "The document of `" + provider + "` names no server for `" + method.name() + "`.",
          "Add `servers` to the service document.");
    }
    List<Server> ready = new ArrayList<>();
    for (Server server : servers) {
      if (server.variables().stream().allMatch(name -> value(server, name, values) != null)) {
        ready.add(server);
      }
    }
    for (Server server : ready) {
      if (fits(server, values)) {
        return server;
      }
    }
    return ready.isEmpty() ? servers.getFirst() : ready.getFirst();
  }

  private boolean fits(Server server, Map<String, String> values) {
    List<String> names = server.variables();
    for (Input input : method.inputs()) {
      String value = values.get(input.wireName());
      if (input.location() != Input.Location.SERVER || value == null) {
        continue;
      }
      List<String> choices = server.choices().getOrDefault(input.wireName(), List.of());
      if (!names.contains(input.wireName()) || !(choices.isEmpty() || choices.contains(value))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String value(Server server, String name, Map<String, String> values) {
    String value = values.getOrDefault(name, server.defaults().get(name));
    return value == null || value.isEmpty() ? null : value;
  }

  private String filled(Server server, Map<String, String> values) {
    StringBuilder url = new StringBuilder();
    String template = server.url();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf('{', at);
      int close = open < 0 ? -1 : Server.closingBrace(template, open);
      if (close < 0) {
        url.append(template, at, template.length());
        break;
      }
      url.append(template, at, open);
      String variable = Server.variable(template.substring(open + 1, close));
      String text = value(server, variable, values);
      if (text == null) {
        throw new IsobarException(
            ErrorCode.MISSING_REQUIRED_PARAMETER,
            "`" + method.name() + "` needs `" + variable + "`.",
            "It is part of the server's address.");
      }
      check(variable, text, template.substring(close + 1), url.isEmpty());
      url.append(text);
      at = close + 1;
    }
    return url.toString();
  }

  /// Where the host goes on behind the variable, its value must not end the host before that: the
  /// credential would go to somebody else.
  private static void check(String variable, String text, String rest, boolean begins) {
    boolean scheme = begins && rest.startsWith("://");
    boolean ends = rest.isEmpty() || rest.startsWith("/");
    boolean allowed =
        scheme
            ? text.equals("https") || text.equals("http")
            : text.matches(ends ? "[A-Za-z0-9._:/-]+" : "[A-Za-z0-9._-]+");
    boolean address = begins && ends && text.matches("https?://[A-Za-z0-9._:/-]+");
    if (!address && (!allowed || text.contains("//"))) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "`" + variable + "` is part of the server's address and cannot be `" + text + "`.",
          scheme ? "Give https." : "Give letters, digits, dots and hyphens.");
    }
  }
}
