package dev.isobar.model;

/// How far the requests of a session have come; only ever grows.
///
/// @param pagesExpected pages known to be wanted so far, read or not
/// @param waitingNanos time that requests spent waiting because the API asked for fewer
public record Progress(
    long requests, long pages, long pagesExpected, long rows, long retries, long waitingNanos) {
  /// Nothing done yet.
  public static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0);
}
