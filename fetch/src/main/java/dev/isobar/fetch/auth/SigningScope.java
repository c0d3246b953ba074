package dev.isobar.fetch.auth;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation.Server;
import java.util.List;

/// What a signature is for: an API of a vendor, in one of its regions.
///
/// @param service the name of the API in signatures; empty where nothing signs
/// @param servers templates of the API's URLs
/// @param url the first URL of the scan or call, as it was planned: it tells the region
public record SigningScope(String service, List<Server> servers, String url) {
  /// For requests that are not signed.
  public static final SigningScope NONE = new SigningScope("", List.of(), "");

  public SigningScope {
    servers = List.copyOf(servers);
  }

  public static SigningScope of(Method method, String url) {
    return new SigningScope(method.wire().signingName(), method.operation().servers(), url);
  }
}
