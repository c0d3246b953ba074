package dev.isobar.sandbox;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The rows at one concrete path: generated ones, made when they are asked for, and what was
/// changed, deleted and added since.
///
/// Reading any page costs the same, wherever it begins: nothing is kept for a row that was never
/// changed. Not thread-safe; the store's lock guards it.
final class Collection {
  private final Store store;
  private final CollectionType type;
  private final String path;
  private final Scope scope;
  private final int generated;
  private final TreeMap<Integer, Map<String, @Nullable Object>> changed = new TreeMap<>();
  private final TreeSet<Integer> deleted = new TreeSet<>();
  private final List<Map<String, @Nullable Object>> added = new ArrayList<>();
  private final Map<String, Map<String, @Nullable Object>> addedById = new HashMap<>();
  private volatile @Nullable Map<String, Integer> indexes;
  private long created;

  Collection(Store store, CollectionType type, String path, Scope scope, int generated) {
    this.store = store;
    this.type = type;
    this.path = path;
    this.scope = scope;
    this.generated = generated;
  }

  CollectionType type() {
    return type;
  }

  /// The concrete path, such as `/widgets/12/parts`.
  String path() {
    return path;
  }

  Scope scope() {
    return scope;
  }

  boolean untouched() {
    return changed.isEmpty() && deleted.isEmpty() && added.isEmpty() && created == 0;
  }

  int size() {
    return generated - deleted.size() + added.size();
  }

  /// The row at a place of the list, from 0.
  @Nullable Object at(int position) {
    Maker scalar = type.scalar();
    if (scalar != null) {
      return scalar.make(scope, position);
    }
    int index = indexAt(position);
    return index < 0 ? shown(added.get(-1 - index)) : generatedAt(index);
  }

  /// The row at a place, to look at a few of its fields: only those are made that are asked for.
  Map<String, @Nullable Object> glance(int position) {
    int index = indexAt(position);
    boolean plain = index >= 0 && type.catalog() == null && !changed.containsKey(index);
    return plain ? new Glance(type.fields(), scope, index) : Values.object(at(position));
  }

  /// Whether the row at a place is as it was generated.
  boolean isGenerated(int position) {
    int index = indexAt(position);
    return index >= 0 && !changed.containsKey(index);
  }

  private static final class Glance extends AbstractMap<String, @Nullable Object> {
    private final Fields fields;
    private final Scope scope;
    private final int index;

    Glance(Fields fields, Scope scope, int index) {
      this.fields = fields;
      this.scope = scope;
      this.index = index;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
      return name instanceof String field ? fields.make(field, scope, index) : null;
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
      return fields.make(scope, index).entrySet();
    }
  }

  /// The index of the generated row at a place of the list; below zero for added ones: -1 for the
  /// first.
  private int indexAt(int position) {
    int alive = generated - deleted.size();
    if (!store.behaviour().newestFirst(type.path())) {
      return position < alive ? index(position) : -1 - (position - alive);
    }
    return position < added.size()
        ? -1 - (added.size() - 1 - position)
        : index(alive - 1 - (position - added.size()));
  }

  private Map<String, @Nullable Object> shown(Map<String, @Nullable Object> entity) {
    return store.behaviour().present(store, type.path(), entity);
  }

  private Map<String, @Nullable Object> generatedAt(int index) {
    Map<String, @Nullable Object> change = changed.isEmpty() ? null : changed.get(index);
    if (change != null) {
      return shown(change);
    }
    return type.catalog() == null ? type.fields().make(scope, index) : known(index);
  }

  /// A row of which something is known: what is not known is generated.
  private Map<String, @Nullable Object> known(int index) {
    Map<String, @Nullable Object> row = type.fields().make(scope, index);
    List<Map<String, @Nullable Object>> catalog = type.catalog();
    if (catalog != null) {
      catalog
          .get(index)
          .forEach((name, value) -> {
            if (row.containsKey(name)) {
              row.put(name, value);
            }
          });
    }
    return row;
  }

  /// The index of the row that is at a place among those generated and not deleted.
  private int index(int position) {
    int index = position;
    for (int gone : deleted) {
      if (gone > index) {
        break;
      }
      index++;
    }
    return index;
  }

  /// The row as it is shown now, or null when there is none.
  @Nullable Map<String, @Nullable Object> find(String id) {
    Map<String, @Nullable Object> mine = addedById.get(id);
    if (mine != null) {
      return shown(mine);
    }
    int index = indexOf(id);
    return index < 0 || deleted.contains(index) ? null : generatedAt(index);
  }

  /// Whether the row was created here rather than generated.
  boolean wasAdded(String id) {
    return addedById.containsKey(id);
  }

  boolean has(String id) {
    if (addedById.containsKey(id)) {
      return true;
    }
    int index = indexOf(id);
    return index >= 0 && !deleted.contains(index);
  }

  /// The id of a row at a place, as text; null when rows have none.
  @Nullable String idAt(int position) {
    Object row = position < size() && type.idKey() != null ? at(position) : null;
    return row instanceof Map<?, ?> map ? String.valueOf(map.get(type.idKey())) : null;
  }

  /// The id of some generated row, cheaply and whether or not it was deleted.
  @Nullable Object someId(long choice) {
    String key = type.idKey();
    if (generated == 0 || key == null) {
      return null;
    }
    int index = (int) Math.floorMod(choice, (long) generated);
    List<Map<String, @Nullable Object>> catalog = type.catalog();
    return catalog != null && catalog.get(index).containsKey(key)
        ? catalog.get(index).get(key)
        : type.fields().make(key, scope, index);
  }

  /// The id of some generated row that was not deleted, or null when there is none.
  @Nullable Object liveId(long choice) {
    for (int i = 0; i < generated; i++) {
      if (!deleted.contains((int) Math.floorMod(choice + i, (long) generated))) {
        return someId(choice + i);
      }
    }
    return null;
  }

  private int indexOf(String id) {
    String key = type.idKey();
    if (key == null) {
      return -1;
    }
    if (generated > 0
        && type.catalog() == null
        && type.fields().make(key, scope, 0) instanceof Long first
        && Long.valueOf(scope.firstId()).equals(first)) {
      if (!id.matches("[0-9]{1,18}")) {
        return -1;
      }
      long index = Long.parseLong(id) - first;
      return index >= 0 && index < generated ? (int) index : -1;
    }
    Map<String, Integer> known = indexes;
    if (known == null) {
      known = new HashMap<>();
      for (int i = 0; i < generated; i++) {
        known.putIfAbsent(String.valueOf(someId(i)), i);
      }
      indexes = known;
    }
    return known.getOrDefault(id, -1);
  }

  /// The number that the next created row is generated with.
  long nextNumber() {
    return generated + created;
  }

  /// A new row, as it would be generated; [#add] makes it part of the list.
  Map<String, @Nullable Object> next() {
    return type.fields().make(scope, nextNumber());
  }

  void add(Map<String, @Nullable Object> entity) {
    created++;
    put(entity);
    store.touched(this);
  }

  private void put(Map<String, @Nullable Object> entity) {
    added.add(entity);
    addedById.put(id(entity), entity);
  }

  /// What identifies the row, as text.
  String id(Map<String, @Nullable Object> entity) {
    Object id = type.idKey() == null ? null : entity.get(type.idKey());
    return String.valueOf(id);
  }

  /// Whether another row has the value in a field, found without making whole rows.
  ///
  /// @param except id of a row that may have it; empty for none
  boolean taken(String field, @Nullable Object value, String except) {
    for (Map<String, @Nullable Object> mine : added) {
      if (Validator.same(mine.get(field), value) && !id(mine).equals(except)) {
        return true;
      }
    }
    for (int i = 0; i < generated; i++) {
      Map<String, @Nullable Object> change = changed.get(i);
      Object other =
          change != null
              ? change.get(field)
              : type.catalog() != null ? known(i).get(field) : type.fields().make(field, scope, i);
      if (Validator.same(other, value)
          && !deleted.contains(i)
          && !id(generatedAt(i)).equals(except)) {
        return true;
      }
    }
    return false;
  }

  /// Puts an entity in the place of the one with that id. What the stored one keeps for itself, in
  /// fields that begin with an underscore, stays unless the new one has it too.
  void replace(String id, Map<String, @Nullable Object> entity) {
    Map<String, @Nullable Object> mine = addedById.remove(id);
    Map<String, @Nullable Object> before = mine != null ? mine : changed.get(indexOf(id));
    if (before != null) {
      before.forEach((name, value) -> {
        if (name.startsWith("_")) {
          entity.putIfAbsent(name, value);
        }
      });
    }
    if (mine != null) {
      added.set(added.indexOf(mine), entity);
      addedById.put(id(entity), entity);
    } else {
      changed.put(indexOf(id), entity);
      Map<String, Integer> known = indexes;
      if (known != null && !id(entity).equals(id)) {
        Integer index = known.remove(id);
        if (index != null) {
          known.put(id(entity), index);
        }
      }
    }
    store.touched(this);
  }

  void remove(String id) {
    Map<String, @Nullable Object> mine = addedById.remove(id);
    if (mine != null) {
      added.remove(mine);
    } else {
      int index = indexOf(id);
      changed.remove(index);
      deleted.add(index);
    }
    store.touched(this);
  }

  /// The rows for which the condition holds, as they are shown now.
  List<Map<String, @Nullable Object>> rows(
      java.util.function.Predicate<Map<String, @Nullable Object>> condition) {
    List<Map<String, @Nullable Object>> found = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (at(i) instanceof Map<?, ?> row) {
        Map<String, @Nullable Object> map = Values.object(row);
        if (condition.test(map)) {
          found.add(map);
        }
      }
    }
    return found;
  }

  /// What was changed, for the state file.
  Map<String, @Nullable Object> saved() {
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    changed.forEach((index, entity) -> changes.put(index.toString(), entity));
    state.put("created", created);
    state.put("deleted", new ArrayList<>(deleted.stream().map(Integer::longValue).toList()));
    state.put("changed", changes);
    state.put("added", new ArrayList<>(added));
    return state;
  }

  /// Takes up what [#saved] gave.
  void restore(Map<String, @Nullable Object> state) {
    created = state.get("created") instanceof Number number ? number.longValue() : 0;
    Values.list(state.get("deleted"))
        .forEach(index -> {
          if (index instanceof Number number && number.intValue() < generated) {
            deleted.add(number.intValue());
          }
        });
    Values.object(state.get("changed"))
        .forEach((index, entity) -> {
          if (Integer.parseInt(index) < generated) {
            changed.put(Integer.valueOf(index), Values.object(entity));
          }
        });
    Values.list(state.get("added")).forEach(entity -> put(Values.object(entity)));
    indexes = null;
  }
}
