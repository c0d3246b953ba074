package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Wire;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Answers requests for lists: filtered, sorted, and cut into pages. Thread-safe.
final class Lists {
  private final Store store;
  private final Responses responses;

  Lists(Store store, Responses responses) {
    this.store = store;
    this.responses = responses;
  }

  HttpResponse list(Exchange exchange) {
    return list(exchange, exchange.collection());
  }

  HttpResponse list(Exchange exchange, Collection collection) {
    if (isBehindTheLast(exchange)) {
      return cut(exchange, List.of(), null);
    }
    Set<String> keys = answerKeys(exchange.route(), collection);
    List<String> named = namedFilters(exchange, collection);
    UnaryOperator<Map<String, @Nullable Object>> texts =
        exchange.route().isAction() ? store.jsonTexts().in(exchange) : UnaryOperator.identity();
    XFilter filter = filter(exchange);
    if (filter == null && named.isEmpty()) {
      Pages page = Pages.of(exchange, collection.size());
      List<Integer> places =
          IntStream.range(page.offset(), page.offset() + page.count()).boxed().toList();
      return page(
          exchange, page, new Window(collection, places, keys, texts, scalars(exchange.route())));
    }
    List<Integer> places = places(exchange, collection, filter, named);
    List<String> demanded = named.stream().filter(key -> isRequired(exchange, key)).toList();
    if (places.isEmpty() && !demanded.isEmpty()) {
      // No row was made for what the request must say: those that nobody wrote are of it.
      List<String> free = named.stream().filter(key -> !demanded.contains(key)).toList();
      places = places(exchange, collection, filter, free);
      places.removeIf(place -> !collection.isGenerated(place));
      var before = texts;
      texts = row -> told(exchange, before.apply(row), demanded);
    }
    if (filter != null && filter.order() != null) {
      places.sort(Comparator.comparing(collection::glance, filter.order()));
    }
    Pages page = Pages.of(exchange, places.size());
    int from = Math.min(page.offset(), places.size());
    List<Integer> shown = places.subList(from, from + page.count());
    return page(
        exchange, page, new Window(collection, shown, keys, texts, scalars(exchange.route())));
  }

  /// Whether a GraphQL query asks for rows after a key, as the text that comes with one tells.
  /// There are none: the first page has them all.
  private static boolean isBehindTheLast(Exchange exchange) {
    Wire.GraphQl graphQl = exchange.route().method().wire().graphQl();
    if (graphQl == null || !graphQl.cursor().strategy().equals("keyset")) {
      return false;
    }
    String format = graphQl.cursor().format();
    int value = format.indexOf("{{");
    String before = (value < 0 ? format : format.substring(0, value)).strip();
    String asked = String.valueOf(exchange.body().get("query"));
    return !before.isEmpty() && asked.contains(before) && !graphQl.query().contains(before);
  }

  /// The places of the rows that pass.
  private static List<Integer> places(
      Exchange exchange, Collection collection, @Nullable XFilter filter, List<String> named) {
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < collection.size(); place++) {
      Map<String, @Nullable Object> row = collection.glance(place);
      boolean passes = filter == null || filter.condition().test(row);
      if (passes
          && named.stream().allMatch(key -> text(row.get(key)).equals(exchange.query(key)))) {
        places.add(place);
      }
    }
    return places;
  }

  private static boolean isRequired(Exchange exchange, String query) {
    Input input = exchange.route().wire(query, Input.Location.QUERY);
    return input != null && input.required();
  }

  /// A row with what the request says of it.
  private static Map<String, @Nullable Object> told(
      Exchange exchange, Map<String, @Nullable Object> row, List<String> keys) {
    Map<String, @Nullable Object> told = new LinkedHashMap<>(row);
    for (String key : keys) {
      if (told.get(key) instanceof String) {
        told.put(key, exchange.query(key));
      }
    }
    return told;
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  /// Rows that a store.behaviour() gave, filtered, sorted and cut into pages like any others.
  HttpResponse listed(Exchange exchange, List<?> given) {
    XFilter filter = filter(exchange);
    if (filter == null) {
      return cut(exchange, given, null);
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Object row : given) {
      if (filter.condition().test(Values.object(row))) {
        rows.add(Values.object(row));
      }
    }
    sort(rows, filter);
    return cut(exchange, rows, null);
  }

  private static void sort(List<Map<String, @Nullable Object>> rows, @Nullable XFilter filter) {
    if (filter != null && filter.order() != null) {
      rows.sort(filter.order());
    }
  }

  private HttpResponse cut(Exchange exchange, List<?> rows, @Nullable Set<String> keys) {
    Pages page = Pages.of(exchange, rows.size());
    int from = Math.min(page.offset(), rows.size());
    List<Object> shown = new ArrayList<>();
    for (Object row : rows.subList(from, from + page.count())) {
      shown.add(row instanceof Map<?, ?> ? Answer.project(Values.object(row), keys) : row);
    }
    return page(exchange, page, shown);
  }

  private HttpResponse page(Exchange exchange, Pages page, List<?> rows) {
    Route route = exchange.route();
    Scope scope = store.scope(route, exchange.path(), exchange.values());
    Object body = page.body(rows, route.envelope(), responses.whole(route), scope);
    HttpResponse response = Responses.written(route, body, rows.size() * 512);
    for (var header : page.headers().entrySet()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response;
  }

  /// Some rows of a collection; each is made when it is read.
  private static final class Window extends AbstractList<@Nullable Object> {
    private final Collection collection;
    private final List<Integer> places;
    private final @Nullable Set<String> keys;
    private final UnaryOperator<Map<String, @Nullable Object>> texts;
    private final boolean scalars;

    /// @param texts puts JSON into texts of a row
    /// @param scalars whether the list shows nothing of its rows but what identifies them
    Window(
        Collection collection,
        List<Integer> places,
        @Nullable Set<String> keys,
        UnaryOperator<Map<String, @Nullable Object>> texts,
        boolean scalars) {
      this.texts = texts;
      this.scalars = scalars;
      this.collection = collection;
      this.places = places;
      this.keys = keys;
    }

    @Override
    public @Nullable Object get(int index) {
      Object row = collection.at(places.get(index));
      if (scalars && row instanceof Map<?, ?> map) {
        return map.get(collection.type().idKey());
      }
      return row instanceof Map<?, ?> ? Answer.project(texts.apply(Values.object(row)), keys) : row;
    }

    @Override
    public int size() {
      return places.size();
    }
  }

  private static boolean scalars(Route route) {
    Schema row = route.envelope().row();
    return row != null && Makers.propertiesOf(row).isEmpty() && !row.type().equals("object");
  }

  private @Nullable Set<String> answerKeys(Route route, Collection collection) {
    Schema row = route.envelope().row();
    if (row == null || collection.type().scalar() != null) {
      return null;
    }
    Set<String> declared = new LinkedHashSet<>(Makers.propertiesOf(row).keySet());
    route.method().columns().forEach(column -> declared.add(column.key()));
    return declared.isEmpty() || declared.containsAll(collection.type().fields().names())
        ? null
        : declared;
  }

  /// Declared query parameters that have the name of a field: they select rows.
  private static List<String> namedFilters(Exchange exchange, Collection collection) {
    List<String> named = new ArrayList<>();
    for (String name : exchange.query().keySet()) {
      if (exchange.declares(name) && collection.type().fields().has(name)) {
        named.add(name);
      }
    }
    return named;
  }

  private static @Nullable XFilter filter(Exchange exchange) {
    Method method = exchange.route().method();
    String header = exchange.headers().get("x-filter");
    Method.FilterSpec spec = method.filter();
    if (header == null || (spec == null && !exchange.store().behaviour().filters())) {
      return null;
    }
    return XFilter.parse(header, spec == null ? Set.of() : Set.copyOf(spec.columns()));
  }
}
