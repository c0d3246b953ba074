package dev.isobar.plan;

import dev.isobar.catalog.Input;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists and objects as AWS's query protocols write them: `Filter.1.Name=…&Filter.1.Value.1=…`.
///
/// EC2 numbers the values of a list right behind its name; the protocol `query` has `member` before
/// the number, unless the value says so itself.
final class NumberedLists {
  private static final String MEMBER = "member";

  private NumberedLists() {}

  /// @param members whether the protocol is `query`
  static void add(List<Request.Pair> pairs, Input input, Object value, boolean members) {
    add(pairs, input.wireName(), value, members);
  }

  private static void add(
      List<Request.Pair> pairs, String name, @Nullable Object value, boolean members) {
    switch (value) {
      case List<?> list -> {
        boolean said = !members || name.endsWith("." + MEMBER);
        String numbered = said ? name : name + "." + MEMBER;
        for (int i = 0; i < list.size(); i++) {
          add(pairs, numbered + "." + (i + 1), list.get(i), members);
        }
      }
      case Map<?, ?> map ->
          map.forEach((key, member) -> add(pairs, name + "." + key, member, members));
      case null -> {}
      default -> pairs.add(new Request.Pair(name, Values.plainText(value)));
    }
  }
}
