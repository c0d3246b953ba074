package dev.isobar.sandbox;

import dev.isobar.model.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The filter language of Linode's `X-Filter` header: a JSON object of fields and operators.
///
/// ```
/// {"region": "us-east", "+or": [{"vcpus": {"+gte": 4}}, {"label": {"+contains": "db"}}],
///  "+order_by": "label", "+order": "desc"}
/// ```
///
/// @param condition whether a row passes
/// @param order of the rows that pass, or null for the order of the list
record XFilter(
    Predicate<Map<String, @Nullable Object>> condition,
    @Nullable Comparator<Map<String, @Nullable Object>> order) {

  private static final int DEEPEST = 20;

  /// Reads the header.
  ///
  /// @param filterable fields that may be filtered and sorted by
  /// @throws Refusal 400, when the text is no JSON object, or names a field or an operator that
  ///   cannot be used
  static XFilter parse(String text, Set<String> filterable) {
    Object parsed;
    try {
      parsed = Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw refuse("X-Filter is not valid JSON: " + e.getMessage());
    }
    if (!(parsed instanceof Map<?, ?>)) {
      throw refuse("X-Filter must be a JSON object");
    }
    Map<String, @Nullable Object> filter = Values.object(parsed);
    return new XFilter(all(filter, filterable, 0), order(filter, filterable));
  }

  private static @Nullable Comparator<Map<String, @Nullable Object>> order(
      Map<String, @Nullable Object> filter, Set<String> filterable) {
    Object by = filter.get("+order_by");
    Object direction = filter.getOrDefault("+order", "asc");
    if (!"asc".equals(direction) && !"desc".equals(direction)) {
      throw refuse("+order must be asc or desc");
    }
    if (by == null) {
      return null;
    }
    if (!(by instanceof String field) || !filterable.contains(field)) {
      throw refuse("Cannot order by " + by);
    }
    Comparator<Map<String, @Nullable Object>> order =
        (a, b) -> compareNullsFirst(a.get(field), b.get(field));
    return "desc".equals(direction) ? order.reversed() : order;
  }

  private static Predicate<Map<String, @Nullable Object>> all(
      Map<String, @Nullable Object> filter, Set<String> filterable, int depth) {
    if (depth > DEEPEST) {
      throw refuse("X-Filter is nested too deeply");
    }
    List<Predicate<Map<String, @Nullable Object>>> parts = new ArrayList<>();
    filter.forEach((key, value) -> {
      switch (key) {
        case "+order_by", "+order" -> {}
        case "+and" -> parts.addAll(each(key, value, filterable, depth));
        case "+or" -> {
          List<Predicate<Map<String, @Nullable Object>>> any = each(key, value, filterable, depth);
          parts.add(row -> any.stream().anyMatch(part -> part.test(row)));
        }
        default -> parts.add(field(key, value, filterable));
      }
    });
    return row -> {
      for (Predicate<Map<String, @Nullable Object>> part : parts) {
        if (!part.test(row)) {
          return false;
        }
      }
      return true;
    };
  }

  private static List<Predicate<Map<String, @Nullable Object>>> each(
      String key, @Nullable Object value, Set<String> filterable, int depth) {
    if (!(value instanceof List<?>)) {
      throw refuse(key + " must be an array of objects");
    }
    List<Predicate<Map<String, @Nullable Object>>> parts = new ArrayList<>();
    for (Object part : Values.list(value)) {
      if (!(part instanceof Map<?, ?>)) {
        throw refuse(key + " must be an array of objects");
      }
      parts.add(all(Values.object(part), filterable, depth + 1));
    }
    return parts;
  }

  private static Predicate<Map<String, @Nullable Object>> field(
      String field, @Nullable Object value, Set<String> filterable) {
    if (field.startsWith("+")) {
      throw refuse("There is no operator " + field);
    }
    if (!filterable.contains(field)) {
      throw refuse("Cannot filter on " + field);
    }
    if (!(value instanceof Map<?, ?>)) {
      return row -> equal(row.get(field), value);
    }
    List<Predicate<@Nullable Object>> tests = new ArrayList<>();
    Values.object(value).forEach((operator, operand) -> tests.add(test(operator, operand)));
    return row -> tests.stream().allMatch(test -> test.test(row.get(field)));
  }

  private static Predicate<@Nullable Object> test(String operator, @Nullable Object operand) {
    return switch (operator) {
      case "+gt" -> value -> comparable(value, operand) && compare(value, operand) > 0;
      case "+gte" -> value -> comparable(value, operand) && compare(value, operand) >= 0;
      case "+lt" -> value -> comparable(value, operand) && compare(value, operand) < 0;
      case "+lte" -> value -> comparable(value, operand) && compare(value, operand) <= 0;
      case "+neq" -> value -> !equal(value, operand);
      case "+contains" -> value -> contains(value, operand);
      default -> throw refuse("There is no operator " + operator);
    };
  }

  /// Equality; a list equals what it contains.
  private static boolean equal(@Nullable Object value, @Nullable Object operand) {
    return value instanceof List<?> list
        ? list.stream().anyMatch(element -> Validator.same(element, operand))
        : Validator.same(value, operand);
  }

  private static boolean contains(@Nullable Object value, @Nullable Object operand) {
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(element -> contains(element, operand));
    }
    return value != null && operand != null && value.toString().contains(operand.toString());
  }

  private static boolean comparable(@Nullable Object a, @Nullable Object b) {
    return (a instanceof Number && b instanceof Number)
        || (a instanceof String && b instanceof String);
  }

  private static int compare(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString()));
    }
    return String.valueOf(a).compareTo(String.valueOf(b));
  }

  private static int compareNullsFirst(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == null ? (b == null ? 0 : -1) : 1;
    }
    return compare(a, b);
  }

  private static Refusal refuse(String reason) {
    return new Refusal(400, "X-Filter", reason);
  }
}
