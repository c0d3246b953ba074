package dev.isobar.plan;

import dev.isobar.catalog.Method;
import dev.isobar.resolve.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// A provider table of a query: which method reads it, and what its inputs are bound to.
///
/// @param columns of the rows: the method's, then the bound inputs that no column shadows
/// @param bindings together they bind every required input; their combinations are the splits
/// @param needed indexes into `columns` of those that the query names; all of them under `*`
/// @param materialised whether the rows are kept in a temporary table, because another table binds
///   from them
/// @param rowLimit as many rows are enough for sure; [Long#MAX_VALUE] when all are wanted
/// @param mayStopEarly whether the reader may have enough before the end
/// @param pushdown what the API is to filter and sort by, or null
public record TableScan(
    String alias,
    Table table,
    Method method,
    List<ScanColumn> columns,
    List<Binding> bindings,
    List<Integer> needed,
    boolean materialised,
    long rowLimit,
    boolean mayStopEarly,
    @Nullable Pushdown pushdown) {

  public TableScan {
    columns = List.copyOf(columns);
    bindings = List.copyOf(bindings);
    needed = List.copyOf(needed);
  }

  /// The scan, once the keys are known.
  ///
  /// @param keys for each [Binding.Keys] in order, the rows that its query gave
  /// @param projected indexes into [#columns()]: what each row is to hold
  public Scan scan(List<List<@Nullable Object[]>> keys, List<Integer> projected) {
    List<Map<String, @Nullable Object>> combined = new ArrayList<>();
    combined.add(Map.of());
    int nextKeys = 0;
    for (Binding binding : bindings) {
      List<Map<String, @Nullable Object>> values =
          switch (binding) {
            case Binding.Constants constants -> constants.rows();
            case Binding.Keys query -> query.rows(keys.get(nextKeys++));
          };
      combined = combine(combined, values);
    }
    SequencedSet<Map<String, @Nullable Object>> distinct = new LinkedHashSet<>(combined);
    Requests requests = new Requests(table.provider().name(), method);
    List<Split> splits = new ArrayList<>();
    for (Map<String, @Nullable Object> values : distinct) {
      boolean graphQl = method.wire().graphQl() != null;
      Long limit = rowLimit == Long.MAX_VALUE ? null : Long.valueOf(rowLimit);
      splits.add(
          new Split(
              values,
              graphQl
                  ? new GraphQlRequests(method).page(values, limit, null)
                  : requests.firstPage(values),
              pushdown));
    }
    return new Scan(
        table.provider(),
        table.resource().name(),
        singlePage() || !method.isPaged() ? method.withoutPagination() : method,
        projected.stream().map(columns::get).toList(),
        splits,
        rowLimit,
        mayStopEarly);
  }

  /// Whether the statement itself names the page to read.
  private boolean singlePage() {
    var pagination = method.pagination();
    return pagination != null
        && bindings.stream()
            .flatMap(binding -> binding.inputs().stream())
            .anyMatch(input -> input.wireName().equals(pagination.request().key()));
  }

  private static List<Map<String, @Nullable Object>> combine(
      List<Map<String, @Nullable Object>> some, List<Map<String, @Nullable Object>> others) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Map<String, @Nullable Object> left : some) {
      for (Map<String, @Nullable Object> right : others) {
        Map<String, @Nullable Object> both = new LinkedHashMap<>(left);
        both.putAll(right);
        all.add(both);
      }
    }
    return all;
  }
}
