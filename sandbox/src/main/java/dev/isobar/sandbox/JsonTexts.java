package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.View;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Text fields whose text is JSON. Their schemas say nothing of it: the provider's views do, which
/// read properties inside of them (`JSON_EXTRACT(Properties, '$.QueueName')`) for a kind of thing
/// (`TypeName = 'ACME::Post::Queue'`). The views are those of the services that a request names by
/// a word (`post`). Thread-safe.
final class JsonTexts {
  private static final Pattern TABLE = Pattern.compile("(?i)\\bFROM\\s+([\\w.]+)");
  private static final Pattern EQUALS = Pattern.compile("(\\w+)\\s*=\\s*'([^']*)'");
  private static final Pattern EXTRACT =
      Pattern.compile("(?i)\\bjson_extract\\s*\\(\\s*(?:\\w+\\.)?(\\w+)\\s*,\\s*'\\$\\.([^']+)'");
  private static final Pattern EXTRACT_PATH =
      Pattern.compile(
          "(?i)\\bjson_extract_path_text\\s*\\(\\s*(?:\\w+\\.)?(\\w+)((?:\\s*,\\s*'[^']*')+)");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
  private static final int MOST_WORDS = 20;
  private static final int DEEPEST = 8;

  private final Provider provider;
  private final Set<String> services = new LinkedHashSet<>();
  private final Map<String, List<Reading>> readings = new ConcurrentHashMap<>();

  /// What one view reads.
  ///
  /// @param table that it reads, such as `acme.control.things`, in lower case
  /// @param given what it demands of that table's columns
  /// @param paths in each text column
  private record Reading(
      String table, Map<String, String> given, Map<String, Set<List<String>>> paths) {

    /// Whether a request is for what the view reads, as far as both say.
    boolean isOf(Map<String, String> request) {
      boolean told = false;
      for (var demand : given.entrySet()) {
        String asked = request.get(demand.getKey());
        // `<QueueName>` stands for whatever a query gives.
        if (asked != null && !demand.getValue().startsWith("<")) {
          if (!asked.equals(demand.getValue())) {
            return false;
          }
          told = true;
        }
      }
      return told;
    }
  }

  JsonTexts(Provider provider) {
    this.provider = provider;
    for (ServiceHeader service : provider.services()) {
      services.add(service.name());
    }
  }

  /// What puts JSON into the rows that answer a request.
  UnaryOperator<Map<String, @Nullable Object>> in(Exchange exchange) {
    Map<String, Maker> makers = makers(exchange);
    if (makers.isEmpty()) {
      return UnaryOperator.identity();
    }
    Scope scope = exchange.store().scope(exchange.route(), exchange.path(), exchange.values());
    return row -> {
      long n = Math.floorMod(Scope.hash(row.toString()), 1000L);
      Map<String, @Nullable Object> filled = new LinkedHashMap<>(row);
      makers.forEach((key, maker) -> {
        if (filled.get(key) instanceof String text && !text.startsWith("{")) {
          var json = new JsonBytes(256);
          json.value(maker.make(scope, n));
          filled.put(key, new String(json.array(), 0, json.length(), StandardCharsets.UTF_8));
        }
      });
      return filled;
    };
  }

  /// What makes the JSON of each field that holds some.
  private Map<String, Maker> makers(Exchange exchange) {
    Route route = exchange.route();
    Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Set<String> named = new LinkedHashSet<>();
    for (Input input : route.method().inputs()) {
      boolean own = input.location() != Input.Location.SERVER;
      if (own && input.required() && exchange.given(input.wireName()) instanceof String text) {
        given.put(input.wireName(), text);
        Matcher words = WORD.matcher(text);
        for (int i = 0; i < MOST_WORDS && words.find(); i++) {
          String word = words.group().toLowerCase(Locale.ROOT);
          if (services.contains(word)) {
            named.add(word);
          }
        }
      }
    }
    String table = route.resource().toString().toLowerCase(Locale.ROOT);
    Map<String, Set<List<String>>> paths = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String service : named) {
      for (Reading reading : readings.computeIfAbsent(service, this::read)) {
        if (reading.table.equals(table) && reading.isOf(given)) {
          reading.paths.forEach((column, more) ->
              paths.computeIfAbsent(column, _ -> new LinkedHashSet<>()).addAll(more));
        }
      }
    }
    Map<String, Maker> makers = new LinkedHashMap<>();
    for (RowColumn column : route.method().columns()) {
      Set<List<String>> found = paths.get(column.name());
      if (found != null) {
        var made =
            new Makers(
                exchange.store().behaviour(), route.path(), route.variables(), null, Map.of());
        makers.put(column.key(), made.value(object(found, 0)));
      }
    }
    return makers;
  }

  private List<Reading> read(String name) {
    List<Reading> found = new ArrayList<>();
    Service service = provider.service(name);
    for (ResourceHeader resource : service.resources()) {
      for (View view : service.resource(resource.name()).views()) {
        read(view.ddl(), found);
      }
    }
    return List.copyOf(found);
  }

  private static void read(String ddl, List<Reading> found) {
    Map<String, Set<List<String>>> paths = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Matcher one = EXTRACT.matcher(ddl); one.find(); ) {
      String path = one.group(2).replace("\"", "").replaceAll("\\[[^\\]]*\\]", "");
      paths
          .computeIfAbsent(one.group(1), _ -> new LinkedHashSet<>())
          .add(List.of(path.split("\\.", -1)));
    }
    for (Matcher one = EXTRACT_PATH.matcher(ddl); one.find(); ) {
      List<String> path =
          List.of(one.group(2).strip().replaceAll("^,\\s*'|'$", "").split("'\\s*,\\s*'", -1));
      paths.computeIfAbsent(one.group(1), _ -> new LinkedHashSet<>()).add(path);
    }
    if (paths.isEmpty()) {
      return;
    }
    Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Matcher one = EQUALS.matcher(ddl); one.find(); ) {
      given.put(one.group(1), one.group(2));
    }
    for (Matcher one = TABLE.matcher(ddl); one.find(); ) {
      found.add(new Reading(one.group(1).toLowerCase(Locale.ROOT), given, paths));
    }
  }

  /// An object with a text at each of the paths.
  private static Schema object(Set<List<String>> paths, int depth) {
    Map<String, Set<List<String>>> below = new LinkedHashMap<>();
    for (List<String> path : paths) {
      Set<List<String>> deeper = below.computeIfAbsent(path.get(depth), _ -> new LinkedHashSet<>());
      if (path.size() > depth + 1 && depth < DEEPEST) {
        deeper.add(path);
      }
    }
    Schema.Builder text = new Schema.Builder();
    text.type = "string";
    Map<String, Schema> properties = new LinkedHashMap<>();
    below.forEach((name, deeper) ->
        properties.put(name, deeper.isEmpty() ? text.build() : object(deeper, depth + 1)));
    return WireShape.object(properties);
  }
}
