package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.RowColumn;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ResourceName;
import dev.isobar.model.Span;
import dev.isobar.model.SqlVerb;
import dev.isobar.parse.QueryTree;
import dev.isobar.resolve.ResolvedStatement;
import dev.isobar.resolve.Resolver;
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

  private final ResolvedStatement.Query query;
  private final QueryTree tree;
  private final Views views;
  private final boolean pushesDown;
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
      boolean mayStopEarly,
      @Nullable Pushdown pushdown) {}

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

  /// @param resolver for the views that the query names
  /// @param pushesDown whether APIs that can are to filter and sort
  QueryPlanner(ResolvedStatement.Query query, Resolver resolver, boolean pushesDown) {
    this.query = query;
    this.pushesDown = pushesDown;
    this.tree = query.tree();
    this.views = new Views(resolver, query);
  }

  Plan.Query plan() {
    Map<String, @Nullable Object> statement = tree.statement();
    Alternatives.join(statement);
    new InnerConditions(query.tables()).pass(statement);
    views.expand(statement);
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
    Set<String> alone = new HashSet<>();
    boolean everything = collectNames(statement, named, alone);
    List<TableScan> scans = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      Planned p = planned.get(i);
      List<Integer> needed = new ArrayList<>();
      for (int c = 0; c < p.columns.size(); c++) {
        // A table's own name as a value is its whole row.
        if (everything
            || alone.contains(lower(p.alias))
            || named.contains(lower(p.columns.get(c).name()))) {
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
              p.mayStopEarly,
              p.pushdown));
    }
    return new Plan.Query(tree, statement, scans);
  }

  /// DuckDB's names are the same in any case.
  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static boolean collectNames(
      Map<String, @Nullable Object> statement, Set<String> named, Set<String> alone) {
    boolean[] star = {false};
    Tree.walk(
        statement,
        node -> {
          String kind = Tree.text(node.get("class"));
          star[0] |= kind.equals("STAR") || Tree.isType(node, "SHOW_REF");
          star[0] |=
              node.containsKey("column_name_alias") || "NATURAL".equals(node.get("ref_type"));
          star[0] |= kind.equals("POSITIONAL_REFERENCE");
          List<String> names = Tree.columnNames(node);
          names.forEach(name -> named.add(lower(name)));
          if (names.size() == 1) {
            alone.add(lower(names.getFirst()));
          }
          Tree.list(node.get("using_columns"))
              .forEach(column -> named.add(lower(Tree.text(column))));
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
          visitClauses(cteMap, around.limited(false));
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

  /// Each WITH clause may read those before it.
  private void visitClauses(Map<String, @Nullable Object> cteMap, Surroundings around) {
    List<@Nullable Object> before = new ArrayList<>();
    for (Object entry : Tree.list(cteMap.get("map"))) {
      visit(entry, around.with(Tree.node("map", new ArrayList<>(before))));
      before.add(entry);
    }
  }

  private void select(Map<String, @Nullable Object> select, Surroundings around) {
    boolean limited = Limits.mayStopEarly(select, around.limited());
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
    List<Map<String, @Nullable Object>> bindOnly = new ArrayList<>();
    if (spread(select, scope, bindOnly)) {
      scope = new Scope(select, query.tables());
      bindOnly.forEach(scope::bindOnly);
    }
    shortenReferences(select, scope);
    scope.findSources();
    findMentions(select, scope);
    long rowLimit = Limits.rowLimit(select, scope);
    boolean progress = true;
    while (progress) {
      progress = planNext(scope, false, around, rowLimit, limited);
      progress = progress || planNext(scope, true, around, rowLimit, limited);
    }
    for (Scope.Item item : scope.items) {
      if (!item.planned && item.table != null) {
        throw inView(cannotPlan(item, item.table), item.table);
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
                .allMatch(name -> gives(method, name, names)));
  }

  /// Whether the rows of a method have what the query calls so.
  private static boolean gives(Method method, String name, Set<String> names) {
    if (method.column(name) != null) {
      return true;
    }
    Input input = method.input(name);
    return input != null && Scope.called(input, names) != null;
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
          item.sources.getOrDefault(called(input, item, withJoins), List.of()).stream()
              .filter(s -> s.ready(withJoins))
              .findFirst()
              .orElseThrow();
      Binding.Constants constants = constants(input, source);
      if (constants != null) {
        bindings.add(constants);
        if (input.required() && source.condition().inner() && isShadowed(method, input)) {
          // The request itself is the answer to this condition. The column of that name is about
          // something else: the id of a row, not that of what the rows belong to.
          Map<String, @Nullable Object> condition = source.condition().expression();
          condition.clear();
          condition.putAll(Tree.yes());
        }
      } else if (source.constant()) {
        bindings.add(
            new Binding.Keys(
                List.of(input),
                keyQuery(scope, item, List.of(KeyQuery.anyOf(source.values())), Set.of(), around),
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
    for (RowColumn column : method.rowColumns()) {
      columns.add(new ScanColumn(distinct(column.name(), seen), column.key(), column.type()));
    }
    for (Input input : inputs) {
      if (seen.add(input.name().toLowerCase(Locale.ROOT))) {
        columns.add(
            new ScanColumn(
                input.name(), input.name(), ColumnType.ofOpenApi(input.schema().type())));
      }
    }
    useOneName(scope, item, method);
    int index = planned.size();
    TopRows top =
        pushesDown && TopRows.isOneList(bindings)
            ? TopRows.of(scope.select, scope, item, method)
            : null;
    planned.add(
        new Planned(
            item.alias,
            table,
            method,
            columns,
            bindings,
            rowLimit,
            limited || top != null,
            pushesDown ? LinodeFilter.of(scope, item, method, top) : null));
    replace(item.node, item.alias, index);
    if (top != null) {
      top.apply(scope.select, item, method);
    }
    item.planned = true;
  }

  private static String called(Input input, Scope.Item item, boolean withJoins) {
    String name = Scope.called(input, item.bound(withJoins));
    return name == null ? input.name() : name;
  }

  /// A column or an input that has a native and a snake_case name gets the one that the scan has,
  /// wherever the query says the other. What the query returns is called as it is written.
  private static void useOneName(Scope scope, Scope.Item item, Method method) {
    for (Object expression : Tree.list(scope.select.get("select_list"))) {
      Map<String, @Nullable Object> column = Tree.map(expression);
      List<String> names = Tree.columnNames(column);
      if (!names.isEmpty() && Tree.text(column.get("alias")).isEmpty()) {
        if (otherName(scope, item, method, column) != null) {
          column.put("alias", names.getLast());
        }
      }
    }
    scope.select.forEach((_, part) -> useOneName(part, scope, item, method, false));
    scope.conditions.forEach(
        condition -> useOneName(condition.expression(), scope, item, method, false));
  }

  private static void useOneName(
      @Nullable Object node, Scope scope, Scope.Item item, Method method, boolean inside) {
    switch (node) {
      case Map<?, ?> raw -> {
        Map<String, @Nullable Object> map = Tree.map(raw);
        boolean inner = inside || Tree.isType(map, "SELECT_NODE");
        boolean own = inner && Tree.columnNames(map).size() == 1;
        String name = own ? null : otherName(scope, item, method, map);
        if (name != null) {
          List<@Nullable Object> names = Tree.mutable();
          names.addAll(Tree.columnNames(map));
          names.set(names.size() - 1, name);
          map.put("column_names", names);
        }
        map.values().forEach(child -> useOneName(child, scope, item, method, inner));
      }
      case List<?> list -> list.forEach(child -> useOneName(child, scope, item, method, inside));
      case null, default -> {}
    }
  }

  /// What a reference to the table should say instead, or null when it may stay.
  private static @Nullable String otherName(
      Scope scope, Scope.Item item, Method method, Map<String, @Nullable Object> node) {
    Scope.Reference reference = Tree.columnNames(node).isEmpty() ? null : scope.reference(node);
    if (reference == null || !reference.item().equals(item)) {
      return null;
    }
    RowColumn column = method.column(reference.column());
    Input input = method.input(reference.column());
    String name = column != null ? column.name() : input != null ? input.name() : null;
    return name == null || name.equalsIgnoreCase(reference.column()) ? null : name;
  }

  private static boolean isShadowed(Method method, Input input) {
    return method.columns().stream()
        .anyMatch(column -> column.name().equalsIgnoreCase(input.name()));
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

  private String textOf(Scope.Condition condition) {
    Map<String, @Nullable Object> expression = condition.expression();
    Span span = tree.spanOf(expression);
    if (span == null) {
      return textOf(expression);
    }
    return tree.sql().substring(span.start() - tree.offset(), span.end() - tree.offset());
  }

  /// Of a condition that stands in no text of the user's.
  private static String textOf(Map<String, @Nullable Object> condition) {
    List<String> left = Tree.columnNames(condition.get("left"));
    List<String> right = Tree.columnNames(condition.get("right"));
    return left.isEmpty() || right.isEmpty()
        ? "the view's condition"
        : String.join(".", left) + " = " + String.join(".", right);
  }

  private Map<String, @Nullable Object> keyQuery(
      Scope scope,
      Scope.Item target,
      List<Object> values,
      Set<Scope.Item> from,
      Surroundings around) {
    Map<String, @Nullable Object> query =
        new KeyQuery(scope, target, from).statement(values, around.ctes());
    markMaterialised(query);
    return query;
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
  /// @param bindOnly gets what is said of tables whose rows an outer join may fill with nulls: in
  ///   WHERE it would drop those rows
  /// @return whether the condition was changed
  private static boolean spread(
      Map<String, @Nullable Object> select,
      Scope scope,
      List<Map<String, @Nullable Object>> bindOnly) {
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
        if (item.nullSupplied) {
          bindOnly.add(Tree.map(Tree.copy(part)));
        } else {
          spread.add(Tree.copy(part));
        }
        changed = true;
      }
      if (sharing.isEmpty()) {
        spread.add(part);
      }
    }
    if (changed && spread.isEmpty()) {
      select.remove("where_clause");
    } else if (changed) {
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

  /// A table behind a view is not one that the user knows.
  private IsobarException inView(IsobarException e, Table table) {
    ResourceName view = views.origin(table);
    return view == null
        ? e
        : new IsobarException(
            e.code(), "The view `" + view + "`: " + e.getMessage(), e.hint(), e.span());
  }

  private IsobarException cannotPlan(Scope.Item item, Table table) {
    if (table.resource().methods(SqlVerb.SELECT).isEmpty()) {
      return Methods.unsupported(table.resource(), SqlVerb.SELECT, table.span());
    }
    Set<String> names = item.bound(true);
    Method reachable = Methods.choose(table.resource(), SqlVerb.SELECT, names);
    if (reachable != null) {
      for (String name : item.mentioned) {
        boolean known = gives(reachable, name, names);
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
