package dev.isobar.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads plain JSON values: what is not of the kind asked for is as good as empty.
final class Values {
  private Values() {}

  @SuppressWarnings("unchecked") // keys of JSON objects are strings
  static Map<String, @Nullable Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> ? (Map<String, @Nullable Object>) value : Map.of();
  }

  @SuppressWarnings("unchecked") // elements may be anything
  static List<@Nullable Object> list(@Nullable Object value) {
    return value instanceof List<?> ? (List<@Nullable Object>) value : List.of();
  }

  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /// A copy that shares nothing that could be altered.
  static Map<String, @Nullable Object> copy(Map<String, @Nullable Object> object) {
    Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(object.size());
    object.forEach((key, value) -> copy.put(key, copyOf(value)));
    return copy;
  }

  private static @Nullable Object copyOf(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return copy(object(value));
    }
    if (value instanceof List<?>) {
      List<@Nullable Object> copy = new ArrayList<>();
      list(value).forEach(element -> copy.add(copyOf(element)));
      return copy;
    }
    return value;
  }

  /// Puts the values of `from` over those of `into`: objects are merged, everything else replaced.
  static void merge(Map<String, @Nullable Object> into, Map<String, @Nullable Object> from) {
    from.forEach((key, value) -> {
      if (value instanceof Map<?, ?> && into.get(key) instanceof Map<?, ?>) {
        Map<String, @Nullable Object> merged = copy(object(into.get(key)));
        merge(merged, object(value));
        into.put(key, merged);
      } else {
        into.put(key, copyOf(value));
      }
    });
  }
}
