package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.model.SqlVerb;
import dev.isobar.resolve.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The tables and the conditions of one SELECT, and which condition may bind which table.
///
/// A condition may restrict a table when leaving out the rows that fail it cannot change the
/// result: WHERE and ON of an inner join restrict every table, ON of an outer join only those on
/// the side that is filled with nulls, ON of a full join none.
final class Scope {
  /// A table, subquery or function in FROM.
  static final class Item {
    final Map<String, @Nullable Object> node;
    final @Nullable Table table;

    /// On the side of an outer join that is filled with nulls.
    final boolean nullSupplied;

    String alias;
    boolean planned;

    /// What the conditions give, by the name of the input; constants first.
    final Map<String, List<Source>> sources = new LinkedHashMap<>();

    /// Names of this table that the SELECT mentions.
    final Set<String> mentioned = new HashSet<>();

    Item(Map<String, @Nullable Object> node, @Nullable Table table, boolean nullSupplied) {
      this.node = node;
      this.table = table;
      this.nullSupplied = nullSupplied;
      String written = Tree.text(node.get("alias"));
      this.alias =
          !written.isEmpty()
              ? written
              : table != null
                  ? table.resource().name().resource()
                  : Tree.text(node.get("table_name"));
      this.planned = table == null;
    }

    boolean hasColumn(String name) {
      return table != null
          && table.resource().methods(SqlVerb.SELECT).stream()
              .anyMatch(method -> method.column(name) != null);
    }

    boolean hasInput(String name) {
      return table != null
          && table.resource().methods(SqlVerb.SELECT).stream()
              .map(method -> method.input(name))
              .anyMatch(input -> input != null);
    }

    /// Whether a method cannot be called without it.
    boolean requires(String name) {
      return table != null
          && table.resource().methods(SqlVerb.SELECT).stream()
              .flatMap(method -> method.requiredInputs().stream())
              .anyMatch(input -> input.isCalled(name));
    }

    /// A name that the catalog knows: SQL's names are the same in any case.
    String spelled(String name) {
      if (table == null || hasColumn(name) || hasInput(name)) {
        return name;
      }
      return table.resource().methods(SqlVerb.SELECT).stream()
          .flatMap(method ->
              Stream.concat(
                  method.rowColumns().stream()
                      .flatMap(column -> Stream.of(column.name(), column.key())),
                  method.inputs().stream()
                      .flatMap(input ->
                          Stream.concat(Stream.of(input.name()), input.aliases().stream()))))
          .filter(name::equalsIgnoreCase)
          .findFirst()
          .orElse(name);
    }

    boolean knows(String name) {
      String spelled = spelled(name);
      return hasColumn(spelled) || hasInput(spelled);
    }

    /// The names whose values are constants, or come from tables that are planned already.
    Set<String> bound(boolean withJoins) {
      Set<String> names = new LinkedHashSet<>();
      sources.forEach((name, given) -> {
        if (given.stream().anyMatch(source -> source.ready(withJoins))) {
          names.add(name);
        }
      });
      return names;
    }
  }

  /// What an input is equal to.
  ///
  /// @param values the sides of the equality, or the elements of IN
  /// @param from the tables that the values read; empty for constants
  /// @param condition the condition that says so
  record Source(List<Object> values, Set<Item> from, Condition condition) {
    boolean ready(boolean withJoins) {
      return from.isEmpty() || (withJoins && from.stream().allMatch(item -> item.planned));
    }

    boolean constant() {
      return from.isEmpty();
    }
  }

  /// One part of WHERE or ON.
  ///
  /// @param bindable the tables it may restrict
  /// @param inner whether rows that fail it are in no result: WHERE, or ON of an inner join
  /// @param where whether it stands in WHERE, which sees the rows after the joins filled in nulls
  record Condition(
      Map<String, @Nullable Object> expression, Set<Item> bindable, boolean inner, boolean where) {}

  /// A reference to a column of a table of this scope.
  record Reference(Item item, String column) {}

  /// As DuckDB names them in its tree.
  private static final Set<String> WHOLE_NUMBERS =
      Set.of("INTEGER", "BIGINT", "HUGEINT", "UBIGINT");

  /// Functions that are null when any argument is.
  private static final Set<String> NULL_OF_NULL =
      Set.of("+", "-", "*", "//", "%", "||", "lower", "upper", "trim", "replace", "substring");

  final Map<String, @Nullable Object> select;
  final List<Item> items = new ArrayList<>();
  final List<Condition> conditions = new ArrayList<>();
  private final Map<Map<?, ?>, Table> tables;
  private final Set<String> selectAliases = new HashSet<>();

  /// Columns that USING merges: unqualified, they mean that of every table.
  private final Set<String> merged = new HashSet<>();

  /// @param select a SELECT_NODE
  /// @param tables the provider tables by node (identity)
  Scope(Map<String, @Nullable Object> select, Map<Map<?, ?>, Table> tables) {
    this.select = select;
    this.tables = tables;
    from(select.get("from_table"), false);
    makeAliasesUnique();
    for (Object column : Tree.list(select.get("select_list"))) {
      String alias = Tree.text(Tree.map(column).get("alias"));
      if (!alias.isEmpty()) {
        selectAliases.add(alias);
      }
    }
    Set<Item> all = new LinkedHashSet<>(items);
    for (Map<String, @Nullable Object> part : Tree.conjuncts(select.get("where_clause"))) {
      conditions.add(new Condition(part, all, true, true));
    }
  }

  private Set<Item> from(@Nullable Object node, boolean nullSupplied) {
    Map<String, @Nullable Object> map = Tree.map(node);
    if (!Tree.isType(map, "JOIN")) {
      if (map.isEmpty() || Tree.isType(map, "EMPTY")) {
        return Set.of();
      }
      Item item = new Item(map, tables.get(map), nullSupplied);
      items.add(item);
      return Set.of(item);
    }
    String type = Tree.text(map.get("join_type"));
    boolean leftSupplied = type.equals("RIGHT") || type.equals("OUTER") || type.equals("FULL");
    boolean rightSupplied = type.equals("LEFT") || type.equals("OUTER") || type.equals("FULL");
    Set<Item> left = from(map.get("left"), nullSupplied || leftSupplied);
    Set<Item> right = from(map.get("right"), nullSupplied || rightSupplied);
    Set<Item> both = new LinkedHashSet<>(left);
    both.addAll(right);
    boolean regular = Tree.isType(map, "JOIN") && !"POSITIONAL".equals(map.get("ref_type"));
    Set<Item> bindable =
        switch (type) {
          case "INNER", "SEMI" -> both;
          case "LEFT", "ANTI" -> right;
          case "RIGHT" -> left;
          default -> Set.of();
        };
    boolean inner = type.equals("INNER") || type.equals("SEMI");
    if (regular && !"ASOF".equals(map.get("ref_type"))) {
      for (Map<String, @Nullable Object> part : Tree.conjuncts(map.get("condition"))) {
        conditions.add(new Condition(part, bindable, inner, false));
      }
      for (Object column : Tree.list(map.get("using_columns"))) {
        merged.add(Tree.text(column));
        using(Tree.text(column), left, right, bindable, inner);
      }
    }
    return both;
  }

  /// USING (c) says that the c of the one table on each side are equal.
  private void using(
      String column, Set<Item> left, Set<Item> right, Set<Item> bindable, boolean inner) {
    Item one = only(column, left);
    Item other = only(column, right);
    if (one != null && other != null) {
      Map<String, @Nullable Object> equality =
          Tree.node(
              "class",
              "COMPARISON",
              "type",
              "COMPARE_EQUAL",
              "left",
              Tree.column(one.alias, column),
              "right",
              Tree.column(other.alias, column));
      conditions.add(new Condition(equality, bindable, inner, false));
    }
  }

  private static @Nullable Item only(String column, Set<Item> side) {
    List<Item> having = side.stream().filter(i -> i.table == null || i.knows(column)).toList();
    return having.size() == 1 ? having.getFirst() : null;
  }

  /// Two unaliased tables of the same last name get the service's name in front.
  private void makeAliasesUnique() {
    Set<String> seen = new HashSet<>();
    for (Item item : items) {
      boolean written = !Tree.text(item.node.get("alias")).isEmpty();
      if (!seen.add(item.alias) && !written && item.table != null) {
        item.alias = item.table.resource().name().service() + "_" + item.alias;
      }
    }
  }

  /// What a column reference means here, or null: a column of an outer query, an alias of the
  /// select list, or of a table that nothing is known of.
  @Nullable Reference reference(@Nullable Object node) {
    List<String> names = Tree.columnNames(node);
    return switch (names.size()) {
      case 0 -> null;
      case 1 -> unqualified(names.getFirst());
      default -> qualified(names);
    };
  }

  private @Nullable Reference qualified(List<String> names) {
    for (Item item : items) {
      if (item.alias.equalsIgnoreCase(names.getFirst())) {
        return new Reference(item, item.spelled(names.get(1)));
      }
      if (item.table != null) {
        var name = item.table.resource().name();
        List<String> path = List.of(name.provider(), name.service(), name.resource());
        int last = names.size() - 1;
        if (last >= 2 && last <= 3 && path.subList(3 - last, 3).equals(names.subList(0, last))) {
          return new Reference(item, item.spelled(names.get(last)));
        }
      }
    }
    return null;
  }

  private @Nullable Reference unqualified(String name) {
    if (items.size() == 1) {
      Item item = items.getFirst();
      boolean alias = selectAliases.contains(name) && !item.hasColumn(item.spelled(name));
      return alias ? null : new Reference(item, item.spelled(name));
    }
    List<Item> knowing = items.stream().filter(item -> item.knows(name)).toList();
    List<Item> having =
        knowing.stream().filter(item -> item.hasColumn(item.spelled(name))).toList();
    Item item =
        knowing.size() == 1 ? knowing.getFirst() : having.size() == 1 ? having.getFirst() : null;
    return item == null || (selectAliases.contains(name) && !item.hasColumn(item.spelled(name)))
        ? null
        : new Reference(item, item.spelled(name));
  }

  /// The tables that an expression reads, or null when it reads anything else.
  @Nullable Set<Item> reads(@Nullable Object expression) {
    Set<Item> read = new LinkedHashSet<>();
    boolean[] known = {true};
    if (Tree.isClass(expression, "SUBQUERY")) {
      Map<String, @Nullable Object> subquery = Tree.map(expression);
      boolean usable =
          isRowQuery(subquery) || "SCALAR".equals(Tree.text(subquery.get("subquery_type")));
      return usable && standsAlone(subquery) ? read : null;
    }
    Tree.walk(
        expression,
        node -> {
          String kind = Tree.text(node.get("class"));
          if (kind.equals("SUBQUERY") || kind.equals("WINDOW") || kind.equals("PARAMETER")) {
            known[0] = false;
          } else if (kind.equals("COLUMN_REF")) {
            Reference reference = reference(node);
            if (reference == null) {
              known[0] = false;
            } else {
              read.add(reference.item());
            }
          }
        });
    return known[0] ? read : null;
  }

  /// The tables that an unqualified name may mean, where there are several: people who give a
  /// parameter once mean every table that takes it.
  List<Item> sharing(String name) {
    List<Item> taking = items.stream().filter(item -> item.hasInput(name)).toList();
    boolean parameter = items.stream().noneMatch(item -> item.hasColumn(name));
    return parameter && taking.size() > 1 && !merged.contains(name) && !selectAliases.contains(name)
        ? taking
        : List.of();
  }

  /// Takes `input = value`, which binds the input and is checked nowhere else: each row gets the
  /// value.
  void bindOnly(Map<String, @Nullable Object> expression) {
    Set<Item> read = reads(expression);
    if (read != null) {
      conditions.add(new Condition(expression, read, false, false));
    }
  }

  /// The tables that a condition reads, or null when it reads anything else.
  @Nullable Set<Item> reads(Condition condition) {
    Map<String, @Nullable Object> expression = condition.expression();
    Set<Item> read = reads(expression);
    return read != null && isRowQuery(expression) ? reads(expression.get("child")) : read;
  }

  /// Finds what the conditions say about inputs: `input = value` and `input IN (values)`.
  void findSources() {
    for (Condition condition : conditions) {
      Map<String, @Nullable Object> e = condition.expression();
      if (Tree.isType(e, "COMPARE_EQUAL") && Tree.isClass(e, "COMPARISON")) {
        addSource(condition, e.get("left"), Tree.mutable(e.get("right")));
        addSource(condition, e.get("right"), Tree.mutable(e.get("left")));
      } else if (Tree.isType(e, "COMPARE_IN")) {
        List<@Nullable Object> children = Tree.list(e.get("children"));
        addSource(condition, children.getFirst(), children.subList(1, children.size()));
      } else if (isRowQuery(e)) {
        addSource(condition, e.get("child"), Tree.mutable(e));
      }
    }
    for (Item item : items) {
      // The fewest requests first: constants before joins, short lists before long ones.
      item.sources
          .values()
          .forEach(given ->
              given.sort(
                  Comparator.comparingInt(
                      (Source s) -> s.constant() ? s.values().size() : Integer.MAX_VALUE)));
    }
  }

  /// `x IN (SELECT …)`, or `x = ANY (SELECT …)`.
  static boolean isRowQuery(Object expression) {
    Map<String, @Nullable Object> e = Tree.map(expression);
    return Tree.isClass(e, "SUBQUERY")
        && "ANY".equals(e.get("subquery_type"))
        && "COMPARE_EQUAL".equals(e.get("comparison_type"));
  }

  /// Whether a query reads nothing of the tables around it, as far as its names tell.
  private boolean standsAlone(Map<String, @Nullable Object> subquery) {
    Set<String> own = new HashSet<>();
    List<List<String>> references = new ArrayList<>();
    Tree.walk(
        subquery.get("subquery"),
        node -> {
          if (Tree.text(node.get("class")).isEmpty()) {
            own.add(Tree.text(node.get("alias")));
            own.add(Tree.text(node.get("table_name")));
          }
          List<String> names = Tree.columnNames(node);
          if (!names.isEmpty()) {
            references.add(names);
          }
        });
    return references.stream()
        .allMatch(names ->
            names.size() == 1
                ? items.stream()
                    .noneMatch(item -> item.table == null && item.alias.equals(names.getFirst()))
                : own.contains(names.getFirst()) || qualified(names) == null);
  }

  private void addSource(
      Condition condition, @Nullable Object target, List<@Nullable Object> values) {
    List<String> names = Tree.columnNames(Tree.withoutCasts(target));
    if (names.size() == 1 && merged.contains(names.getFirst())) {
      items.stream()
          .filter(item -> item.hasInput(names.getFirst()))
          .forEach(
              item -> addSource(condition, target, new Reference(item, names.getFirst()), values));
    } else {
      Reference reference = reference(Tree.withoutCasts(target));
      boolean alone = items.size() == 1 && names.size() == 1;
      // `SELECT name AS id … WHERE id = 'x'`: a table's own name comes before an alias.
      addSource(
          condition,
          target,
          reference == null && alone && items.getFirst().requires(names.getFirst())
              ? new Reference(items.getFirst(), names.getFirst())
              : reference,
          values);
    }
  }

  private void addSource(
      Condition condition,
      @Nullable Object target,
      @Nullable Reference reference,
      List<@Nullable Object> values) {
    if (reference == null
        || !reference.item().hasInput(reference.column())
        || !condition.bindable().contains(reference.item())
        || !castsKeepDifferences(target, reference)) {
      return;
    }
    Set<Item> from = new LinkedHashSet<>();
    List<Object> present = new ArrayList<>();
    for (Object value : values) {
      Set<Item> read = reads(value);
      if (value == null || read == null || !read.stream().allMatch(i -> givesNull(value, i))) {
        return;
      }
      read.forEach(item -> addWithNeeded(item, from));
      if (from.contains(reference.item())) {
        return;
      }
      present.add(value);
    }
    if (from.isEmpty() || present.size() == 1) {
      reference
          .item()
          .sources
          .computeIfAbsent(reference.column(), _ -> new ArrayList<>())
          .add(new Source(present, from, condition));
    }
  }

  /// Whether only one value of the input can satisfy the equality, whatever it is cast to. A date
  /// is equal to the casts of many texts.
  private static boolean castsKeepDifferences(@Nullable Object target, Reference reference) {
    Item item = reference.item();
    Input input =
        item.table == null
            ? null
            : item.table.resource().methods(SqlVerb.SELECT).stream()
                .map(method -> method.input(reference.column()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    Object inner = target;
    while (Tree.isClass(inner, "CAST")) {
      Map<String, @Nullable Object> cast = Tree.map(inner);
      String type = Tree.text(Tree.map(cast.get("type_expr")).get("type_name"));
      boolean whole = WHOLE_NUMBERS.contains(type);
      boolean kept =
          type.equals("VARCHAR")
              || (whole
                  && input != null
                  && (input.required() || input.schema().type().equals("integer")));
      if (!kept) {
        return false;
      }
      inner = cast.get("child");
    }
    return true;
  }

  /// Whether the expression is null where the outer join found no row of the table. Else it has
  /// values that the table's own rows don't tell.
  private boolean givesNull(@Nullable Object expression, Item item) {
    if (!item.nullSupplied) {
      return true;
    }
    Map<String, @Nullable Object> e = Tree.map(expression);
    Reference reference = reference(e);
    if (reference != null) {
      return reference.item().equals(item);
    }
    if (Tree.isClass(e, "CAST")) {
      return givesNull(e.get("child"), item);
    }
    return Tree.isClass(e, "FUNCTION")
        && NULL_OF_NULL.contains(Tree.text(e.get("function_name")))
        && Tree.list(e.get("arguments")).stream()
            .anyMatch(argument -> givesNull(Tree.map(argument).get("expression"), item));
  }

  /// A table function or subquery in FROM may read tables before it, and is nothing without them.
  private void addWithNeeded(Item item, Set<Item> all) {
    if (!all.add(item) || item.table != null) {
      return;
    }
    Set<String> own = new HashSet<>();
    Tree.walk(
        item.node,
        node -> {
          if (Tree.text(node.get("class")).isEmpty()) {
            own.add(Tree.text(node.get("alias")));
            own.add(Tree.text(node.get("table_name")));
          }
        });
    Tree.walk(
        item.node,
        node -> {
          List<String> names = Tree.columnNames(node);
          Reference reference =
              names.size() > 1
                  ? own.contains(names.getFirst()) ? null : qualified(names)
                  : Tree.isType(item.node, "TABLE_FUNCTION") ? reference(node) : null;
          if (reference != null && !reference.item().equals(item)) {
            addWithNeeded(reference.item(), all);
          }
        });
  }

  /// The tables in the order of FROM, so that each stands behind those it reads.
  List<Item> inOrder(Set<Item> some) {
    return items.stream().filter(some::contains).toList();
  }

  /// Whether leaving out the rows of `read` that fail the condition loses no key for `target`.
  static boolean restrictsKeys(Condition condition, Set<Item> read, Item target) {
    if (condition.where()) {
      return read.stream().noneMatch(item -> item.nullSupplied);
    }
    return condition.inner() || condition.bindable().contains(target);
  }

  /// The inputs of a method that would be bound, given the names at hand.
  static List<Input> boundInputs(Item item, Method method, Set<String> names) {
    List<Input> bound = new ArrayList<>();
    for (Input input : method.inputs()) {
      String name = called(input, names);
      if (name == null) {
        continue;
      }
      Source source = item.sources.getOrDefault(name, List.of()).getFirst();
      boolean column = method.column(input.name()) != null;
      boolean needed = input.required() || (!column && item.mentioned.contains(name));
      // An optional input that many values bind would be asked many times; where the API ignores
      // it,
      // each answer would hold all the rows. The column's own value is checked locally instead.
      boolean saving = source.constant() && source.values().size() == 1;
      if (needed || saving) {
        bound.add(input);
      }
    }
    return bound;
  }

  /// The name by which the statement calls the input, or null when it gives it no value.
  static @Nullable String called(Input input, Set<String> names) {
    return names.contains(input.name())
        ? input.name()
        : names.stream().filter(input::isCalled).findFirst().orElse(null);
  }
}
