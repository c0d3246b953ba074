package dev.isobar.engine;

import dev.isobar.model.Cancellation;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import dev.isobar.model.RowStream;
import dev.isobar.parse.Name;
import dev.isobar.parse.Statement;
import dev.isobar.plan.Plan;
import dev.isobar.query.QueryRunner;
import dev.isobar.resolve.UserView;
import dev.isobar.resolve.UserViews;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The tables and views that a session makes for itself. They are gone with the session.
final class OwnTables {
  private final UserViews views;
  private final QueryRunner runner;

  OwnTables(UserViews views, QueryRunner runner) {
    this.views = views;
    this.runner = runner;
  }

  /// CREATE TABLE AS, INSERT INTO … SELECT and materialized views.
  Result store(Plan.Store store, StatementRun run) {
    UserView view = store.view();
    refuseView(store.table(), view != null);
    long rows = runner.store(store.before(), store.query(), run, run.cancellation);
    // DuckDB counts less than no rows when a table is there already and stays.
    if (view != null && rows >= 0) {
      views.put(view);
    }
    String name = store.table().text();
    List<String> messages = List.of("`" + name + "`: " + count(Math.max(0, rows)) + " written.");
    return new Result(List.of(), RowStream.of(List.of()), () -> messages, run::reports);
  }

  private static String count(long rows) {
    return rows == 1 ? "1 row" : rows + " rows";
  }

  Result create(Plan.CreateView create) {
    Statement.CreateView written = create.written();
    Name.Part name = written.name();
    UserView old = views.find(name.text());
    boolean table = runner.hasTable(name.text());
    if (table || (old != null && !written.replace() && !written.ifNotExists())) {
      throw new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "There is a " + (table ? "table" : "view") + " `" + name.text() + "` already.",
          table
              ? "Choose another name, or DROP the table first."
              : "CREATE OR REPLACE VIEW takes its place.",
          name.span());
    }
    if (old == null || written.replace()) {
      views.put(create.view());
    }
    return done("`" + name.text() + "`: view created.");
  }

  Result drop(Plan.DropView drop) {
    Statement.DropView written = drop.written();
    Name.Part name = written.name();
    if (written.ifExists() && views.find(name.text()) == null) {
      return done("`" + name.text() + "`: there was no such view.");
    }
    UserView view = views.get(name, written.materialized());
    if (view.materialized()) {
      runner
          .local(
              "DROP TABLE IF EXISTS " + Name.quoted(view.name()),
              written.span().start(),
              new Cancellation())
          .stream()
          .close();
    }
    views.remove(name.text());
    return done("`" + name.text() + "`: view dropped.");
  }

  /// A statement that DuckDB runs as it is.
  Result run(Plan.Local local, StatementRun run) {
    Statement.Local written = local.written();
    refuseView(written.table(), false);
    QueryRunner.Rows rows =
        runner.local(written.text().sql(), written.text().span().start(), run.cancellation);
    List<String> messages =
        rows.changed() < 0
            ? List.of()
            : List.of(changesRows(written) ? count(rows.changed()) + " changed." : "Done.");
    return new Result(rows.columns(), rows.stream(), () -> messages, List::of);
  }

  private static boolean changesRows(Statement.Local written) {
    String text = written.text().sql().toUpperCase(Locale.ROOT);
    return Stream.of("INSERT", "UPDATE", "DELETE", "TRUNCATE").anyMatch(text::startsWith);
  }

  private void refuseView(Name.Part name, boolean materialized) {
    UserView view = views.find(name.text());
    if (view != null && !(materialized && view.materialized())) {
      throw new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "`" + name.text() + "` is a view.",
          view.materialized()
              ? "REFRESH MATERIALIZED VIEW reads its rows again; DROP MATERIALIZED VIEW drops it."
              : "CREATE OR REPLACE VIEW changes its query; DROP VIEW drops it.",
          name.span());
    }
  }

  private static Result done(String message) {
    return new Result(List.of(), RowStream.of(List.of()), () -> List.of(message), List::of);
  }
}
