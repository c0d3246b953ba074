package dev.isobar.catalog;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A snapshot of the providers that a session can use. Immutable and thread-safe; a provider loads
/// its services when they are first asked for.
public final class Catalog {
  private final TreeMap<String, Provider> providers = new TreeMap<>();

  public Catalog(Collection<Provider> providers) {
    providers.forEach(provider -> this.providers.put(provider.name(), provider));
  }

  /// The providers by name.
  public List<Provider> providers() {
    return List.copyOf(providers.values());
  }

  public Optional<Provider> find(String name) {
    return Optional.ofNullable(providers.get(name));
  }

  /// The provider of that name.
  ///
  /// @throws IsobarException `UNKNOWN_PROVIDER`, with the nearest names
  public Provider provider(String name) {
    return find(name)
        .orElseThrow(() ->
            new IsobarException(
                ErrorCode.UNKNOWN_PROVIDER,
                "There is no provider `" + name + "`.",
                Names.didYouMean(name, providers.keySet())
                    + "SHOW PROVIDERS lists those that are loaded."));
  }
}
