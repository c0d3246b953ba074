package dev.isobar.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A query in the place of a table's name.
public final class DerivedTable {
  private DerivedTable() {}

  /// Makes the name of a view in FROM the view's query. Its sample, and the names that the
  /// statement gives its columns, stay.
  ///
  /// @param query the element of `statements` in DuckDB's tree
  /// @param columns names for the first columns, where the statement gives none
  public static void put(
      Map<String, @Nullable Object> table,
      String alias,
      Map<String, @Nullable Object> query,
      List<String> columns) {
    Object sample = table.get("sample");
    Object names = table.get("column_name_alias");
    table.clear();
    table.put("type", "SUBQUERY");
    table.put("alias", alias);
    if (sample != null) {
      table.put("sample", sample);
    }
    table.put("subquery", query);
    if (names != null) {
      table.put("column_name_alias", names);
    } else if (!columns.isEmpty()) {
      table.put("column_name_alias", new ArrayList<>(columns));
    }
  }
}
