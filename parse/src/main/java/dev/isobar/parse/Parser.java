package dev.isobar.parse;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import dev.isobar.model.Span;
import dev.isobar.parse.Statement.Literal;
import dev.isobar.parse.Statement.Text;
import dev.isobar.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Text to statements, by recursive descent over the tokens; SELECT is only cut out.
public final class Parser {
  /// What a statement may begin with, for "did you mean".
  private static final List<String> VERBS =
      List.of(
          "SELECT",
          "WITH",
          "FROM",
          "VALUES",
          "TABLE",
          "SUMMARIZE",
          "PIVOT",
          "UNPIVOT",
          "SHOW",
          "DESCRIBE",
          "DESC",
          "EXEC",
          "INSERT",
          "UPDATE",
          "REPLACE",
          "DELETE",
          "EXPLAIN",
          "CREATE",
          "DROP",
          "ALTER",
          "TRUNCATE",
          "REFRESH",
          "REGISTRY",
          "AUTH",
          "SET");

  private Parser() {}

  /// Reads a script of statements separated by `;`. Empty statements are left out.
  ///
  /// @throws IsobarException `SYNTAX_ERROR` or `UNSUPPORTED_STATEMENT`, with the place
  public static Script parse(String text) {
    List<Statement> statements = new ArrayList<>();
    List<Token> tokens = Tokenizer.tokens(text);
    int from = 0;
    for (int i = 0; i <= tokens.size(); i++) {
      if (i == tokens.size() || tokens.get(i).is(';')) {
        List<Token> statement = tokens.subList(from, i);
        if (holdsMoreThanHints(statement)) {
          statements.add(statement(new Cursor(text, statement)));
        }
        from = i + 1;
      }
    }
    return new Script(text, statements);
  }

  private static boolean holdsMoreThanHints(List<Token> statement) {
    for (Token token : statement) {
      if (token.kind() != Kind.HINT) {
        return true;
      }
    }
    return false;
  }

  private static Statement statement(Cursor cursor) {
    Token verb = cursor.peek();
    return switch (verb.keyword()) {
      case "SHOW" -> MetadataParser.show(cursor);
      case "DESCRIBE", "DESC" -> MetadataParser.describe(cursor);
      case "EXEC" -> ExecParser.exec(cursor);
      case "INSERT" -> MutationParser.insert(cursor);
      case "UPDATE" -> MutationParser.update(cursor);
      case "REPLACE" -> MutationParser.replace(cursor);
      case "DELETE" -> MutationParser.delete(cursor);
      case "EXPLAIN" -> explain(cursor);
      case "SET" -> set(cursor);
      case "CREATE" -> LocalParser.create(cursor);
      case "DROP" -> LocalParser.drop(cursor);
      case "ALTER", "TRUNCATE" -> LocalParser.change(cursor);
      case "REFRESH" -> LocalParser.refresh(cursor);
      case "REGISTRY" -> RegistryParser.registry(cursor);
      case "AUTH" -> AuthParser.auth(cursor);
      default -> {
        if (beginsQuery(verb)) {
          yield query(cursor);
        }
        if (verb.is("STACKQL") || verb.is("INFRAQL")) {
          Token second = cursor.peekSecond();
          if (second.is("REGISTRY")) {
            yield RegistryParser.registry(cursor);
          }
          if (second.is("AUTH")) {
            yield AuthParser.auth(cursor);
          }
        }
        throw Unsupported.statement(verb)
            .orElseGet(() ->
                cursor.error(
                    "`" + cursor.excerpt(verb) + "` begins no statement.",
                    (verb.kind() == Kind.WORD ? Names.didYouMean(verb.value(), VERBS) : "")
                        + "Statements begin with SELECT, SHOW, DESCRIBE, EXEC, INSERT, UPDATE,"
                        + " REPLACE, DELETE, EXPLAIN, CREATE, DROP, ALTER, TRUNCATE, REFRESH,"
                        + " REGISTRY, AUTH or SET."));
      }
    };
  }

  /// Whether DuckDB's SELECT grammar takes what begins like this.
  static boolean beginsQuery(Token token) {
    return switch (token.keyword()) {
      case "SELECT", "WITH", "FROM", "VALUES", "TABLE" -> true;
      case "SUMMARIZE", "PIVOT", "UNPIVOT", "PIVOT_WIDER", "PIVOT_LONGER" -> true;
      default -> token.is('(');
    };
  }

  /// The rest of the statement as a query.
  ///
  /// @throws IsobarException `UNSUPPORTED_STATEMENT` when WITH leads to a mutation
  static Statement query(Cursor cursor) {
    int from = cursor.index();
    if (cursor.peek().is("WITH")) {
      refuseMutations(cursor);
      cursor.rewind(from);
    }
    Text text = cursor.slice("a query", "");
    return new Statement.Query(text);
  }

  /// Looks where a mutation can stand: behind the last table expression, and inside one.
  private static void refuseMutations(Cursor cursor) {
    Token before = cursor.next();
    Token beforeThat = before;
    int depth = 0;
    while (!cursor.atEnd()) {
      Token token = cursor.next();
      boolean inside = before.is('(') && (beforeThat.is("AS") || beforeThat.is("MATERIALIZED"));
      boolean behind = depth == 0 && before.is(')');
      if ((inside || behind) && isMutation(token)) {
        throw new IsobarException(
            ErrorCode.UNSUPPORTED_STATEMENT,
            "WITH cannot lead to " + token.keyword() + ".",
            "Put the WITH inside: INSERT INTO p.s.r (columns) WITH … SELECT …; or a subquery into"
                + " WHERE.",
            token.span());
      }
      if (behind && beginsQuery(token) && !token.is('(')) {
        return;
      }
      depth += token.is('(') ? 1 : token.is(')') ? -1 : 0;
      beforeThat = before;
      before = token;
    }
  }

  private static boolean isMutation(Token token) {
    return switch (token.keyword()) {
      case "INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "EXEC" -> true;
      default -> false;
    };
  }

  private static Statement explain(Cursor cursor) {
    Token verb = cursor.next();
    Token inner = cursor.peek();
    String hint = "EXPLAIN SELECT … lists the requests of the statement, and sends none.";
    if (cursor.atEnd()) {
      throw cursor.unexpected("a statement", hint);
    }
    if (inner.is("ANALYZE")) {
      throw new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          "EXPLAIN ANALYZE is not there yet.",
          hint,
          new Span(verb.start(), inner.end()));
    }
    if (inner.is("EXPLAIN")) {
      throw cursor.error("EXPLAIN cannot explain another EXPLAIN.", hint);
    }
    if (inner.isName() && cursor.peekSecond().is('.')) {
      throw cursor.error(
          "EXPLAIN takes a statement, and `" + cursor.excerpt(inner) + ".` begins a name.",
          "DESCRIBE lists the columns of a resource.");
    }
    Statement statement = statement(cursor);
    return new Statement.Explain(statement, new Span(verb.start(), statement.span().end()));
  }

  private static Statement set(Cursor cursor) {
    String hint = "Write SET name = value, as in SET on_incomplete = 'warn'.";
    Token verb = cursor.next();
    if (cursor.peek().is("TRANSACTION")) {
      throw Unsupported.of("SET TRANSACTION", cursor.next().span());
    }
    boolean scoped = cursor.peek().is("SESSION") || cursor.peek().is("LOCAL");
    if (scoped && AuthParser.isPath(cursor.peekSecond())) {
      cursor.next();
    }
    if (AuthParser.isPath(cursor.peek())) {
      return AuthParser.set(cursor, verb);
    }
    if (cursor.peek().is("SESSION") && cursor.peekSecond().isName()) {
      cursor.next();
    }
    Name.Part name = cursor.dottedName("the name of a setting", hint);
    if (!cursor.accept('=')) {
      cursor.expect("TO", hint);
    }
    Literal value = cursor.literalOrNull();
    if (value == null) {
      Token word = cursor.peek();
      if (word.kind() != Kind.WORD) {
        throw cursor.unexpected("a literal", hint);
      }
      cursor.next();
      value = new Literal(word.value(), word.span());
    }
    cursor.expectEnd(hint);
    return new Statement.SetOption(name, value, cursor.spanFrom(verb));
  }
}
