package dev.isobar.catalog;

import dev.isobar.model.ColumnType;

/// A column of a method's rows.
///
/// @param name as the SQL user writes it
/// @param key the key in the response's row object; differs from `name` only under aliases
/// @param declaredType the raw OpenAPI type, as DESCRIBE shows it; empty when there is none
public record RowColumn(
    String name,
    String key,
    ColumnType type,
    String declaredType,
    String description,
    Schema schema) {

  /// The name of the column of rows that have no names: single values, and objects of which nothing
  /// is declared.
  public static final String ANONYMOUS = "column_anon";

  /// A row of which no column is declared.
  public static final RowColumn WHOLE_ROW =
      new RowColumn(ANONYMOUS, ANONYMOUS, ColumnType.JSON, "object", "The whole row.", Schema.ANY);

  /// Whether SQL may call it so: by its name, or as the response does.
  public boolean isCalled(String sqlName) {
    return name.equals(sqlName) || key.equals(sqlName);
  }
}
