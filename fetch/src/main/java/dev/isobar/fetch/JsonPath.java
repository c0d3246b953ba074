package dev.isobar.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSONPath that documents use where one pass over the text is not needed: names, `[n]`,
/// `[-1:]` and `[*]`.
final class JsonPath {
  private JsonPath() {}

  /// All values that the path leads to; a list that ends the path counts as one.
  static List<@Nullable Object> find(String path, @Nullable Object document) {
    List<@Nullable Object> at = new ArrayList<>();
    at.add(document);
    int i = path.startsWith("$") ? 1 : 0;
    while (i < path.length()) {
      char c = path.charAt(i);
      if (c == '[') {
        int end = path.indexOf(']', i);
        end = end < 0 ? path.length() : end;
        at = step(at, path.substring(i + 1, end).strip());
        i = end + 1;
      } else if (c == '.') {
        i++;
      } else {
        int end = i;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
          end++;
        }
        at = member(at, path.substring(i, end));
        i = end;
      }
    }
    return at;
  }

  private static List<@Nullable Object> step(List<@Nullable Object> at, String inside) {
    if (inside.startsWith("'") || inside.startsWith("\"")) {
      return member(at, inside.substring(1, Math.max(1, inside.length() - 1)));
    }
    List<@Nullable Object> next = new ArrayList<>();
    for (Object value : at) {
      if (value instanceof Map<?, ?> map && inside.equals("*")) {
        next.addAll(map.values());
      }
      if (!(value instanceof List<?> list)) {
        continue;
      }
      if (inside.equals("*")) {
        next.addAll(list);
      } else if (inside.matches("-?[0-9]{1,9}:?")) {
        int index = Integer.parseInt(inside.replace(":", ""));
        int place = index < 0 ? list.size() + index : index;
        if (place >= 0 && place < list.size()) {
          next.add(list.get(place));
        }
      }
    }
    return next;
  }

  private static List<@Nullable Object> member(List<@Nullable Object> at, String name) {
    List<@Nullable Object> next = new ArrayList<>();
    for (Object value : at) {
      if (value instanceof Map<?, ?> map && map.containsKey(name)) {
        next.add(map.get(name));
      }
    }
    return next;
  }
}
