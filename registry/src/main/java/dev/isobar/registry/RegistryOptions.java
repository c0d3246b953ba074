package dev.isobar.registry;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where provider documents come from, besides those that ship inside.
///
/// @param location a folder, a `file:` or `http:` URL, or StackQL's JSON (`url`, `localDocRoot`,
///   `verifyConfig`…); null for the public registry
/// @param home the application folder, where pulled documents and compiled ones are kept; null, or
///   a folder that cannot be written, means that nothing is kept
/// @param environment reads environment variables: the proxy is named there
public record RegistryOptions(
    @Nullable String location,
    @Nullable Path home,
    Function<String, @Nullable String> environment) {
  /// Without a proxy.
  public RegistryOptions(@Nullable String location, @Nullable Path home) {
    this(location, home, _ -> null);
  }
}
