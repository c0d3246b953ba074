package dev.isobar.model;

/// The three parts of a table name, as the provider document spells them.
///
/// @param provider with its account, if one is named: `aws@dev`
public record ResourceName(String provider, String service, String resource) {
  /// `provider.service.resource`, as it can be written in SQL.
  @Override
  public String toString() {
    String first = provider.indexOf('@') < 0 ? provider : '"' + provider + '"';
    return first + "." + service + "." + resource;
  }
}
