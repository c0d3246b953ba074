package dev.isobar.resolve;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import dev.isobar.parse.QueryTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the provider tables of one query, and puts the session's views in the place of their
/// names. What it does not know (CTEs, local tables, files) it leaves to the query engine.
final class TableSearch {
  private final Resolver resolver;
  private final QueryTree tree;
  private final IdentityHashMap<Map<?, ?>, Table> tables;

  /// Where the view is named whose query this is, or null in the query itself.
  private final @Nullable Span viewName;

  /// The views around this, which it may not name again.
  private final List<String> within;

  TableSearch(
      Resolver resolver,
      QueryTree tree,
      IdentityHashMap<Map<?, ?>, Table> tables,
      @Nullable Span viewName,
      List<String> within) {
    this.resolver = resolver;
    this.tree = tree;
    this.tables = tables;
    this.viewName = viewName;
    this.within = within;
  }

  /// @param shadowed names, in lower case, that mean a WITH clause here
  void find(@Nullable Object node, Set<String> shadowed) {
    switch (node) {
      case Map<?, ?> map -> {
        Set<String> inside = shadowed;
        if (map.get("cte_map") instanceof Map<?, ?> ctes) {
          inside = with(ctes, shadowed);
        }
        if ("BASE_TABLE".equals(map.get("type")) && table(map, shadowed)) {
          return;
        }
        if ("isobar_scan".equals(map.get("function_name"))) {
          throw new IsobarException(
              ErrorCode.UNSUPPORTED_STATEMENT,
              "`isobar_scan` is for the engine's own use.",
              "Name the table: provider.service.resource.",
              tree.spanOf(map));
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (!entry.getKey().equals("cte_map")) {
            find(entry.getValue(), inside);
          }
        }
      }
      case List<?> list -> list.forEach(child -> find(child, shadowed));
      case null, default -> {}
    }
  }

  /// Each table expression sees those before it, and itself when it is recursive.
  private Set<String> with(Map<?, ?> ctes, Set<String> shadowed) {
    Set<String> seen = new HashSet<>(shadowed);
    if (ctes.get("map") instanceof List<?> entries) {
      for (Object element : entries) {
        if (element instanceof Map<?, ?> entry) {
          String name = UserViews.key(String.valueOf(entry.get("key")));
          Set<String> inside = new HashSet<>(seen);
          if (isRecursive(entry.get("value"))) {
            inside.add(name);
          }
          find(entry.get("value"), inside);
          seen.add(name);
        }
      }
    }
    return seen;
  }

  private static boolean isRecursive(@Nullable Object value) {
    return value instanceof Map<?, ?> cte
        && cte.get("query_node") instanceof Map<?, ?> node
        && "RECURSIVE_CTE_NODE".equals(node.get("type"));
  }

  /// Whether the name of a view has become its query.
  private boolean table(Map<?, ?> node, Set<String> shadowed) {
    List<?> path = path(node);
    if (path.size() > 1) {
      Table table = resolver.providerTable(path, span(node));
      if (table != null) {
        tables.put(node, table);
      }
      return false;
    }
    String name = path.isEmpty() ? "" : String.valueOf(path.getFirst());
    UserView view = shadowed.contains(UserViews.key(name)) ? null : resolver.views().find(name);
    if (view != null && within.stream().anyMatch(view.name()::equalsIgnoreCase)) {
      throw new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "The view `" + view.name() + "` would read itself.",
          "Give the new view another name.",
          span(node));
    }
    if (view == null || view.materialized()) {
      return false;
    }
    put(node, view);
    return true;
  }

  private void put(Map<?, ?> node, UserView view) {
    Span span = span(node);
    QueryTree query = resolver.tree(view, span);
    List<String> inside = new ArrayList<>(within);
    inside.add(view.name());
    new TableSearch(resolver, query, tables, span, inside).find(query.statement(), Set.of());
    @SuppressWarnings("unchecked") // JSON objects have text keys
    Map<String, @Nullable Object> changed = (Map<String, @Nullable Object>) node;
    String alias = changed.get("alias") instanceof String written ? written : "";
    DerivedTable.put(
        changed, alias.isEmpty() ? view.name() : alias, query.statement(), view.columns());
  }

  private Span span(Map<?, ?> node) {
    if (viewName != null) {
      return viewName;
    }
    Span span = tree.spanOf(node);
    return span == null
        ? new Span(tree.offset(), tree.offset() + tree.sql().length())
        : nameOnly(span);
  }

  /// A table's place covers its alias too; the name ends at the first blank outside quotes.
  private Span nameOnly(Span span) {
    String text = tree.sql();
    int end = span.start() - tree.offset();
    int last = Math.min(text.length(), span.end() - tree.offset());
    boolean quoted = false;
    while (end < last && (quoted || !Character.isWhitespace(text.charAt(end)))) {
      quoted ^= text.charAt(end) == '"';
      end++;
    }
    return new Span(span.start(), tree.offset() + Math.max(end, span.start() - tree.offset()));
  }

  /// The parts of a table's name.
  static List<?> path(Map<?, ?> baseTable) {
    return baseTable.get("qualified_name") instanceof Map<?, ?> name
            && name.get("path") instanceof List<?> path
        ? path
        : List.of();
  }
}
