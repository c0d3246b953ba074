package dev.isobar.registry;

import java.util.Comparator;
import java.util.List;

/// A provider of a registry and its versions.
///
/// @param versions from the oldest to the newest; not empty
public record ProviderVersions(String provider, List<String> versions) {
  public ProviderVersions {
    versions =
        versions.stream()
            .map(Version::new)
            .sorted(Comparator.naturalOrder())
            .map(Version::text)
            .toList();
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("a provider has at least one version");
    }
  }

  /// The newest version; one that is no pre-release, if there is any.
  public String newest() {
    for (String version : versions.reversed()) {
      if (!new Version(version).isPreRelease()) {
        return version;
      }
    }
    return versions.getLast();
  }
}
