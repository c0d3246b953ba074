package dev.isobar.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a generated object and how each is made.
final class Fields implements Maker {
  private final String[] names;
  private final Maker[] makers;
  private final Map<String, Maker> byName;

  Fields(Map<String, Maker> fields) {
    byName = Map.copyOf(fields);
    names = fields.keySet().toArray(String[]::new);
    makers = fields.values().toArray(Maker[]::new);
  }

  @Override
  public Map<String, @Nullable Object> make(Scope scope, long n) {
    Map<String, @Nullable Object> made = LinkedHashMap.newLinkedHashMap(names.length);
    for (int i = 0; i < names.length; i++) {
      made.put(names[i], makers[i].make(scope, n));
    }
    return made;
  }

  /// The value of one field; null when there is none of that name.
  @Nullable Object make(String name, Scope scope, long n) {
    Maker maker = byName.get(name);
    return maker == null ? null : maker.make(scope, n);
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  java.util.Set<String> names() {
    return byName.keySet();
  }
}
