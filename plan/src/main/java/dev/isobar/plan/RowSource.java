package dev.isobar.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the values of a mutation's requests come from: one request a row.
public sealed interface RowSource {
  /// The SQL names of the inputs that each row gives.
  List<String> names();

  /// Values written in the statement.
  record Literals(List<String> names, List<Map<String, @Nullable Object>> rows)
      implements RowSource {}

  /// The rows of a query, its columns in the order of the names.
  ///
  /// @param constants values that every request gets besides, one of these for each request of a
  ///   row
  record Rows(List<String> names, Plan.Query query, List<Map<String, @Nullable Object>> constants)
      implements RowSource {}
}
