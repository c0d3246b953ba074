package dev.isobar.catalog.authoring;

import org.jspecify.annotations.Nullable;

/// What a person may decide about a draft.
///
/// @param name of the provider; null for one made from the title
/// @param server replaces the document's servers; null for the first of them
/// @param services how operations are divided
public record DraftOptions(@Nullable String name, @Nullable String server, Services services) {
  public static final DraftOptions DEFAULT = new DraftOptions(null, null, Services.AUTOMATIC);

  /// What a service is.
  public enum Services {
    /// The tag, when every operation has one; else the first part of the path.
    AUTOMATIC,
    /// The first tag of the operations.
    TAG,
    /// The first part of the path.
    PATH
  }
}
