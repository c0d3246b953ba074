package dev.isobar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the columns of a SELECT are called and which tables it names, as far as its text tells
/// without a parser: enough to describe a view, and cheap.
///
/// @param columns in order
/// @param tables of three parts, in order
public record SelectOutline(List<Column> columns, List<Table> tables) {
  public SelectOutline {
    columns = List.copyOf(columns);
    tables = List.copyOf(tables);
  }

  /// One entry of the select list.
  ///
  /// @param name of the column; empty for `*`
  /// @param path of a plain column reference, such as `t.label`, or of the table in `t.*`; empty
  ///   for any other expression
  /// @param function that the expression begins with, in lower case, or empty
  public record Column(String name, List<String> path, String function) {
    public Column {
      path = List.copyOf(path);
    }

    /// Whether the entry stands for all columns.
    public boolean isStar() {
      return name.isEmpty();
    }
  }

  /// A table that FROM names.
  ///
  /// @param alias the last part of the name when none is written
  public record Table(List<String> parts, String alias) {
    public Table {
      parts = List.copyOf(parts);
    }
  }

  /// The outline of the outermost SELECT.
  ///
  /// @throws dev.isobar.model.IsobarException `SYNTAX_ERROR` when a quote or a comment is not
  ///   closed
  public static SelectOutline of(String sql) {
    List<Token> tokens = Tokenizer.tokens(sql);
    int start = next(tokens, 0, "SELECT") + 1;
    while (start < tokens.size()
        && (tokens.get(start).is("DISTINCT") || tokens.get(start).is("ALL"))) {
      start++;
    }
    int from = next(tokens, start, "FROM");
    List<Column> columns = new ArrayList<>();
    List<Token> entry = new ArrayList<>();
    int depth = 0;
    for (Token token : tokens.subList(Math.min(start, from), from)) {
      depth += depthOf(token);
      if (depth == 0 && token.is(',')) {
        add(columns, entry, sql);
        entry.clear();
      } else {
        entry.add(token);
      }
    }
    add(columns, entry, sql);
    return new SelectOutline(columns, tables(tokens.subList(from, tokens.size())));
  }

  /// The place of a keyword outside parentheses, or the end.
  private static int next(List<Token> tokens, int start, String keyword) {
    int depth = 0;
    for (int i = start; i < tokens.size(); i++) {
      depth += depthOf(tokens.get(i));
      if (depth == 0 && tokens.get(i).is(keyword)) {
        return i;
      }
    }
    return tokens.size();
  }

  private static int depthOf(Token token) {
    return token.is('(') || token.is('[') ? 1 : token.is(')') || token.is(']') ? -1 : 0;
  }

  private static void add(List<Column> columns, List<Token> entry, String sql) {
    if (entry.isEmpty()) {
      return;
    }
    int size = entry.size();
    Token last = entry.getLast();
    String function =
        size > 1 && entry.get(1).is('(') ? entry.getFirst().value().toLowerCase(Locale.ROOT) : "";
    if (last.is('*')) {
      columns.add(new Column("", path(entry.subList(0, Math.max(0, size - 2))), ""));
      return;
    }
    boolean as = size > 2 && entry.get(size - 2).is("AS");
    boolean bare =
        !as && size > 1 && last.isName() && endsExpression(entry.get(size - 2)) && !last.is("END");
    List<String> path = path(entry.subList(0, as ? size - 2 : bare ? size - 1 : size));
    String name =
        as || bare
            ? last.value()
            : path.isEmpty() ? sql.substring(entry.getFirst().start(), last.end()) : path.getLast();
    columns.add(new Column(name, path, function));
  }

  private static boolean endsExpression(Token token) {
    return token.is(')') || token.is(']') || token.kind() != Token.Kind.SYMBOL;
  }

  /// `a.b.c` as its parts; empty for anything else.
  private static List<String> path(List<Token> tokens) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean name = i % 2 == 0;
      if (name ? !token.isName() : !token.is('.')) {
        return List.of();
      }
      if (name) {
        parts.add(token.value());
      }
    }
    return tokens.size() % 2 == 1 ? parts : List.of();
  }

  private static List<Table> tables(List<Token> tokens) {
    List<Table> tables = new ArrayList<>();
    for (int i = 1; i + 4 < tokens.size(); i++) {
      Token before = tokens.get(i - 1);
      boolean begins =
          before.is("FROM") || before.is("JOIN") || before.is(',') || before.is("LATERAL");
      List<String> parts = begins ? path(tokens.subList(i, i + 5)) : List.of();
      if (parts.size() == 3) {
        int next = i + 5;
        if (next < tokens.size() && tokens.get(next).is("AS")) {
          next++;
        }
        boolean aliased =
            next < tokens.size() && tokens.get(next).isName() && !isKeyword(tokens.get(next));
        tables.add(new Table(parts, aliased ? tokens.get(next).value() : parts.getLast()));
      }
    }
    return tables;
  }

  private static boolean isKeyword(Token token) {
    return token.kind() == Token.Kind.WORD
        && List.of(
                "WHERE",
                "JOIN",
                "INNER",
                "LEFT",
                "RIGHT",
                "FULL",
                "CROSS",
                "ON",
                "USING",
                "GROUP",
                "ORDER",
                "LIMIT",
                "UNION",
                "HAVING",
                "NATURAL",
                "QUALIFY",
                "EXCEPT",
                "INTERSECT")
            .contains(token.value().toUpperCase(Locale.ROOT));
  }
}
