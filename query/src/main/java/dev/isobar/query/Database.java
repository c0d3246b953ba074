package dev.isobar.query;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.jspecify.annotations.Nullable;

/// The embedded DuckDB of one engine, loaded when it is first needed. Thread-safe.
public final class Database implements AutoCloseable {
  private final ScanFunction scans = new ScanFunction();

  /// Made when a query first needs one: its texts cost every start some milliseconds.
  private @Nullable Definitions definitions;

  private @Nullable DuckDBConnection root;
  private long memoryLimit;
  private boolean closed;

  /// A connection of its own over the one database. The caller closes it.
  synchronized DuckDBConnection connect() {
    if (closed) {
      throw new IllegalStateException("the database is closed");
    }
    try {
      DuckDBConnection open = root;
      if (open == null) {
        open = open();
        if (memoryLimit != 0) {
          limitMemory(open, memoryLimit);
        }
        root = open;
      }
      return open.duplicate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static IsobarException failed(SQLException e) {
    return new IsobarException(
        ErrorCode.INTERNAL_ERROR,
        "The query engine DuckDB did not start: " + DuckDbErrors.messageOf(e) + ".",
        "Please report this with your platform and version.",
        null,
        e);
  }

  /// A connection whose rows leave after a page or so, not when megabytes of them have gathered.
  ///
  /// @param waits whether the query waits for rows from elsewhere. Then the caller's thread alone
  ///   runs it: with workers beside it, one of them would wait in the scan while the caller's
  ///   thread spins, for three times the CPU. Requests are parallel either way. Other queries use
  ///   every processor.
  DuckDBConnection connectForRows(boolean waits) {
    DuckDBConnection connection = connect();
    int threads = waits ? 1 : Runtime.getRuntime().availableProcessors();
    try (var settings = connection.createStatement()) {
      settings.execute("SET streaming_buffer_size = '16KB'");
      settings.execute("SET threads = " + threads);
      return connection;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private DuckDBConnection open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    properties.setProperty("errors_as_json", "true");
    // Nothing is downloaded behind the user's back.
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    DuckDBConnection connection;
    try {
      connection = DuckDBConnection.newConnection("jdbc:duckdb:", false, properties);
    } catch (SQLException e) {
      throw e;
    } catch (Exception e) {
      throw new SQLException(e.getMessage(), e);
    }
    try (var builder = DuckDBFunctions.tableFunction()) {
      var _ =
          builder
              .withName("isobar_scan")
              .withParameter(Long.class)
              .withProjectionPushdown()
              .withFunction(scans)
              .register(connection);
    }
    return connection;
  }

  /// Sees to it that queries may call what is defined under these names.
  synchronized void define(Set<String> names) {
    DuckDBConnection open = root;
    if (open == null) {
      throw new IllegalStateException("the database is not open");
    }
    try {
      Definitions known = definitions == null ? new Definitions() : definitions;
      definitions = known;
      known.define(open, names);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// Sets how much memory queries may hold; what DuckDB can put on disk instead, it does. Does not
  /// open the database.
  ///
  /// @param bytes the most; 0 for DuckDB's default, most of the machine's memory
  /// @throws IsobarException `INVALID_CONFIGURATION`: the database holds more than that
  public synchronized void limitMemory(long bytes) {
    DuckDBConnection open = root;
    if (open != null) {
      try {
        limitMemory(open, bytes);
      } catch (SQLException e) {
        throw new IsobarException(
            ErrorCode.INVALID_CONFIGURATION,
            "The memory limit cannot be `"
                + bytes
                + "` bytes: "
                + DuckDbErrors.sentence(DuckDbErrors.messageOf(e)),
            "Set a higher limit, or set it before anything is queried.",
            null,
            e);
      }
    }
    memoryLimit = bytes;
  }

  private static void limitMemory(DuckDBConnection connection, long bytes) throws SQLException {
    try (var settings = connection.createStatement()) {
      settings.execute(
          bytes == 0 ? "RESET GLOBAL memory_limit" : "SET GLOBAL memory_limit = '" + bytes + "B'");
    }
  }

  ScanFunction scans() {
    return scans;
  }

  @Override
  public synchronized void close() {
    closed = true;
    DuckDBConnection open = root;
    root = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException _) {
        // An in-memory database has nothing to lose.
      }
    }
  }
}
