package dev.isobar.model;

/// The type of a column, and the Java class of its cells.
///
/// A cell is null or an instance of the class named here; a JSON cell is its compact text.
public enum ColumnType {
  /// [String].
  VARCHAR,
  /// [Long].
  BIGINT,
  /// [Double].
  DOUBLE,
  /// [Boolean].
  BOOLEAN,
  /// [String]: JSON text.
  JSON,
  /// [java.math.BigDecimal]: only in results of queries, never in rows of an API.
  DECIMAL,
  /// [String]: any other type of the query engine (dates, intervals…), as it prints it.
  TEXT;

  /// The type of a row's cell for a type name of OpenAPI; unknown names are text.
  public static ColumnType ofOpenApi(String type) {
    return switch (type) {
      case "integer" -> BIGINT;
      case "number" -> DOUBLE;
      case "boolean" -> BOOLEAN;
      case "object", "array" -> JSON;
      default -> VARCHAR;
    };
  }

  /// Whether values of this type are numbers, and so are set to the right in a table.
  public boolean isNumeric() {
    return this == BIGINT || this == DOUBLE || this == DECIMAL;
  }
}
