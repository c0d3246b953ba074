package dev.isobar.query;

import dev.isobar.plan.Tree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which columns of subqueries, CTEs and table functions are text from JSON, while a tree is
/// walked: outer queries see the columns of inner ones.
final class UntypedColumns {
  private final Predicate<@Nullable Object> isUntyped;

  /// The untyped columns of tables and of SELECTs by node, names in lower case.
  private final IdentityHashMap<Object, Set<String>> ofNode = new IdentityHashMap<>();

  /// Tables whose alias alone means a column.
  private final IdentityHashMap<Object, String> scalars = new IdentityHashMap<>();

  private final Map<String, Set<String>> ofCte = new HashMap<>();
  private final Deque<Map<String, Set<String>>> scopes = new ArrayDeque<>();
  private final Deque<Map<String, String>> scalarScopes = new ArrayDeque<>();

  UntypedColumns(Predicate<@Nullable Object> isUntyped) {
    this.isUntyped = isUntyped;
  }

  void untyped(Map<String, @Nullable Object> table, Set<String> columns) {
    ofNode.put(table, columns);
  }

  void scalar(Map<String, @Nullable Object> table, String column) {
    scalars.put(table, column);
  }

  /// FROM is done: its columns are in sight.
  void enter(Map<String, @Nullable Object> select) {
    for (Object entry : Tree.list(Tree.map(select.get("cte_map")).get("map"))) {
      Map<String, @Nullable Object> cte = Tree.map(entry);
      Object query = Tree.map(cte.get("value")).get("query_node");
      ofCte.put(lower(Tree.text(cte.get("key"))), ofQuery(query));
    }
    Map<String, Set<String>> scope = new HashMap<>();
    Map<String, String> scalarScope = new HashMap<>();
    collect(select.get("from_table"), scope, scalarScope);
    scopes.push(scope);
    scalarScopes.push(scalarScope);
  }

  private void collect(
      @Nullable Object node, Map<String, Set<String>> scope, Map<String, String> scalarScope) {
    Map<String, @Nullable Object> table = Tree.map(node);
    if (Tree.isType(table, "JOIN")) {
      collect(table.get("left"), scope, scalarScope);
      collect(table.get("right"), scope, scalarScope);
      return;
    }
    String alias = lower(Tree.text(table.get("alias")));
    String name = lower(Tree.text(table.get("table_name")));
    String scalar = scalars.get(table);
    if (scalar != null) {
      scalarScope.put(alias, scalar);
    }
    Set<String> columns = ofNode.get(table);
    if (columns == null && Tree.isType(table, "SUBQUERY")) {
      columns = ofQuery(Tree.map(table.get("subquery")).get("node"));
    } else if (columns == null) {
      columns = ofCte.get(name);
    }
    if (columns != null && !table.containsKey("column_name_alias")) {
      scope.put(alias.isEmpty() ? name : alias, columns);
    }
  }

  private Set<String> ofQuery(@Nullable Object node) {
    Map<String, @Nullable Object> query = Tree.map(node);
    for (String branch : List.of("left", "children")) {
      Object inner = query.get(branch);
      if (!Tree.isType(query, "SELECT_NODE") && inner != null) {
        return ofQuery(inner instanceof List<?> list && !list.isEmpty() ? list.getFirst() : inner);
      }
    }
    return ofNode.getOrDefault(query, Set.of());
  }

  /// The SELECT is done: its columns can be asked for.
  void leave(Map<String, @Nullable Object> select) {
    Set<String> columns = new HashSet<>();
    Map<String, Set<String>> scope = scopes.peek();
    for (Object column : Tree.list(select.get("select_list"))) {
      Map<String, @Nullable Object> expression = Tree.map(column);
      String alias = Tree.text(expression.get("alias"));
      if ("STAR".equals(expression.get("class")) && scope != null) {
        scope.values().forEach(columns::addAll);
      } else if (isUntyped.test(expression)) {
        List<@Nullable Object> names = Tree.list(expression.get("column_names"));
        String name = alias.isEmpty() && !names.isEmpty() ? Tree.text(names.getLast()) : alias;
        columns.add(lower(name));
      }
    }
    ofNode.put(select, columns);
    scopes.pop();
    scalarScopes.pop();
  }

  /// Whether a column reference means text from JSON.
  boolean isUntyped(List<String> names) {
    String column = lower(names.getLast());
    for (Map<String, Set<String>> scope : scopes) {
      for (Map.Entry<String, Set<String>> table : scope.entrySet()) {
        boolean meant = names.size() == 1 || table.getKey().equals(lower(names.getFirst()));
        if (meant && table.getValue().contains(column)) {
          return true;
        }
      }
    }
    return false;
  }

  /// The alias of `jsonb_array_elements(…) AS tag` means the element.
  Object scalar(Map<String, @Nullable Object> reference) {
    List<@Nullable Object> names = Tree.list(reference.get("column_names"));
    if (names.size() == 1) {
      for (Map<String, String> scope : scalarScopes) {
        String column = scope.get(lower(Tree.text(names.getFirst())));
        if (column != null) {
          reference.put("column_names", Tree.mutable(names.getFirst(), column));
          break;
        }
      }
    }
    return reference;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
