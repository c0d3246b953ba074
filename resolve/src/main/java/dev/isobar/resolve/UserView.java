package dev.isobar.resolve;

import java.util.List;

/// A view of the session: a name for a query.
///
/// @param columns the names of its columns; empty when the query names them
/// @param materialized whether the rows are kept in a table of that name
public record UserView(String name, List<String> columns, String sql, boolean materialized) {
  public UserView {
    columns = List.copyOf(columns);
  }
}
