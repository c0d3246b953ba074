package dev.isobar.model;

/// The three parts of a table name, as the provider document spells them.
public record ResourceName(String provider, String service, String resource) {
  /// `provider.service.resource`.
  @Override
  public String toString() {
    return provider + "." + service + "." + resource;
  }
}
