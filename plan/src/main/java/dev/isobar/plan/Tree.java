package dev.isobar.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reading and making nodes of DuckDB's serialised SELECT tree.
///
/// Source: the output of `json_serialize_sql` of DuckDB 2.0. A node is a JSON object; expressions
/// have a `class`, table references and query nodes only a `type`.
public final class Tree {
  private Tree() {}

  /// Whether a node is of a type, such as `BASE_TABLE`.
  public static boolean isType(Map<?, ?> node, String type) {
    return type.equals(node.get("type"));
  }

  static boolean isClass(@Nullable Object node, String expressionClass) {
    return node instanceof Map<?, ?> map && expressionClass.equals(map.get("class"));
  }

  /// The node as an object; empty when it is none.
  @SuppressWarnings("unchecked") // JSON objects have text keys
  public static Map<String, @Nullable Object> map(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
  }

  /// The node as a list; empty when it is none.
  @SuppressWarnings("unchecked") // JSON arrays hold anything
  public static List<@Nullable Object> list(@Nullable Object node) {
    return node instanceof List<?> list ? (List<@Nullable Object>) list : List.of();
  }

  /// The text of a value; empty for null.
  public static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /// Calls `visit` for the node and everything below it, outermost first.
  static void walk(@Nullable Object node, Consumer<Map<String, @Nullable Object>> visit) {
    switch (node) {
      case Map<?, ?> map -> {
        visit.accept(map(map));
        List.copyOf(nonNull(map)).forEach(child -> walk(child, visit));
      }
      case List<?> list -> list.forEach(child -> walk(child, visit));
      case null, default -> {}
    }
  }

  private static List<Object> nonNull(Map<?, ?> map) {
    List<Object> values = new ArrayList<>();
    for (Object value : map.values()) {
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /// A copy that shares nothing with the node.
  static @Nullable Object copy(@Nullable Object node) {
    return switch (node) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map(map).forEach((key, value) -> copy.put(key, copy(value)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(copy(element)));
        yield copy;
      }
      case null, default -> node;
    };
  }

  /// The parts of a condition that all must hold.
  static List<Map<String, @Nullable Object>> conjuncts(@Nullable Object condition) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    collectConjuncts(condition, all);
    return all;
  }

  private static void collectConjuncts(
      @Nullable Object condition, List<Map<String, @Nullable Object>> all) {
    if (condition instanceof Map<?, ?> map) {
      if (isType(map, "CONJUNCTION_AND")) {
        list(map.get("children")).forEach(child -> collectConjuncts(child, all));
      } else {
        all.add(map(map));
      }
    }
  }

  /// The dotted parts of a column reference; empty for any other node.
  static List<String> columnNames(@Nullable Object node) {
    return isClass(node, "COLUMN_REF")
        ? list(map(node).get("column_names")).stream().map(Tree::text).toList()
        : List.of();
  }

  /// The column reference under any casts; the node itself when it is not a cast.
  static @Nullable Object withoutCasts(@Nullable Object node) {
    Object inner = node;
    while (isClass(inner, "CAST")) {
      inner = map(inner).get("child");
    }
    return inner;
  }

  /// Whether the expression's value is written in the text: no column, no query, no parameter.
  static boolean isConstant(@Nullable Object expression) {
    boolean[] constant = {true};
    walk(
        expression,
        node -> {
          String kind = text(node.get("class"));
          if (kind.equals("COLUMN_REF")
              || kind.equals("SUBQUERY")
              || kind.equals("PARAMETER")
              || kind.equals("STAR")
              || kind.equals("WINDOW")) {
            constant[0] = false;
          }
        });
    return constant[0];
  }

  /// A literal's value in a box, or null when the node is not a literal.
  static @Nullable Literal literal(@Nullable Object node) {
    if (!isClass(node, "CONSTANT")) {
      return null;
    }
    Map<String, @Nullable Object> literal = map(map(node).get("literal"));
    String text = text(literal.get("text"));
    return switch (text(literal.get("kind"))) {
      case "STRING" -> new Literal(text);
      case "INTEGER" -> {
        BigInteger integer = new BigInteger(text.replace("_", ""));
        yield new Literal(integer.bitLength() < 64 ? (Object) integer.longValue() : integer);
      }
      case "NUMERIC" -> new Literal(new BigDecimal(text.replace("_", "")));
      case "BOOLEAN" -> new Literal(Boolean.valueOf(text));
      case "NULL_LITERAL" -> new Literal(null);
      default -> null;
    };
  }

  /// The value of a literal, which may be null.
  record Literal(@Nullable Object value) {}

  /// An integer literal.
  public static Map<String, @Nullable Object> integer(long value) {
    return node(
        "class", "CONSTANT",
        "type", "VALUE_CONSTANT",
        "literal", node("kind", "INTEGER", "text", Long.toString(value)));
  }

  /// A condition that always holds.
  static Map<String, @Nullable Object> yes() {
    return node(
        "class", "CONSTANT",
        "type", "VALUE_CONSTANT",
        "literal", node("kind", "BOOLEAN", "text", "true"));
  }

  /// A column reference.
  public static Map<String, @Nullable Object> column(String... path) {
    return node(
        "class",
        "COLUMN_REF",
        "type",
        "COLUMN_REF",
        "column_names",
        new ArrayList<@Nullable Object>(List.of(path)));
  }

  /// A call of a function.
  public static Map<String, @Nullable Object> function(String name, List<?> arguments) {
    List<@Nullable Object> wrapped = new ArrayList<>();
    arguments.forEach(argument -> wrapped.add(node("expression", argument)));
    return node(
        "class",
        "FUNCTION",
        "type",
        "FUNCTION",
        "function_name",
        name,
        "order_bys",
        node("type", "ORDER_MODIFIER"),
        "arguments",
        wrapped,
        "qualified_name",
        node("path", mutable(name)));
  }

  static Map<String, @Nullable Object> isNotNull(Object expression) {
    return node(
        "class", "OPERATOR", "type", "OPERATOR_IS_NOT_NULL", "children", mutable(expression));
  }

  static Map<String, @Nullable Object> and(List<?> conditions) {
    return node(
        "class", "CONJUNCTION",
        "type", "CONJUNCTION_AND",
        "children", new ArrayList<@Nullable Object>(conditions));
  }

  static Map<String, @Nullable Object> crossJoin(Object left, Object right) {
    return node(
        "type", "JOIN", "left", left, "right", right, "join_type", "INNER", "ref_type", "CROSS");
  }

  /// A node with these keys and values, in turn.
  public static Map<String, @Nullable Object> node(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> node = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      node.put(text(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return node;
  }

  /// A list that can be changed later, as the lists of a tree can.
  public static List<@Nullable Object> mutable(@Nullable Object... elements) {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object element : elements) {
      list.add(element);
    }
    return list;
  }
}
