package dev.isobar.registry;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.document.Problem;
import dev.isobar.model.IsobarException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// Opens catalogs.
public final class Registry {
  private Registry() {}

  /// The providers that ship inside and those of the location, which win. None is loaded before it
  /// is asked for.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION` when the location is no folder of documents
  public static Catalog open(RegistryOptions options) {
    return open(options, _ -> {});
  }

  /// As [#open(RegistryOptions)].
  ///
  /// @param problems is told what local documents get wrong, when they are compiled; from any
  ///   thread
  public static Catalog open(RegistryOptions options, Consumer<Problem> problems) {
    Map<String, Function<String, Provider>> loaders = new HashMap<>();
    BundledProviders bundled = new BundledProviders(Registry.class.getClassLoader());
    for (String name : bundled.names()) {
      loaders.put(name, bundled::load);
    }
    if (options.location() != null) {
      LocalProviders local = LocalProviders.at(Location.parse(options.location()));
      CompiledCache cache = new CompiledCache(options.cacheFolder());
      for (String name : local.names()) {
        loaders.put(name, _ -> new LocalProvider(local, name, cache, problems).load());
      }
    }
    return new Catalog(loaders);
  }
}
