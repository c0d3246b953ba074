package dev.isobar.plan;

import dev.isobar.model.SqlVerb;
import dev.isobar.resolve.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says inside a derived table, a view or a WITH clause what the query around it says by equality,
/// or IN, of its columns, where that binds an input of a table there. One instance a query.
///
/// The condition stays where it was written. A copy of it goes to the SELECT that names the table,
/// and only where leaving rows out there leaves the same rows in the result: not past a LIMIT, a
/// window, a join that pairs rows by their order, or an aggregate that is not grouped by the
/// column; not into a WITH clause that is read more than once.
final class InnerConditions {
  /// A name that no column has.
  private static final String PLACE = "\0";

  /// The position of what `*` gives.
  private static final int STAR = -1;

  /// What a `*` has that leaves nothing out and renames nothing.
  private static final Set<String> PLAIN_STAR =
      Set.of("class", "type", "columns", "query_location", "query_location_length");

  /// Functions that give another value each time.
  private static final Set<String> VOLATILE =
      Set.of("random", "uuid", "gen_random_uuid", "uuidv4", "uuidv7", "nextval", "setseed");

  private final Map<Map<?, ?>, Table> tables;
  private final Map<String, Named> named = new LinkedHashMap<>();

  /// A WITH clause.
  private static final class Named {
    final Map<String, @Nullable Object> clause;
    int definitions;
    int references;

    Named(Map<String, @Nullable Object> clause) {
      this.clause = clause;
    }
  }

  /// @param tables the provider tables by node (identity)
  InnerConditions(Map<Map<?, ?>, Table> tables) {
    this.tables = tables;
  }

  void pass(Map<String, @Nullable Object> statement) {
    Tree.walk(
        statement,
        node ->
            Tree.list(Tree.map(node.get("cte_map")).get("map"))
                .forEach(entry -> {
                  Map<String, @Nullable Object> clause = Tree.map(Tree.map(entry).get("value"));
                  named.computeIfAbsent(lower(Tree.map(entry).get("key")), _ -> new Named(clause))
                      .definitions++;
                }));
    Tree.walk(
        statement,
        node -> {
          Named clause = Tree.isType(node, "BASE_TABLE") ? clause(node) : null;
          if (clause != null) {
            clause.references++;
          }
        });
    Tree.walk(
        statement,
        node -> {
          if (Tree.isType(node, "SELECT_NODE")) {
            select(node);
          }
        });
  }

  private static String lower(@Nullable Object name) {
    return Tree.text(name).toLowerCase(Locale.ROOT);
  }

  private @Nullable Named clause(Map<String, @Nullable Object> baseTable) {
    List<@Nullable Object> path = Tree.list(Tree.map(baseTable.get("qualified_name")).get("path"));
    return path.size() == 1 ? named.get(lower(path.getFirst())) : null;
  }

  private void select(Map<String, @Nullable Object> select) {
    Scope scope = new Scope(select, tables);
    if (scope.items.stream().allMatch(item -> query(item) == null) || pairsByOrder(select)) {
      return;
    }
    for (ViewEquality equality : ViewEquality.of(scope)) {
      Scope.Item item = equality.item();
      if (item == null) {
        item = meant(equality.name(), scope);
      }
      if (item != null && equality.mayMean(item) && !isVolatile(equality.values())) {
        Map<String, @Nullable Object> query = query(item);
        if (query != null) {
          say(query, columns(item), equality.name(), equality.values(), false);
        }
      }
    }
  }

  /// Whether a join of the SELECT pairs other rows once some are left out.
  private static boolean pairsByOrder(Map<String, @Nullable Object> select) {
    return pairsByOrder(select.get("from_table"));
  }

  private static boolean pairsByOrder(@Nullable Object from) {
    Map<String, @Nullable Object> map = Tree.map(from);
    String kind = Tree.text(map.get("ref_type"));
    return Tree.isType(map, "JOIN")
        && (kind.equals("ASOF")
            || kind.equals("POSITIONAL")
            || pairsByOrder(map.get("left"))
            || pairsByOrder(map.get("right")));
  }

  private static boolean isVolatile(List<Object> values) {
    boolean[] found = {false};
    Tree.walk(values, node -> found[0] |= VOLATILE.contains(lower(node.get("function_name"))));
    return found[0];
  }

  /// The derived table whose column an unqualified name is, if it is sure to be one.
  private Scope.@Nullable Item meant(String name, Scope scope) {
    Scope.Item meant = null;
    for (Scope.Item item : scope.items) {
      Map<String, @Nullable Object> query = query(item);
      boolean unknown = item.table == null && query == null;
      boolean gives = query != null && !positions(first(query), columns(item), name).isEmpty();
      if ((unknown && scope.items.size() > 1) || (item.table != null && item.knows(name))) {
        return null;
      }
      if (gives && meant != null) {
        return null;
      }
      meant = gives ? item : meant;
    }
    return meant;
  }

  /// The query whose rows an item has, or null.
  private @Nullable Map<String, @Nullable Object> query(Scope.Item item) {
    if (item.table != null || item.node.containsKey("sample")) {
      return null;
    }
    if (Tree.isType(item.node, "SUBQUERY")) {
      return Tree.map(Tree.map(item.node.get("subquery")).get("node"));
    }
    Named clause = Tree.isType(item.node, "BASE_TABLE") ? clause(item.node) : null;
    return clause == null || clause.definitions > 1 || clause.references > 1
        ? null
        : Tree.map(clause.clause.get("query_node"));
  }

  /// The names that an item, or its WITH clause, gives the first of the columns.
  private List<String> columns(Scope.Item item) {
    Object written = item.node.get("column_name_alias");
    Named clause = written == null ? clause(item.node) : null;
    return Tree.list(clause == null ? written : clause.clause.get("aliases")).stream()
        .map(Tree::text)
        .toList();
  }

  /// Says it of the column of a query.
  ///
  /// @param columns other names for the first columns
  /// @param mixed whether the column may be of another type outside, as that of a UNION
  private void say(
      Map<String, @Nullable Object> query,
      List<String> columns,
      String name,
      List<Object> values,
      boolean mixed) {
    if (Tree.isType(query, "SELECT_NODE")) {
      Object column = column(query, columns, name);
      if (column != null && !pairsByOrder(query)) {
        say(query, column, values, mixed);
      }
    } else if (Tree.isType(query, "SET_OPERATION_NODE") && !isCut(query)) {
      List<@Nullable Object> branches = Tree.list(query.get("children"));
      if (Tree.text(query.get("setop_type")).equals("UNION_BY_NAME")) {
        for (Object branch : columns.isEmpty() ? branches : List.of()) {
          say(Tree.map(branch), List.of(), name, values, true);
        }
        return;
      }
      List<Integer> positions = positions(first(query), columns, name);
      if (positions.equals(List.of(STAR))) {
        // The other branches have it at the same place, which is not known.
        say(Tree.map(branches.getFirst()), List.of(), name, values, true);
      } else if (positions.size() == 1) {
        branches.forEach(
            branch -> say(Tree.map(branch), namedAt(positions.getFirst()), PLACE, values, true));
      }
    }
  }

  /// Says it of a column of the tables of a SELECT: there, if one of them takes it, or further
  /// inside.
  private void say(
      Map<String, @Nullable Object> select, Object column, List<Object> values, boolean mixed) {
    Scope scope = new Scope(select, tables);
    Object reference = Tree.withoutCasts(column);
    List<String> names = Tree.columnNames(reference);
    Scope.Reference found = scope.reference(reference);
    Scope.Item item =
        scope.items.size() == 1
            ? scope.items.getFirst()
            : found != null
                ? found.item()
                : names.size() == 1 ? meant(names.getFirst(), scope) : null;
    if (item == null) {
      return;
    }
    Map<String, @Nullable Object> query = query(item);
    if (query != null && !Tree.isClass(column, "CAST")) {
      say(query, columns(item), names.getLast(), values, mixed);
    } else if (takes(item, names.getLast(), mixed ? values : List.of())) {
      List<@Nullable Object> conditions = Tree.mutable();
      conditions.addAll(Tree.conjuncts(select.get("where_clause")));
      conditions.add(ViewEquality.expression(column, values));
      select.put(
          "where_clause", conditions.size() == 1 ? conditions.getFirst() : Tree.and(conditions));
    }
  }

  /// Whether a provider's table may be asked by the name.
  ///
  /// @param alike values that the input has to be of the same kind as
  private static boolean takes(Scope.Item item, String name, List<Object> alike) {
    if (item.table == null) {
      return false;
    }
    if (Views.isView(item.table)) {
      return alike.isEmpty();
    }
    return item.table.resource().methods(SqlVerb.SELECT).stream()
        .map(method -> method.input(item.spelled(name)))
        .filter(Objects::nonNull)
        .anyMatch(
            input -> alike.stream().allMatch(value -> isOfKind(value, input.schema().type())));
  }

  private static boolean isOfKind(Object value, String type) {
    Tree.Literal literal = Tree.literal(value);
    return switch (literal == null ? null : literal.value()) {
      case String _ -> type.equals("string");
      case Number _ -> type.equals("integer") || type.equals("number");
      case null, default -> false;
    };
  }

  /// Names for the first columns, of which the last is [#PLACE].
  private static List<String> namedAt(int position) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < position; i++) {
      names.add("");
    }
    names.add(PLACE);
    return names;
  }

  /// The SELECT that names the columns of a query.
  private static Map<String, @Nullable Object> first(Map<String, @Nullable Object> query) {
    Map<String, @Nullable Object> first = query;
    while (Tree.isType(first, "SET_OPERATION_NODE")) {
      first = Tree.map(Tree.list(first.get("children")).getFirst());
    }
    return first;
  }

  private static boolean isCut(Map<String, @Nullable Object> query) {
    return Tree.list(query.get("modifiers")).stream()
        .map(Tree::map)
        .anyMatch(modifier ->
            Tree.text(modifier.get("type")).startsWith("LIMIT")
                || modifier.containsKey("distinct_on_targets"));
  }

  /// The places in the select list that have the name; [#STAR] when `*` must give it.
  private static List<Integer> positions(
      Map<String, @Nullable Object> select, List<String> columns, String name) {
    List<Integer> positions = new ArrayList<>();
    List<@Nullable Object> selected = Tree.list(select.get("select_list"));
    boolean star = false;
    for (int i = 0; i < selected.size(); i++) {
      Map<String, @Nullable Object> column = Tree.map(selected.get(i));
      if (Tree.isClass(column, "STAR")) {
        // What stands behind it has no known place.
        if (i < columns.size() || !PLAIN_STAR.containsAll(column.keySet())) {
          return List.of();
        }
        star = true;
        continue;
      }
      List<String> names = Tree.columnNames(column);
      String alias = Tree.text(column.get("alias"));
      String called =
          i < columns.size()
              ? columns.get(i)
              : !alias.isEmpty() ? alias : names.isEmpty() ? "" : names.getLast();
      if (called.equalsIgnoreCase(name)) {
        positions.add(i);
      }
    }
    if (star) {
      return positions.isEmpty() && columns.isEmpty() ? List.of(STAR) : List.of();
    }
    return positions;
  }

  /// What a SELECT's condition would call the column of its result, or null when the condition
  /// would not mean the same there.
  private static @Nullable Object column(
      Map<String, @Nullable Object> select, List<String> columns, String name) {
    List<Integer> positions = positions(select, columns, name);
    boolean grouped = !Tree.list(select.get("group_expressions")).isEmpty();
    if (positions.size() != 1
        || isCut(select)
        || select.containsKey("sample")
        || select.containsKey("qualify")
        || Tree.list(select.get("group_sets")).size() > 1
        || hasWindow(select)) {
      return null;
    }
    int position = positions.getFirst();
    if (position == STAR) {
      boolean one = !Tree.isType(Tree.map(select.get("from_table")), "JOIN");
      return one && !grouped ? Tree.column(name) : null;
    }
    Map<String, @Nullable Object> selected =
        Tree.map(Tree.copy(Tree.list(select.get("select_list")).get(position)));
    selected.remove("alias");
    List<String> names = Tree.columnNames(Tree.withoutCasts(selected));
    return names.isEmpty()
            || (grouped && !isKey(select, position, selected))
            || isOtherAlias(select, position, names)
        ? null
        : selected;
  }

  private static boolean hasWindow(Map<String, @Nullable Object> select) {
    boolean[] found = {false};
    Tree.walk(select.get("select_list"), node -> found[0] |= Tree.isClass(node, "WINDOW"));
    return found[0];
  }

  /// Whether the rows are grouped by what the select list has there.
  private static boolean isKey(
      Map<String, @Nullable Object> select, int position, Map<String, @Nullable Object> selected) {
    String alias =
        Tree.text(Tree.map(Tree.list(select.get("select_list")).get(position)).get("alias"));
    for (Object expression : Tree.list(select.get("group_expressions"))) {
      Tree.Literal literal = Tree.literal(expression);
      List<String> names = Tree.columnNames(expression);
      boolean number =
          literal != null && Objects.equals(literal.value(), Long.valueOf(position + 1L));
      if (number
          || (!names.isEmpty() && names.equals(Tree.columnNames(selected)))
          || (names.size() == 1 && names.getFirst().equals(alias))) {
        return true;
      }
    }
    return false;
  }

  /// Whether another column of the select list has the name: a condition might mean that one.
  private static boolean isOtherAlias(
      Map<String, @Nullable Object> select, int position, List<String> names) {
    List<@Nullable Object> selected = Tree.list(select.get("select_list"));
    for (int i = 0; i < selected.size(); i++) {
      if (i != position
          && names.size() == 1
          && lower(Tree.map(selected.get(i)).get("alias")).equals(lower(names.getFirst()))) {
        return true;
      }
    }
    return false;
  }
}
