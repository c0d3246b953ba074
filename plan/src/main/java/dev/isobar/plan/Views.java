package dev.isobar.plan;

import dev.isobar.catalog.View;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ResourceName;
import dev.isobar.model.SqlVerb;
import dev.isobar.resolve.DerivedTable;
import dev.isobar.resolve.ResolvedStatement;
import dev.isobar.resolve.Resolver;
import dev.isobar.resolve.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the SELECT of a provider's view in the place of the view's name, as a derived table, so
/// that the planner finds the tables behind it. One instance a query.
///
/// What the query says by equality, or IN, of a name that the view binds replaces the view's own
/// literal; of a name that the tables behind the view take, it is said of them.
///
/// Source: `provider-format.md`, section 2.8.
final class Views {
  /// In the order in which a view is wanted: DuckDB's functions are nearer to the first.
  static final List<String> DIALECTS = List.of("sqlite3", "postgres");

  private final Resolver resolver;
  private final IdentityHashMap<Map<?, ?>, Table> tables;

  /// The view that each table behind one was read for.
  private final IdentityHashMap<Table, ResourceName> origins = new IdentityHashMap<>();

  /// Tables that a view of the same name reads by a method.
  private final Set<Map<?, ?>> ofMethods = Collections.newSetFromMap(new IdentityHashMap<>());

  Views(Resolver resolver, ResolvedStatement.Query query) {
    this.resolver = resolver;
    this.tables = query.tables();
  }

  static boolean isView(@Nullable Table table) {
    return table != null && !table.resource().views().isEmpty();
  }

  /// The view that a table stands behind, or null when the statement itself names it.
  @Nullable ResourceName origin(Table table) {
    return origins.get(table);
  }

  /// Replaces every view in a statement, and those behind them.
  ///
  /// @throws IsobarException `MISSING_REQUIRED_PARAMETER`, or `INVALID_DOCUMENT` for a view that
  ///   cannot be read
  void expand(Map<String, @Nullable Object> statement) {
    if (tables.values().stream().anyMatch(Views::isView)) {
      expand(statement, List.of());
    }
  }

  private void expand(Map<String, @Nullable Object> tree, List<ResourceName> within) {
    Tree.walk(
        tree,
        node -> {
          if (Tree.isType(node, "SELECT_NODE")) {
            select(node, within);
          }
        });
  }

  private void select(Map<String, @Nullable Object> select, List<ResourceName> within) {
    Scope scope = new Scope(select, tables);
    List<ViewEquality> equalities = ViewEquality.of(scope);
    Map<Scope.Item, ViewQuery> queries = new LinkedHashMap<>();
    for (Scope.Item item : scope.items) {
      if (item.table != null && isView(item.table) && !ofMethods.contains(item.node)) {
        Set<String> names = new LinkedHashSet<>();
        equalities.stream().filter(e -> e.mayMean(item)).forEach(e -> names.add(e.name()));
        ViewQuery query = choose(item.table, names, within);
        if (query == null) {
          ofMethods.add(item.node);
        } else {
          queries.put(item, query);
        }
      }
    }
    if (queries.isEmpty()) {
      return;
    }
    shortenReferences(select, scope, queries.keySet());
    for (ViewEquality equality : equalities) {
      give(equality, scope, queries);
    }
    dropTrue(select);
    queries.forEach((item, query) -> {
      Table table = item.table;
      if (table != null) {
        put(item, table, query, within);
      }
    });
  }

  private void put(Scope.Item item, Table table, ViewQuery query, List<ResourceName> within) {
    tables.remove(item.node);
    DerivedTable.put(item.node, item.alias, query.statement(), List.of());
    List<ResourceName> inside = new ArrayList<>(within);
    inside.add(table.resource().name());
    query.checkPlaceholders(table);
    expand(query.statement(), inside);
  }

  /// Tells the view what an equality says, and takes from the condition what the view has taken.
  private static void give(ViewEquality equality, Scope scope, Map<Scope.Item, ViewQuery> queries) {
    List<Scope.Item> showing = new ArrayList<>();
    boolean taken = false;
    for (Scope.Item item : scope.items) {
      ViewQuery query = queries.get(item);
      if (query != null && equality.mayMean(item)) {
        taken |= query.give(equality.name(), equality.values());
        if (query.shows(equality.name())) {
          showing.add(item);
        }
      }
    }
    if (!taken || equality.isQualified()) {
      if (taken && showing.isEmpty()) {
        equality.drop();
      }
      return;
    }
    for (Scope.Item item : scope.items) {
      if (item.table != null && !queries.containsKey(item) && item.knows(equality.name())) {
        showing.add(item);
      }
    }
    if (showing.isEmpty()) {
      equality.drop();
    } else if (showing.size() > 1) {
      equality.sayOf(showing);
    }
  }

  /// The parts of WHERE that were dropped are always true; Limits likes to see no WHERE at all.
  private static void dropTrue(Map<String, @Nullable Object> select) {
    List<Map<String, @Nullable Object>> parts = Tree.conjuncts(select.get("where_clause"));
    List<Map<String, @Nullable Object>> kept = new ArrayList<>(parts);
    kept.removeIf(ViewEquality::isDropped);
    if (kept.isEmpty()) {
      select.remove("where_clause");
    } else if (kept.size() < parts.size()) {
      select.put("where_clause", kept.size() == 1 ? kept.getFirst() : Tree.and(kept));
    }
  }

  /// `provider.service.resource.column` becomes `alias.column`: the derived table has no other
  /// name.
  private static void shortenReferences(
      Map<String, @Nullable Object> select, Scope scope, Set<Scope.Item> items) {
    Tree.walk(
        select,
        node -> {
          List<String> names = Tree.columnNames(node);
          if (names.size() >= 3) {
            Scope.Reference reference = scope.reference(node);
            if (reference != null
                && items.contains(reference.item())
                && !reference.item().alias.equalsIgnoreCase(names.getFirst())) {
              node.put("column_names", Tree.mutable(reference.item().alias, reference.column()));
            }
          }
        });
  }

  /// The view for the names at hand; null when a method is to answer.
  private @Nullable ViewQuery choose(
      Table table, Collection<String> names, List<ResourceName> within) {
    boolean hasMethods = !table.resource().methods(SqlVerb.SELECT).isEmpty();
    if (within.contains(table.resource().name())) {
      if (hasMethods) {
        return null;
      }
      throw unusable(table, "it reads itself.", "The document is wrong.", null);
    }
    Set<String> given = new HashSet<>(names);
    IsobarException failure = null;
    List<String> lacking = List.of();
    for (String dialect : DIALECTS) {
      for (View view : table.resource().views()) {
        if (!view.fits(dialect)) {
          continue;
        }
        List<String> missing = List.copyOf(view.missing(given));
        if (missing.isEmpty()) {
          try {
            return read(table, view);
          } catch (IsobarException e) {
            failure = e;
          }
        } else if (lacking.isEmpty() || missing.size() < lacking.size()) {
          lacking = missing;
        }
      }
    }
    if (failure != null) {
      throw unusable(table, failure.text(), failure.hint(), failure);
    }
    if (hasMethods) {
      return null;
    }
    if (lacking.isEmpty()) {
      throw unusable(
          table,
          "it is written in a dialect of SQL that is not known here.",
          "The known ones are " + String.join(" and ", DIALECTS) + ".",
          null);
    }
    throw Methods.lackingForView(table.resource().name(), lacking, table.span());
  }

  private ViewQuery read(Table table, View view) {
    ResolvedStatement.Query query = resolver.view(view.ddl(), table.provider());
    Map<String, @Nullable Object> statement = query.tree().statement();
    // Its places are not places of the script.
    Tree.walk(
        statement,
        node -> {
          node.remove("query_location");
          node.remove("query_location_length");
        });
    query
        .tables()
        .forEach((node, behind) -> {
          Table placed = new Table(behind.provider(), behind.resource(), table.span());
          origins.put(placed, table.resource().name());
          tables.put(node, placed);
        });
    return new ViewQuery(statement, tables, behind -> parameters(behind, 0));
  }

  /// What may be given to a view: what its own conditions bind, and what the tables behind it take.
  private Set<String> parameters(Table table, int depth) {
    Set<String> names = new HashSet<>();
    for (View view : depth > 8 ? List.<View>of() : table.resource().views()) {
      names.addAll(view.requiredParameters());
      if (view.fits(DIALECTS.getFirst())) {
        ResolvedStatement.Query query = resolver.view(view.ddl(), table.provider());
        Tree.walk(
            query.tree().statement(),
            node -> {
              if (Tree.isType(node, "SELECT_NODE")) {
                ViewEquality.of(new Scope(node, query.tables())).forEach(e -> names.add(e.name()));
              }
            });
        query
            .tables()
            .values()
            .forEach(behind -> {
              behind
                  .resource()
                  .methods(SqlVerb.SELECT)
                  .forEach(method -> method.inputs().forEach(input -> names.add(input.name())));
              if (isView(behind)) {
                names.addAll(parameters(behind, depth + 1));
              }
            });
      }
    }
    return names;
  }

  private static IsobarException unusable(
      Table table, String why, String hint, @Nullable IsobarException cause) {
    return new IsobarException(
        ErrorCode.INVALID_DOCUMENT,
        "The view `" + table.resource().name() + "` cannot be used: " + why,
        hint,
        table.span(),
        cause);
  }
}
