package dev.isobar.resolve;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.Service;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import dev.isobar.parse.Name;
import dev.isobar.parse.QueryGrammar;
import dev.isobar.parse.QueryTree;
import dev.isobar.parse.Statement;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks names up: a statement as written becomes one about things that exist.
///
/// Every error points at the part of the name that is wrong. Loads only what the statement names.
public final class Resolver {
  /// Catalogs of the local database, which a three-part name may name as well.
  private static final Set<String> LOCAL = Set.of("memory", "temp", "system");

  private final Catalog catalog;
  private final QueryGrammar grammar;
  private final Function<String, @Nullable String> environment;
  private final UserViews views;

  /// A resolver where no environment variable is set.
  public Resolver(Catalog catalog, QueryGrammar grammar) {
    this(catalog, grammar, _ -> null, new UserViews());
  }

  /// @param environment reads a variable, null when it is not set: some parameters may come from
  ///   there
  /// @param views those of the session
  public Resolver(
      Catalog catalog,
      QueryGrammar grammar,
      Function<String, @Nullable String> environment,
      UserViews views) {
    this.catalog = catalog;
    this.grammar = grammar;
    this.environment = environment;
    this.views = views;
  }

  /// Resolves one statement.
  ///
  /// @throws IsobarException `UNKNOWN_PROVIDER`, `UNKNOWN_SERVICE`, `UNKNOWN_RESOURCE` or
  ///   `UNKNOWN_METHOD` with the nearest names; `SYNTAX_ERROR` inside a query
  public ResolvedStatement resolve(Statement statement) {
    return switch (statement) {
      case Statement.Query query -> query(query.text().sql(), query.span().start());
      case Statement.Explain explain -> new ResolvedStatement.Explain(resolve(explain.statement()));
      case Statement.Show show -> show(show);
      case Statement.Describe describe ->
          new ResolvedStatement.Describe(table(describe.resource()), describe.extended());
      case Statement.DescribeMethod describe -> {
        Table table = table(withoutLast(describe.method(), "DESCRIBE METHOD"));
        yield new ResolvedStatement.DescribeMethod(
            table, method(table, describe.method()), describe.extended());
      }
      case Statement.Exec exec -> {
        Table table = table(withoutLast(exec.method(), "EXEC"));
        yield new ResolvedStatement.Exec(table, method(table, exec.method()), exec);
      }
      case Statement.Insert insert -> {
        Table table = table(insert.target());
        yield new ResolvedStatement.Insert(
            table,
            insert.literals() != null
                ? null
                : query(insert.source().sql(), insert.source().span().start()),
            insert);
      }
      case Statement.Update update -> {
        Table table = table(update.target());
        yield new ResolvedStatement.Update(table, condition(table, update.where()), update);
      }
      case Statement.Delete delete -> {
        Table table = table(delete.target());
        yield new ResolvedStatement.Delete(table, condition(table, delete.where()), delete);
      }
      case Statement.RegistryList list -> new ResolvedStatement.RegistryList(list);
      case Statement.RegistryPull pull -> new ResolvedStatement.RegistryPull(pull);
      case Statement.Auth auth -> {
        Name.Part named = auth.provider();
        yield new ResolvedStatement.Auth(
            auth,
            named == null
                ? catalog.providers()
                : List.of(at(named.span(), () -> catalog.provider(named.text()))));
      }
      case Statement.CreateTable create ->
          new ResolvedStatement.Store(
              createTable(create.name().text(), create.replace(), create.ifNotExists(), List.of()),
              create.name(),
              query(create.query().sql(), create.query().span().start()),
              null);
      case Statement.InsertLocal insert ->
          new ResolvedStatement.Store(
              insert.before().sql() + " ",
              insert.table(),
              query(insert.query().sql(), insert.query().span().start()),
              null);
      case Statement.CreateView create -> view(create);
      case Statement.Refresh refresh -> {
        UserView view = views.get(refresh.name(), true);
        yield new ResolvedStatement.Store(
            createTable(view.name(), true, false, view.columns()),
            refresh.name(),
            query(tree(view, refresh.name().span()), refresh.name().span(), List.of(view.name())),
            view);
      }
      case Statement.DropView drop -> new ResolvedStatement.DropView(drop);
      case Statement.Local local -> new ResolvedStatement.Local(local);
      case Statement.SetOption option -> new ResolvedStatement.SetOption(option);
    };
  }

  private ResolvedStatement view(Statement.CreateView create) {
    UserView view =
        new UserView(
            create.name().text(),
            create.columns().stream().map(Name.Part::text).toList(),
            create.query().sql(),
            create.materialized());
    ResolvedStatement.Query query =
        query(grammar.parse(view.sql(), create.query().span().start()), null, List.of(view.name()));
    return create.materialized()
        ? new ResolvedStatement.Store(
            createTable(view.name(), create.replace(), create.ifNotExists(), view.columns()),
            create.name(),
            query,
            view)
        : new ResolvedStatement.CreateView(view, create);
  }

  /// What DuckDB takes before the query whose rows a table keeps.
  private static String createTable(
      String name, boolean replace, boolean ifNotExists, List<String> columns) {
    String named =
        columns.isEmpty()
            ? ""
            : columns.stream().map(Name::quoted).collect(Collectors.joining(", ", " (", ")"));
    return "CREATE "
        + (replace ? "OR REPLACE TABLE " : "TABLE ")
        + (ifNotExists ? "IF NOT EXISTS " : "")
        + Name.quoted(name)
        + named
        + " AS ";
  }

  UserViews views() {
    return views;
  }

  /// The query of a view, as if it stood at its name.
  QueryTree tree(UserView view, Span name) {
    QueryTree tree = grammar.parse(view.sql(), name.start());
    forgetPlaces(tree.statement());
    return tree;
  }

  /// The places of a view's own text are none in the statement that names it.
  private static void forgetPlaces(@Nullable Object node) {
    switch (node) {
      case Map<?, ?> map -> {
        map.remove("query_location");
        map.remove("query_location_length");
        map.values().forEach(Resolver::forgetPlaces);
      }
      case List<?> list -> list.forEach(Resolver::forgetPlaces);
      case null, default -> {}
    }
  }

  private ResolvedStatement.Query query(
      QueryTree tree, @Nullable Span viewName, List<String> within) {
    IdentityHashMap<Map<?, ?>, Table> tables = new IdentityHashMap<>();
    new TableSearch(this, tree, tables, viewName, within).find(tree.statement(), Set.of());
    return new ResolvedStatement.Query(tree, tables);
  }

  /// Resolves the provider tables of a query. Other tables (CTEs, local tables, files) are left to
  /// the query engine.
  ///
  /// @param offset where `sql` begins in the script
  public ResolvedStatement.Query query(String sql, int offset) {
    return query(grammar.parse(sql, offset), null, List.of());
  }

  /// Resolves the text of a provider's view: the tables of the provider are asked with the account
  /// that the view is asked with.
  public ResolvedStatement.Query view(String sql, Provider provider) {
    QueryTree tree = grammar.parse(sql, 0);
    if (!provider.account().isEmpty()) {
      nameAccount(tree.statement(), provider);
    }
    return query(tree, null, List.of());
  }

  private static void nameAccount(@Nullable Object node, Provider provider) {
    switch (node) {
      case Map<?, ?> map -> {
        List<?> path = "BASE_TABLE".equals(map.get("type")) ? TableSearch.path(map) : List.of();
        if (path.size() == 3
            && provider.api().equals(path.getFirst())
            && map.get("qualified_name") instanceof Map<?, ?> name) {
          @SuppressWarnings("unchecked") // JSON objects have text keys
          Map<String, @Nullable Object> changed = (Map<String, @Nullable Object>) name;
          changed.put("path", List.of(provider.name(), path.get(1), path.get(2)));
        }
        map.values().forEach(child -> nameAccount(child, provider));
      }
      case List<?> list -> list.forEach(child -> nameAccount(child, provider));
      case null, default -> {}
    }
  }

  @Nullable Table providerTable(List<?> path, Span span) {
    String first = String.valueOf(path.getFirst());
    boolean provider = catalog.find(first).isPresent();
    if (path.size() < 3) {
      if (provider && path.size() == 2) {
        throw new IsobarException(
            ErrorCode.UNKNOWN_RESOURCE,
            "`" + first + "." + path.get(1) + "` names a service, not a table.",
            "A table is provider.service.resource: SHOW RESOURCES IN "
                + first
                + "."
                + path.get(1)
                + " lists them.",
            span);
      }
      return null;
    }
    if (path.size() == 3 && !provider && LOCAL.contains(first)) {
      return null;
    }
    return table(
        first, String.valueOf(path.get(1)), String.valueOf(path.get(2)), path.size(), span);
  }

  private Table table(String provider, String service, String resource, int parts, Span span) {
    if (parts > 3) {
      throw new IsobarException(
          ErrorCode.UNKNOWN_RESOURCE,
          "A table name has three parts, and `"
              + provider
              + "."
              + service
              + "."
              + resource
              + "…` has "
              + parts
              + ".",
          "Write provider.service.resource; a method is called with EXEC.",
          span);
    }
    int at = span.start();
    Provider found = at(partSpan(span, at, provider), () -> catalog.provider(provider));
    at += provider.length() + 1;
    Service foundService = at(partSpan(span, at, service), () -> found.service(service));
    at += service.length() + 1;
    Resource foundResource =
        at(new Span(Math.min(at, span.end()), span.end()), () -> foundService.resource(resource));
    return new Table(found, foundResource.inEnvironment(environment), span);
  }

  private static Span partSpan(Span whole, int start, String part) {
    int from = Math.min(start, whole.end());
    return new Span(from, Math.min(whole.end(), from + part.length()));
  }

  private ResolvedStatement show(Statement.Show show) {
    Name in = show.in();
    if (in == null) {
      return new ResolvedStatement.ShowProviders(catalog, show);
    }
    return switch (show.kind()) {
      case PROVIDERS -> new ResolvedStatement.ShowProviders(catalog, show);
      case SERVICES -> new ResolvedStatement.ShowServices(provider(parts(in, 1, show)), show);
      case RESOURCES -> {
        Provider provider = provider(parts(in, 2, show));
        yield new ResolvedStatement.ShowResources(provider, service(provider, in), show);
      }
      case METHODS -> new ResolvedStatement.ShowMethods(table(parts(in, 3, show)), show);
    };
  }

  private static Name parts(Name name, int wanted, Statement.Show show) {
    if (name.parts().size() != wanted) {
      String form =
          List.of("provider", "provider.service", "provider.service.resource").get(wanted - 1);
      throw new IsobarException(
          ErrorCode.SYNTAX_ERROR,
          "SHOW " + show.kind() + " IN takes " + form + ", not `" + name + "`.",
          "Write SHOW " + show.kind() + " IN " + form + ".",
          name.span());
    }
    return name;
  }

  private Table table(Name name) {
    List<Name.Part> parts = name.parts();
    if (parts.size() != 3) {
      throw new IsobarException(
          ErrorCode.UNKNOWN_RESOURCE,
          "A resource name has three parts, and `" + name + "` has " + parts.size() + ".",
          "Write provider.service.resource, such as linode.instances.linodes.",
          name.span());
    }
    Provider provider = provider(name);
    Service service = service(provider, name);
    Name.Part last = parts.get(2);
    Resource resource = at(last.span(), () -> service.resource(last.text()));
    return new Table(provider, resource.inEnvironment(environment), name.span());
  }

  private Provider provider(Name name) {
    Name.Part part = name.parts().getFirst();
    return at(part.span(), () -> catalog.provider(part.text()));
  }

  private static Service service(Provider provider, Name name) {
    Name.Part part = name.parts().get(1);
    return at(part.span(), () -> provider.service(part.text()));
  }

  private static Method method(Table table, Name name) {
    Name.Part part = name.parts().getLast();
    return at(part.span(), () -> table.resource().method(part.text()));
  }

  private static Name withoutLast(Name name, String statement) {
    if (name.parts().size() != 4) {
      throw new IsobarException(
          ErrorCode.UNKNOWN_METHOD,
          statement
              + " takes a method of four parts, and `"
              + name
              + "` has "
              + name.parts().size()
              + ".",
          "Write provider.service.resource.method; SHOW METHODS IN provider.service.resource lists"
              + " them.",
          name.span());
    }
    return new Name(name.parts().subList(0, 3));
  }

  private ResolvedStatement.@Nullable Query condition(Table table, Statement.@Nullable Text where) {
    if (where == null) {
      return null;
    }
    String prefix = "SELECT * FROM " + Name.quoted(table.resource().name().resource()) + " WHERE ";
    // The spans of errors in the condition then fall on the condition.
    return query(prefix + where.sql(), where.span().start() - prefix.length());
  }

  private static <T> T at(Span span, Supplier<T> lookUp) {
    try {
      return lookUp.get();
    } catch (IsobarException e) {
      throw e.withSpan(span);
    }
  }
}
