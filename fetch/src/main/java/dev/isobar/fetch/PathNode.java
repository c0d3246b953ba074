package dev.isobar.fetch;

import dev.isobar.plan.Conventions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wanted at a place of a document, and below it: several JSONPaths as one tree, so that
/// one pass over the text finds them all, whatever their order.
final class PathNode {
  /// The step `[*]`.
  private static final String EACH = "[*]";

  /// Whether the rows are here.
  boolean rows;

  /// Which of the facts is here, or -1.
  int fact = -1;

  /// What is here if it tells how the list goes on, as [Conventions] calls it; null when it is
  /// nothing of the kind.
  @Nullable String sign;

  /// Whether a path goes on in each value of a map here (`$.items[*].disks`), as in the elements of
  /// a list.
  boolean each;

  private final Map<String, PathNode> children = new HashMap<>();

  @Nullable PathNode child(String name) {
    return children.get(name);
  }

  boolean hasChildren() {
    return !children.isEmpty();
  }

  /// Whether the rows are here or below.
  boolean leadsToRows() {
    return rows || children.values().stream().anyMatch(PathNode::leadsToRows);
  }

  /// What is wanted here and below takes back what it found.
  void forget(Page page) {
    if (fact >= 0) {
      page.fact(fact, null);
    }
    if (sign != null) {
      page.signs.remove(sign);
    }
    children.values().forEach(child -> child.forget(page));
  }

  /// The node at a path, made when it is not there yet.
  PathNode at(String path) {
    PathNode node = this;
    for (String name : steps(path)) {
      if (name.equals(EACH)) {
        node.each = true;
      } else {
        node = node.children.computeIfAbsent(name, _ -> new PathNode());
      }
    }
    return node;
  }

  /// Marks a place of [Conventions].
  void expect(String place) {
    PathNode node = this;
    for (String name : Conventions.names(place)) {
      node = node.children.computeIfAbsent(name, _ -> new PathNode());
    }
    node.sign = place;
  }

  /// The property names of `$.a.b`, `$['a']["b"]`, or a bare `a`; none for `$`.
  static List<String> names(String path) {
    List<String> names = new ArrayList<>(steps(path));
    // `[*]` enters a list, which happens by itself.
    names.removeIf(EACH::equals);
    return names;
  }

  private static List<String> steps(String path) {
    List<String> names = new ArrayList<>();
    int i = path.startsWith("$") ? 1 : 0;
    while (i < path.length()) {
      char c = path.charAt(i);
      if (c == '.') {
        i++;
      } else if (c == '[') {
        int end = path.indexOf(']', i);
        if (end < 0) {
          end = path.length();
        }
        String inner = path.substring(i + 1, end);
        names.add(inner.equals("*") ? EACH : inner.replace("'", "").replace("\"", ""));
        i = end + 1;
      } else {
        int end = i;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
          end++;
        }
        names.add(path.substring(i, end));
        i = end;
      }
    }
    return names;
  }
}
