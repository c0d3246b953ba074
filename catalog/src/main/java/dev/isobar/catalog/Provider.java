package dev.isobar.catalog;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What `provider.yaml` says, and the services behind it, loaded one by one when first asked for.
///
/// Source: `provider-format.md`, section 1. Thread-safe.
public final class Provider {
  private final String name;
  private final String api;
  private final String account;
  private final String version;
  private final String title;
  private final String description;
  private final AuthSpec auth;
  private final boolean snakeCaseAliases;
  private final List<ServiceHeader> services;
  private final Function<ServiceHeader, Service> loader;
  private final Map<String, Service> loaded = new ConcurrentHashMap<>();

  /// @param loader loads the service behind a header; may throw [IsobarException]
  ///   `INVALID_DOCUMENT`
  public Provider(
      String name,
      String version,
      String title,
      String description,
      AuthSpec auth,
      boolean snakeCaseAliases,
      List<ServiceHeader> services,
      Function<ServiceHeader, Service> loader) {
    this(name, "", version, title, description, auth, snakeCaseAliases, services, loader);
  }

  private Provider(
      String api,
      String account,
      String version,
      String title,
      String description,
      AuthSpec auth,
      boolean snakeCaseAliases,
      List<ServiceHeader> services,
      Function<ServiceHeader, Service> loader) {
    this.name = account.isEmpty() ? api : api + "@" + account;
    this.api = api;
    this.account = account;
    this.version = version;
    this.title = title;
    this.description = description;
    this.auth = auth;
    this.snakeCaseAliases = snakeCaseAliases;
    this.services = List.copyOf(services);
    this.loader = loader;
  }

  public String name() {
    return name;
  }

  /// The name without an account.
  public String api() {
    return api;
  }

  /// Which of several credentials it is asked with; empty for the one that is used as a rule.
  public String account() {
    return account;
  }

  /// The same provider, asked with one of several credentials. In SQL its name is
  /// `"provider@account"`.
  public Provider as(String account) {
    return new Provider(
        api,
        account,
        version,
        title,
        description,
        auth,
        snakeCaseAliases,
        services,
        header -> service(header.name()).of(api + "@" + account));
  }

  public String version() {
    return version;
  }

  public String title() {
    return title;
  }

  public String description() {
    return description;
  }

  public AuthSpec auth() {
    return auth;
  }

  /// Whether columns are shown in snake_case (`config.snake_case_aliases`).
  public boolean snakeCaseAliases() {
    return snakeCaseAliases;
  }

  /// The services in document order; none of them is loaded by this.
  public List<ServiceHeader> services() {
    return services;
  }

  /// The service of that name, loaded.
  ///
  /// @throws IsobarException `UNKNOWN_SERVICE`, with the nearest names
  public Service service(String service) {
    for (ServiceHeader candidate : services) {
      if (candidate.name().equals(service)) {
        return loaded.computeIfAbsent(service, _ -> loader.apply(candidate));
      }
    }
    throw unknown(service);
  }

  private IsobarException unknown(String service) {
    return new IsobarException(
        ErrorCode.UNKNOWN_SERVICE,
        "There is no service `" + service + "` in `" + name + "`.",
        Names.didYouMean(service, services.stream().map(ServiceHeader::name).toList())
            + "SHOW SERVICES IN "
            + name
            + " lists all "
            + services.size()
            + ".");
  }
}
