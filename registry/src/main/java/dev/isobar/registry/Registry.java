package dev.isobar.registry;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.document.Problem;
import dev.isobar.catalog.document.ProviderIndex;
import dev.isobar.model.Cancellation;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where providers come from: those inside, those of a folder, and those pulled from a registry,
/// which it lists, pulls and removes. Thread-safe; only [#list], [#versions] and [#pull] use the
/// network.
///
/// Source: `provider-format.md`, section 9; `stackql-surface.md`, sections 1.9 and 6.
public final class Registry {
  private static final int LARGEST_INDEX = 16 << 20;

  private final RegistrySettings settings;
  private final @Nullable Path home;
  private final Consumer<Problem> problems;
  private final Function<String, @Nullable String> environment;
  private final Downloads.Patience patience;
  private final Archive.Limits limits;

  /// @param problems is told what local documents get wrong, when they are compiled; from any
  ///   thread
  /// @throws IsobarException `INVALID_CONFIGURATION` when the location is none
  public Registry(RegistryOptions options, Consumer<Problem> problems) {
    this(options, problems, Downloads.Patience.DEFAULT, Archive.Limits.DEFAULT);
  }

  Registry(
      RegistryOptions options,
      Consumer<Problem> problems,
      Downloads.Patience patience,
      Archive.Limits limits) {
    this.settings = RegistrySettings.parse(options.location());
    this.home = options.home();
    this.problems = problems;
    this.environment = options.environment();
    this.patience = patience;
    this.limits = limits;
  }

  /// The catalog of [#catalog()], when nothing is told of problems.
  public static Catalog open(RegistryOptions options) {
    return open(options, _ -> {});
  }

  /// The catalog of [#catalog()].
  public static Catalog open(RegistryOptions options, Consumer<Problem> problems) {
    return new Registry(options, problems).catalog();
  }

  /// The providers that ship inside, those pulled, and those of the folder: the later win. None is
  /// loaded before it is asked for. `provider:version` names one version of several.
  public Catalog catalog() {
    Map<String, Function<String, Provider>> loaders = new HashMap<>();
    Map<String, Function<String, Provider>> versions = new HashMap<>();
    BundledProviders bundled = new BundledProviders(Registry.class.getClassLoader());
    for (String name : bundled.names()) {
      loaders.put(name, bundled::load);
    }
    CompiledCache cache = new CompiledCache(home);
    for (Path root : roots()) {
      LocalProviders local = LocalProviders.at(root);
      for (var provider : local.providers().entrySet()) {
        String name = provider.getKey();
        LocalProviders.Versions found = provider.getValue();
        loaders.put(name, _ -> local(root, found.chosen(), name, cache).load());
        for (Path folder : found.folders()) {
          versions.put(
              name + ":" + folder.getFileName(), _ -> local(root, folder, name, cache).load());
        }
      }
    }
    return new Catalog(loaders, versions);
  }

  private LocalProvider local(Path root, Path folder, String name, CompiledCache cache) {
    return new LocalProvider(root, folder, name, cache, problems);
  }

  /// Folders of documents; the later win.
  private List<Path> roots() {
    List<Path> roots = new ArrayList<>();
    Path pulled = settings.localDocRoot();
    if (pulled != null) {
      Path sources = settings.sources(pulled);
      if (sources != null) {
        roots.add(sources);
      }
    } else if (home != null) {
      roots.add(home.resolve("src"));
    }
    Path sources = settings.sources();
    if (sources != null && !roots.contains(sources)) {
      roots.add(sources);
    }
    return roots;
  }

  /// What is on this machine, without any request.
  public List<Installed> installed() {
    Map<String, List<Installed>> installed = new TreeMap<>();
    BundledProviders bundled = new BundledProviders(Registry.class.getClassLoader());
    for (String name : bundled.names()) {
      installed.put(name, List.of(new Installed(name, bundled.load(name).version(), true, "")));
    }
    for (Path root : roots()) {
      LocalProviders.at(root)
          .providers()
          .forEach((name, versions) -> {
            List<Installed> all = new ArrayList<>();
            for (Installed before : installed.getOrDefault(name, List.of())) {
              all.add(new Installed(name, before.version(), false, before.place()));
            }
            for (Path folder : versions.folders()) {
              String version = folder.getFileName().toString();
              boolean current = folder.equals(versions.chosen());
              all.add(new Installed(name, version, current, folder.toString()));
            }
            installed.put(name, all);
          });
    }
    return installed.values().stream().flatMap(List::stream).toList();
  }

  /// The providers of the registry by name.
  ///
  /// @throws IsobarException `REQUEST_FAILED` when the registry cannot be read, `INVALID_DOCUMENT`
  ///   when what it gives is no list of providers
  public List<ProviderVersions> list(Cancellation cancellation) {
    Map<String, List<String>> index = new TreeMap<>(index(cancellation));
    index.values().removeIf(List::isEmpty);
    return index.entrySet().stream()
        .map(entry -> new ProviderVersions(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// The versions of one provider.
  ///
  /// @throws IsobarException as [#list], and `UNKNOWN_PROVIDER`
  public ProviderVersions versions(String provider, Cancellation cancellation) {
    Map<String, List<String>> index = index(cancellation);
    List<String> versions = index.getOrDefault(provider, List.of());
    if (versions.isEmpty()) {
      throw unknown(provider, index);
    }
    return new ProviderVersions(provider, versions);
  }

  private IsobarException unknown(String provider, Map<String, List<String>> index) {
    return new IsobarException(
        ErrorCode.UNKNOWN_PROVIDER,
        "There is no provider `" + provider + "` in the registry `" + settings.name() + "`.",
        Names.didYouMean(provider, index.keySet()) + "REGISTRY LIST lists those that are there.");
  }

  private Map<String, List<String>> index(Cancellation cancellation) {
    URI remote = settings.remote();
    Path distribution = settings.distribution();
    if (remote != null) {
      URI uri = settings.published(remote, "providers.yaml");
      byte[] bytes = downloads().bytes(uri, LARGEST_INDEX, cancellation);
      if (bytes == null) {
        throw new IsobarException(
            ErrorCode.REQUEST_FAILED,
            "There is no registry at `" + remote + "`: it has no `" + uri.getPath() + "`.",
            "Check the address: --registry, or ISOBAR_REGISTRY. The public one is "
                + RegistrySettings.PUBLIC
                + ".");
      }
      return ProviderIndex.read(uri.toString(), bytes);
    }
    if (distribution != null) {
      Path file = distribution.resolve("providers.yaml");
      try {
        return ProviderIndex.read(file.toString(), Files.readAllBytes(file));
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
    Map<String, List<String>> index = new LinkedHashMap<>();
    for (Path root : roots()) {
      LocalProviders.at(root)
          .providers()
          .forEach((name, versions) ->
              index.put(
                  name, versions.folders().stream().map(f -> f.getFileName().toString()).toList()));
    }
    return index;
  }

  /// Only now: most commands never load the HTTP client.
  private Downloads downloads() {
    return new Downloads(environment, patience);
  }

  static IsobarException unreadable(Path file, IOException e) {
    return new IsobarException(
        ErrorCode.FILE_FAILED,
        "The file `" + file + "` of the registry cannot be read.",
        "Check its permissions.",
        null,
        e);
  }

  /// What [#list] and [#versions] ask the registry for; nothing for a folder.
  public List<String> listRequests() {
    URI remote = settings.remote();
    return remote == null
        ? List.of()
        : List.of("GET " + settings.published(remote, "providers.yaml"));
  }

  /// What [#pull] asks the registry for; nothing for a folder.
  ///
  /// @param version null for the newest
  public List<String> pullRequests(String provider, @Nullable String version) {
    List<String> requests = new ArrayList<>(listRequests());
    URI remote = settings.remote();
    if (remote != null) {
      checkName("provider", provider);
      requests.add(
          "GET "
              + settings.published(remote, LocalProviders.folderName(provider))
              + "/"
              + (version == null ? "{newest}" : version)
              + ".tgz");
    }
    return requests;
  }

  /// Brings a version of a provider onto this machine, verified, unpacked and compiled, and makes
  /// it the one that the provider's bare name means. Other versions stay. One that is here already
  /// is not downloaded again.
  ///
  /// @param version null for the newest
  /// @throws IsobarException `UNKNOWN_PROVIDER`, `REQUEST_FAILED`, `UNTRUSTED_DOCUMENT`,
  ///   `INVALID_DOCUMENT`, `FILE_FAILED`, `CANCELLED`; nothing is changed then
  public Pulled pull(String provider, @Nullable String version, Cancellation cancellation) {
    checkName("provider", provider);
    if (version != null) {
      checkName("version", version);
      Pulled here = installedAlready(provider, version, cancellation);
      if (here != null) {
        return here;
      }
    }
    Map<String, List<String>> index = index(cancellation);
    String wanted = wanted(provider, version, index);
    if (settings.remote() == null && settings.distribution() == null) {
      return new Pulled(
          provider,
          wanted,
          provider
              + " provider, version '"
              + wanted
              + "' is read from '"
              + settings.sources()
              + "' as it is: there is nothing to pull",
          List.of());
    }
    Store store = store();
    Pull pull =
        new Pull(settings, store, home, this::downloads, limits, provider, wanted, cancellation);
    Pulled pulled = store.alone(provider, cancellation, pull::run);
    if (pulled == null) {
      throw noVersion(provider, wanted, index.getOrDefault(provider, List.of()));
    }
    return pulled;
  }

  /// The version that is meant; one that the index does not list may be there all the same.
  private String wanted(
      String provider, @Nullable String version, Map<String, List<String>> index) {
    List<String> listed = index.getOrDefault(provider, List.of());
    if (listed.isEmpty()) {
      throw unknown(provider, index);
    }
    if (version == null) {
      return checkName("version", new ProviderVersions(provider, listed).newest());
    }
    boolean bare = !listed.contains(version) && listed.contains("v" + version);
    boolean local = settings.remote() == null && settings.distribution() == null;
    if (local && !bare && !listed.contains(version)) {
      throw noVersion(provider, version, listed);
    }
    return bare ? "v" + version : version;
  }

  private IsobarException noVersion(String provider, String version, List<String> listed) {
    return new IsobarException(
        ErrorCode.UNKNOWN_PROVIDER,
        "There is no version `"
            + version
            + "` of `"
            + provider
            + "` in the registry `"
            + settings.name()
            + "`.",
        Names.didYouMean(version, listed) + "REGISTRY LIST " + provider + " lists the versions.");
  }

  /// Becomes part of paths and URLs.
  private static String checkName(String what, String name) {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,199}")) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "`" + name + "` is no name of a " + what + ".",
          "REGISTRY LIST lists the providers, REGISTRY LIST okta the versions of one.");
    }
    return name;
  }

  /// Without asking the registry.
  private @Nullable Pulled installedAlready(
      String provider, String version, Cancellation cancellation) {
    boolean kept = settings.localDocRoot() != null || home != null;
    boolean pullable = settings.remote() != null || settings.distribution() != null;
    if (!kept || !pullable || !store().holds(provider, version)) {
      return null;
    }
    Store store = store();
    return store.alone(
        provider,
        cancellation,
        () -> store.holds(provider, version) ? Pull.chosen(store, provider, version) : null);
  }

  private Store store() {
    Path localDocRoot = settings.localDocRoot();
    if (localDocRoot != null) {
      return new Store(localDocRoot, localDocRoot.resolve(settings.srcPrefix()));
    }
    if (home == null) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "There is no folder to keep the provider in.",
          "ISOBAR_HOME names one.");
    }
    return new Store(home, home.resolve("src"));
  }

  /// Removes what was pulled.
  ///
  /// @param version null for all versions
  /// @return the versions removed
  /// @throws IsobarException `UNKNOWN_PROVIDER` when there is none
  public List<String> remove(String provider, @Nullable String version) {
    checkName("provider", provider);
    Store store = store();
    List<String> removed =
        store.alone(provider, new Cancellation(), () -> store.remove(provider, version));
    if (removed.isEmpty()) {
      throw new IsobarException(
          ErrorCode.UNKNOWN_PROVIDER,
          version == null
              ? "No version of `" + provider + "` has been pulled."
              : "The version `" + version + "` of `" + provider + "` has not been pulled.",
          "isobar registry installed lists what is there.");
    }
    new CompiledCache(home).prune(provider);
    return removed;
  }
}
