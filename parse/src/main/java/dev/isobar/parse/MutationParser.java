package dev.isobar.parse;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import dev.isobar.parse.Statement.Assignment;
import dev.isobar.parse.Statement.Literal;
import dev.isobar.parse.Statement.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// INSERT, UPDATE, REPLACE and DELETE.
final class MutationParser {
  private static final String INSERT =
      "Write INSERT INTO p.s.r (column, …) VALUES (…) | SELECT … [RETURNING …].";
  private static final String DELETE = "Write DELETE FROM p.s.r WHERE condition [RETURNING …].";

  private MutationParser() {}

  static Statement insert(Cursor cursor) {
    Token verb = cursor.next();
    Set<String> hints = cursor.hints();
    if (cursor.peek().is("OR") || cursor.peek().is("IGNORE")) {
      throw unsupported("INSERT " + cursor.peek().keyword(), INSERT, cursor.peek().span());
    }
    cursor.expect("INTO", INSERT);
    if (LocalParser.beginsOwn(cursor)) {
      return LocalParser.insert(cursor, verb);
    }
    Name target = MetadataParser.resource(cursor, INSERT);
    List<Name.Part> columns = columns(cursor, INSERT);
    if (!Parser.beginsQuery(cursor.peek())) {
      throw cursor.unexpected("VALUES or SELECT", INSERT);
    }
    List<List<Literal>> literals = literalRows(cursor, columns.size());
    refuseOnConflict(cursor);
    Text source = cursor.slice("VALUES or SELECT", INSERT, "RETURNING");
    Text returning = returning(cursor);
    return new Statement.Insert(
        target, columns, source, literals, returning, hints, cursor.spanFrom(verb));
  }

  private static void refuseOnConflict(Cursor cursor) {
    int from = cursor.index();
    while (!cursor.atEnd()) {
      Token token = cursor.next();
      Token second = cursor.peek();
      if (token.is("ON") && (second.is("CONFLICT") || second.is("DUPLICATE"))) {
        throw unsupported("ON " + second.keyword(), INSERT, new Span(token.start(), second.end()));
      }
    }
    cursor.rewind(from);
  }

  /// Columns in parentheses, each once.
  static List<Name.Part> columns(Cursor cursor, String hint) {
    if (!cursor.peek().is('(') || Parser.beginsQuery(cursor.peekSecond())) {
      throw cursor.unexpected("the columns in parentheses", hint);
    }
    cursor.next();
    List<Name.Part> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    do {
      columns.add(distinct(cursor.dottedName("a column", hint), names));
    } while (cursor.accept(','));
    cursor.expect(')', hint);
    return columns;
  }

  private static Name.Part distinct(Name.Part column, Set<String> names) {
    if (!names.add(column.text())) {
      throw new IsobarException(
          ErrorCode.SYNTAX_ERROR,
          "The column `" + column.text() + "` is given twice.",
          "Remove one of the two.",
          column.span());
    }
    return column;
  }

  /// The rows of VALUES when all of them are literals, else null; the place stays before VALUES.
  private static @Nullable List<List<Literal>> literalRows(Cursor cursor, int columns) {
    int from = cursor.index();
    try {
      return cursor.accept("VALUES") ? rows(cursor, columns) : null;
    } finally {
      cursor.rewind(from);
    }
  }

  private static @Nullable List<List<Literal>> rows(Cursor cursor, int columns) {
    List<List<Literal>> rows = new ArrayList<>();
    do {
      Token open = cursor.peek();
      if (!cursor.accept('(')) {
        return null;
      }
      List<Literal> row = new ArrayList<>();
      do {
        Literal cell = cursor.literalOrNull();
        if (cell == null) {
          return null;
        }
        row.add(cell);
      } while (cursor.accept(','));
      if (!cursor.accept(')')) {
        return null;
      }
      if (row.size() != columns) {
        throw new IsobarException(
            ErrorCode.SYNTAX_ERROR,
            "A row has " + row.size() + " values for " + columns + " columns.",
            "Give each row as many values as there are columns.",
            cursor.spanFrom(open));
      }
      rows.add(List.copyOf(row));
    } while (cursor.accept(','));
    return cursor.atEnd() || cursor.peek().is("RETURNING") ? List.copyOf(rows) : null;
  }

  static Statement update(Cursor cursor) {
    Token verb = cursor.next();
    Set<String> hints = cursor.hints();
    return LocalParser.beginsOwn(cursor)
        ? LocalParser.mutation(cursor, verb)
        : update(cursor, verb, hints);
  }

  static Statement replace(Cursor cursor) {
    Token verb = cursor.next();
    Set<String> hints = cursor.hints();
    if (cursor.peek().is("INTO")) {
      throw new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "REPLACE INTO is not a statement here.",
          "Write REPLACE p.s.r SET column = value, … WHERE condition.",
          new Span(verb.start(), cursor.peek().end()));
    }
    return update(cursor, verb, hints);
  }

  private static Statement update(Cursor cursor, Token verb, Set<String> hints) {
    String form = "Write " + verb.keyword() + " p.s.r SET column = value, … WHERE condition.";
    Name target = MetadataParser.resource(cursor, form);
    cursor.expect("SET", form);
    List<Assignment> assignments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    do {
      Name.Part column = distinct(cursor.dottedName("a column", form), names);
      cursor.expect('=', form);
      int from = cursor.index();
      Literal literal = cursor.literalOrNull();
      cursor.rewind(from);
      Text expression = cursor.element("a value", form, "WHERE", "RETURNING", "FROM");
      boolean whole = literal != null && literal.span().equals(expression.span());
      assignments.add(new Assignment(column, expression, whole ? literal : null));
    } while (cursor.accept(','));
    if (cursor.peek().is("FROM")) {
      throw unsupported(
          verb.keyword() + " … FROM",
          "A subquery may stand in SET and in WHERE: SET label = (SELECT …).",
          cursor.peek().span());
    }
    Text where = where(cursor, form);
    Text returning = returning(cursor);
    cursor.expectEnd(form);
    return new Statement.Update(
        verb.is("REPLACE"), target, assignments, where, returning, hints, cursor.spanFrom(verb));
  }

  static Statement delete(Cursor cursor) {
    Token verb = cursor.next();
    Set<String> hints = cursor.hints();
    cursor.expect("FROM", DELETE);
    if (LocalParser.beginsOwn(cursor)) {
      return LocalParser.mutation(cursor, verb);
    }
    Name target = MetadataParser.resource(cursor, DELETE);
    if (cursor.peek().is("USING")) {
      throw unsupported(
          "DELETE … USING",
          "A subquery may stand in WHERE: WHERE id IN (SELECT …).",
          cursor.peek().span());
    }
    Text where = where(cursor, DELETE);
    Text returning = returning(cursor);
    cursor.expectEnd(DELETE);
    return new Statement.Delete(target, where, returning, hints, cursor.spanFrom(verb));
  }

  private static @Nullable Text where(Cursor cursor, String hint) {
    return cursor.accept("WHERE") ? cursor.slice("a condition", hint, "RETURNING") : null;
  }

  private static @Nullable Text returning(Cursor cursor) {
    return cursor.accept("RETURNING")
        ? cursor.slice("what to return", "Write RETURNING * or a list of columns.")
        : null;
  }

  private static IsobarException unsupported(String what, String hint, Span span) {
    return new IsobarException(
        ErrorCode.UNSUPPORTED_STATEMENT, what + " is not there yet.", hint, span);
  }
}
