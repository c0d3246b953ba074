package dev.isobar.parse;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words of SQLite that DuckDB's grammar takes for something else: the functions `char(…)`,
/// `date(…)` and `time(…)`, and the operator REGEXP.
///
/// They become words of the same length, so that every place in the text stays what it was.
public final class SqliteWords {
  /// The function `char`.
  public static final String CHAR = "chr_";

  /// The function `time`.
  public static final String TIME = "tim_";

  /// The function `date`, which DuckDB takes for a cast.
  public static final String DATE = "dat_";

  /// The operator REGEXP.
  public static final String REGEXP = "<~~~~>";

  /// The operator NOT REGEXP.
  public static final String NOT_REGEXP = "!~~~~!";

  private static final Pattern SOME =
      Pattern.compile("\\b(char|time|date)\\s*\\(|\\bregexp\\b", Pattern.CASE_INSENSITIVE);

  /// Words after which an expression begins, so that no operator can follow.
  private static final Set<String> BEFORE_EXPRESSIONS =
      Set.of(
          "SELECT",
          "WHERE",
          "AND",
          "OR",
          "NOT",
          "ON",
          "WHEN",
          "THEN",
          "ELSE",
          "HAVING",
          "BY",
          "IN",
          "LIKE",
          "CASE",
          "DISTINCT",
          "QUALIFY",
          "BETWEEN",
          "RETURNING",
          "SET",
          "AS");

  private SqliteWords() {}

  /// The text with those words replaced; the same text when there are none.
  public static String replaced(String sql) {
    if (!SOME.matcher(sql).find()) {
      return sql;
    }
    StringBuilder replaced = new StringBuilder(sql);
    List<Token> tokens = Tokenizer.tokens(sql);
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      Token before = i == 0 ? null : tokens.get(i - 1);
      boolean called = i + 1 < tokens.size() && tokens.get(i + 1).is('(');
      String function = called && !namesType(before) ? function(token) : null;
      if (function != null) {
        replace(replaced, token, function);
      } else if (token.is("REGEXP") && before != null) {
        if (before.is("NOT") && !called) {
          replace(replaced, before, "   ");
          replace(replaced, token, NOT_REGEXP);
        } else if (endsExpression(before)) {
          replace(replaced, token, REGEXP);
        }
      }
    }
    return replaced.toString();
  }

  private static @Nullable String function(Token token) {
    return token.is("CHAR") ? CHAR : token.is("TIME") ? TIME : token.is("DATE") ? DATE : null;
  }

  private static void replace(StringBuilder text, Token token, String word) {
    text.replace(token.start(), token.end(), word);
  }

  private static boolean namesType(@Nullable Token before) {
    return before != null && (before.is("AS") || before.is(':') || before.is('.'));
  }

  private static boolean endsExpression(Token token) {
    return switch (token.kind()) {
      case STRING, QUOTED, NUMBER -> true;
      case WORD -> !BEFORE_EXPRESSIONS.contains(token.value().toUpperCase(Locale.ROOT));
      case SYMBOL -> token.is(')') || token.is(']');
      case HINT -> false;
    };
  }
}
