package dev.isobar.engine;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.fetch.Answer;
import dev.isobar.fetch.Fetcher;
import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import dev.isobar.model.RowStream;
import dev.isobar.parse.Statement;
import dev.isobar.plan.Call;
import dev.isobar.plan.Plan;
import dev.isobar.plan.Request;
import dev.isobar.plan.Requests;
import dev.isobar.plan.RowSource;
import dev.isobar.query.QueryRunner;
import dev.isobar.resolve.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs mutations and EXEC.
///
/// All requests are made, and so checked, before the first is sent. They are sent one after the
/// other, and the first failure stops the rest: what was done is then in the error.
final class Changes {
  private static final String RETURNING = "SELECT ";
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE");

  private final Fetcher fetcher;
  private final QueryRunner runner;

  Changes(Fetcher fetcher, QueryRunner runner) {
    this.fetcher = fetcher;
    this.runner = runner;
  }

  Result run(Plan.Mutation mutation, StatementRun run) {
    List<Map<String, @Nullable Object>> rows = rows(mutation.source(), run);
    Table table = mutation.table();
    Method method = mutation.method();
    Requests requests = new Requests(table.provider().name(), method);
    List<Request> ready = new ArrayList<>();
    for (Map<String, @Nullable Object> row : rows) {
      ready.add(requests.request(row, null));
    }
    List<Column> columns = returningColumns(method);
    Statement.Text returning = mutation.returning();
    if (returning != null) {
      checkReturning(returning, method, columns);
    }
    List<@Nullable Object[]> returned = new ArrayList<>();
    for (int i = 0; i < ready.size(); i++) {
      Answer answer;
      long sent = fetcher.progress().requests();
      try {
        answer = send(table, method, ready.get(i), run);
      } catch (IsobarException e) {
        boolean left = fetcher.progress().requests() > sent;
        throw ready.size() == 1 ? e : partly(mutation, i, left, rows, e);
      }
      for (Object object : named(method, answer.rows())) {
        returned.add(Cells.row(object, columns, rows.get(i)));
      }
    }
    List<String> messages =
        List.of(
            mutation.verb()
                + " of "
                + table.resource().name()
                + ": "
                + ready.size()
                + (ready.size() == 1 ? " request succeeded." : " requests succeeded."));
    if (returning == null) {
      return new Result(List.of(), RowStream.of(List.of()), () -> messages, run::reports);
    }
    QueryRunner.Rows over = returned(returning, columns, returned);
    return new Result(over.columns(), over.stream(), () -> messages, run::reports);
  }

  /// Refuses a RETURNING that would fail, before anything is changed.
  private void checkReturning(Statement.Text returning, Method method, List<Column> columns) {
    if (columns.isEmpty()) {
      throw new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "`" + method.name() + "` answers with nothing that RETURNING could show.",
          "Leave RETURNING out.",
          returning.span());
    }
    try (RowStream _ = returned(returning, columns, List.of()).stream()) {
      // Binding its columns is the check.
    } catch (IsobarException e) {
      throw e.withSpan(returning.span());
    }
  }

  private QueryRunner.Rows returned(
      Statement.Text returning, List<Column> columns, List<@Nullable Object[]> rows) {
    return runner.over(
        RETURNING + returning.sql() + " FROM isobar_returned",
        returning.span().start() - RETURNING.length(),
        "isobar_returned",
        columns,
        rows);
  }

  /// Says which request failed. The body's values are left out: a password may be among them.
  ///
  /// @param left whether it was sent
  private static IsobarException partly(
      Plan.Mutation mutation,
      int done,
      boolean left,
      List<Map<String, @Nullable Object>> rows,
      IsobarException e) {
    List<String> values = new ArrayList<>();
    for (Input input : mutation.method().inputs()) {
      boolean identifies =
          input.location() == Input.Location.PATH && rows.get(done).get(input.name()) != null;
      if (identifies) {
        values.add(input.name() + "=" + rows.get(done).get(input.name()));
      }
    }
    return new IsobarException(
        e.code(),
        done
            + " of "
            + rows.size()
            + " requests of the "
            + mutation.verb()
            + " succeeded, then number "
            + (done + 1)
            + (values.isEmpty() ? "" : " (" + String.join(", ", values) + ")")
            + (left ? " failed" : " was not sent")
            + (done + 1 == rows.size()
                ? ": "
                : left ? " and the rest were not sent: " : ", nor the rest: ")
            + e.text(),
        e.hint(),
        e.span(),
        e);
  }

  private List<Map<String, @Nullable Object>> rows(RowSource source, StatementRun run) {
    return switch (source) {
      case RowSource.Literals literals -> literals.rows();
      case RowSource.Rows query -> {
        QueryRunner.Rows result = runner.run(query.query(), run, run.cancellation);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (RowStream stream = result.stream()) {
          if (result.columns().size() != query.names().size()) {
            throw new IsobarException(
                ErrorCode.SYNTAX_ERROR,
                "The statement names "
                    + query.names().size()
                    + " columns, and the query gives "
                    + result.columns().size()
                    + ".",
                "Give one value for each column.",
                query.query().tree().spanOf(Map.of()));
          }
          for (@Nullable Object[] row = stream.next(); row != null; row = stream.next()) {
            for (Map<String, @Nullable Object> constants : query.constants()) {
              Map<String, @Nullable Object> values = new LinkedHashMap<>();
              for (int i = 0; i < row.length; i++) {
                values.put(query.names().get(i), row[i]);
              }
              values.putAll(constants);
              rows.add(values);
            }
          }
        }
        yield rows;
      }
    };
  }

  private Answer send(Table table, Method method, Request request, StatementRun run) {
    run.startChanging();
    Interruptible sending = new Interruptible(Thread.currentThread());
    run.cancellation.onCancel(sending::interrupt);
    try {
      return fetcher.call(
          new Call(
              table.provider(),
              table.resource().name(),
              method,
              request,
              IDEMPOTENT.contains(request.verb())),
          run.allowance());
    } catch (InterruptedException e) {
      IsobarException reason = run.cancellation.reason();
      throw new IsobarException(
          ErrorCode.CANCELLED,
          (reason == null ? "The statement was cancelled." : reason.text())
              + " A request was under way, and may have been done.",
          "Look before you send it again.",
          null,
          e);
    } catch (IsobarException e) {
      throw e.hint().isEmpty() ? withHint(table, method, e) : e;
    } finally {
      sending.end();
    }
  }

  private static IsobarException withHint(Table table, Method method, IsobarException e) {
    return new IsobarException(
        e.code(),
        e.text(),
        "DESCRIBE METHOD EXTENDED "
            + table.resource().name()
            + "."
            + method.name()
            + " tells what it takes.",
        e.span(),
        e);
  }

  /// A thread while it sends: a cancellation that comes later leaves it alone, whatever it does
  /// then.
  private static final class Interruptible {
    private final Thread thread;
    private boolean ended;

    Interruptible(Thread thread) {
      this.thread = thread;
    }

    synchronized void interrupt() {
      if (!ended) {
        thread.interrupt();
      }
    }

    synchronized void end() {
      ended = true;
    }
  }

  private static List<Column> returningColumns(Method method) {
    List<Column> columns = new ArrayList<>();
    method.columns().forEach(column -> columns.add(new Column(column.name(), column.type())));
    for (Input input : method.inputs()) {
      boolean known = columns.stream().anyMatch(column -> column.name().equals(input.name()));
      if (!known && input.location() != Input.Location.BODY) {
        columns.add(new Column(input.name(), ColumnType.ofOpenApi(input.schema().type())));
      }
    }
    return columns;
  }

  Result run(Plan.Exec exec, StatementRun run) {
    Method method = exec.method();
    if (exec.isList()) {
      List<Column> columns =
          method.columns().stream().map(c -> new Column(c.name(), c.type())).toList();
      return new Result(columns, new FeedStream(run.open(exec.scan())), List::of, run::reports);
    }
    Requests requests = new Requests(exec.table().provider().name(), method);
    Answer answer = send(exec.table(), method, requests.request(exec.values(), exec.json()), run);
    List<@Nullable Object> found = named(method, answer.rows());
    List<Column> columns = columns(method, found);
    boolean empty =
        columns.isEmpty()
            || found.isEmpty()
            || found.stream().allMatch(row -> row instanceof Map<?, ?> m && m.isEmpty());
    if (empty) {
      List<String> messages =
          List.of(
              "EXEC of " + exec.table().resource().name() + "." + method.name() + " succeeded.");
      return new Result(List.of(), RowStream.of(List.of()), () -> messages, run::reports);
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    found.forEach(row -> rows.add(Cells.row(row, columns, Map.of())));
    return new Result(columns, RowStream.of(rows), List::of, run::reports);
  }

  /// The objects of an answer with their columns' names for keys.
  private static List<@Nullable Object> named(Method method, List<@Nullable Object> rows) {
    Map<String, String> names = new HashMap<>();
    method.rowColumns().forEach(column -> names.put(column.key(), column.name()));
    List<@Nullable Object> named = new ArrayList<>();
    for (Object row : rows) {
      if (row instanceof Map<?, ?> map) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        map.forEach((key, value) -> {
          String written = String.valueOf(key);
          object.put(names.getOrDefault(written, written), value);
        });
        named.add(object);
      } else {
        named.add(row);
      }
    }
    return named;
  }

  /// The declared columns that the rows have, then what they have besides.
  private static List<Column> columns(Method method, List<@Nullable Object> rows) {
    Map<String, Column> columns = new LinkedHashMap<>();
    method
        .columns()
        .forEach(column -> columns.put(column.name(), new Column(column.name(), column.type())));
    for (Object row : rows) {
      if (row instanceof Map<?, ?> map) {
        map.forEach((key, value) ->
            columns.putIfAbsent(
                String.valueOf(key), new Column(String.valueOf(key), Cells.typeOf(value))));
      } else if (columns.isEmpty()) {
        columns.put("column_anon", new Column("column_anon", Cells.typeOf(row)));
      }
    }
    return List.copyOf(columns.values());
  }
}
