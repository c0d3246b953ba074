package dev.isobar.plan;

import dev.isobar.resolve.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The SELECT of one view, which takes values for its names.
final class ViewQuery {
  private final Map<String, @Nullable Object> statement;
  private final Map<Map<?, ?>, Table> tables;
  private final Function<Table, Set<String>> parameters;

  /// Every SELECT of the text: branches of UNION, WITH clauses and subqueries included.
  private final List<Map<String, @Nullable Object>> selects = new ArrayList<>();

  /// The expressions of the result's columns by their names in lower case.
  private final Map<String, Object> outputs = new LinkedHashMap<>();

  private final Set<String> given = new HashSet<>();
  private boolean star;

  /// @param statement an object with the key `node`
  /// @param tables the provider tables by node (identity)
  /// @param parameters what may be given to a table that is a view itself
  ViewQuery(
      Map<String, @Nullable Object> statement,
      Map<Map<?, ?>, Table> tables,
      Function<Table, Set<String>> parameters) {
    this.statement = statement;
    this.tables = tables;
    this.parameters = parameters;
    Tree.walk(
        statement,
        node -> {
          if (Tree.isType(node, "SELECT_NODE")) {
            selects.add(node);
          }
        });
    for (Object column : Tree.list(result().get("select_list"))) {
      Map<String, @Nullable Object> expression = Tree.map(column);
      String alias = Tree.text(expression.get("alias"));
      List<String> names = Tree.columnNames(expression);
      if (Tree.isClass(expression, "STAR")) {
        star = true;
      } else if (!alias.isEmpty()) {
        outputs.put(lower(alias), expression);
      } else if (!names.isEmpty()) {
        outputs.put(lower(names.getLast()), expression);
      }
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// The SELECT that names the columns.
  private Map<String, @Nullable Object> result() {
    Map<String, @Nullable Object> node = Tree.map(statement.get("node"));
    while (!Tree.isType(node, "SELECT_NODE") && !node.isEmpty()) {
      List<@Nullable Object> children = Tree.list(node.get("children"));
      node =
          Tree.map(
              node.containsKey("left")
                  ? node.get("left")
                  : children.isEmpty() ? null : children.getFirst());
    }
    return node;
  }

  Map<String, @Nullable Object> statement() {
    return statement;
  }

  /// Whether the result has a column of that name.
  boolean shows(String name) {
    return outputs.containsKey(lower(name))
        || (star && scope(result()).items.stream().anyMatch(item -> takesOrHas(item, name)));
  }

  private Scope scope(Map<String, @Nullable Object> select) {
    return new Scope(select, tables);
  }

  /// Takes what a query over the view says of a name.
  ///
  /// @return whether the name means something inside; else the view knows nothing of it
  boolean give(String name, List<Object> values) {
    if (!given.add(lower(name))) {
      return false;
    }
    if (replaceDefaults(name, values)) {
      return true;
    }
    Object output = outputs.get(lower(name));
    List<String> column = Tree.columnNames(output);
    if (!column.isEmpty()) {
      given.add(lower(column.getLast()));
      return replaceDefaults(column.getLast(), values) || giveColumn(column, values);
    }
    boolean taken = false;
    for (Map<String, @Nullable Object> select : selects) {
      for (Scope.Item item : scope(select).items) {
        boolean wanted = output == null ? takes(item, name) : item.requires(item.spelled(name));
        if (wanted) {
          add(select, Tree.column(item.alias, item.spelled(name)), values);
          taken = true;
        }
      }
    }
    return taken;
  }

  private boolean replaceDefaults(String name, List<Object> values) {
    boolean replaced = false;
    for (Map<String, @Nullable Object> select : selects) {
      for (ViewEquality equality : ViewEquality.of(scope(select))) {
        if (equality.isCalled(name)) {
          equality.replaceValues(values);
          replaced = true;
        }
      }
    }
    return replaced;
  }

  /// A column that the view passes on as it is can be asked for inside as well as outside.
  private boolean giveColumn(List<String> column, List<Object> values) {
    Map<String, @Nullable Object> select = result();
    boolean rowForRow =
        Tree.isType(Tree.map(statement.get("node")), "SELECT_NODE")
            && !select.containsKey("modifiers")
            && !select.containsKey("group_expressions")
            && !select.containsKey("qualify")
            && !"FORCE_AGGREGATES".equals(select.get("aggregate_handling"));
    Scope scope = scope(select);
    Scope.Reference reference = scope.reference(Tree.column(column.toArray(String[]::new)));
    boolean input = false;
    if (column.size() == 1) {
      for (Scope.Item item : scope.items) {
        input |= takes(item, column.getFirst());
      }
    } else {
      input = reference != null && takes(reference.item(), reference.column());
    }
    if (rowForRow && input) {
      add(select, Tree.column(column.toArray(String[]::new)), values);
    }
    return rowForRow && input;
  }

  private static void add(
      Map<String, @Nullable Object> select,
      Map<String, @Nullable Object> column,
      List<Object> values) {
    List<Object> conditions = new ArrayList<>(Tree.conjuncts(select.get("where_clause")));
    conditions.add(ViewEquality.expression(column, values));
    select.put("where_clause", Tree.and(conditions));
  }

  private boolean takes(Scope.Item item, String name) {
    Table table = item.table;
    return table != null
        && (item.hasInput(item.spelled(name))
            || (Views.isView(table)
                && parameters.apply(table).stream().anyMatch(name::equalsIgnoreCase)));
  }

  private boolean takesOrHas(Scope.Item item, String name) {
    return takes(item, name) || item.hasColumn(item.spelled(name));
  }

  /// Refuses a view that still says `replace-me` of a parameter.
  void checkPlaceholders(Table view) {
    List<String> missing = new ArrayList<>();
    for (Map<String, @Nullable Object> select : selects) {
      for (ViewEquality equality : ViewEquality.of(scope(select))) {
        boolean own = !given.contains(lower(equality.name()));
        if (own && equality.isPlaceholder() && !missing.contains(equality.name())) {
          missing.add(equality.name());
        }
      }
    }
    if (!missing.isEmpty()) {
      throw Methods.lackingForView(view.resource().name(), missing, view.span());
    }
  }
}
