package dev.isobar.catalog.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Go's rules for the values that a template meets: plain JSON values, [Int], [Separator], null,
/// and [Nothing].
final class Values {
  /// Go sorts texts by their UTF-8, which is the order of code points.
  static final Comparator<String> BY_CODE_POINT = Values::compare;

  private Values() {}

  /// Go's name of the kind.
  static String kind(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> _ -> "map";
      case List<?> _ -> "slice";
      case String _ -> "string";
      case Boolean _ -> "bool";
      case Int i -> i.octet() ? "uint8" : "int";
      case Number _ -> "float64";
      case Separator _ -> "func";
      case null, default -> "invalid";
    };
  }

  /// Go's name of the type.
  static String type(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> _ -> "map[string]interface {}";
      case List<?> _ -> "[]interface {}";
      case Separator _ -> "func() string";
      case null, default -> isNil(value) ? "<nil>" : kind(value);
    };
  }

  /// What it is, in the words of JSON.
  static String describe(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "a list";
      case String _ -> "a text";
      case Boolean _ -> "a boolean";
      case Int _ -> "an integer of the template";
      case Number _ -> "a number";
      case Separator _ -> "a function";
      case null, default -> "null";
    };
  }

  static boolean isNil(@Nullable Object value) {
    return value == null || value instanceof Nothing;
  }

  /// What an `if` makes of it.
  static boolean truth(@Nullable Object value) {
    return switch (value) {
      case Boolean b -> b;
      case String s -> !s.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case List<?> list -> !list.isEmpty();
      case Int i -> i.value() != 0;
      case Number n -> decimal(n).signum() != 0;
      case Separator _ -> true;
      case null, default -> false;
    };
  }

  /// Every digit of a JSON number.
  static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigDecimal d -> d;
      case BigInteger b -> new BigDecimal(b);
      case Double d -> new BigDecimal(d.toString());
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  static boolean equal(@Nullable Object a, @Nullable Object b) {
    if (isNil(a) || isNil(b)) {
      return isNil(a) && isNil(b);
    }
    return switch (a) {
      case String s when b instanceof String t -> s.equals(t);
      case Boolean p when b instanceof Boolean q -> p.equals(q);
      case Int i when b instanceof Int j -> i.value() == j.value();
      case Number n when b instanceof Number m -> decimal(n).compareTo(decimal(m)) == 0;
      case null, default -> throw incomparable(a, b);
    };
  }

  /// @throws Fault for kinds that have no order
  static boolean less(@Nullable Object a, @Nullable Object b) {
    return switch (a) {
      case String s when b instanceof String t -> compare(s, t) < 0;
      case Int i when b instanceof Int j -> i.value() < j.value();
      case Number n when b instanceof Number m -> decimal(n).compareTo(decimal(m)) < 0;
      case null, default -> throw incomparable(a, b);
    };
  }

  private static Fault incomparable(@Nullable Object a, @Nullable Object b) {
    return Fault.of("cannot compare " + describe(a) + " with " + describe(b));
  }

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char c = a.charAt(i);
      char d = b.charAt(i);
      if (c != d) {
        boolean bothSingle = !Character.isSurrogate(c) && !Character.isSurrogate(d);
        boolean bothPaired = Character.isSurrogate(c) && Character.isSurrogate(d);
        if (bothSingle || bothPaired) {
          return Character.compare(c, d);
        }
        return Character.isSurrogate(c) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  static SortedMap<String, @Nullable Object> sorted(Map<?, ?> map) {
    SortedMap<String, @Nullable Object> sorted = new TreeMap<>(BY_CODE_POINT);
    map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
    return sorted;
  }

  /// The length as Go counts it: a text's in bytes.
  static long length(@Nullable Object value) {
    return switch (value) {
      case String s -> s.getBytes(StandardCharsets.UTF_8).length;
      case Map<?, ?> map -> map.size();
      case List<?> list -> list.size();
      case null, default -> throw Fault.of(describe(value) + " has no length");
    };
  }

  /// The element of a list, object or text.
  static @Nullable Object index(@Nullable Object item, @Nullable Object index) {
    return switch (item) {
      case Map<?, ?> map -> {
        if (!(index instanceof String key)) {
          throw Fault.of("an object is indexed with a text, not with " + describe(index));
        }
        yield map.get(key);
      }
      case List<?> list -> list.get(place(index, list.size()));
      case String s -> {
        byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
        yield new Int(bytes[place(index, bytes.length)] & 0xff, true);
      }
      case null, default -> throw Fault.of(describe(item) + " cannot be indexed");
    };
  }

  /// @param length the first index that is too large
  private static int place(@Nullable Object index, int length) {
    if (!(index instanceof Int i)) {
      throw Fault.of(
          "a list or text is indexed with an integer of the template, not with " + describe(index));
    }
    if (i.value() < 0 || i.value() >= length) {
      throw Fault.of("there is no element " + i.value() + " among " + length);
    }
    return (int) i.value();
  }

  /// Part of a list or text; a text is counted in bytes.
  static Object slice(@Nullable Object item, List<@Nullable Object> bounds) {
    if (bounds.size() > 2) {
      throw Fault.of("slice takes at most two bounds");
    }
    int length = (int) (item instanceof Map ? -1 : length(item));
    if (length < 0) {
      throw Fault.of("an object cannot be sliced");
    }
    int from = bounds.isEmpty() ? 0 : place(bounds.getFirst(), length + 1);
    int to = bounds.size() < 2 ? length : place(bounds.get(1), length + 1);
    if (from > to) {
      throw Fault.of("a slice cannot go from " + from + " to " + to);
    }
    if (item instanceof List<?> list) {
      return list.subList(from, to);
    }
    byte[] bytes = String.valueOf(item).getBytes(StandardCharsets.UTF_8);
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
