package dev.isobar.resolve;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Service;
import dev.isobar.parse.Name;
import dev.isobar.parse.QueryTree;
import dev.isobar.parse.Statement;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A statement whose names are known to exist.
public sealed interface ResolvedStatement {

  /// A query.
  ///
  /// @param tree owned by the reader, who may rewrite it
  /// @param tables the provider tables, by their node of the tree (identity)
  record Query(QueryTree tree, IdentityHashMap<Map<?, ?>, Table> tables)
      implements ResolvedStatement {}

  /// EXPLAIN of a statement.
  record Explain(ResolvedStatement statement) implements ResolvedStatement {}

  /// SHOW PROVIDERS.
  record ShowProviders(Catalog catalog, Statement.Show written) implements ResolvedStatement {}

  /// SHOW SERVICES.
  record ShowServices(Provider provider, Statement.Show written) implements ResolvedStatement {}

  /// SHOW RESOURCES.
  record ShowResources(Provider provider, Service service, Statement.Show written)
      implements ResolvedStatement {}

  /// SHOW METHODS.
  record ShowMethods(Table table, Statement.Show written) implements ResolvedStatement {}

  /// DESCRIBE of a resource.
  record Describe(Table table, boolean extended) implements ResolvedStatement {}

  /// DESCRIBE METHOD.
  record DescribeMethod(Table table, Method method, boolean extended)
      implements ResolvedStatement {}

  /// EXEC.
  record Exec(Table table, Method method, Statement.Exec written) implements ResolvedStatement {}

  /// INSERT.
  ///
  /// @param source the query whose rows are the requests, or null when all values are literals
  record Insert(Table table, @Nullable Query source, Statement.Insert written)
      implements ResolvedStatement {}

  /// UPDATE or REPLACE.
  ///
  /// @param condition `SELECT * FROM table WHERE condition`, or null without WHERE
  record Update(Table table, @Nullable Query condition, Statement.Update written)
      implements ResolvedStatement {}

  /// DELETE.
  ///
  /// @param condition `SELECT * FROM table WHERE condition`, or null without WHERE
  record Delete(Table table, @Nullable Query condition, Statement.Delete written)
      implements ResolvedStatement {}

  /// REGISTRY LIST. What it names is no part of the catalog.
  record RegistryList(Statement.RegistryList written) implements ResolvedStatement {}

  /// REGISTRY PULL.
  record RegistryPull(Statement.RegistryPull written) implements ResolvedStatement {}

  /// The rows of a query, kept in a table of the session.
  ///
  /// @param before the text that DuckDB takes before the query
  /// @param view what to remember once the rows are there, or null
  record Store(String before, Name.Part table, Query query, @Nullable UserView view)
      implements ResolvedStatement {}

  /// CREATE VIEW, all of whose tables are known.
  record CreateView(UserView view, Statement.CreateView written) implements ResolvedStatement {}

  /// DROP VIEW.
  record DropView(Statement.DropView written) implements ResolvedStatement {}

  /// A statement about a table of the session.
  record Local(Statement.Local written) implements ResolvedStatement {}

  /// A statement about credentials.
  ///
  /// @param providers the one it names, or all of them
  record Auth(Statement.Auth written, List<Provider> providers) implements ResolvedStatement {
    public Auth {
      providers = List.copyOf(providers);
    }
  }

  /// SET.
  record SetOption(Statement.SetOption written) implements ResolvedStatement {}
}
