package dev.isobar.sandbox;

import dev.isobar.catalog.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Compares request bodies and parameters with their schemas and collects all that is wrong.
///
/// Fields that the schema does not declare are refused, because a field that is silently dropped is
/// how a spelling mistake becomes an incident. Read-only fields are refused too, unless they are
/// sent back with the value they have.
final class Validator {
  private static final int DEEPEST = 12;

  private final Map<String, PatternOrNone> patterns = new ConcurrentHashMap<>();

  private record PatternOrNone(@Nullable Pattern pattern) {}

  /// What is wrong with a body; empty when it fits.
  ///
  /// @param current the entity that the body changes, or null
  List<Fault> check(
      Schema schema, @Nullable Object body, @Nullable Map<String, @Nullable Object> current) {
    List<Fault> faults = new ArrayList<>();
    check(schema, body, "", current, faults, 0);
    return faults;
  }

  /// What is wrong with a parameter that came as text; null when it fits.
  @Nullable String parameter(Schema schema, String text) {
    Object value = text;
    switch (schema.type()) {
      case "integer" -> {
        if (!text.matches("-?[0-9]{1,18}")) {
          return "Must be an integer";
        }
        value = Long.valueOf(text);
      }
      case "number" -> {
        if (!text.matches("-?[0-9]{1,18}([.][0-9]{1,18})?")) {
          return "Must be a number";
        }
        value = new BigDecimal(text);
      }
      case "boolean" -> {
        if (!text.equals("true") && !text.equals("false")) {
          return "Must be true or false";
        }
        value = Boolean.valueOf(text);
      }
      case "array", "object" -> {
        return null;
      }
      default -> {}
    }
    List<Fault> faults = new ArrayList<>();
    check(schema, value, "", null, faults, 0);
    return faults.isEmpty() ? null : faults.getFirst().reason();
  }

  private void check(
      Schema schema,
      @Nullable Object value,
      String at,
      @Nullable Map<String, @Nullable Object> current,
      List<Fault> faults,
      int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (value == null) {
      if (!nullable(schema)) {
        faults.add(new Fault(field(at), "Must not be null"));
      }
      return;
    }
    if (!oneFits(schema.oneOf(), value, depth) || !oneFits(schema.anyOf(), value, depth)) {
      faults.add(new Fault(field(at), "Fits none of the forms that are allowed here"));
      return;
    }
    boolean choice = !schema.oneOf().isEmpty() || !schema.anyOf().isEmpty();
    String wrongType = choice ? null : wrongType(schema, value);
    if (wrongType != null) {
      faults.add(new Fault(field(at), wrongType));
      return;
    }
    if (!schema.enumValues().isEmpty() && !isAmong(schema.enumValues(), value)) {
      faults.add(
          new Fault(
              field(at),
              "Must be one of "
                  + String.join(", ", schema.enumValues().stream().map(String::valueOf).toList())));
      return;
    }
    switch (value) {
      case String text -> text(schema, text, at, faults);
      case Number number -> number(schema, number, at, faults);
      case List<?> list -> {
        Schema items = schema.items();
        for (int i = 0; items != null && i < list.size(); i++) {
          check(items, list.get(i), at + "[" + i + "]", null, faults, depth + 1);
        }
      }
      case Map<?, ?> _ -> object(schema, Values.object(value), at, current, faults, depth);
      default -> {}
    }
    for (Schema branch : schema.allOf()) {
      if (!(value instanceof Map<?, ?>)) {
        check(branch, value, at, current, faults, depth + 1);
      }
    }
  }

  private boolean oneFits(List<Schema> branches, Object value, int depth) {
    if (branches.isEmpty()) {
      return true;
    }
    for (Schema branch : branches) {
      List<Fault> faults = new ArrayList<>();
      if (value instanceof Map<?, ?> && !isAny(branch) && wrongType(branch, value) == null) {
        branchObject(branch, Values.object(value), faults, depth);
      } else {
        check(branch, value, "", null, faults, depth + 1);
      }
      if (faults.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// A branch need not declare the properties that stand beside the choice.
  private void branchObject(
      Schema branch, Map<String, @Nullable Object> value, List<Fault> faults, int depth) {
    Map<String, Schema> properties = all(branch, depth);
    for (String required : required(branch, depth)) {
      if (!value.containsKey(required) && !readOnly(properties.get(required))) {
        faults.add(new Fault(required, "Is required"));
      }
    }
    value.forEach((name, element) -> {
      Schema property = properties.get(name);
      if (property != null) {
        check(property, element, name, null, faults, depth + 1);
      }
    });
  }

  private void object(
      Schema schema,
      Map<String, @Nullable Object> value,
      String at,
      @Nullable Map<String, @Nullable Object> current,
      List<Fault> faults,
      int depth) {
    Map<String, Schema> properties = all(schema, depth);
    for (String required : required(schema, depth)) {
      if (!value.containsKey(required) && !readOnly(properties.get(required))) {
        faults.add(new Fault(inside(at, required), "Is required"));
      }
    }
    value.forEach((name, element) -> {
      Schema property = properties.get(name);
      String place = inside(at, name);
      if (property == null) {
        if (!properties.isEmpty()) {
          faults.add(new Fault(place, "Is not a field of this request"));
        }
      } else if (property.readOnly()) {
        if (current == null || !same(current.get(name), element)) {
          faults.add(new Fault(place, "Cannot be set"));
        }
      } else {
        Map<String, @Nullable Object> inner =
            current == null ? null : Values.object(current.get(name));
        check(property, element, place, inner, faults, depth + 1);
      }
    });
  }

  private static boolean readOnly(@Nullable Schema schema) {
    return schema != null && schema.readOnly();
  }

  /// All properties that any part of the schema declares.
  private static Map<String, Schema> all(Schema schema, int depth) {
    Map<String, Schema> all = new LinkedHashMap<>(schema.allProperties());
    if (depth <= DEEPEST) {
      for (List<Schema> parts : List.of(schema.oneOf(), schema.anyOf(), schema.allOf())) {
        parts.forEach(part -> all(part, depth + 1).forEach(all::putIfAbsent));
      }
    }
    return all;
  }

  private static Set<String> required(Schema schema, int depth) {
    Set<String> required = new LinkedHashSet<>(schema.required());
    if (depth <= DEEPEST) {
      schema.allOf().forEach(part -> required.addAll(required(part, depth + 1)));
    }
    return required;
  }

  private static boolean isAny(Schema schema) {
    return schema.type().isEmpty()
        && schema.allProperties().isEmpty()
        && schema.oneOf().isEmpty()
        && schema.anyOf().isEmpty();
  }

  private static boolean nullable(Schema schema) {
    return schema.nullable()
        || schema.enumValues().contains(null)
        || isAny(schema)
        || schema.oneOf().stream().anyMatch(Schema::nullable)
        || schema.anyOf().stream().anyMatch(Schema::nullable)
        || schema.allOf().stream().anyMatch(Schema::nullable);
  }

  private static @Nullable String wrongType(Schema schema, Object value) {
    return switch (schema.type()) {
      // A document that gives texts elements as well means that either may be sent.
      case "string" ->
          value instanceof String || (value instanceof List<?> && schema.items() != null)
              ? null
              : "Must be a string";
      case "integer" -> isInteger(value) ? null : "Must be an integer";
      case "number" -> value instanceof Number ? null : "Must be a number";
      case "boolean" -> value instanceof Boolean ? null : "Must be true or false";
      case "array" -> value instanceof List<?> ? null : "Must be an array";
      case "object" -> value instanceof Map<?, ?> ? null : "Must be an object";
      default -> null;
    };
  }

  private static boolean isInteger(Object value) {
    return value instanceof BigDecimal decimal
        ? decimal.stripTrailingZeros().scale() <= 0
        : value instanceof Number;
  }

  private static boolean isAmong(List<@Nullable Object> allowed, Object value) {
    return allowed.stream().anyMatch(candidate -> same(candidate, value));
  }

  /// Equality of JSON values: 1 and 1.0 are the same number.
  static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString())) == 0;
    }
    return a == null ? b == null : a.equals(b);
  }

  private void text(Schema schema, String text, String at, List<Fault> faults) {
    int length = text.codePointCount(0, text.length());
    Integer least = schema.minLength();
    Integer most = schema.maxLength();
    if ((least != null && length < least) || (most != null && length > most)) {
      faults.add(new Fault(field(at), "Length must be " + range(least, most) + " characters"));
      return;
    }
    String pattern = schema.pattern();
    if (pattern != null) {
      Pattern compiled = patterns.computeIfAbsent(pattern, Validator::compile).pattern();
      if (compiled != null && !compiled.matcher(text).find()) {
        faults.add(new Fault(field(at), "Must match " + pattern));
      }
    }
  }

  /// Documents hold patterns that no engine accepts; those demand nothing.
  private static PatternOrNone compile(String pattern) {
    try {
      return new PatternOrNone(Pattern.compile(pattern));
    } catch (PatternSyntaxException _) {
      return new PatternOrNone(null);
    }
  }

  private static void number(Schema schema, Number number, String at, List<Fault> faults) {
    BigDecimal value = new BigDecimal(number.toString());
    Number least = schema.minimum();
    Number most = schema.maximum();
    boolean low = least != null && value.compareTo(new BigDecimal(least.toString())) < 0;
    boolean high = most != null && value.compareTo(new BigDecimal(most.toString())) > 0;
    if (low || high) {
      faults.add(new Fault(field(at), "Must be " + range(least, most)));
    }
  }

  private static String range(@Nullable Number least, @Nullable Number most) {
    if (least == null) {
      return "at most " + most;
    }
    return most == null ? "at least " + least : least + " to " + most;
  }

  private static String inside(String at, String name) {
    return at.isEmpty() ? name : at + "." + name;
  }

  private static @Nullable String field(String at) {
    return at.isEmpty() ? null : at;
  }
}
