package dev.isobar.query;

import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.plan.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts the tables of a run in the places that the plan left for them.
///
/// The plan marks a table as `isobar_scan(index)`. In a run it becomes a call of the function with
/// the table's id, with JSON columns cast, or a temporary table.
final class ScanNodes {
  private ScanNodes() {}

  /// `(SELECT a, CAST(b AS JSON) AS b FROM isobar_scan(id))`, or the bare call without JSON
  /// columns.
  static Map<String, @Nullable Object> read(long id, List<Column> columns) {
    Map<String, @Nullable Object> call =
        Tree.node(
            "type",
            "TABLE_FUNCTION",
            "function",
            Tree.function("isobar_scan", List.of(Tree.integer(id))));
    if (columns.stream().noneMatch(column -> column.type() == ColumnType.JSON)) {
      return call;
    }
    List<Object> selected = new ArrayList<>();
    for (Column column : columns) {
      Map<String, @Nullable Object> reference = Tree.column(column.name());
      selected.add(
          column.type() != ColumnType.JSON
              ? reference
              : Tree.node(
                  "class",
                  "CAST",
                  "type",
                  "OPERATOR_CAST",
                  "alias",
                  column.name(),
                  "child",
                  reference,
                  "type_expr",
                  Tree.node(
                      "class", "TYPE",
                      "type", "TYPE",
                      "type_name", "JSON",
                      "qualified_name", Tree.node("path", List.of("JSON")))));
    }
    return Tree.node(
        "type",
        "SUBQUERY",
        "subquery",
        Tree.node(
            "node",
            Tree.node(
                "type",
                "SELECT_NODE",
                "cte_map",
                Tree.node(),
                "select_list",
                selected,
                "from_table",
                call,
                "aggregate_handling",
                "STANDARD_HANDLING")));
  }

  static Map<String, @Nullable Object> temporary(String table) {
    return Tree.node(
        "type", "BASE_TABLE",
        "schema_name", "main",
        "table_name", table,
        "catalog_name", "temp",
        "qualified_name", Tree.node("path", List.of("temp", "main", table)));
  }

  /// A copy of the tree with each `isobar_scan(index)` replaced.
  static Map<String, @Nullable Object> rewrite(
      Map<String, @Nullable Object> tree,
      Map<Integer, Map<String, @Nullable Object>> replacements) {
    return Tree.map(copy(tree, node -> replacements.get(index(node))));
  }

  /// A copy of the tree with the table of that name replaced.
  static Map<String, @Nullable Object> rewriteNamed(
      Map<String, @Nullable Object> tree, String name, Map<String, @Nullable Object> replacement) {
    return Tree.map(
        copy(
            tree,
            node ->
                "BASE_TABLE".equals(node.get("type")) && name.equals(node.get("table_name"))
                    ? replacement
                    : null));
  }

  private interface Replacement {
    @Nullable Map<String, @Nullable Object> of(Map<?, ?> node);
  }

  private static @Nullable Object copy(@Nullable Object node, Replacement replacement) {
    return switch (node) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> replaced = replacement.of(map);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        if (replaced != null) {
          copy.putAll(replaced);
          String alias =
              String.valueOf(map.get("alias") == null ? map.get("table_name") : map.get("alias"));
          copy.put("alias", alias);
          for (String kept : List.of("sample", "column_name_alias")) {
            if (map.containsKey(kept)) {
              copy.put(kept, map.get(kept));
            }
          }
        } else {
          map.forEach((key, value) -> copy.put(String.valueOf(key), copy(value, replacement)));
        }
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(copy(element, replacement)));
        yield copy;
      }
      case null, default -> node;
    };
  }

  private static int index(Map<?, ?> node) {
    if ("TABLE_FUNCTION".equals(node.get("type"))
        && node.get("function") instanceof Map<?, ?> function
        && "isobar_scan".equals(function.get("function_name"))
        && function.get("arguments") instanceof List<?> arguments
        && arguments.getFirst() instanceof Map<?, ?> argument
        && argument.get("expression") instanceof Map<?, ?> expression
        && expression.get("literal") instanceof Map<?, ?> literal) {
      return Integer.parseInt(String.valueOf(literal.get("text")));
    }
    return -1;
  }
}
