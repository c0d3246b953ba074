package dev.isobar.catalog;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A service document: its resources, each loaded when first asked for. Thread-safe.
public final class Service {
  private final String provider;
  private final ServiceHeader header;
  private final List<ResourceHeader> resources;
  private final Function<ResourceHeader, Resource> loader;
  private final Map<String, Resource> loaded = new ConcurrentHashMap<>();

  public Service(
      String provider,
      ServiceHeader header,
      List<ResourceHeader> resources,
      Function<ResourceHeader, Resource> loader) {
    this.provider = provider;
    this.header = header;
    this.resources = List.copyOf(resources);
    this.loader = loader;
  }

  /// The same service of a provider by another name.
  Service of(String otherProvider) {
    return new Service(
        otherProvider, header, resources, wanted -> resource(wanted.name()).of(otherProvider));
  }

  public ServiceHeader header() {
    return header;
  }

  public String name() {
    return header.name();
  }

  /// The resources in document order; none of them is loaded by this.
  public List<ResourceHeader> resources() {
    return resources;
  }

  /// The resource of that name, loaded.
  ///
  /// @throws IsobarException `UNKNOWN_RESOURCE`, with the nearest names
  public Resource resource(String resource) {
    for (ResourceHeader candidate : resources) {
      if (candidate.name().equals(resource)) {
        return loaded.computeIfAbsent(resource, _ -> loader.apply(candidate));
      }
    }
    throw unknown(resource);
  }

  private IsobarException unknown(String resource) {
    String place = provider + "." + header.name();
    return new IsobarException(
        ErrorCode.UNKNOWN_RESOURCE,
        "There is no resource `" + resource + "` in `" + place + "`.",
        Names.didYouMean(resource, resources.stream().map(ResourceHeader::name).toList())
            + "SHOW RESOURCES IN "
            + place
            + " lists all "
            + resources.size()
            + ".");
  }
}
