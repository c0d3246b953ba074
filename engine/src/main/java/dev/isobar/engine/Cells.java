package dev.isobar.engine;

import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.model.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows from the JSON of one response: for RETURNING and EXEC, where there are few.
final class Cells {
  private Cells() {}

  /// @param given values for columns that the object lacks
  static @Nullable Object[] row(
      @Nullable Object object, List<Column> columns, Map<String, @Nullable Object> given) {
    @Nullable Object[] row = new @Nullable Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      Column column = columns.get(i);
      Object value =
          object instanceof Map<?, ?> map
              ? (map.containsKey(column.name()) ? map.get(column.name()) : given.get(column.name()))
              : object;
      row[i] = cell(value, column.type());
    }
    return row;
  }

  static @Nullable Object cell(@Nullable Object value, ColumnType type) {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case BIGINT ->
          switch (value) {
            case Long l -> l;
            case BigDecimal d when d.stripTrailingZeros().scale() <= 0 && fits(d.toBigInteger()) ->
                d.longValue();
            case String s when s.matches("-?\\d{1,18}") -> Long.valueOf(s);
            default -> null;
          };
      case DOUBLE -> value instanceof Number number ? (Object) number.doubleValue() : null;
      case BOOLEAN -> value instanceof Boolean ? value : null;
      case JSON -> Json.write(value);
      case VARCHAR, TEXT, DECIMAL ->
          value instanceof Map || value instanceof List ? Json.write(value) : value.toString();
    };
  }

  private static boolean fits(BigInteger integer) {
    return integer.bitLength() < 64;
  }

  /// The column type that holds a JSON value without loss.
  static ColumnType typeOf(@Nullable Object value) {
    return switch (value) {
      case Long _ -> ColumnType.BIGINT;
      case BigDecimal _ -> ColumnType.DOUBLE;
      case Boolean _ -> ColumnType.BOOLEAN;
      case Map<?, ?> _ -> ColumnType.JSON;
      case List<?> _ -> ColumnType.JSON;
      case null, default -> ColumnType.VARCHAR;
    };
  }
}
