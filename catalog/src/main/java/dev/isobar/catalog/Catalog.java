package dev.isobar.catalog;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A snapshot of the providers that a session can use. Immutable and thread-safe; providers and
/// their services are loaded when they are first asked for.
public final class Catalog {
  private final Map<String, Function<String, Provider>> loaders = new TreeMap<>();
  private final Map<String, Function<String, Provider>> versions = new TreeMap<>();
  private final Map<String, Provider> loaded = new ConcurrentHashMap<>();

  public Catalog(Collection<Provider> providers) {
    for (Provider provider : providers) {
      loaders.put(provider.name(), _ -> provider);
    }
  }

  /// @param loaders by the provider's name, what loads it; may throw [IsobarException]
  ///   `INVALID_DOCUMENT`
  public Catalog(Map<String, Function<String, Provider>> loaders) {
    this.loaders.putAll(loaders);
  }

  /// @param versions by `provider:version`, what loads one version of several; they can be asked
  ///   for and are not listed
  public Catalog(
      Map<String, Function<String, Provider>> loaders,
      Map<String, Function<String, Provider>> versions) {
    this(loaders);
    this.versions.putAll(versions);
  }

  /// The names of the providers in order; none of them is loaded by this.
  public List<String> names() {
    return List.copyOf(loaders.keySet());
  }

  /// The providers by name.
  public List<Provider> providers() {
    List<Provider> providers = new ArrayList<>();
    for (String name : loaders.keySet()) {
      providers.add(provider(name));
    }
    return providers;
  }

  public Optional<Provider> find(String name) {
    return Optional.ofNullable(load(name));
  }

  /// The provider of that name.
  ///
  /// @throws IsobarException `UNKNOWN_PROVIDER`, with the nearest names
  public Provider provider(String name) {
    Provider found = load(name);
    if (found == null) {
      throw new IsobarException(
          ErrorCode.UNKNOWN_PROVIDER,
          "There is no provider `" + name + "`.",
          Names.didYouMean(name, name.indexOf(':') < 0 ? loaders.keySet() : versions.keySet())
              + "SHOW PROVIDERS lists those that are there, REGISTRY LIST those to pull.");
    }
    return found;
  }

  /// The provider, or a provider as one of its accounts: `aws@dev`.
  private @Nullable Provider load(String name) {
    Function<String, Provider> loader = loaders.getOrDefault(name, versions.get(name));
    if (loader != null) {
      return loaded.computeIfAbsent(name, loader);
    }
    int at = name.indexOf('@');
    Provider provider = at < 1 || at == name.length() - 1 ? null : load(name.substring(0, at));
    return provider == null
        ? null
        : loaded.computeIfAbsent(name, _ -> provider.as(name.substring(at + 1)));
  }
}
