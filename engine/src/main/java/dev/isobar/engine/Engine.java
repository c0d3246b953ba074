package dev.isobar.engine;

import dev.isobar.catalog.Catalog;
import dev.isobar.fetch.Allowance;
import dev.isobar.fetch.Budget;
import dev.isobar.fetch.FetchOptions.OnFailure;
import dev.isobar.fetch.FetchTerms;
import dev.isobar.fetch.Fetcher;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Progress;
import dev.isobar.model.Result;
import dev.isobar.model.RowStream;
import dev.isobar.model.Span;
import dev.isobar.parse.Parser;
import dev.isobar.parse.Script;
import dev.isobar.parse.Statement;
import dev.isobar.plan.Explanation;
import dev.isobar.plan.Plan;
import dev.isobar.plan.Planner;
import dev.isobar.query.Database;
import dev.isobar.query.DuckDbGrammar;
import dev.isobar.query.QueryRunner;
import dev.isobar.registry.Registry;
import dev.isobar.resolve.Resolver;
import dev.isobar.resolve.UserViews;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs statements: parse, resolve, plan, fetch, query. One session; one statement at a time,
/// except [#cancel()] and [#progress()], which any thread may call.
///
/// ```java
/// Script script = engine.parse("SELECT label FROM linode.instances.linodes");
/// for (Statement statement : script.statements()) {
///   try (Result result = engine.execute(statement)) {
///     // read result.rows()
///   }
/// }
/// ```
public final class Engine implements AutoCloseable {
  private static final String CATALOG_QUERY = "SELECT * FROM isobar_catalog WHERE ";

  private final EngineOptions options;
  private final Timer timer;
  private final Fetcher fetcher;
  private final Database database = new Database();
  private final DuckDbGrammar grammar;
  private Resolver resolver;
  private final QueryRunner runner;
  private final Changes changes;
  private final UserViews views = new UserViews();
  private final OwnTables tables;
  private final Settings settings = new Settings(database::limitMemory);
  private volatile @Nullable StatementRun current;

  public Engine(EngineOptions options) {
    this(options, Timer.REAL);
  }

  Engine(EngineOptions options, Timer timer) {
    this.options = options;
    this.timer = timer;
    this.fetcher = new Fetcher(options.fetch(), options.environment());
    this.grammar = new DuckDbGrammar(database);
    this.resolver = new Resolver(options.catalog(), grammar, options.environment(), views);
    this.runner = new QueryRunner(database, grammar);
    this.tables = new OwnTables(views, runner);
    this.changes = new Changes(fetcher, runner);
  }

  /// The statements of a script.
  ///
  /// @throws IsobarException `SYNTAX_ERROR`
  public Script parse(String text) {
    return Parser.parse(text);
  }

  /// Runs one statement. The rows are read from the result, which the caller closes.
  ///
  /// @throws IsobarException whatever is wrong with the statement, or with what it was to do; its
  ///   span lies in the script
  public Result execute(Statement statement) {
    Planner planner = new Planner(resolver, settings.pushesDown());
    Plan plan = planner.plan(resolver.resolve(statement));
    Budget budget = settings.budget();
    StatementRun run =
        new StatementRun(
            fetcher,
            new FetchTerms(
                settings.warnWhenIncomplete() ? OnFailure.REPORT : OnFailure.FAIL,
                new Allowance(budget),
                settings.cacheTtl()));
    current = run;
    List<Timer.Started> timers = new ArrayList<>();
    Duration timeout = options.statementTimeout();
    if (timeout != null) {
      timers.add(timer.start(timeout, () -> run.cancellation.cancel(tooLong(timeout))));
    }
    Duration time = budget.time();
    if (time != null) {
      timers.add(timer.start(time, () -> run.endTime(budget.timeIsUp())));
    }
    if (timers.isEmpty()) {
      return run(plan, run);
    }
    try {
      Result result = run(plan, run);
      return new Result(
          result.columns(),
          new TimedStream(result.rows(), timers),
          result::messages,
          result::scans);
    } catch (RuntimeException e) {
      timers.forEach(Timer.Started::stop);
      throw e;
    }
  }

  private static IsobarException tooLong(Duration timeout) {
    return new IsobarException(
        ErrorCode.CANCELLED,
        "The statement took longer than its limit of " + seconds(timeout) + " s.",
        "Give it more time with --timeout, or ask for less.");
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  /// Rows whose end stops the clock.
  private record TimedStream(RowStream rows, List<Timer.Started> timers) implements RowStream {
    @Override
    public @Nullable Object @Nullable [] next() {
      return rows.next();
    }

    @Override
    public void close() {
      timers.forEach(Timer.Started::stop);
      rows.close();
    }
  }

  private Result run(Plan plan, StatementRun run) {
    return switch (plan) {
      case Plan.Query _,
          Plan.Mutation _,
          Plan.Exec _,
          Plan.Store _,
          Plan.Local _,
          Plan.RegistryList _,
          Plan.RegistryPull _
          when options.dryRun() ->
          explain(plan);
      case Plan.Query query -> {
        QueryRunner.Rows rows = runner.run(query, run, run.cancellation);
        yield new Result(rows.columns(), rows.stream(), List::of, run::reports);
      }
      case Plan.Mutation mutation -> changes.run(mutation, run);
      case Plan.Exec exec -> changes.run(exec, run);
      case Plan.Metadata metadata -> metadata(metadata);
      case Plan.Auth auth -> auth(auth);
      case Plan.Store store -> tables.store(store, run);
      case Plan.CreateView create -> tables.create(create);
      case Plan.DropView drop -> tables.drop(drop);
      case Plan.Local local -> tables.run(local, run);
      case Plan.Explain explain -> explain(explain.plan());
      case Plan.RegistryList list -> registry(list.span()).list(list, run.cancellation);
      case Plan.RegistryPull pull -> {
        RegistryRun registry = registry(pull.span());
        Result result = registry.pull(pull, run.cancellation);
        use(registry.catalog());
        yield result;
      }
      case Plan.SetOption option -> {
        settings.set(option.name(), option.value());
        fetcher.limitCache(settings.cacheBytes());
        yield Result.of(List.of(), RowStream.of(List.of()));
      }
    };
  }

  private void use(Catalog catalog) {
    resolver = new Resolver(catalog, grammar, options.environment(), views);
  }

  private RegistryRun registry(Span span) {
    Registry registry = options.registry();
    if (registry == null) {
      throw new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "This session works without a registry.",
          "A sandbox of this process and a replay ask nobody outside: run the statement without.",
          span);
    }
    return new RegistryRun(registry);
  }

  private Result explain(Plan plan) {
    List<@Nullable Object[]> rows =
        switch (plan) {
          case Plan.RegistryList list -> registry(list.span()).explain(list);
          case Plan.RegistryPull pull -> registry(pull.span()).explain(pull);
          default -> Explanation.of(plan);
        };
    List<String> messages =
        rows.isEmpty() ? List.of("This statement sends no request.") : List.of();
    return new Result(Explanation.COLUMNS, RowStream.of(rows), () -> messages, List::of);
  }

  private Result auth(Plan.Auth auth) {
    AuthRun run = new AuthRun(fetcher.authenticator(), options.catalog(), auth.providers());
    return switch (auth.written()) {
      case Statement.ShowAuth show -> metadata(run.show(show));
      case Statement.AuthLogin login -> run.login(login);
      case Statement.AuthRevoke revoke -> run.revoke(revoke);
      case Statement.SetAuth set -> run.set(set);
    };
  }

  private Result metadata(Plan.Metadata metadata) {
    Statement.Text where = metadata.where();
    if (where == null) {
      return Result.of(metadata.columns(), RowStream.of(metadata.rows()));
    }
    QueryRunner.Rows rows =
        runner.over(
            CATALOG_QUERY + where.sql(),
            where.span().start() - CATALOG_QUERY.length(),
            "isobar_catalog",
            metadata.columns(),
            metadata.rows());
    return Result.of(rows.columns(), rows.stream());
  }

  /// Cancels the statement that runs, if one does: its requests end, and reading its rows fails
  /// with `CANCELLED`.
  public void cancel() {
    StatementRun run = current;
    if (run != null) {
      run.cancellation.cancel(
          new IsobarException(
              ErrorCode.CANCELLED, "The statement was cancelled.", "Nothing more was sent."));
    }
  }

  /// How far the requests of this engine have come.
  public Progress progress() {
    return fetcher.progress();
  }

  @Override
  public void close() {
    cancel();
    try (database) {
      fetcher.close();
    }
  }
}
