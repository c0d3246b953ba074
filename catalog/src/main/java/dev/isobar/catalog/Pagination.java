package dev.isobar.catalog;

import org.jspecify.annotations.Nullable;

/// How a list goes on. Source: `provider-format.md`, section 6.
///
/// @param request where the token of the next page goes
/// @param response where a page tells the token; under `PAGE_NUMBER` its own number
/// @param terminator under `PAGE_NUMBER`, where a page tells the number of pages
public record Pagination(
    Algorithm algorithm, Token request, Token response, @Nullable Token terminator) {

  /// How the token is to be read.
  public enum Algorithm {
    /// An opaque token: until there is none.
    TOKEN,
    /// Numbered pages, from 1 to the total.
    PAGE_NUMBER
  }

  /// A place in a request or a response.
  ///
  /// @param key parameter, header, or JSONPath; empty for [Location#REQUEST]
  public record Token(String key, Location location) {}

  /// Where a token travels.
  public enum Location {
    QUERY,
    BODY,
    HEADER,
    /// The token is the next URL, whole.
    REQUEST
  }
}
