package dev.isobar.query;

import dev.isobar.model.Cancellation;
import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.RowStream;
import dev.isobar.model.Span;
import dev.isobar.parse.Name;
import dev.isobar.parse.QueryTree;
import dev.isobar.plan.Binding;
import dev.isobar.plan.Plan;
import dev.isobar.plan.ScanColumn;
import dev.isobar.plan.TableScan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Runs the SQL half of a plan in DuckDB, over tables whose rows arrive from elsewhere.
public final class QueryRunner {
  private static final Duration CANCEL_AGAIN = Duration.ofMillis(20);

  private final Database database;
  private final DuckDbGrammar grammar;
  private final Clock clock;

  public QueryRunner(Database database, DuckDbGrammar grammar) {
    this(database, grammar, Clock.systemUTC());
  }

  /// @param clock tells what `now` means in a query
  QueryRunner(Database database, DuckDbGrammar grammar, Clock clock) {
    this.database = database;
    this.grammar = grammar;
    this.clock = clock;
  }

  /// The columns and the rows of a query, streamed. Closing the stream stops the scans.
  ///
  /// @param changed how many rows of its own tables the statement changed; negative when it gives
  ///   rows
  public record Rows(List<Column> columns, RowStream stream, long changed) {}

  /// Runs a planned query. Tables that others bind from are read here; the rest is read with the
  /// rows.
  ///
  /// @throws IsobarException `QUERY_FAILED`, `UNKNOWN_COLUMN`, or what a scan failed with
  public Rows run(Plan.Query plan, ScanOpener opener, Cancellation cancellation) {
    Run run = new Run(plan, opener, cancellation);
    return begin(run, run::start);
  }

  /// Keeps the rows of a planned query in a table.
  ///
  /// @param before the text before the query: `CREATE TABLE x AS `
  /// @return how many rows there are
  /// @throws IsobarException as [#run]; then the table is as it was
  public long store(String before, Plan.Query plan, ScanOpener opener, Cancellation cancellation) {
    try (Run run = new Run(plan, opener, cancellation)) {
      return run.store(before);
    }
  }

  /// Runs a statement about tables of the session as it is.
  ///
  /// @return its rows, if it gives any
  /// @throws IsobarException `QUERY_FAILED`, `UNKNOWN_COLUMN` or `UNKNOWN_RESOURCE`
  public Rows local(String sql, int offset, Cancellation cancellation) {
    QueryTree tree = new QueryTree(sql, offset, Map.of());
    Run run = new Run(Plan.Query.local(tree), _ -> never(), cancellation);
    return begin(run, () -> run.startLocal(sql));
  }

  /// Whether the session has a table of that name.
  public boolean hasTable(String name) {
    try (var connection = database.connect();
        var query =
            connection.prepareStatement(
                "SELECT 1 FROM duckdb_tables() WHERE lower(table_name) = lower(?)")) {
      query.setString(1, name);
      try (var found = query.executeQuery()) {
        return found.next();
      }
    } catch (SQLException e) {
      throw DuckDbErrors.translate(e, null);
    }
  }

  /// Runs `sql` over rows that are there already, which it knows as the table `name`.
  ///
  /// @param offset where the text would begin in the script, if the part of it that the user wrote
  ///   is to stand in its place
  /// @throws IsobarException `QUERY_FAILED`
  public Rows over(
      String sql, int offset, String name, List<Column> columns, List<@Nullable Object[]> rows) {
    QueryTree tree = grammar.parse(sql, offset);
    Run run = new Run(Plan.Query.local(tree), _ -> never(), new Cancellation());
    return begin(run, () -> run.startOver(tree.statement(), name, new MemorySource(columns, rows)));
  }

  /// How a run begins.
  private interface Start {
    Rows rows() throws SQLException;
  }

  /// A run that cannot begin leaves nothing open, and tells what is wrong at the root.
  private static Rows begin(Run run, Start start) {
    try {
      return start.rows();
    } catch (SQLException e) {
      IsobarException failure = run.failure(e);
      run.close();
      throw failure;
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
  }

  private static RowFeed never() {
    throw new IllegalStateException("a query over rows in memory opens no scan");
  }

  /// One query while it runs, and the stream of its rows.
  private final class Run implements RowStream {
    private final Plan.Query plan;
    private final ScanOpener opener;
    private final Cancellation cancellation;
    private final DuckDBConnection connection;
    private final Instant now = clock.instant();
    private final List<Long> ids = new ArrayList<>();
    private final Map<Integer, Map<String, @Nullable Object>> replacements = new LinkedHashMap<>();
    private List<ColumnType> types = List.of();
    private volatile @Nullable Statement statement;
    private @Nullable ResultSet rows;
    private volatile boolean closed;

    Run(Plan.Query plan, ScanOpener opener, Cancellation cancellation) {
      this.connection = database.connectForRows(!plan.tables().isEmpty());
      this.plan = plan;
      this.opener = opener;
      this.cancellation = cancellation;
      cancellation.onCancel(this::interrupt);
    }

    /// Stops DuckDB's own work; the scans stop themselves. A cancel that comes just before DuckDB
    /// begins is lost, so it is said again until the run has ended.
    private void interrupt() {
      Thread.ofVirtual()
          .name("cancel query")
          .start(() -> {
            try {
              while (!closed) {
                Statement running = statement;
                if (running != null && !running.isClosed()) {
                  running.cancel();
                }
                Thread.sleep(CANCEL_AGAIN);
              }
            } catch (SQLException | InterruptedException _) {
              // The statement has ended meanwhile.
            }
          });
    }

    Rows start() throws SQLException {
      return rows(sql());
    }

    long store(String before) {
      try {
        String sql = before + sql();
        cancellation.check();
        Statement create = connection.createStatement();
        statement = create;
        return create.executeUpdate(sql);
      } catch (SQLException e) {
        throw failure(e);
      }
    }

    Rows startLocal(String sql) throws SQLException {
      cancellation.check();
      Statement local = connection.createStatement();
      statement = local;
      return local.execute(sql)
          ? rows(local.getResultSet())
          : new Rows(List.of(), this, Math.max(0, local.getUpdateCount()));
    }

    /// The query in DuckDB's words. Tables that others bind from are read meanwhile.
    private String sql() throws SQLException {
      for (int i = 0; i < plan.tables().size(); i++) {
        TableScan table = plan.tables().get(i);
        List<List<@Nullable Object[]>> keys = new ArrayList<>();
        for (Binding binding : table.bindings()) {
          if (binding instanceof Binding.Keys query) {
            keys.add(keys(query));
          }
        }
        RowSource source = new ScanSource(table, keys, opener);
        long id = database.scans().add(source);
        ids.add(id);
        replacements.put(i, ScanNodes.read(id, source.columns()));
        if (table.materialised()) {
          materialise(i, id, table, source.columns());
        }
      }
      return text(ScanNodes.rewrite(plan.statement(), replacements));
    }

    Rows startOver(Map<String, @Nullable Object> tree, String name, RowSource source)
        throws SQLException {
      long id = database.scans().add(source);
      ids.add(id);
      return rows(text(ScanNodes.rewriteNamed(tree, name, ScanNodes.read(id, source.columns()))));
    }

    /// The SQL of a tree of the run's own, in DuckDB's functions.
    private String text(Map<String, @Nullable Object> tree) {
      Functions functions = new Functions(now, this::written);
      functions.rewrite(tree);
      if (!functions.definitions().isEmpty()) {
        database.define(functions.definitions());
      }
      return grammar.print(tree);
    }

    /// The text of a node in the query.
    private @Nullable String written(Map<?, ?> node) {
      Span span = plan.tree().spanOf(node);
      int offset = plan.tree().offset();
      return span == null
          ? null
          : plan.tree().sql().substring(span.start() - offset, span.end() - offset);
    }

    private List<@Nullable Object[]> keys(Binding.Keys binding) throws SQLException {
      String sql = text(ScanNodes.rewrite(binding.statement(), replacements));
      List<@Nullable Object[]> keys = new ArrayList<>();
      cancellation.check();
      try (var query = connection.createStatement();
          var found = execute(query, sql)) {
        var meta = found.getMetaData();
        int count = meta.getColumnCount();
        List<ColumnType> keyTypes = new ArrayList<>();
        for (int c = 1; c <= count; c++) {
          keyTypes.add(Cells.type(meta.getColumnTypeName(c)));
        }
        while (found.next()) {
          @Nullable Object[] key = new @Nullable Object[count];
          boolean complete = true;
          for (int c = 0; c < count; c++) {
            key[c] = Cells.cell(found, c + 1, keyTypes.get(c));
            complete &= key[c] != null;
          }
          // NULL equals nothing, so it asks for nothing.
          if (complete) {
            keys.add(key);
          }
        }
      }
      return keys;
    }

    private ResultSet execute(Statement query, String sql) throws SQLException {
      statement = query;
      return query.executeQuery(sql);
    }

    private void materialise(int index, long id, TableScan table, List<Column> columns)
        throws SQLException {
      List<Integer> needed = table.needed().isEmpty() ? List.of(0) : table.needed();
      String temporary = "isobar_rows_" + id;
      StringBuilder sql =
          new StringBuilder("CREATE TEMP TABLE ").append(temporary).append(" AS SELECT ");
      String separator = "";
      for (int c : needed) {
        Column column = columns.get(c);
        String name = Name.quoted(column.name());
        sql.append(separator)
            .append(column.type() == ColumnType.JSON ? "CAST(" + name + " AS JSON) AS " : "")
            .append(name);
        separator = ", ";
      }
      sql.append(" FROM isobar_scan(").append(id).append(')');
      cancellation.check();
      try (var create = connection.createStatement()) {
        statement = create;
        create.execute(sql.toString());
      }
      replacements.put(index, ScanNodes.temporary(temporary));
    }

    private Rows rows(String sql) throws SQLException {
      cancellation.check();
      return rows(execute(connection.createStatement(), sql));
    }

    private Rows rows(ResultSet result) throws SQLException {
      rows = result;
      var meta = result.getMetaData();
      List<Column> columns = new ArrayList<>();
      for (int c = 1; c <= meta.getColumnCount(); c++) {
        columns.add(new Column(meta.getColumnName(c), Cells.type(meta.getColumnTypeName(c))));
      }
      types = columns.stream().map(Column::type).toList();
      return new Rows(columns, this, -1);
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      ResultSet result = rows;
      if (result == null || closed) {
        return null;
      }
      try {
        if (!result.next()) {
          close();
          return null;
        }
        @Nullable Object[] row = new @Nullable Object[types.size()];
        for (int c = 0; c < row.length; c++) {
          row[c] = Cells.cell(result, c + 1, types.get(c));
        }
        return row;
      } catch (SQLException e) {
        IsobarException failure = failure(e);
        close();
        throw failure;
      }
    }

    /// What went wrong at the root: the failure of a scan, or else DuckDB's own.
    private IsobarException failure(SQLException e) {
      IsobarException cancelled = cancellation.reason();
      if (cancelled != null) {
        return cancelled;
      }
      for (long id : closed ? List.<Long>of() : ids) {
        RuntimeException failure = database.scans().get(id).failure();
        if (failure != null) {
          return failure instanceof IsobarException cause ? cause : defect(failure);
        }
      }
      return closed
          ? new IsobarException(
              ErrorCode.CANCELLED, "The statement was cancelled.", "Run it again.", null, e)
          : DuckDbErrors.translate(e, plan);
    }

    /// A defect is told by its kind: its message may hold anything.
    private static IsobarException defect(RuntimeException failure) {
      return new IsobarException(
          ErrorCode.INTERNAL_ERROR,
          "Reading a table failed by a defect of Isobar: " + failure.getClass().getName() + ".",
          "Please report this with the statement.",
          null,
          failure);
    }

    @Override
    public void close() {
      closed = true;
      // The scans first: DuckDB may be waiting in one of them.
      ids.forEach(database.scans()::remove);
      try {
        Statement running = statement;
        if (running != null) {
          running.cancel();
        }
        ResultSet result = rows;
        if (result != null) {
          result.close();
        }
        if (running != null) {
          running.close();
        }
        connection.close();
      } catch (SQLException _) {
        // The rows are no longer wanted; what the engine says about that is of no use.
      }
    }
  }

  /// A planned scan as a table.
  private record ScanSource(TableScan table, List<List<@Nullable Object[]>> keys, ScanOpener opener)
      implements RowSource {
    @Override
    public List<Column> columns() {
      return table.columns().stream()
          .map((ScanColumn column) -> new Column(column.name(), column.type()))
          .toList();
    }

    @Override
    public RowFeed open(List<Integer> projected) {
      return opener.open(table.scan(keys, projected));
    }
  }

  /// Rows that are there already, as a table.
  private record MemorySource(List<Column> columns, List<@Nullable Object[]> rows)
      implements RowSource {
    @Override
    public RowFeed open(List<Integer> projected) {
      List<@Nullable Object[]> page = new ArrayList<>();
      for (@Nullable Object[] row : rows) {
        @Nullable Object[] cells = new @Nullable Object[projected.size()];
        IntStream.range(0, cells.length).forEach(i -> cells[i] = row[projected.get(i)]);
        page.add(cells);
      }
      return new RowFeed() {
        private boolean read;

        @Override
        public @Nullable List<@Nullable Object[]> nextPage() {
          boolean first = !read;
          read = true;
          return first && !page.isEmpty() ? page : null;
        }

        @Override
        public void close() {}
      };
    }
  }
}
