package org.duckdb;

import org.jspecify.annotations.NullMarked;

/// Takes the place of the driver's class of this name in the distribution's `duckdb_jdbc.jar`.
///
/// The driver announces its memory use to Java Flight Recorder at every start, which starts Flight
/// Recorder: 0.1 s of CPU, twice as much as loading DuckDB. Nobody records a statement's memory, so
/// here it announces nothing.
@NullMarked
final class JfrMemoryMonitor {
  private JfrMemoryMonitor() {}

  static void init() {}

  static void connectionOpened(DuckDBConnection connection) {}

  static void connectionClosed(long database) {}
}
