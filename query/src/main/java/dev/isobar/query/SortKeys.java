package dev.isobar.query;

import dev.isobar.plan.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// ORDER BY of text from JSON: numbers by their size, then the rest by its letters.
final class SortKeys {
  private SortKeys() {}

  /// Puts a key of the numbers before each key that is text from JSON.
  static void addNumbers(
      Map<String, @Nullable Object> select,
      Predicate<@Nullable Object> isUntyped,
      UnaryOperator<@Nullable Object> number) {
    List<@Nullable Object> modifiers = Tree.list(select.get("modifiers"));
    boolean distinct =
        modifiers.stream().anyMatch(m -> Tree.isType(Tree.map(m), "DISTINCT_MODIFIER"));
    for (Object modifier : distinct ? List.of() : modifiers) {
      Map<String, @Nullable Object> order = Tree.map(modifier);
      if (!Tree.isType(order, "ORDER_MODIFIER")) {
        continue;
      }
      List<@Nullable Object> keys = new ArrayList<>();
      for (Object key : Tree.list(order.get("orders"))) {
        Map<String, @Nullable Object> written = Tree.map(key);
        Map<String, @Nullable Object> column = column(written.get("expression"), select);
        if (isUntyped.test(column)) {
          Map<String, @Nullable Object> numbers = new java.util.LinkedHashMap<>(written);
          numbers.put("expression", number.apply(column));
          keys.add(numbers);
        }
        keys.add(key);
      }
      order.put("orders", keys);
    }
  }

  /// What a key means: `1` and an alias mean a column of the select list.
  private static Map<String, @Nullable Object> column(
      @Nullable Object key, Map<String, @Nullable Object> select) {
    Map<String, @Nullable Object> expression = Tree.map(key);
    List<@Nullable Object> list = Tree.list(select.get("select_list"));
    Map<String, @Nullable Object> literal = Tree.map(expression.get("literal"));
    if ("INTEGER".equals(literal.get("kind"))) {
      String text = Tree.text(literal.get("text"));
      int place = text.length() < 5 ? Integer.parseInt(text) : 0;
      return place >= 1 && place <= list.size() ? Tree.map(list.get(place - 1)) : expression;
    }
    List<@Nullable Object> names = Tree.list(expression.get("column_names"));
    if (names.size() == 1) {
      for (Object column : list) {
        if (Tree.text(names.getFirst())
            .equalsIgnoreCase(Tree.text(Tree.map(column).get("alias")))) {
          return Tree.map(column);
        }
      }
    }
    return expression;
  }
}
