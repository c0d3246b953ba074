package dev.isobar.catalog.document;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Input.Location;
import dev.isobar.catalog.Method.FilterSpec;
import dev.isobar.catalog.Method.PageSize;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.RowColumn;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a method's rows come in pages, and what the API can filter: `pagination`, and our extensions
/// `x-isobar-pagination` and `x-isobar-filter` at the top of a service document.
record Paging(
    @Nullable Pagination pagination,
    @Nullable PageSize pageSize,
    Pagination.@Nullable Token total,
    @Nullable FilterSpec filter) {

  /// What APIs call the number of rows that a page may have.
  private static final Set<String> PAGE_SIZES =
      Set.of(
          "$top",
          "Limit",
          "MaxItems",
          "MaxRecords",
          "MaxResults",
          "limit",
          "max-items",
          "max-results",
          "maxItems",
          "maxRecords",
          "maxResults",
          "max_results",
          "page-size",
          "pageSize",
          "page[limit]",
          "page[size]",
          "page_size",
          "perPage",
          "per_page");

  /// A larger maximum bounds the type of the number, and no page.
  private static final long LARGEST_PAGE = 10_000;

  static Paging of(
      Node service,
      Settings settings,
      String httpVerb,
      List<Input> inputs,
      RowShape shape,
      List<RowColumn> columns) {
    Pagination pagination = settings.pagination();
    if (pagination == null) {
      return new Paging(null, null, null, null);
    }
    Node extension = service.get("x-isobar-pagination");
    PageSize pageSize = pageSize(extension.get("pageSize"), inputs);
    if (pageSize == null && shape.isList() && goesOn(pagination, inputs)) {
      pageSize = statedPageSize(inputs);
    }
    boolean list = httpVerb.equals("GET") && shape.isList() && isPaged(pagination, inputs);
    return new Paging(
        pagination,
        pageSize,
        Settings.token(extension.get("total")),
        list ? filter(service.get("x-isobar-filter"), columns) : null);
  }

  /// Whether the operation itself takes the parameter that asks for a page.
  private static boolean isPaged(Pagination pagination, List<Input> inputs) {
    String key = pagination.request().key();
    return inputs.stream().anyMatch(input -> input.wireName().equals(key));
  }

  private static @Nullable PageSize pageSize(Node written, List<Input> inputs) {
    for (Input input : inputs) {
      Number largest = input.schema().maximum();
      if (input.location() == Location.QUERY
          && input.wireName().equals(written.text("key"))
          && largest != null) {
        return new PageSize(input.wireName(), largest.longValue());
      }
    }
    return null;
  }

  /// Whether the operation's list has a next page that can be asked for: pagination is declared for
  /// whole services, also over operations that have none.
  private static boolean goesOn(Pagination pagination, List<Input> inputs) {
    return pagination.request().location() == Pagination.Location.REQUEST
        || isPaged(pagination, inputs);
  }

  /// The parameter that everybody calls so, with the maximum that its schema states.
  private static @Nullable PageSize statedPageSize(List<Input> inputs) {
    for (Input input : inputs) {
      Number largest = input.schema().maximum();
      if (input.location() == Location.QUERY
          && PAGE_SIZES.contains(input.wireName())
          && input.schema().type().equals("integer")
          && largest != null
          && largest.longValue() >= 1
          && largest.longValue() <= LARGEST_PAGE) {
        return new PageSize(input.wireName(), largest.longValue());
      }
    }
    return null;
  }

  private static @Nullable FilterSpec filter(Node written, List<RowColumn> columns) {
    String marker = written.text("columns");
    List<String> filterable =
        columns.stream()
            .filter(column -> Boolean.TRUE.equals(column.schema().extensions().get(marker)))
            .map(RowColumn::name)
            .toList();
    if (filterable.isEmpty()) {
      return null;
    }
    Location location =
        written.text("location").toLowerCase(Locale.ROOT).equals("header")
            ? Location.HEADER
            : Location.QUERY;
    return new FilterSpec(written.text("dialect"), location, written.text("key"), filterable);
  }
}
