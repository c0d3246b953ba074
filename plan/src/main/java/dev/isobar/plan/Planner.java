package dev.isobar.plan;

import dev.isobar.parse.Name;
import dev.isobar.parse.Statement;
import dev.isobar.resolve.ResolvedStatement;
import dev.isobar.resolve.Resolver;

/// Decides what a statement will do. Sends nothing, and knows neither HTTP nor DuckDB.
public final class Planner {
  private final Resolver resolver;
  private final boolean pushesDown;
  private final MutationPlanner mutations;

  /// @param resolver for expressions inside statements, which become queries of their own
  /// @param pushesDown whether APIs that can are to filter and sort
  public Planner(Resolver resolver, boolean pushesDown) {
    this.resolver = resolver;
    this.pushesDown = pushesDown;
    this.mutations = new MutationPlanner(resolver, pushesDown);
  }

  /// Plans one statement.
  ///
  /// @throws dev.isobar.model.IsobarException `MISSING_REQUIRED_PARAMETER`, `UNSUPPORTED_VERB`,
  ///   `UNSUPPORTED_STATEMENT`, `UNKNOWN_COLUMN` or `INVALID_PARAMETER`
  public Plan plan(ResolvedStatement statement) {
    return switch (statement) {
      case ResolvedStatement.Query query -> new QueryPlanner(query, resolver, pushesDown).plan();
      case ResolvedStatement.Explain explain -> new Plan.Explain(plan(explain.statement()));
      case ResolvedStatement.ShowProviders show -> MetadataPlanner.providers(show);
      case ResolvedStatement.ShowServices show -> MetadataPlanner.services(show);
      case ResolvedStatement.ShowResources show -> MetadataPlanner.resources(show);
      case ResolvedStatement.ShowMethods show -> MetadataPlanner.methods(show);
      case ResolvedStatement.Describe describe ->
          MetadataPlanner.describe(describe.table(), describe.extended());
      case ResolvedStatement.DescribeMethod describe ->
          MetadataPlanner.describeMethod(describe.method(), describe.extended());
      case ResolvedStatement.Exec exec -> mutations.exec(exec);
      case ResolvedStatement.Insert insert -> mutations.insert(insert);
      case ResolvedStatement.Update update -> mutations.update(update);
      case ResolvedStatement.Delete delete -> mutations.delete(delete);
      case ResolvedStatement.RegistryList(Statement.RegistryList list) -> {
        Name.Part provider = list.provider();
        yield new Plan.RegistryList(provider == null ? null : provider.text(), list.span());
      }
      case ResolvedStatement.RegistryPull(Statement.RegistryPull pull) ->
          new Plan.RegistryPull(pull.provider().text(), pull.version(), pull.provider().span());
      case ResolvedStatement.Store store ->
          new Plan.Store(
              store.before(),
              store.table(),
              new QueryPlanner(store.query(), resolver, pushesDown).plan(),
              store.view());
      case ResolvedStatement.CreateView create ->
          new Plan.CreateView(create.view(), create.written());
      case ResolvedStatement.DropView drop -> new Plan.DropView(drop.written());
      case ResolvedStatement.Local local -> new Plan.Local(local.written());
      case ResolvedStatement.Auth auth -> new Plan.Auth(auth.written(), auth.providers());
      case ResolvedStatement.SetOption option ->
          new Plan.SetOption(option.written().name().text(), option.written().value().value());
    };
  }
}
