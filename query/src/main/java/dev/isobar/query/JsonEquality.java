package dev.isobar.query;

import dev.isobar.model.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Whether two JSON texts mean the same: `json_equal` and `aws_policy_equal`.
///
/// Source: `stackql-surface.md`, section 2.1.
final class JsonEquality {
  /// Elements of a policy statement that hold one value or a list, in any order.
  private static final Set<String> SETS =
      Set.of("action", "notaction", "resource", "notresource", "principal", "notprincipal");

  /// Below these, every value is a set: `Principal: {AWS: [...]}`, `Condition: {op: {key: [...]}}`.
  private static final Set<String> TREES = Set.of("principal", "notprincipal", "condition");

  private JsonEquality() {}

  /// Equal apart from the order of keys, white space, and how numbers are written.
  static boolean equal(String left, String right) {
    Object l = parse(left);
    Object r = parse(right);
    return (l == null || r == null)
        ? left.strip().equals(right.strip())
        : Objects.equals(canonical(l), canonical(r));
  }

  /// The same permissions: lists of actions, resources and principals in any order, one value for a
  /// list of one, statements in any order. Two lists at the top (tags) are sets as well.
  static boolean equalPolicies(String left, String right) {
    Object l = parse(left);
    Object r = parse(right);
    return (l == null || r == null)
        ? left.strip().equals(right.strip())
        : Objects.equals(policy(l), policy(r));
  }

  /// The value; null for what is no JSON, or `null` itself.
  private static @Nullable Object parse(String text) {
    try {
      return Json.parse(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable Object canonical(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, element) -> sorted.put(String.valueOf(key), canonical(element)));
        yield sorted;
      }
      case List<?> list -> {
        List<@Nullable Object> elements = new ArrayList<>();
        list.forEach(element -> elements.add(canonical(element)));
        yield elements;
      }
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
      case null, default -> value;
    };
  }

  private static @Nullable Object policy(@Nullable Object value) {
    if (value instanceof List<?> list) {
      // Tags: a list of pairs, each pair once.
      Set<@Nullable Object> elements = new HashSet<>();
      list.forEach(element -> elements.add(canonical(element)));
      return elements;
    }
    if (!(value instanceof Map<?, ?> map)) {
      return canonical(value);
    }
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach((key, element) -> {
      boolean statements = String.valueOf(key).equalsIgnoreCase("statement");
      sorted.put(String.valueOf(key), statements ? statements(element) : canonical(element));
    });
    return sorted;
  }

  private static Object statements(@Nullable Object value) {
    Set<@Nullable Object> statements = new HashSet<>();
    for (Object statement : value instanceof List<?> list ? list : java.util.Arrays.asList(value)) {
      statements.add(statement instanceof Map<?, ?> map ? statement(map) : canonical(statement));
    }
    return statements;
  }

  private static Map<String, @Nullable Object> statement(Map<?, ?> map) {
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> {
      String name = String.valueOf(key);
      String lower = name.toLowerCase(Locale.ROOT);
      sorted.put(
          name,
          value instanceof Map<?, ?> tree && TREES.contains(lower)
              ? setsBelow(tree)
              : SETS.contains(lower) ? set(value, lower.endsWith("action")) : canonical(value));
    });
    return sorted;
  }

  private static Map<String, @Nullable Object> setsBelow(Map<?, ?> tree) {
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    tree.forEach((key, value) ->
        sorted.put(
            String.valueOf(key),
            value instanceof Map<?, ?> deeper ? setsBelow(deeper) : set(value, false)));
    return sorted;
  }

  /// @param action whether the names of services and actions are the same in any case
  private static Set<@Nullable Object> set(@Nullable Object value, boolean action) {
    Set<@Nullable Object> elements = new HashSet<>();
    for (Object element : value instanceof List<?> list ? list : java.util.Arrays.asList(value)) {
      elements.add(element instanceof String text ? name(text, action) : canonical(element));
    }
    return elements;
  }

  private static String name(String text, boolean action) {
    if (action) {
      return text.toLowerCase(Locale.ROOT);
    }
    if (!text.regionMatches(true, 0, "arn:", 0, 4)) {
      return text;
    }
    // arn:partition:service:…: the service's name is the same in any case.
    String[] parts = text.split(":", 4);
    return parts.length < 4
        ? text
        : String.join(":", "arn", parts[1], parts[2].toLowerCase(Locale.ROOT), parts[3]);
  }
}
