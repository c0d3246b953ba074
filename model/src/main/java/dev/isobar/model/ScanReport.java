package dev.isobar.model;

import java.util.List;

/// How completely a resource was read, and at what cost: part of every result.
///
/// @param resource what was read
/// @param completeness whether all of it was
/// @param requests HTTP requests sent, retries included
/// @param retries requests sent again
/// @param pages responses read as pages of rows
/// @param rows rows handed on
/// @param cacheHits pages that were answered from the cache, without a request
/// @param cacheAgeSeconds age of the oldest of those, in whole seconds; 0 without any
/// @param nanos time from the first request to the last row
/// @param incidents what is missing and why; empty when complete
/// @param misfits cells that did not fit their declared type and are NULL, one entry a column
public record ScanReport(
    ResourceName resource,
    Completeness completeness,
    long requests,
    long retries,
    long pages,
    long rows,
    long cacheHits,
    long cacheAgeSeconds,
    long nanos,
    List<Incident> incidents,
    List<Misfit> misfits) {

  public ScanReport {
    incidents = List.copyOf(incidents);
    misfits = List.copyOf(misfits);
  }

  /// How a scan ended.
  public enum Completeness {
    /// Every row was read.
    COMPLETE,
    /// A page or a scope failed.
    PARTIAL,
    /// A budget stopped it.
    CAPPED,
    /// The reader had enough (a LIMIT) and stopped it: nothing that was asked for is missing.
    STOPPED
  }

  /// A page, a scope or a cell that could not be read.
  ///
  /// @param scope what was asked, such as `linodeId=12, page 7`
  /// @param code the kind of failure
  /// @param message what happened
  public record Incident(String scope, ErrorCode code, String message) {}

  /// Cells of one column that did not fit its declared type.
  ///
  /// @param sample one of the values, cut to 80 characters
  public record Misfit(String column, ColumnType type, long count, String sample) {}
}
