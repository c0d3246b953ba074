package dev.isobar.model;

import java.util.List;
import java.util.function.Supplier;

/// What a statement gives: columns and rows, or only messages.
///
/// The rows are read once. [#messages()] and [#scans()] are complete once the last row was read.
/// Whoever receives a result closes it.
public final class Result implements AutoCloseable {
  private final List<Column> columns;
  private final RowStream rows;
  private final Supplier<List<String>> messages;
  private final Supplier<List<ScanReport>> scans;

  public Result(
      List<Column> columns,
      RowStream rows,
      Supplier<List<String>> messages,
      Supplier<List<ScanReport>> scans) {
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.messages = messages;
    this.scans = scans;
  }

  /// A result of rows that are there already, read from no API.
  public static Result of(List<Column> columns, RowStream rows) {
    return new Result(columns, rows, List::of, List::of);
  }

  /// The columns in order; empty when the statement gives no rows, only messages.
  public List<Column> columns() {
    return columns;
  }

  public RowStream rows() {
    return rows;
  }

  /// Sentences for the person at the door: what was done, warnings. Never part of the rows.
  public List<String> messages() {
    return messages.get();
  }

  /// One report for each resource that was read.
  public List<ScanReport> scans() {
    return scans.get();
  }

  @Override
  public void close() {
    rows.close();
  }
}
