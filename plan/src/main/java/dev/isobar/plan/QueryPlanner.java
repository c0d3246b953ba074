package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.RowColumn;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import dev.isobar.model.SqlVerb;
import dev.isobar.parse.QueryTree;
import dev.isobar.resolve.ResolvedStatement;
import dev.isobar.resolve.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plans one query: chooses the method of each provider table, binds its inputs, orders the scans,
/// and rewrites the tree so that each table is a call of `isobar_scan`.
///
/// Each SELECT is planned on its own, innermost first. Whatever binds an input stays in the query,
/// so that the query engine checks every row again. One instance a query.
final class QueryPlanner {
  /// The table function that `query` registers.
  static final String SCAN_FUNCTION = "isobar_scan";

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

  private static final Set<String> PLAIN = Set.of("COLUMN_REF", "STAR", "CONSTANT", "CAST");

  private final ResolvedStatement.Query query;
  private final QueryTree tree;
  private final List<Planned> planned = new ArrayList<>();
  private final Set<Integer> materialised = new HashSet<>();

  /// A table whose method is chosen.
  private record Planned(
      String alias,
      Table table,
      Method method,
      List<ScanColumn> columns,
      List<Binding> bindings,
      long rowLimit,
      boolean mayStopEarly) {}

  /// What surrounds a query node.
  ///
  /// @param ctes the maps of the WITH clauses in sight, outermost first
  /// @param limited whether a LIMIT above may end the reading early
  private record Surroundings(List<Map<String, @Nullable Object>> ctes, boolean limited) {
    Surroundings with(Map<String, @Nullable Object> cteMap) {
      List<Map<String, @Nullable Object>> more = new ArrayList<>(ctes);
      more.add(cteMap);
      return new Surroundings(more, limited);
    }

    Surroundings limited(boolean now) {
      return new Surroundings(ctes, now);
    }
  }

  QueryPlanner(ResolvedStatement.Query query) {
    this.query = query;
    this.tree = query.tree();
  }

  Plan.Query plan() {
    Map<String, @Nullable Object> statement = tree.statement();
    visit(statement, new Surroundings(List.of(), false));
    Tree.walk(
        statement,
        node -> {
          // Each turn of a recursive CTE would read its tables again.
          if (Tree.isType(node, "RECURSIVE_CTE_NODE")) {
            markMaterialised(node);
          }
        });
    Set<String> named = new HashSet<>();
    boolean everything = collectNames(statement, named);
    List<TableScan> scans = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      Planned p = planned.get(i);
      List<Integer> needed = new ArrayList<>();
      for (int c = 0; c < p.columns.size(); c++) {
        if (everything || named.contains(p.columns.get(c).name())) {
          needed.add(c);
        }
      }
      scans.add(
          new TableScan(
              p.alias,
              p.table,
              p.method,
              p.columns,
              p.bindings,
              needed,
              materialised.contains(i),
              p.rowLimit,
              p.mayStopEarly));
    }
    return new Plan.Query(tree, statement, scans);
  }

  private static boolean collectNames(Map<String, @Nullable Object> statement, Set<String> named) {
    boolean[] star = {false};
    Tree.walk(
        statement,
        node -> {
          String kind = Tree.text(node.get("class"));
          star[0] |= kind.equals("STAR") || Tree.isType(node, "SHOW_REF");
          star[0] |=
              node.containsKey("column_name_alias") || "NATURAL".equals(node.get("ref_type"));
          named.addAll(Tree.columnNames(node));
          Tree.list(node.get("using_columns")).forEach(column -> named.add(Tree.text(column)));
        });
    return star[0];
  }

  private void visit(@Nullable Object node, Surroundings around) {
    if (node instanceof Map<?, ?> map && scanIndex(Tree.map(map)) != null) {
      return;
    }
    switch (node) {
      case Map<?, ?> raw -> {
        Map<String, @Nullable Object> map = Tree.map(raw);
        Surroundings inside = around;
        if (map.containsKey("cte_map")) {
          Map<String, @Nullable Object> cteMap = Tree.map(map.get("cte_map"));
          visit(cteMap, around.limited(false));
          inside = around.with(cteMap);
        }
        if (Tree.isType(map, "SELECT_NODE")) {
          select(map, inside);
        } else {
          for (Map.Entry<String, @Nullable Object> entry : map.entrySet()) {
            if (!entry.getKey().equals("cte_map")) {
              visit(entry.getValue(), inside);
            }
          }
        }
      }
      case List<?> list -> list.forEach(child -> visit(child, around));
      case null, default -> {}
    }
  }

  private void select(Map<String, @Nullable Object> select, Surroundings around) {
    boolean limited = mayStopEarly(select, around.limited());
    for (Map.Entry<String, @Nullable Object> entry : select.entrySet()) {
      if (!entry.getKey().equals("cte_map")) {
        boolean from = entry.getKey().equals("from_table");
        visit(entry.getValue(), around.limited(from && limited));
      }
    }
    Scope scope = new Scope(select, query.tables());
    if (scope.items.stream().allMatch(item -> item.table == null)) {
      return;
    }
    if (spread(select, scope)) {
      scope = new Scope(select, query.tables());
    }
    shortenReferences(select, scope);
    scope.findSources();
    findMentions(select, scope);
    long rowLimit = rowLimit(select, scope);
    boolean progress = true;
    while (progress) {
      progress = planNext(scope, false, around, rowLimit, limited);
      progress = progress || planNext(scope, true, around, rowLimit, limited);
    }
    for (Scope.Item item : scope.items) {
      if (!item.planned && item.table != null) {
        throw cannotPlan(item, item.table);
      }
    }
  }

  private boolean planNext(
      Scope scope, boolean withJoins, Surroundings around, long rowLimit, boolean limited) {
    for (Scope.Item item : scope.items) {
      if (!item.planned && item.table != null) {
        Method method = choose(item, item.table, withJoins);
        if (method != null) {
          planItem(scope, item, item.table, method, withJoins, around, rowLimit, limited);
          return true;
        }
      }
    }
    return false;
  }

  /// The method for the names at hand: the first that has what it needs and gives every name that
  /// the query mentions.
  private static @Nullable Method choose(Scope.Item item, Table table, boolean withJoins) {
    Set<String> names = item.bound(withJoins);
    return Methods.choose(
        table.resource(),
        SqlVerb.SELECT,
        names,
        method ->
            item.mentioned.stream()
                .filter(name -> item.hasColumn(name) || item.hasInput(name))
                .allMatch(name ->
                    method.columns().stream().anyMatch(column -> column.name().equals(name))
                        || (names.contains(name) && method.input(name) != null)));
  }

  private void planItem(
      Scope scope,
      Scope.Item item,
      Table table,
      Method method,
      boolean withJoins,
      Surroundings around,
      long rowLimit,
      boolean limited) {
    List<Input> inputs = Scope.boundInputs(item, method, item.bound(withJoins));
    List<Binding> bindings = new ArrayList<>();
    Map<Input, Object> keyed = new LinkedHashMap<>();
    Set<Scope.Item> from = new LinkedHashSet<>();
    List<String> texts = new ArrayList<>();
    for (Input input : inputs) {
      Scope.Source source =
          item.sources.getOrDefault(input.name(), List.of()).stream()
              .filter(s -> s.ready(withJoins))
              .findFirst()
              .orElseThrow();
      Binding.Constants constants = constants(input, source);
      if (constants != null) {
        bindings.add(constants);
      } else if (source.constant()) {
        bindings.add(
            new Binding.Keys(
                List.of(input),
                keyQuery(scope, item, List.of(anyOf(source.values())), Set.of(), around),
                textOf(source.condition())));
      } else {
        keyed.put(input, source.values().getFirst());
        from.addAll(source.from());
        texts.add(textOf(source.condition()));
      }
    }
    if (!keyed.isEmpty()) {
      bindings.add(
          new Binding.Keys(
              List.copyOf(keyed.keySet()),
              keyQuery(scope, item, List.copyOf(keyed.values()), from, around),
              String.join(" AND ", texts)));
    }
    List<ScanColumn> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (RowColumn column : method.columns()) {
      columns.add(new ScanColumn(distinct(column.name(), seen), column.key(), column.type()));
    }
    for (Input input : inputs) {
      if (seen.add(input.name().toLowerCase(Locale.ROOT))) {
        columns.add(
            new ScanColumn(
                input.name(), input.name(), ColumnType.ofOpenApi(input.schema().type())));
      }
    }
    int index = planned.size();
    planned.add(new Planned(item.alias, table, method, columns, bindings, rowLimit, limited));
    replace(item.node, item.alias, index);
    item.planned = true;
  }

  /// DuckDB takes names that differ only in case for the same.
  private static String distinct(String name, Set<String> seen) {
    String free = name;
    for (int i = 2; !seen.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private Binding.@Nullable Constants constants(Input input, Scope.Source source) {
    List<Object> values = new ArrayList<>();
    for (Object value : source.values()) {
      Tree.Literal literal = Tree.literal(value);
      if (literal == null) {
        return null;
      }
      // NULL equals nothing, so it asks for nothing.
      Object converted = literal.value() == null ? null : convert(literal.value(), input, source);
      if (converted != null && !values.contains(converted)) {
        values.add(converted);
      }
    }
    String text =
        values.size() == 1
            ? "= " + shown(values.getFirst())
            : "IN (" + String.join(", ", values.stream().map(QueryPlanner::shown).toList()) + ")";
    return new Binding.Constants(input, values, text);
  }

  private Object convert(Object value, Input input, Scope.Source source) {
    try {
      return Values.convert(value, input);
    } catch (IsobarException e) {
      Span span = tree.spanOf(source.condition().expression());
      throw span == null ? e : e.withSpan(span);
    }
  }

  private static String shown(Object value) {
    return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
  }

  private static Object anyOf(List<Object> values) {
    return values.size() == 1
        ? values.getFirst()
        : Tree.function("unnest", List.of(Tree.function("list_value", values)));
  }

  private String textOf(Scope.Condition condition) {
    Map<String, @Nullable Object> expression = condition.expression();
    Span span = tree.spanOf(expression);
    if (span == null) {
      return Tree.columnNames(expression.get("left")).toString();
    }
    return tree.sql().substring(span.start() - tree.offset(), span.end() - tree.offset());
  }

  /// `SELECT DISTINCT values FROM tables WHERE what is known of them AND values IS NOT NULL`.
  private Map<String, @Nullable Object> keyQuery(
      Scope scope,
      Scope.Item target,
      List<Object> values,
      Set<Scope.Item> from,
      Surroundings around) {
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
      Set<Scope.Item> read = scope.reads(condition.expression());
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
    for (Scope.Item item : from) {
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
    select.put("cte_map", neededCtes(select, around.ctes()));
    markMaterialised(select);
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

  private void markMaterialised(Map<String, @Nullable Object> node) {
    Tree.walk(
        node,
        child -> {
          Integer index = scanIndex(child);
          if (index != null) {
            materialised.add(index);
          }
        });
  }

  /// The index of the table that a node reads, or null when it is not a call of the table function.
  static @Nullable Integer scanIndex(Map<String, @Nullable Object> node) {
    if (!Tree.isType(node, "TABLE_FUNCTION")) {
      return null;
    }
    Map<String, @Nullable Object> function = Tree.map(node.get("function"));
    if (!SCAN_FUNCTION.equals(function.get("function_name"))) {
      return null;
    }
    Object argument = Tree.map(Tree.list(function.get("arguments")).getFirst()).get("expression");
    Tree.Literal literal = Tree.literal(argument);
    return literal != null && literal.value() instanceof Long index ? Math.toIntExact(index) : null;
  }

  private void replace(Map<String, @Nullable Object> node, String alias, int index) {
    if (node.containsKey("at_clause")) {
      throw new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "AT (…) asks for the past, and an API tells only the present.",
          "Leave AT out.",
          tree.spanOf(node));
    }
    Object sample = node.get("sample");
    Object names = node.get("column_name_alias");
    node.clear();
    node.put("type", "TABLE_FUNCTION");
    node.put("alias", alias);
    if (sample != null) {
      node.put("sample", sample);
    }
    node.put("function", Tree.function(SCAN_FUNCTION, List.of(Tree.integer(index))));
    if (names != null) {
      node.put("column_name_alias", names);
    }
  }

  /// `WHERE region = 'x'`, where several tables take `region`, is said of each of them.
  ///
  /// @return whether the condition was changed
  private static boolean spread(Map<String, @Nullable Object> select, Scope scope) {
    List<@Nullable Object> spread = new ArrayList<>();
    boolean changed = false;
    for (Map<String, @Nullable Object> part : Tree.conjuncts(select.get("where_clause"))) {
      Map<String, @Nullable Object> target = Tree.map(part.get("left"));
      boolean equality = Tree.isType(part, "COMPARE_EQUAL") && Tree.isConstant(part.get("right"));
      if (Tree.isType(part, "COMPARE_IN")) {
        List<@Nullable Object> children = Tree.list(part.get("children"));
        target = Tree.map(children.getFirst());
        equality = Tree.isConstant(children.subList(1, children.size()));
      }
      List<String> names = Tree.columnNames(target);
      List<Scope.Item> sharing =
          equality && names.size() == 1 ? scope.sharing(names.getFirst()) : List.of();
      for (Scope.Item item : sharing) {
        target.put("column_names", Tree.mutable(item.alias, names.getFirst()));
        spread.add(Tree.copy(part));
        changed = true;
      }
      if (sharing.isEmpty()) {
        spread.add(part);
      }
    }
    if (changed) {
      select.put("where_clause", Tree.and(spread));
    }
    return changed;
  }

  /// `provider.service.resource.column` becomes `alias.column`: the table has no other name now.
  private static void shortenReferences(Map<String, @Nullable Object> select, Scope scope) {
    Tree.walk(
        select,
        node -> {
          if (Tree.columnNames(node).size() >= 3) {
            Scope.Reference reference = scope.reference(node);
            boolean byName =
                reference != null
                    && !reference.item().alias.equalsIgnoreCase(Tree.columnNames(node).getFirst());
            if (reference != null && byName) {
              node.put("column_names", Tree.mutable(reference.item().alias, reference.column()));
            }
          }
        });
  }

  private static void findMentions(Map<String, @Nullable Object> select, Scope scope) {
    select.forEach((_, part) -> findMentions(part, scope, false));
    scope.conditions.forEach(condition -> findMentions(condition.expression(), scope, false));
  }

  /// A query inside a query may mention an outer table by its alias; a bare name is its own.
  private static void findMentions(@Nullable Object node, Scope scope, boolean inside) {
    switch (node) {
      case Map<?, ?> raw -> {
        Map<String, @Nullable Object> map = Tree.map(raw);
        boolean inner = inside || Tree.isType(map, "SELECT_NODE");
        Scope.Reference reference =
            inner && Tree.columnNames(map).size() == 1 ? null : scope.reference(map);
        if (reference != null) {
          reference.item().mentioned.add(reference.column());
        }
        map.values().forEach(child -> findMentions(child, scope, inner));
      }
      case List<?> list -> list.forEach(child -> findMentions(child, scope, inside));
      case null, default -> {}
    }
  }

  /// Whether a LIMIT of this SELECT, or above it, may end the reading of its tables early.
  private static boolean mayStopEarly(Map<String, @Nullable Object> select, boolean above) {
    boolean limit = above;
    for (Object modifier : Tree.list(select.get("modifiers"))) {
      switch (Tree.text(Tree.map(modifier).get("type"))) {
        case "ORDER_MODIFIER" -> {
          return false;
        }
        case "LIMIT_MODIFIER" -> limit = true;
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
  private static long rowLimit(Map<String, @Nullable Object> select, Scope scope) {
    List<@Nullable Object> modifiers = Tree.list(select.get("modifiers"));
    Map<String, @Nullable Object> only =
        modifiers.size() == 1 ? Tree.map(modifiers.getFirst()) : Map.of();
    boolean simple =
        Tree.isType(only, "LIMIT_MODIFIER")
            && scope.items.size() == 1
            && "STANDARD_HANDLING".equals(select.get("aggregate_handling"))
            && List.of(
                    "where_clause",
                    "group_expressions",
                    "group_sets",
                    "having",
                    "qualify",
                    "sample")
                .stream()
                .noneMatch(select::containsKey)
            && !scope.items.getFirst().node.containsKey("sample")
            && Tree.list(select.get("select_list")).stream()
                .map(Tree::withoutCasts)
                .allMatch(column -> PLAIN.contains(Tree.text(Tree.map(column).get("class"))));
    if (!simple) {
      return Long.MAX_VALUE;
    }
    Tree.Literal limit = Tree.literal(only.get("limit"));
    Tree.Literal offset =
        only.get("offset") == null ? new Tree.Literal(0L) : Tree.literal(only.get("offset"));
    return limit != null
            && offset != null
            && limit.value() instanceof Long rows
            && offset.value() instanceof Long skipped
        ? rows + skipped
        : Long.MAX_VALUE;
  }

  private IsobarException cannotPlan(Scope.Item item, Table table) {
    if (table.resource().methods(SqlVerb.SELECT).isEmpty()) {
      return Methods.unsupported(table.resource(), SqlVerb.SELECT, table.span());
    }
    Set<String> names = item.bound(true);
    Method reachable = Methods.choose(table.resource(), SqlVerb.SELECT, names);
    if (reachable != null) {
      for (String name : item.mentioned) {
        boolean known =
            reachable.columns().stream().anyMatch(column -> column.name().equals(name))
                || (names.contains(name) && reachable.input(name) != null);
        if (!known && (item.hasColumn(name) || item.hasInput(name))) {
          return new IsobarException(
              ErrorCode.MISSING_REQUIRED_PARAMETER,
              "`"
                  + name
                  + "` of `"
                  + table.resource().name()
                  + "` has no value here: "
                  + (item.hasInput(name)
                      ? "it is a parameter, and nothing says what it equals."
                      : "`" + reachable.name() + "` does not return it."),
              item.hasInput(name)
                  ? "Give it with WHERE " + name + " = …, or join it to a column of another table."
                  : "DESCRIBE METHOD tells what each method returns.",
              table.span());
        }
      }
    }
    return Methods.lacking(table.resource(), SqlVerb.SELECT, names, table.span());
  }
}
