package dev.isobar.catalog.document;

import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import dev.isobar.model.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// From the schema of a response to the columns of its rows: `provider-format.md`, section 3.
///
/// @param response schema of the whole response; null when none is declared
/// @param objectKey where the rows are in the response, or null when the response is the rows
/// @param rows schema of what the object key leads to; null when it leads nowhere
record RowShape(@Nullable Schema response, @Nullable String objectKey, @Nullable Schema rows) {
  static final String ANONYMOUS = "column_anon";
  private static final int DEEPEST = 8;

  /// @param written the method's `objectKey`, or null
  static RowShape of(@Nullable Schema response, @Nullable String written) {
    if (response == null) {
      return new RowShape(null, written, null);
    }
    if (written != null) {
      return new RowShape(response, written, find(response, written));
    }
    Schema items = property(response, "items");
    boolean implied = items != null && items.type().equals("array");
    return implied
        ? new RowShape(response, "$.items", items)
        : new RowShape(response, null, response);
  }

  private static @Nullable Schema find(Schema response, String objectKey) {
    Schema at = response;
    for (String step : objectKey.split("\\.", -1)) {
      String name = step.replace("[*]", "");
      if (name.isEmpty() || name.equals("$")) {
        continue;
      }
      at = property(element(at), name);
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  private static Schema element(Schema schema) {
    Schema at = schema;
    for (int depth = 0; depth < DEEPEST; depth++) {
      Schema items = at.items();
      if (items == null) {
        break;
      }
      at = items;
    }
    return at;
  }

  private static @Nullable Schema property(Schema schema, String name) {
    for (Schema branch : schema.branches(List.of(Schema::allOf, Schema::oneOf, Schema::anyOf))) {
      Schema found = branch.properties().get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /// Whether rows are declared, but not where the object key leads.
  boolean isLost() {
    return response != null && rows == null;
  }

  /// Whether the response holds a list of rows, not one.
  boolean isList() {
    return rows != null && rows.items() != null;
  }

  /// The columns in document order.
  ///
  /// @param snakeCase whether names are shown in snake_case
  List<RowColumn> columns(boolean snakeCase) {
    if (rows == null) {
      return isLost() ? List.of(column(ANONYMOUS, ANONYMOUS, Schema.ANY)) : List.of();
    }
    Schema items = rows.items();
    Schema row = items == null ? rows : items;
    Map<String, RowColumn> columns = new LinkedHashMap<>();
    collect(columns, row, new HashSet<>());
    if (columns.isEmpty() && isSingleValue(row)) {
      return List.of(column(ANONYMOUS, ANONYMOUS, row));
    }
    return snakeCase ? renamed(columns) : List.copyOf(columns.values());
  }

  private static boolean isSingleValue(Schema row) {
    return !row.type().isEmpty() && !row.type().equals("object");
  }

  /// Own properties hide those of the branches.
  private static void collect(Map<String, RowColumn> columns, Schema row, Set<Schema> seen) {
    if (!seen.add(row)) {
      return;
    }
    row.properties().forEach((name, schema) -> add(columns, row, name, schema));
    if (!row.properties().isEmpty()) {
      return;
    }
    for (var branches : List.of(row.allOf(), row.anyOf(), row.oneOf())) {
      branches.forEach(branch -> collect(columns, branch, seen));
    }
  }

  /// Branches that give a name the same type share one column; one of another type gets its own.
  private static void add(
      Map<String, RowColumn> columns, Schema owner, String name, Schema schema) {
    RowColumn column = column(name, name, schema);
    RowColumn before = columns.putIfAbsent(name, column);
    boolean differs = before != null && before.type() != column.type();
    if (differs && !owner.name().isEmpty()) {
      String longer = owner.name() + "_" + name;
      columns.putIfAbsent(longer, column(longer, name, schema));
    }
  }

  private static RowColumn column(String name, String key, Schema schema) {
    String type = schema.type();
    boolean untypedTree =
        type.isEmpty() && (!schema.allProperties().isEmpty() || schema.items() != null);
    ColumnType columnType = untypedTree ? ColumnType.JSON : ColumnType.ofOpenApi(type);
    return new RowColumn(name, key, columnType, type, schema.description(), schema);
  }

  /// Names that would fall together stay as they are.
  private static List<RowColumn> renamed(Map<String, RowColumn> columns) {
    Map<String, RowColumn> renamed = new LinkedHashMap<>();
    columns.forEach((name, column) -> {
      String snake = SnakeCase.of(name);
      boolean taken =
          renamed.containsKey(snake) || (columns.containsKey(snake) && !snake.equals(name));
      String shown = taken ? name : snake;
      renamed.put(
          shown,
          new RowColumn(
              shown,
              column.key(),
              column.type(),
              column.declaredType(),
              column.description(),
              column.schema()));
    });
    return new ArrayList<>(renamed.values());
  }
}
