package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists and objects as AWS's query protocols write them: `Filter.1.Name=…&Filter.1.Value.1=…`.
///
/// EC2 numbers the values of a list right behind its name; the protocol `query` has `member` before
/// the number, and entries of maps, whose keys are the caller's and not the schema's, are numbered
/// too: `Attributes.entry.1.key=…&Attributes.entry.1.value=…`. A value that says so itself stays.
final class NumberedLists {
  private static final String MEMBER = "member";
  private static final String ENTRY = "entry";

  private NumberedLists() {}

  /// @param members whether the protocol is `query`
  static void add(List<Request.Pair> pairs, Input input, Object value, boolean members) {
    add(pairs, input.wireName(), input.schema(), value, members);
  }

  private static void add(
      List<Request.Pair> pairs,
      String name,
      Schema schema,
      @Nullable Object value,
      boolean members) {
    switch (value) {
      case List<?> list -> {
        boolean said = !members || name.endsWith("." + MEMBER) || name.endsWith("." + ENTRY);
        String numbered = said ? name : name + "." + MEMBER;
        Schema element = schema.items() == null ? Schema.ANY : schema.items();
        for (int i = 0; i < list.size(); i++) {
          add(pairs, numbered + "." + (i + 1), element, list.get(i), members);
        }
      }
      case Map<?, ?> map -> {
        if (members && isMap(schema) && !map.containsKey(ENTRY)) {
          int number = 0;
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            String numbered = name + "." + ENTRY + "." + ++number;
            add(pairs, numbered + ".key", Schema.ANY, entry.getKey(), members);
            add(pairs, numbered + ".value", Schema.ANY, entry.getValue(), members);
          }
        } else {
          Map<String, Schema> known = schema.allProperties();
          map.forEach((key, member) -> {
            Schema inner = known.getOrDefault(String.valueOf(key), Schema.ANY);
            add(pairs, name + "." + key, inner, member, members);
          });
        }
      }
      case null -> {}
      default -> pairs.add(new Request.Pair(name, Values.plainText(value)));
    }
  }

  private static boolean isMap(Schema schema) {
    return schema.type().equals("object") && schema.allProperties().isEmpty();
  }
}
