package dev.isobar.plan;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.Provider;
import dev.isobar.model.Column;
import dev.isobar.model.Span;
import dev.isobar.model.SqlVerb;
import dev.isobar.parse.Name;
import dev.isobar.parse.QueryTree;
import dev.isobar.parse.Statement;
import dev.isobar.resolve.Table;
import dev.isobar.resolve.UserView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a statement will do, decided before anything is sent.
public sealed interface Plan {

  /// A query over provider tables, local tables, or none.
  ///
  /// @param tree the query as written, for the places of errors
  /// @param statement the rewritten tree: each provider table is a call of the table function
  ///   `isobar_scan` with an index into `tables`
  /// @param tables in an order in which each binds only from tables before it
  record Query(QueryTree tree, Map<String, @Nullable Object> statement, List<TableScan> tables)
      implements Plan {
    public Query {
      tables = List.copyOf(tables);
    }

    /// A query that reads no provider table.
    public static Query local(QueryTree tree) {
      return new Query(tree, tree.statement(), List.of());
    }
  }

  /// Requests that change something, one for each row of the source.
  ///
  /// @param returning the expressions of RETURNING, or null
  record Mutation(
      SqlVerb verb,
      Table table,
      Method method,
      RowSource source,
      Statement.@Nullable Text returning)
      implements Plan {}

  /// EXEC: one request, or the pages of a list.
  ///
  /// @param values the arguments by the inputs' SQL names
  /// @param json the body, or null
  record Exec(
      Table table, Method method, Map<String, @Nullable Object> values, @Nullable Object json)
      implements Plan {
    /// Whether the answer is a list that may have more than one page.
    public boolean isList() {
      Pagination pagination = method.pagination();
      boolean reads =
          method.operation().httpVerb().equals("GET")
              || table.resource().verbsOf(method).contains(SqlVerb.SELECT);
      return pagination != null
          && reads
          && method.isPaged()
          && !method.columns().isEmpty()
          && json == null
          && !values.containsKey(pagination.request().key());
    }

    /// The reading of the whole list, with all its columns.
    public Scan scan() {
      Requests requests = new Requests(table.provider().name(), method);
      return new Scan(
          table.provider(),
          table.resource().name(),
          method,
          method.columns().stream()
              .map(column -> new ScanColumn(column.name(), column.key(), column.type()))
              .toList(),
          List.of(new Split(values, requests.firstPage(values))),
          Long.MAX_VALUE,
          false);
    }
  }

  /// Rows about the catalog, known without any request.
  ///
  /// @param where a condition over the rows, or null
  record Metadata(
      List<Column> columns, List<@Nullable Object[]> rows, Statement.@Nullable Text where)
      implements Plan {}

  /// EXPLAIN: the plan is shown, not run.
  record Explain(Plan plan) implements Plan {}

  /// REGISTRY LIST.
  ///
  /// @param provider null for all
  record RegistryList(@Nullable String provider, Span span) implements Plan {}

  /// REGISTRY PULL.
  ///
  /// @param version null for the newest
  record RegistryPull(String provider, @Nullable String version, Span span) implements Plan {}

  /// The rows of a query, kept in a table of the session.
  ///
  /// @param before the text that DuckDB takes before the query
  /// @param view what to remember once the rows are there, or null
  record Store(String before, Name.Part table, Query query, @Nullable UserView view)
      implements Plan {}

  /// CREATE VIEW: its query is planned wherever the view is named.
  record CreateView(UserView view, Statement.CreateView written) implements Plan {}

  /// DROP VIEW.
  record DropView(Statement.DropView written) implements Plan {}

  /// A statement about a table of the session, which DuckDB runs as it is.
  record Local(Statement.Local written) implements Plan {}

  /// A statement about credentials; it sends nothing.
  ///
  /// @param providers the one it names, or all of them
  record Auth(Statement.Auth written, List<Provider> providers) implements Plan {
    public Auth {
      providers = List.copyOf(providers);
    }
  }

  /// SET.
  record SetOption(String name, @Nullable Object value) implements Plan {}
}
