package dev.isobar.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `name = constant`, or `name IN (constants)`, in the WHERE or ON of a SELECT.
///
/// @param condition the part of WHERE or ON that says so
/// @param item the table that the name is qualified with, or null for a bare name
/// @param values the constants, as expressions
record ViewEquality(
    Scope.Condition condition, Scope.@Nullable Item item, String name, List<Object> values) {

  /// All of a SELECT, in written order.
  static List<ViewEquality> of(Scope scope) {
    List<ViewEquality> found = new ArrayList<>();
    for (Scope.Condition condition : scope.conditions) {
      Map<String, @Nullable Object> e = condition.expression();
      if (Tree.isType(e, "COMPARE_EQUAL") && Tree.isClass(e, "COMPARISON")) {
        add(found, scope, condition, e.get("left"), Tree.mutable(e.get("right")));
        add(found, scope, condition, e.get("right"), Tree.mutable(e.get("left")));
      } else if (Tree.isType(e, "COMPARE_IN")) {
        List<@Nullable Object> children = Tree.list(e.get("children"));
        add(found, scope, condition, children.getFirst(), children.subList(1, children.size()));
      }
    }
    return found;
  }

  private static void add(
      List<ViewEquality> found,
      Scope scope,
      Scope.Condition condition,
      @Nullable Object target,
      List<@Nullable Object> values) {
    List<String> names = Tree.columnNames(target);
    List<Object> constants = new ArrayList<>();
    for (Object value : values) {
      if (value == null || !Tree.isConstant(value)) {
        return;
      }
      constants.add(value);
    }
    if (names.isEmpty()) {
      return;
    }
    Scope.Reference reference = names.size() > 1 ? scope.reference(target) : null;
    if (names.size() == 1 || reference != null) {
      found.add(
          new ViewEquality(
              condition,
              reference == null ? null : reference.item(),
              names.getLast(),
              List.copyOf(constants)));
    }
  }

  boolean isQualified() {
    return item != null;
  }

  /// Whether the name may be one of the table, and what is said of it restricts the table.
  boolean mayMean(Scope.Item table) {
    return (item == null || item.equals(table)) && condition.bindable().contains(table);
  }

  boolean isCalled(String other) {
    return name.equalsIgnoreCase(other);
  }

  /// A condition that says the same of another column, or of other values.
  static Map<String, @Nullable Object> expression(Object column, List<Object> values) {
    if (values.size() == 1) {
      return Tree.node(
          "class",
          "COMPARISON",
          "type",
          "COMPARE_EQUAL",
          "left",
          Tree.copy(column),
          "right",
          Tree.copy(values.getFirst()));
    }
    List<@Nullable Object> children = Tree.mutable(Tree.copy(column));
    values.forEach(value -> children.add(Tree.copy(value)));
    return Tree.node("class", "OPERATOR", "type", "COMPARE_IN", "children", children);
  }

  /// Says it of each of several tables, by their aliases.
  void sayOf(List<Scope.Item> tables) {
    List<Object> said = new ArrayList<>();
    for (Scope.Item table : tables) {
      said.add(expression(Tree.column(table.alias, table.spelled(name)), values));
    }
    become(Tree.and(said));
  }

  /// Gives the column other values.
  void replaceValues(List<Object> others) {
    Map<String, @Nullable Object> e = condition.expression();
    Object column = e.get("left");
    if (Tree.isType(e, "COMPARE_IN")) {
      column = Tree.list(e.get("children")).getFirst();
    } else if (Tree.columnNames(column).isEmpty()) {
      column = e.get("right");
    }
    become(expression(Tree.map(column), others));
  }

  /// Leaves it out: the condition is true now.
  void drop() {
    become(
        Tree.node(
            "class",
            "CONSTANT",
            "type",
            "VALUE_CONSTANT",
            "literal",
            Tree.node("kind", "BOOLEAN", "text", "true")));
  }

  static boolean isDropped(Map<String, @Nullable Object> condition) {
    Tree.Literal literal = Tree.literal(condition);
    return literal != null && Boolean.TRUE.equals(literal.value());
  }

  private void become(Map<String, @Nullable Object> other) {
    condition.expression().clear();
    condition.expression().putAll(other);
  }

  /// The constants that only stand for a value: `replace-me`, `<Identifier>`, `{{ account_id }}`.
  boolean isPlaceholder() {
    for (Object value : values) {
      Tree.Literal literal = Tree.literal(value);
      if (literal != null && literal.value() instanceof String text && isPlaceholder(text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPlaceholder(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return lower.equals("replace-me")
        || (lower.startsWith("<") && lower.endsWith(">"))
        || lower.matches("(?s).*\\{\\{.*\\}\\}.*");
  }
}
