package dev.isobar.catalog.authoring;

/// One inference, with its reason.
///
/// @param place `service.resource.method`, or a beginning of it; empty for the provider
/// @param aspect what was decided: `auth`, `server`, `services`, `method`, `rows`, `pages`, `body`,
///   `skipped`
/// @param decision in the words of the format
/// @param source what it was inferred from
/// @param check what a person should look at; empty when there is nothing
public record Finding(
    String place,
    String aspect,
    String decision,
    String source,
    Confidence confidence,
    String check) {

  /// How sure an inference is.
  public enum Confidence {
    /// The document says it.
    HIGH,
    /// A convention says it.
    MEDIUM,
    /// A guess, or nothing was found.
    LOW
  }
}
