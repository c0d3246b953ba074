package dev.isobar.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The query whose rows are the keys of a table: the values that its inputs take, each once.
final class KeyQuery {
  private final Scope scope;
  private final Scope.Item target;
  private final Set<Scope.Item> from;

  /// @param target the table that the keys are for
  /// @param from the tables that the values read; empty when they read none
  KeyQuery(Scope scope, Scope.Item target, Set<Scope.Item> from) {
    this.scope = scope;
    this.target = target;
    this.from = from;
  }

  /// `SELECT DISTINCT values FROM tables WHERE what is known of them AND values IS NOT NULL`.
  Map<String, @Nullable Object> statement(
      List<Object> values, List<Map<String, @Nullable Object>> ctes) {
    List<@Nullable Object> selected = new ArrayList<>();
    List<@Nullable Object> conditions = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Map<String, @Nullable Object> column =
          new LinkedHashMap<>(Tree.map(Tree.copy(values.get(i))));
      column.put("alias", "isobar_key_" + i);
      selected.add(column);
      if (!from.isEmpty()) {
        conditions.add(Tree.isNotNull(Tree.map(Tree.copy(values.get(i)))));
      }
    }
    for (Scope.Condition condition : scope.conditions) {
      Set<Scope.Item> read = scope.reads(condition);
      if (read != null
          && !read.isEmpty()
          && from.containsAll(read)
          && Scope.restrictsKeys(condition, read, target)) {
        conditions.add(Tree.copy(condition.expression()));
      }
    }
    Object table = null;
    if (values.size() == 1 && Scope.isRowQuery(values.getFirst())) {
      // IN (SELECT …): the rows of the query are the keys.
      selected.clear();
      Map<String, @Nullable Object> column = Tree.column("isobar_key_0");
      selected.add(column);
      conditions.add(Tree.isNotNull(Tree.map(Tree.copy(column))));
      table =
          Tree.node(
              "type",
              "SUBQUERY",
              "alias",
              "isobar_keys",
              "subquery",
              Tree.copy(Tree.map(values.getFirst()).get("subquery")),
              "column_name_alias",
              Tree.mutable("isobar_key_0"));
    }
    for (Scope.Item item : scope.inOrder(from)) {
      Object copy = Tree.map(Tree.copy(item.node));
      table = table == null ? copy : Tree.crossJoin(table, copy);
    }
    Map<String, @Nullable Object> select =
        Tree.node(
            "type",
            "SELECT_NODE",
            "modifiers",
            Tree.mutable(Tree.node("type", "DISTINCT_MODIFIER")),
            "cte_map",
            Tree.node(),
            "select_list",
            selected,
            "from_table",
            table == null ? Tree.node("type", "EMPTY") : table,
            "aggregate_handling",
            "STANDARD_HANDLING");
    if (!conditions.isEmpty()) {
      select.put("where_clause", Tree.and(conditions));
    }
    select.put("cte_map", neededCtes(select, ctes));
    return Tree.node("node", select);
  }

  /// The WITH clauses that a tree needs, those that they need included.
  private static Map<String, @Nullable Object> neededCtes(
      Map<String, @Nullable Object> select, List<Map<String, @Nullable Object>> ctes) {
    Map<String, Object> visible = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> cteMap : ctes) {
      for (Object entry : Tree.list(cteMap.get("map"))) {
        visible.put(Tree.text(Tree.map(entry).get("key")), Tree.map(entry));
      }
    }
    Set<String> needed = new LinkedHashSet<>();
    collectCtes(select, visible, needed);
    List<@Nullable Object> kept = new ArrayList<>();
    visible.forEach((name, entry) -> {
      if (needed.contains(name)) {
        kept.add(Tree.copy(entry));
      }
    });
    return kept.isEmpty() ? Tree.node() : Tree.node("map", kept);
  }

  private static void collectCtes(
      @Nullable Object node, Map<String, Object> visible, Set<String> needed) {
    Tree.walk(
        node,
        child -> {
          String name = Tree.text(child.get("table_name"));
          if (Tree.isType(child, "BASE_TABLE") && visible.containsKey(name) && needed.add(name)) {
            collectCtes(visible.get(name), visible, needed);
          }
        });
  }

  /// One value as it is; several as the rows of a list.
  static Object anyOf(List<Object> values) {
    return values.size() == 1
        ? values.getFirst()
        : Tree.function("unnest", List.of(Tree.function("list_value", values)));
  }
}
