package dev.isobar.catalog;

import org.jspecify.annotations.Nullable;

/// Something that can be given to a method.
///
/// @param name as SQL writes it, such as `linodeId` or `data__label`
/// @param wireName as the request carries it
/// @param defaultValue the schema's default; sent unasked only for headers
/// @param environmentVariable gives the value when the statement does not (`x-stackQL-envVar`)
/// @param explode whether a list repeats the key; false joins the values with commas
public record Input(
    String name,
    String wireName,
    Location location,
    boolean required,
    Schema schema,
    String description,
    @Nullable String defaultValue,
    @Nullable String environmentVariable,
    boolean explode) {

  /// Where an input travels.
  public enum Location {
    PATH,
    QUERY,
    HEADER,
    SERVER,
    BODY
  }
}
