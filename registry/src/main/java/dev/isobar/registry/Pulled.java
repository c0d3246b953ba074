package dev.isobar.registry;

import java.util.List;

/// What a pull did.
///
/// @param message one sentence
/// @param warnings what the documents get wrong
public record Pulled(String provider, String version, String message, List<String> warnings) {
  public Pulled {
    warnings = List.copyOf(warnings);
  }
}
