package dev.isobar.parse;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.parse.Statement.Text;
import java.util.List;
import java.util.Locale;

/// CREATE, DROP, ALTER, TRUNCATE and REFRESH, and mutations, of the session's own tables and views.
///
/// A query in them is cut out, because it may read providers' tables. The rest is DuckDB's.
final class LocalParser {
  private static final String CREATE =
      "Write CREATE [OR REPLACE] TABLE | VIEW | MATERIALIZED VIEW name AS SELECT …";

  private LocalParser() {}

  static Statement create(Cursor cursor) {
    Token verb = cursor.next();
    boolean replace = cursor.accept("OR");
    if (replace) {
      cursor.expect("REPLACE", CREATE);
    }
    // What a session makes is gone with it, whether or not the statement says so.
    boolean temporary = cursor.accept("TEMP") || cursor.accept("TEMPORARY");
    boolean materialized = !temporary && cursor.accept("MATERIALIZED");
    if (isView(cursor, materialized, CREATE)) {
      boolean ifNotExists = ifNotExists(cursor);
      Name.Part name = own(cursor, CREATE);
      List<Name.Part> columns =
          cursor.peek().is('(') ? MutationParser.columns(cursor, CREATE) : List.of();
      cursor.expect("AS", CREATE);
      Text query = wholeQuery(cursor);
      return new Statement.CreateView(
          name, materialized, replace, ifNotExists, columns, query, cursor.spanFrom(verb));
    }
    if (!cursor.accept("TABLE")) {
      throw cursor.unexpected("TABLE or VIEW", CREATE);
    }
    boolean ifNotExists = ifNotExists(cursor);
    Name.Part name = own(cursor, CREATE);
    if (cursor.accept("AS")) {
      Text query = wholeQuery(cursor);
      return new Statement.CreateTable(name, replace, ifNotExists, query, cursor.spanFrom(verb));
    }
    if (!cursor.peek().is('(')) {
      throw cursor.unexpected("AS and a query, or the columns in parentheses,", CREATE);
    }
    return rest(cursor, verb, name);
  }

  private static boolean isView(Cursor cursor, boolean materialized, String hint) {
    if (materialized) {
      cursor.expect("VIEW", hint);
    }
    return materialized || cursor.accept("VIEW");
  }

  private static boolean ifNotExists(Cursor cursor) {
    boolean written = cursor.accept("IF");
    if (written) {
      cursor.expect("NOT", CREATE);
      cursor.expect("EXISTS", CREATE);
    }
    return written;
  }

  private static Text wholeQuery(Cursor cursor) {
    if (!Parser.beginsQuery(cursor.peek())) {
      throw cursor.unexpected("a query", CREATE);
    }
    return cursor.slice("a query", CREATE);
  }

  static Statement drop(Cursor cursor) {
    String form = "Write DROP TABLE | VIEW | MATERIALIZED VIEW [IF EXISTS] name.";
    Token verb = cursor.next();
    boolean materialized = cursor.accept("MATERIALIZED");
    boolean view = isView(cursor, materialized, form);
    if (!view && !cursor.accept("TABLE")) {
      throw cursor.unexpected("TABLE, VIEW or MATERIALIZED VIEW", form);
    }
    boolean ifExists = cursor.accept("IF");
    if (ifExists) {
      cursor.expect("EXISTS", form);
    }
    Name.Part name = own(cursor, form);
    if (view) {
      cursor.expectEnd(form);
      return new Statement.DropView(name, materialized, ifExists, cursor.spanFrom(verb));
    }
    return rest(cursor, verb, name);
  }

  /// ALTER TABLE and TRUNCATE.
  static Statement change(Cursor cursor) {
    Token verb = cursor.next();
    String form = "Write " + verb.keyword() + " TABLE name …";
    boolean table = cursor.accept("TABLE");
    if (!table && verb.is("ALTER")) {
      throw cursor.unexpected("TABLE", form);
    }
    return rest(cursor, verb, own(cursor, form));
  }

  static Statement refresh(Cursor cursor) {
    String form = "Write REFRESH MATERIALIZED VIEW name.";
    Token verb = cursor.next();
    cursor.expect("MATERIALIZED", form);
    cursor.expect("VIEW", form);
    Name.Part name = own(cursor, form);
    cursor.expectEnd(form);
    return new Statement.Refresh(name, cursor.spanFrom(verb));
  }

  /// Whether the next name is one of the session's own, not a resource's.
  static boolean beginsOwn(Cursor cursor) {
    return cursor.peek().isName() && !cursor.peekSecond().is('.');
  }

  /// What follows INSERT INTO when the target is a table of the session.
  static Statement insert(Cursor cursor, Token verb) {
    String form = "Write INSERT INTO name [(columns)] VALUES (…) | SELECT …";
    Name.Part name = own(cursor, form);
    int from = cursor.index();
    if (cursor.peek().is('(') && !Parser.beginsQuery(cursor.peekSecond())) {
      MutationParser.columns(cursor, form);
    }
    if (cursor.atEnd()) {
      throw cursor.unexpected("VALUES or SELECT", form);
    }
    Text before = cursor.textFrom(verb);
    if (Parser.beginsQuery(cursor.peek())) {
      int source = cursor.index();
      cursor.slice("a query", "", "RETURNING", "ON");
      boolean plain = cursor.atEnd();
      cursor.rewind(source);
      if (plain && !cursor.peek().is("VALUES")) {
        Text query = cursor.slice("a query", "");
        return new Statement.InsertLocal(before, query, name, cursor.spanFrom(verb));
      }
    }
    cursor.rewind(from);
    return rest(cursor, verb, name);
  }

  /// UPDATE and DELETE of a table of the session, from its name on.
  static Statement mutation(Cursor cursor, Token verb) {
    return rest(
        cursor, verb, own(cursor, "Name a table of your own, or provider.service.resource."));
  }

  private static Statement rest(Cursor cursor, Token verb, Name.Part name) {
    while (!cursor.atEnd()) {
      cursor.next();
    }
    return new Statement.Local(cursor.textFrom(verb), name);
  }

  private static Name.Part own(Cursor cursor, String hint) {
    Name name = cursor.name("the name of a table or view", hint);
    if (name.parts().size() != 1) {
      throw new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "A table or view of your own has a name of one part, and `"
              + name
              + "` has "
              + name.parts().size()
              + ".",
          "Resources of a provider are changed with INSERT, UPDATE, REPLACE, DELETE and EXEC.",
          name.span());
    }
    Name.Part part = name.parts().getFirst();
    if (part.text().toLowerCase(Locale.ROOT).startsWith("isobar_")) {
      throw new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "The name `" + part.text() + "` is for the engine's own use.",
          "Choose a name that does not begin with isobar_.",
          part.span());
    }
    return part;
  }
}
