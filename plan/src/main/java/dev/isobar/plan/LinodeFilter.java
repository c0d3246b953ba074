package dev.isobar.plan;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.RowColumn;
import dev.isobar.model.ColumnType;
import dev.isobar.model.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The filter dialect `linode` (`docs/extensions.md`): one JSON object in a header.
///
/// A filter may let too many rows through, never too few. What could drop a row that SQL keeps is
/// not sent: texts are compared by other rules than SQL's, and times may have fractions of a second
/// that the API doesn't show.
final class LinodeFilter {
  /// In characters. Servers refuse long headers.
  private static final int LONGEST = 4_000;

  /// Whole numbers up to it are exact in any JSON reader.
  private static final BigDecimal LARGEST_EXACT = BigDecimal.valueOf(1L << 53);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private static final Set<String> CONTAINS_ELEMENT =
      Set.of("list_contains", "array_contains", "list_has", "array_has");

  /// SQL's comparisons, with the operator of the filter, and the comparison with the sides changed.
  private enum Comparison {
    EQUAL("", "COMPARE_EQUAL"),
    UNEQUAL("+neq", "COMPARE_NOTEQUAL"),
    LESS("+lt", "COMPARE_LESSTHAN"),
    LESS_OR_EQUAL("+lte", "COMPARE_LESSTHANOREQUALTO"),
    GREATER("+gt", "COMPARE_GREATERTHAN"),
    GREATER_OR_EQUAL("+gte", "COMPARE_GREATERTHANOREQUALTO");

    private final String operator;
    private final String type;

    Comparison(String operator, String type) {
      this.operator = operator;
      this.type = type;
    }

    static @Nullable Comparison of(Map<String, @Nullable Object> node) {
      String type = Tree.text(node.get("type"));
      if (type.equals("COMPARE_NOT_DISTINCT_FROM")) {
        return EQUAL;
      }
      return Tree.isClass(node, "COMPARISON")
          ? Stream.of(values()).filter(c -> c.type.equals(type)).findFirst().orElse(null)
          : null;
    }

    Comparison turned() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        default -> this;
      };
    }

    boolean isLower() {
      return this == GREATER || this == GREATER_OR_EQUAL;
    }
  }

  private final Scope scope;
  private final Scope.Item item;
  private final Method method;
  private final Method.FilterSpec spec;

  private LinodeFilter(Scope scope, Scope.Item item, Method method, Method.FilterSpec spec) {
    this.scope = scope;
    this.item = item;
    this.method = method;
    this.spec = spec;
  }

  /// What of the conditions of a SELECT the API can check, or null when nothing is.
  ///
  /// @param order what the rows are wanted in the order of, or null
  static @Nullable Pushdown of(
      Scope scope, Scope.Item item, Method method, @Nullable TopRows order) {
    Method.FilterSpec spec = method.filter();
    if (spec == null || !spec.dialect().equals("linode")) {
      return null;
    }
    LinodeFilter filter = new LinodeFilter(scope, item, method, spec);
    List<@Nullable Object> parts = new ArrayList<>();
    for (Scope.Condition condition : scope.conditions) {
      Object part =
          condition.bindable().contains(item) ? filter.part(condition.expression()) : null;
      if (part == null) {
        continue;
      }
      parts.add(part);
      if (written(parts, order).length() > LONGEST) {
        parts.removeLast();
      }
    }
    return parts.isEmpty() && order == null
        ? null
        : new Pushdown(
            spec.location(),
            spec.key(),
            written(parts, order),
            order == null ? null : order.text());
  }

  /// Whether the API can sort by the column as SQL does.
  static boolean sorts(Method method, RowColumn column) {
    Method.FilterSpec spec = method.filter();
    boolean sortable = isNumber(column) || column.type() == ColumnType.BOOLEAN || isTime(column);
    return spec != null
        && spec.dialect().equals("linode")
        && spec.columns().contains(column.name())
        && sortable
        && !column.schema().nullable();
  }

  private static String written(List<@Nullable Object> parts, @Nullable TopRows order) {
    Map<String, @Nullable Object> filter = new LinkedHashMap<>();
    if (parts.size() == 1) {
      filter.putAll(Tree.map(parts.getFirst()));
    } else if (!parts.isEmpty()) {
      filter.put("+and", parts);
    }
    if (order != null) {
      filter.put("+order_by", order.column().key());
      filter.put("+order", order.descending() ? "desc" : "asc");
    }
    return ascii(Json.write(filter));
  }

  /// Headers are ASCII.
  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x7f) {
        ascii.append(c);
      } else {
        ascii.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return ascii.toString();
  }

  /// A condition in the dialect, or one that lets more rows through; null when there is none.
  private @Nullable Object part(@Nullable Object expression) {
    Map<String, @Nullable Object> e = Tree.map(expression);
    List<@Nullable Object> children = Tree.list(e.get("children"));
    Comparison comparison = Comparison.of(e);
    if (comparison != null) {
      Object part = compare(e.get("left"), comparison, e.get("right"));
      return part != null ? part : compare(e.get("right"), comparison.turned(), e.get("left"));
    }
    return switch (Tree.text(e.get("type"))) {
      case "CONJUNCTION_AND" ->
          // One side alone lets more rows through.
          all(children.stream().map(this::part).filter(part -> part != null).toList());
      case "CONJUNCTION_OR" -> any(children.stream().map(this::part).toList());
      case "COMPARE_BETWEEN" ->
          all(
              Stream.of(
                      compare(e.get("input"), Comparison.GREATER_OR_EQUAL, e.get("lower")),
                      compare(e.get("input"), Comparison.LESS_OR_EQUAL, e.get("upper")))
                  .filter(part -> part != null)
                  .toList());
      case "COMPARE_IN" ->
          any(
              children.subList(1, children.size()).stream()
                  .filter(value -> !isNull(value))
                  .map(value -> compare(children.getFirst(), Comparison.EQUAL, value))
                  .toList());
      case "OPERATOR_NOT" -> truth(children.getFirst(), false);
      case "COLUMN_REF" -> truth(e, true);
      case "FUNCTION" -> function(e);
      default -> null;
    };
  }

  private static boolean isNull(@Nullable Object value) {
    Tree.Literal literal = Tree.literal(value);
    return literal != null && literal.value() == null;
  }

  private static @Nullable Object all(List<? extends @Nullable Object> parts) {
    return switch (parts.size()) {
      case 0 -> null;
      case 1 -> parts.getFirst();
      default -> Map.of("+and", parts);
    };
  }

  private static @Nullable Object any(List<? extends @Nullable Object> parts) {
    for (Object part : parts) {
      if (part == null) {
        return null;
      }
    }
    return parts.size() < 2 ? all(parts) : Map.of("+or", parts);
  }

  private @Nullable Object truth(@Nullable Object expression, boolean value) {
    RowColumn column = column(expression);
    return column != null && column.type() == ColumnType.BOOLEAN
        ? Map.of(column.key(), value)
        : null;
  }

  private @Nullable Object compare(
      @Nullable Object side, Comparison comparison, @Nullable Object other) {
    RowColumn column = column(Tree.withoutCasts(side));
    if (column == null) {
      return null;
    }
    if (isTime(column)) {
      return compareTimes(column, side, comparison, other);
    }
    Object value = Tree.isClass(side, "CAST") ? null : literal(other);
    return switch (value) {
      case BigDecimal number when isNumber(column) && isExact(number) ->
          comparison == Comparison.EQUAL
              ? Map.of(column.key(), plain(number))
              : Map.of(column.key(), Map.of(comparison.operator, plain(number)));
      case Boolean truth when column.type() == ColumnType.BOOLEAN ->
          comparison == Comparison.EQUAL ? Map.of(column.key(), truth) : null;
      case String text when isText(column) ->
          comparison == Comparison.EQUAL ? Map.of(column.key(), text) : null;
      case null, default -> null;
    };
  }

  /// Times are compared with a second to spare on each side.
  private static @Nullable Object compareTimes(
      RowColumn column, @Nullable Object side, Comparison comparison, @Nullable Object other) {
    String sideType = castType(side);
    Tree.Literal literal = Tree.literal(Tree.withoutCasts(other));
    boolean sameType = castType(other).isEmpty() || castType(other).equals(sideType);
    if (literal == null
        || !(literal.value() instanceof String text)
        || !sameType
        || comparison == Comparison.UNEQUAL) {
      return null;
    }
    boolean days = sideType.equals("DATE");
    LocalDateTime least;
    LocalDateTime most;
    try {
      boolean day = text.length() == 10;
      least = day ? LocalDate.parse(text).atStartOfDay() : time(text, sideType);
      most = days ? least.plusDays(1) : least;
      if (days && !day) {
        return null;
      }
    } catch (DateTimeException e) {
      return null; // nothing that can be sent
    }
    if (!Set.of("", "TIMESTAMP", "DATE").contains(sideType)) {
      return null;
    }
    Map<String, @Nullable Object> lower = Tree.node("+gte", TIME.format(least.minusSeconds(1)));
    Map<String, @Nullable Object> upper = Tree.node("+lte", TIME.format(most.plusSeconds(1)));
    if (comparison == Comparison.EQUAL) {
      return all(List.of(Map.of(column.key(), lower), Map.of(column.key(), upper)));
    }
    return Map.of(column.key(), comparison.isLower() ? lower : upper);
  }

  /// As text the API's form only; a timestamp may have a space in it.
  private static LocalDateTime time(String text, String type) {
    return LocalDateTime.parse(type.isEmpty() ? text : text.replace(' ', 'T'), TIME);
  }

  /// The type that the outermost cast gives, or empty.
  private static String castType(@Nullable Object expression) {
    return Tree.text(Tree.map(Tree.map(expression).get("type_expr")).get("type_name"));
  }

  private @Nullable Object function(Map<String, @Nullable Object> e) {
    String name = Tree.text(e.get("function_name"));
    List<@Nullable Object> arguments = Tree.list(e.get("arguments"));
    if (arguments.size() != 2
        || !(literal(Tree.map(arguments.get(1)).get("expression")) instanceof String text)) {
      return null;
    }
    Object subject = Tree.map(arguments.getFirst()).get("expression");
    RowColumn column = column(Tree.withoutCasts(subject));
    if (column == null) {
      return null;
    }
    if (CONTAINS_ELEMENT.contains(name)) {
      return column.schema().type().equals("array") ? Map.of(column.key(), text) : null;
    }
    String part =
        switch (name) {
          case "~~" -> longestPart(text);
          case "contains", "starts_with", "prefix", "suffix", "ends_with" -> text;
          default -> "";
        };
    return part.isEmpty() || !isText(column) || Tree.isClass(subject, "CAST")
        ? null
        : Map.of(column.key(), Map.of("+contains", part));
  }

  /// What each text that is LIKE the pattern contains.
  private static String longestPart(String pattern) {
    return Stream.of(pattern.split("[%_]", -1))
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  /// A column of the table that the API can filter by.
  private @Nullable RowColumn column(@Nullable Object expression) {
    Scope.Reference reference = scope.reference(expression);
    RowColumn column =
        reference == null || !reference.item().equals(item)
            ? null
            : method.column(reference.column());
    return column != null && spec.columns().contains(column.name()) ? column : null;
  }

  /// Numbers as decimals; null when there is no literal.
  private static @Nullable Object literal(@Nullable Object expression) {
    Map<String, @Nullable Object> e = Tree.map(expression);
    boolean minus = Tree.isClass(e, "FUNCTION") && "-".equals(e.get("function_name"));
    List<@Nullable Object> arguments = Tree.list(e.get("arguments"));
    if (minus && arguments.size() == 1) {
      Object value = literal(Tree.map(arguments.getFirst()).get("expression"));
      return value instanceof BigDecimal number ? number.negate() : null;
    }
    Tree.Literal literal = Tree.literal(expression);
    return switch (literal == null ? null : literal.value()) {
      case Long number -> BigDecimal.valueOf(number);
      case BigInteger number -> new BigDecimal(number);
      case null -> null;
      case Object other -> other;
    };
  }

  /// Whether a reader that keeps numbers as doubles compares with the same number.
  private static boolean isExact(BigDecimal number) {
    return number.abs().compareTo(LARGEST_EXACT) <= 0
        && BigDecimal.valueOf(number.doubleValue()).compareTo(number) == 0;
  }

  /// Without an exponent.
  private static BigDecimal plain(BigDecimal number) {
    return new BigDecimal(number.toPlainString());
  }

  private static boolean isNumber(RowColumn column) {
    return switch (column.type()) {
      case BIGINT, DOUBLE, DECIMAL -> true;
      case VARCHAR, BOOLEAN, JSON, TEXT -> false;
    };
  }

  private static boolean isTime(RowColumn column) {
    return column.type() == ColumnType.VARCHAR && column.schema().format().equals("date-time");
  }

  private static boolean isText(RowColumn column) {
    return column.type() == ColumnType.VARCHAR
        && column.schema().type().equals("string")
        && !isTime(column);
  }
}
