package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.RowColumn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `SELECT … FROM table WHERE … ORDER BY column LIMIT n`, where the API sorts: the first rows that
/// pass the conditions are the answer, and no page after them is read.
///
/// The conditions and the LIMIT move into a subquery around the table, so that they are applied to
/// the rows as they come; the SELECT sorts the few that are left once more.
///
/// @param column what the rows are sorted by
/// @param rows as many are enough: those that OFFSET skips, and those of LIMIT
record TopRows(RowColumn column, boolean descending, long rows) {
  /// Expressions that give a row for a row. Some functions give several, and which they are is
  /// known only to DuckDB.
  private static final Set<String> ROW_BY_ROW =
      Set.of(
          "COLUMN_REF",
          "STAR",
          "CONSTANT",
          "CAST",
          "TYPE",
          "COMPARISON",
          "CONJUNCTION",
          "OPERATOR",
          "CASE",
          "BETWEEN");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "lower",
          "upper",
          "trim",
          "replace",
          "substring",
          "length",
          "len",
          "concat",
          "contains",
          "starts_with",
          "list_contains",
          "json_extract",
          "json_extract_string",
          "json_extract_path_text",
          "strftime",
          "round",
          "now",
          "date_diff",
          "date_trunc");

  /// What a SELECT asks for, or null when the API's order doesn't help it.
  static @Nullable TopRows of(
      Map<String, @Nullable Object> select, Scope scope, Scope.Item item, Method method) {
    List<@Nullable Object> modifiers = Tree.list(select.get("modifiers"));
    if (scope.items.size() != 1 || modifiers.size() != 2 || !isPlain(select, scope, item, method)) {
      return null;
    }
    Map<String, @Nullable Object> sort = Tree.map(modifiers.get(0));
    Map<String, @Nullable Object> limit = Tree.map(modifiers.get(1));
    List<@Nullable Object> orders = Tree.list(sort.get("orders"));
    Long rows = Limits.rows(limit);
    if (!Tree.isType(sort, "ORDER_MODIFIER") || orders.size() != 1 || rows == null || rows < 1) {
      return null;
    }
    Map<String, @Nullable Object> order = Tree.map(orders.getFirst());
    List<String> names = Tree.columnNames(order.get("expression"));
    Scope.Reference reference = scope.reference(order.get("expression"));
    RowColumn column = reference == null ? null : method.column(reference.column());
    return column == null
            || (names.size() == 1 && isOther(select, names.getFirst()))
            || !LinodeFilter.sorts(method, column)
        ? null
        : new TopRows(column, "DESCENDING".equals(order.get("type")), rows);
  }

  /// Whether the bindings ask for one list: several are each sorted by themselves.
  static boolean isOneList(List<Binding> bindings) {
    return bindings.stream()
        .allMatch(binding ->
            binding instanceof Binding.Constants constants && constants.values().size() == 1);
  }

  private static boolean isPlain(
      Map<String, @Nullable Object> select, Scope scope, Scope.Item item, Method method) {
    boolean[] plain = {
      Limits.takesRowsAsTheyAre(select, item)
          && !item.node.containsKey("column_name_alias")
          && item.mentioned.stream()
              .allMatch(name -> method.column(name) != null || method.input(name) != null)
    };
    Consumer<Map<String, @Nullable Object>> check =
        node -> {
          String kind = Tree.text(node.get("class"));
          plain[0] &=
              kind.isEmpty()
                  || ROW_BY_ROW.contains(kind)
                  || (kind.equals("FUNCTION")
                      && (Boolean.TRUE.equals(node.get("is_operator"))
                          || FUNCTIONS.contains(Tree.text(node.get("function_name")))));
        };
    Tree.walk(select.get("select_list"), check);
    Tree.walk(select.get("where_clause"), check);
    // What the subquery doesn't know stays outside.
    Tree.walk(
        select.get("where_clause"),
        node -> {
          if (Tree.isClass(node, "COLUMN_REF")) {
            List<String> names = Tree.columnNames(node);
            Scope.Reference reference = scope.reference(node);
            plain[0] &=
                reference != null
                    && (names.size() > 1
                        || method.column(reference.column()) != null
                        || method.input(reference.column()) != null);
          }
        });
    return plain[0];
  }

  /// Whether an alias of the select list gives the name to something else: ORDER BY means that.
  private static boolean isOther(Map<String, @Nullable Object> select, String name) {
    return Tree.list(select.get("select_list")).stream()
        .map(Tree::map)
        .filter(column -> name.equalsIgnoreCase(Tree.text(column.get("alias"))))
        .anyMatch(column ->
            Tree.columnNames(column).isEmpty()
                || !Tree.columnNames(column).getLast().equalsIgnoreCase(name));
  }

  /// Puts the conditions and the LIMIT around the table.
  void apply(Map<String, @Nullable Object> select, Scope.Item item, Method method) {
    Map<String, @Nullable Object> inner = Tree.node("type", "SELECT_NODE");
    inner.put(
        "modifiers",
        Tree.mutable(Tree.node("type", "LIMIT_MODIFIER", "limit", Tree.integer(rows))));
    inner.put("cte_map", Tree.node());
    inner.put("select_list", columns(select, item, method));
    inner.put("from_table", Tree.copy(item.node));
    Object where = select.remove("where_clause");
    if (where != null) {
      inner.put("where_clause", where);
    }
    inner.put("aggregate_handling", "STANDARD_HANDLING");
    item.node.clear();
    item.node.put("type", "SUBQUERY");
    item.node.put("alias", item.alias);
    item.node.put("subquery", Tree.node("node", inner));
  }

  private List<@Nullable Object> columns(
      Map<String, @Nullable Object> select, Scope.Item item, Method method) {
    boolean[] all = {false};
    Tree.walk(select, node -> all[0] |= Tree.isClass(node, "STAR"));
    if (all[0]) {
      return Tree.mutable(Tree.node("class", "STAR", "type", "STAR"));
    }
    Set<String> names = new LinkedHashSet<>();
    names.add(column.name());
    for (String name : item.mentioned) {
      RowColumn mentioned = method.column(name);
      Input input = method.input(name);
      names.add(mentioned != null ? mentioned.name() : input != null ? input.name() : name);
    }
    List<@Nullable Object> columns = Tree.mutable();
    names.forEach(name -> columns.add(Tree.column(name)));
    return columns;
  }

  /// Such as `created DESC`.
  String text() {
    return column.name() + (descending ? " DESC" : "");
  }
}
