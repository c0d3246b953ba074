package dev.isobar.catalog.document;

import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import dev.isobar.model.ColumnType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// From the schema of a response to the columns of its rows: `provider-format.md`, section 3.
///
/// @param response schema of the whole response; null when none is declared
/// @param objectKey where the rows are in the response, or null when the response is the rows
/// @param rows schema of what the object key leads to; null when it leads nowhere
record RowShape(@Nullable Schema response, @Nullable String objectKey, @Nullable Schema rows) {
  private static final int DEEPEST = 8;

  /// `name`, `['name']`, `[*]` or `[0]`.
  private static final Pattern STEP =
      Pattern.compile("\\[\\s*(?:'([^']*)'|\"([^\"]*)\"|(\\*|[0-9]+))\\s*]|([^.\\[\\]]+)");

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
    if (objectKey.startsWith("/")) {
      return findElement(response, objectKey);
    }
    Schema at = response;
    boolean first = true;
    for (Matcher step = STEP.matcher(objectKey); step.find(); first = false) {
      String any = step.group(3);
      if (any != null) {
        at = values(at, any);
        continue;
      }
      String quoted = step.group(1) == null ? step.group(2) : step.group(1);
      String name = quoted == null ? step.group(4) : quoted;
      if (first && quoted == null && name.equals("$")) {
        continue;
      }
      at = property(element(at), name);
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  /// An XPath of element names: the first is the root, which the schema describes.
  private static @Nullable Schema findElement(Schema response, String path) {
    Schema at = response;
    String[] names = path.split("/", -1);
    for (int i = 2; i < names.length && at != null; i++) {
      at = names[i].isEmpty() || names[i].equals("*") ? at : property(element(at), names[i]);
    }
    return at;
  }

  /// What `[*]` leads to: the elements of a list are entered later, the values of a map are a list
  /// from here on.
  private static Schema values(Schema schema, String which) {
    Schema others = schema.additionalProperties();
    if (!which.equals("*") || others == null || items(schema) != null) {
      return schema;
    }
    Schema.Builder list = new Schema.Builder();
    list.type = "array";
    list.items = others;
    return list.build();
  }

  private static @Nullable Schema items(Schema schema) {
    for (Schema branch : schema.branches(List.of(Schema::allOf))) {
      if (branch.items() != null) {
        return branch.items();
      }
    }
    return null;
  }

  private static Schema element(Schema schema) {
    Schema at = schema;
    for (int depth = 0; depth < DEEPEST; depth++) {
      Schema items = items(at);
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
    return rows != null && items(rows) != null;
  }

  /// The columns in document order. No two have names that differ only in case: the second of such
  /// gets a number.
  ///
  /// @param snakeCase whether names are shown in snake_case
  /// @param united whether the branches of a schema count beside its own properties
  ///   (`isObjectSchemaImplicitlyUnioned`)
  List<RowColumn> columns(boolean snakeCase, boolean united) {
    if (rows == null) {
      return isLost() ? List.of(anonymous(Schema.ANY, ColumnType.JSON)) : List.of();
    }
    Schema items = items(rows);
    Schema row = items == null ? rows : items;
    Map<String, RowColumn> columns = new LinkedHashMap<>();
    collect(columns, row, united);
    if (columns.isEmpty()) {
      return isSingleValue(row)
          ? List.of(anonymous(row, ColumnType.ofOpenApi(row.type())))
          : List.of();
    }
    return shown(columns, snakeCase);
  }

  private static boolean isSingleValue(Schema row) {
    return !row.type().isEmpty() && !row.type().equals("object");
  }

  private static RowColumn anonymous(Schema schema, ColumnType type) {
    return new RowColumn(
        RowColumn.ANONYMOUS,
        RowColumn.ANONYMOUS,
        type,
        schema.type(),
        schema.description(),
        schema);
  }

  /// Own properties hide those of the branches, unless they are united.
  private static void collect(Map<String, RowColumn> columns, Schema row, boolean united) {
    Set<Schema> seen = new HashSet<>();
    Deque<Schema> next = new ArrayDeque<>();
    next.push(row);
    while (!next.isEmpty()) {
      Schema schema = next.pop();
      if (!seen.add(schema)) {
        continue;
      }
      schema.properties().forEach((name, property) -> add(columns, schema, name, property));
      if (schema.properties().isEmpty() || united) {
        for (var branches : List.of(schema.oneOf(), schema.anyOf(), schema.allOf())) {
          branches.reversed().forEach(next::push);
        }
      }
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

  /// The columns as SQL sees them. Names that would fall together in snake_case stay as they are.
  private static List<RowColumn> shown(Map<String, RowColumn> columns, boolean snakeCase) {
    List<RowColumn> shown = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    columns.forEach((written, column) -> {
      String name = written.isEmpty() ? RowColumn.ANONYMOUS : written;
      if (snakeCase) {
        String snake = SnakeCase.of(name);
        boolean free = snake.equals(name) || !columns.containsKey(snake);
        name = free && !taken.contains(snake) ? snake : name;
      }
      String distinct = name;
      for (int i = 2; !taken.add(distinct.toLowerCase(Locale.ROOT)); i++) {
        distinct = name + "_" + i;
      }
      shown.add(
          new RowColumn(
              distinct,
              column.key(),
              column.type(),
              column.declaredType(),
              column.description(),
              column.schema()));
    });
    return shown;
  }
}
