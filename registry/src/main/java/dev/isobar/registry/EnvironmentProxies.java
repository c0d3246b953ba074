package dev.isobar.registry;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The proxy that the environment names, as curl and most other programs read it: `https_proxy`,
/// `http_proxy`, `all_proxy` and `no_proxy`, in small or capital letters.
final class EnvironmentProxies extends ProxySelector {
  private final Function<String, @Nullable String> environment;

  EnvironmentProxies(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  @Override
  public List<Proxy> select(URI uri) {
    URI proxy = proxy(uri);
    if (proxy == null) {
      return List.of(Proxy.NO_PROXY);
    }
    int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
    return List.of(
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // Whoever sends the request tells it.
  }

  /// Answers the proxy that asks for the name and password that stand in its URL; null when there
  /// are none.
  @Nullable Authenticator authenticator(URI uri) {
    URI proxy = proxy(uri);
    String user = proxy == null ? null : proxy.getRawUserInfo();
    if (user == null) {
      return null;
    }
    int colon = user.indexOf(':');
    String name = decoded(colon < 0 ? user : user.substring(0, colon));
    char[] password = decoded(colon < 0 ? "" : user.substring(colon + 1)).toCharArray();
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        return getRequestorType() == RequestorType.PROXY
            ? new PasswordAuthentication(name, password)
            : null;
      }
    };
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// The proxy for a request, or null when it goes out directly.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION`; without the value, which may hold a password
  @Nullable URI proxy(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    String scheme = "https".equals(uri.getScheme()) ? "https" : "http";
    String name = scheme + "_proxy";
    String written = variable(name);
    if (written == null) {
      name = "all_proxy";
      written = variable(name);
    }
    String excluded = variable("no_proxy");
    if (written == null || (excluded != null && isExcluded(host, excluded))) {
      return null;
    }
    try {
      URI proxy = URI.create(written.contains("://") ? written : "http://" + written);
      if (proxy.getHost() != null && String.valueOf(proxy.getScheme()).startsWith("http")) {
        return proxy;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw new IsobarException(
        ErrorCode.INVALID_CONFIGURATION,
        "The proxy in `" + name + "` is no URL of a proxy that speaks HTTP.",
        "Write it as http://host:port, or unset the variable.");
  }

  private @Nullable String variable(String name) {
    String small = environment.apply(name);
    String value = small == null || small.isBlank() ? capital(name) : small;
    return value == null || value.isBlank() ? null : value.strip();
  }

  private @Nullable String capital(String name) {
    return environment.apply(name.toUpperCase(Locale.ROOT));
  }

  /// `example.com` and `.example.com` mean the host and all under it; `*` means everything.
  private static boolean isExcluded(String host, String excluded) {
    for (String each : excluded.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      String name = each.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", "");
      if (each.equals("*")
          || (!name.isEmpty() && (host.equals(name) || host.endsWith("." + name)))) {
        return true;
      }
    }
    return false;
  }
}
