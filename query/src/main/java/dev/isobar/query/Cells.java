package dev.isobar.query;

import dev.isobar.model.ColumnType;
import dev.isobar.model.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.duckdb.JsonNode;
import org.jspecify.annotations.Nullable;

/// Cells of DuckDB's results as cells of ours: see [ColumnType].
final class Cells {
  /// As DuckDB writes it. The text of Java's own Timestamp ends in `.0`, and knows the gaps that
  /// the machine's time zone has.
  private static final DateTimeFormatter SECONDS =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter ZONED =
      new DateTimeFormatterBuilder()
          .append(SECONDS)
          .appendOffset("+HH:mm", "+00")
          .toFormatter(Locale.ROOT);

  private Cells() {}

  static ColumnType type(String duckDbType) {
    String name = duckDbType.toUpperCase(Locale.ROOT);
    if (name.endsWith("]") || name.startsWith("STRUCT") || name.startsWith("MAP")) {
      return ColumnType.JSON;
    }
    if (name.startsWith("DECIMAL")) {
      return ColumnType.DECIMAL;
    }
    return switch (name) {
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
          ColumnType.BIGINT;
      case "UBIGINT", "HUGEINT", "UHUGEINT" -> ColumnType.DECIMAL;
      case "FLOAT", "DOUBLE" -> ColumnType.DOUBLE;
      case "BOOLEAN" -> ColumnType.BOOLEAN;
      case "JSON", "VARIANT" -> ColumnType.JSON;
      case "VARCHAR" -> ColumnType.VARCHAR;
      default -> ColumnType.TEXT;
    };
  }

  static @Nullable Object cell(ResultSet rows, int column, ColumnType type) throws SQLException {
    return switch (type) {
      case VARCHAR -> rows.getString(column);
      case BIGINT -> {
        long value = rows.getLong(column);
        yield rows.wasNull() ? null : (Object) value;
      }
      case DOUBLE ->
          switch (rows.getObject(column)) {
            case null -> null;
            case Float number -> Double.valueOf(number.toString());
            case Number number -> number.doubleValue();
            case Object other -> Double.valueOf(other.toString());
          };
      case BOOLEAN -> {
        boolean value = rows.getBoolean(column);
        yield rows.wasNull() ? null : (Object) value;
      }
      case DECIMAL ->
          switch (rows.getObject(column)) {
            case null -> null;
            case BigInteger integer -> new BigDecimal(integer);
            case BigDecimal decimal -> decimal;
            case Object other -> new BigDecimal(other.toString());
          };
      case JSON ->
          switch (rows.getObject(column)) {
            case null -> null;
            case Array array -> Json.write(plain(array));
            case Struct struct -> Json.write(plain(struct));
            case Map<?, ?> map -> Json.write(plain(map));
            case Object other -> other.toString();
          };
      case TEXT ->
          switch (rows.getObject(column)) {
            case Timestamp _ -> SECONDS.format(rows.getObject(column, LocalDateTime.class));
            case OffsetDateTime time -> ZONED.format(time);
            case null, default -> rows.getString(column);
          };
    };
  }

  /// A nested value as plain JSON values.
  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean bool -> bool;
      case BigInteger integer -> integer;
      case BigDecimal decimal -> decimal;
      case Double number -> number;
      case Float number -> new BigDecimal(number.toString());
      case Number number -> number.longValue();
      case JsonNode json -> Json.parse(json.toString());
      case Array array -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (Object element : (Object[]) array.getArray()) {
          list.add(plain(element));
        }
        yield list;
      }
      case DuckDBStruct struct -> plain(struct.getMap());
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          copy.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
        }
        yield copy;
      }
      case Timestamp time -> SECONDS.format(time.toLocalDateTime());
      case OffsetDateTime time -> ZONED.format(time);
      default -> value.toString();
    };
  }
}
