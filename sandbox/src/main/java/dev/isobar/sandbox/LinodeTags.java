package dev.isobar.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Tags: they exist once used, and list what they are on.
final class LinodeTags {
  private static final String PATH = "/tags";

  /// Collections whose rows have tags, by the type that tagged objects are shown with.
  private static final Map<String, String> TAGGED =
      Map.of(
          "linode",
          LinodeInstances.PATH,
          "volume",
          LinodeVolumes.PATH,
          "domain",
          "/domains",
          "nodebalancer",
          "/nodebalancers");

  private LinodeTags() {}

  /// Lists what has the tag at the end of the path.
  static Object tagged(Exchange exchange) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (var entry : new TreeMap<>(TAGGED).entrySet()) {
      for (Map<String, @Nullable Object> row :
          with(exchange, entry.getValue(), exchange.value(0))) {
        all.add(LinodeCatalog.row("type", entry.getKey(), "data", row));
      }
    }
    return all;
  }

  /// Makes the tags exist that a request put on something.
  static void used(Exchange exchange, Map<String, @Nullable Object> entity) {
    Collection tags = exchange.store().collection(PATH);
    for (Object tag : Values.list(entity.get("tags"))) {
      if (tag instanceof String label && !tags.has(label)) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>(tags.next());
        row.put("label", label);
        tags.add(row);
      }
    }
  }

  /// Puts a new tag on what its request names.
  static void created(Exchange exchange) {
    Object label = exchange.body().get("label");
    TAGGED.forEach((type, path) -> {
      Collection collection = exchange.store().collection(path);
      for (Object id : Values.list(exchange.body().get(type + "s"))) {
        Map<String, @Nullable Object> row = collection.find(String.valueOf(id));
        if (row != null) {
          List<@Nullable Object> tags = new ArrayList<>(Values.list(row.get("tags")));
          tags.add(label);
          put(collection, row, tags);
        }
      }
    });
  }

  /// Takes a tag off everything.
  static void deleted(Exchange exchange, Map<String, @Nullable Object> tag) {
    String label = String.valueOf(tag.get("label"));
    for (String path : TAGGED.values()) {
      for (Map<String, @Nullable Object> row : with(exchange, path, label)) {
        List<@Nullable Object> tags = new ArrayList<>(Values.list(row.get("tags")));
        tags.remove(label);
        put(exchange.store().collection(path), row, tags);
      }
    }
  }

  private static List<Map<String, @Nullable Object>> with(
      Exchange exchange, String path, String label) {
    return exchange
        .store()
        .collection(path)
        .rows(row -> Values.list(row.get("tags")).contains(label));
  }

  private static void put(
      Collection collection, Map<String, @Nullable Object> row, List<@Nullable Object> tags) {
    Map<String, @Nullable Object> after = Values.copy(row);
    after.put("tags", tags);
    collection.replace(collection.id(after), after);
  }
}
