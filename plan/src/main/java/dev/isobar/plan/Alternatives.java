package dev.isobar.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `a = 1 OR a = 2 OR a IN (3, 4)` says what `a IN (1, 2, 3, 4)` says, and is planned as that.
final class Alternatives {
  private Alternatives() {}

  /// Changes in place what stands alone, or beside AND, in WHERE and ON.
  static void join(Map<String, @Nullable Object> statement) {
    Tree.walk(
        statement,
        node -> {
          boolean join = Tree.isType(node, "JOIN");
          for (Map<String, @Nullable Object> condition :
              Tree.conjuncts(node.get(join ? "condition" : "where_clause"))) {
            if (Tree.isType(condition, "CONJUNCTION_OR")) {
              joinOne(condition);
            }
          }
        });
  }

  private static void joinOne(Map<String, @Nullable Object> or) {
    List<@Nullable Object> joined = new ArrayList<>();
    Set<String> kinds = new HashSet<>();
    for (Object child : Tree.list(or.get("children"))) {
      List<@Nullable Object> said = said(Tree.map(child));
      if (said.isEmpty()
          || names(said.getFirst()).isEmpty()
          || (!joined.isEmpty() && !names(joined.getFirst()).equals(names(said.getFirst())))) {
        return;
      }
      List<@Nullable Object> values = said.subList(1, said.size());
      values.forEach(value -> kinds.add(kind(value)));
      joined.addAll(joined.isEmpty() ? said : values);
    }
    // Values of several kinds would first become one kind.
    if (kinds.size() == 1 && !kinds.contains("")) {
      or.put("class", "OPERATOR");
      or.put("type", "COMPARE_IN");
      or.put("children", joined);
    }
  }

  /// The column, and what it may be equal to; empty when the condition says something else.
  private static List<@Nullable Object> said(Map<String, @Nullable Object> condition) {
    List<@Nullable Object> said = new ArrayList<>();
    if (Tree.isType(condition, "COMPARE_IN")) {
      said.addAll(Tree.list(condition.get("children")));
    } else if (Tree.isType(condition, "COMPARE_EQUAL") && Tree.isClass(condition, "COMPARISON")) {
      Object left = condition.get("left");
      Object right = condition.get("right");
      boolean turned = Tree.columnNames(left).isEmpty();
      said.add(turned ? right : left);
      said.add(turned ? left : right);
    }
    return said;
  }

  private static List<String> names(@Nullable Object column) {
    return Tree.columnNames(column).stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  private static String kind(@Nullable Object value) {
    Tree.Literal literal = Tree.literal(value);
    return literal == null || literal.value() == null
        ? ""
        : literal.value().getClass().getSimpleName();
  }
}
