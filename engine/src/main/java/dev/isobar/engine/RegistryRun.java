package dev.isobar.engine;

import dev.isobar.catalog.Catalog;
import dev.isobar.model.Cancellation;
import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import dev.isobar.model.RowStream;
import dev.isobar.model.Span;
import dev.isobar.plan.Plan;
import dev.isobar.registry.ProviderVersions;
import dev.isobar.registry.Pulled;
import dev.isobar.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs REGISTRY statements. Source of the columns: `stackql-surface.md`, section 1.9.
record RegistryRun(Registry registry) {
  Catalog catalog() {
    return registry.catalog();
  }

  Result list(Plan.RegistryList list, Cancellation cancellation) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    String provider = list.provider();
    if (provider != null) {
      ProviderVersions versions =
          placed(list.span(), () -> registry.versions(provider, cancellation));
      rows.add(new @Nullable Object[] {provider, String.join(", ", versions.versions())});
      return result("versions", rows);
    }
    for (ProviderVersions each : placed(list.span(), () -> registry.list(cancellation))) {
      rows.add(new @Nullable Object[] {each.provider(), each.newest()});
    }
    return result("version", rows);
  }

  private static Result result(String second, List<@Nullable Object[]> rows) {
    List<Column> columns =
        List.of(new Column("provider", ColumnType.VARCHAR), new Column(second, ColumnType.VARCHAR));
    return Result.of(columns, RowStream.of(rows));
  }

  Result pull(Plan.RegistryPull pull, Cancellation cancellation) {
    Pulled pulled =
        placed(pull.span(), () -> registry.pull(pull.provider(), pull.version(), cancellation));
    List<String> messages = new ArrayList<>();
    messages.add(pulled.message());
    messages.addAll(pulled.warnings());
    return new Result(List.of(), RowStream.of(List.of()), () -> messages, List::of);
  }

  private static <T> T placed(Span span, Supplier<T> work) {
    try {
      return work.get();
    } catch (IsobarException e) {
      throw e.withSpan(span);
    }
  }

  List<@Nullable Object[]> explain(Plan.RegistryList list) {
    return rows(registry.listRequests(), list.provider() == null ? "" : list.provider(), "LIST");
  }

  List<@Nullable Object[]> explain(Plan.RegistryPull pull) {
    return rows(registry.pullRequests(pull.provider(), pull.version()), pull.provider(), "PULL");
  }

  /// In the columns of EXPLAIN.
  private static List<@Nullable Object[]> rows(
      List<String> requests, String provider, String method) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String request : requests) {
      rows.add(new @Nullable Object[] {rows.size() + 1L, provider, method, request, "", "1", ""});
    }
    return rows;
  }
}
