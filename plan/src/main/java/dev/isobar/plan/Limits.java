package dev.isobar.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the LIMIT of a SELECT means for the reading of its tables.
final class Limits {
  private static final Set<String> AGGREGATES =
      Set.of(
          "count",
          "count_star",
          "sum",
          "min",
          "max",
          "avg",
          "median",
          "list",
          "array_agg",
          "string_agg",
          "group_concat",
          "any_value",
          "arg_min",
          "arg_max",
          "bool_and",
          "bool_or");

  /// Expressions that give a row for a row.
  private static final Set<String> PLAIN = Set.of("COLUMN_REF", "STAR", "CONSTANT", "CAST");

  private Limits() {}

  /// Whether a LIMIT of this SELECT, or above it, may end the reading of its tables early.
  static boolean mayStopEarly(Map<String, @Nullable Object> select, boolean above) {
    boolean limit = above;
    for (Object modifier : Tree.list(select.get("modifiers"))) {
      switch (Tree.text(Tree.map(modifier).get("type"))) {
        case "ORDER_MODIFIER" -> {
          return false;
        }
        // A percentage of the rows needs them all.
        case "LIMIT_MODIFIER" -> limit |= !Tree.map(modifier).containsKey("limit_type");
        default -> {}
      }
    }
    return limit
        && !aggregates(select.get("select_list"))
        && !select.containsKey("group_expressions")
        && !"FORCE_AGGREGATES".equals(select.get("aggregate_handling"));
  }

  /// Whether an expression needs all rows, as far as the names of its functions tell. A mistake
  /// here costs time, never rows.
  private static boolean aggregates(@Nullable Object expressions) {
    boolean[] found = {false};
    Tree.walk(
        expressions, node -> found[0] |= AGGREGATES.contains(Tree.text(node.get("function_name"))));
    return found[0];
  }

  /// The rows that are enough for `SELECT columns FROM table LIMIT n`, and only for that.
  static long rowLimit(Map<String, @Nullable Object> select, Scope scope) {
    List<@Nullable Object> modifiers = Tree.list(select.get("modifiers"));
    Map<String, @Nullable Object> only =
        modifiers.size() == 1 ? Tree.map(modifiers.getFirst()) : Map.of();
    boolean simple =
        Tree.isType(only, "LIMIT_MODIFIER")
            && scope.items.size() == 1
            && takesRowsAsTheyAre(select, scope.items.getFirst())
            && !select.containsKey("where_clause")
            && Tree.list(select.get("select_list")).stream()
                .map(Tree::withoutCasts)
                .allMatch(column -> PLAIN.contains(Tree.text(Tree.map(column).get("class"))));
    Long rows = simple ? rows(only) : null;
    return rows == null ? Long.MAX_VALUE : rows;
  }

  /// Whether a SELECT over one table groups, drops and samples nothing but by WHERE, as far as its
  /// clauses tell.
  static boolean takesRowsAsTheyAre(Map<String, @Nullable Object> select, Scope.Item table) {
    return "STANDARD_HANDLING".equals(select.get("aggregate_handling"))
        && List.of("group_expressions", "group_sets", "having", "qualify", "sample").stream()
            .noneMatch(select::containsKey)
        && !table.node.containsKey("sample");
  }

  /// The rows that a LIMIT reads, with those that OFFSET skips; null when only the query engine
  /// knows, or it is no LIMIT.
  static @Nullable Long rows(Map<String, @Nullable Object> modifier) {
    if (!Tree.isType(modifier, "LIMIT_MODIFIER") || modifier.containsKey("limit_type")) {
      return null;
    }
    Tree.Literal limit = Tree.literal(modifier.get("limit"));
    Tree.Literal offset =
        modifier.get("offset") == null
            ? new Tree.Literal(0L)
            : Tree.literal(modifier.get("offset"));
    return limit != null
            && offset != null
            && limit.value() instanceof Long rows
            && offset.value() instanceof Long skipped
            && rows < Long.MAX_VALUE - skipped
        ? Long.valueOf(rows + skipped)
        : null;
  }
}
