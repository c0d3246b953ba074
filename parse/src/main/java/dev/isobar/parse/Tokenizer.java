package dev.isobar.parse;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import dev.isobar.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts a script into tokens by the lexical rules of DuckDB, so that a `;` or a keyword inside a
/// string, a quoted name or a comment is never taken for one.
final class Tokenizer {
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Tokenizer(String text) {
    this.text = text;
  }

  /// The tokens in order.
  ///
  /// @throws IsobarException `SYNTAX_ERROR` when a quote or a comment is not closed
  static List<Token> tokens(String text) {
    Tokenizer tokenizer = new Tokenizer(text);
    while (tokenizer.at < text.length()) {
      tokenizer.step();
    }
    return tokenizer.tokens;
  }

  private void step() {
    char c = text.charAt(at);
    char next = charAt(at + 1);
    if (isSpace(c)) {
      at++;
    } else if (c == '-' && next == '-') {
      while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
        at++;
      }
    } else if (c == '/' && next == '*') {
      comment();
    } else if (c == '\'') {
      string(at, false);
    } else if ((c == 'e' || c == 'E') && next == '\'') {
      string(at, true);
    } else if (c == '"') {
      quotedName('"', "double quote");
    } else if (c == '`') {
      quotedName('`', "back-tick");
    } else if (c == '$' && dollarTagEnd() > 0) {
      dollarString(dollarTagEnd());
    } else if (isDigit(c) || (c == '.' && isDigit(next) && !followsName())) {
      number();
    } else if (isWordStart(c)) {
      int start = at;
      while (isWordPart(charAt(at))) {
        at++;
      }
      add(Kind.WORD, text.substring(start, at), start);
    } else {
      int start = at++;
      add(Kind.SYMBOL, String.valueOf(c), start);
    }
  }

  /// Block comments nest, as in PostgreSQL and DuckDB.
  private void comment() {
    int start = at;
    int depth = 0;
    do {
      if (charAt(at) == '/' && charAt(at + 1) == '*') {
        depth++;
        at += 2;
      } else if (charAt(at) == '*' && charAt(at + 1) == '/') {
        depth--;
        at += 2;
      } else if (++at >= text.length()) {
        throw open("comment", "*/", start, 2);
      }
    } while (depth > 0);
    if (charAt(start + 2) == '+') {
      add(Kind.HINT, text.substring(start + 3, Math.max(start + 3, at - 2)), start);
    }
  }

  private void string(int start, boolean escapes) {
    StringBuilder value = new StringBuilder();
    int i = start + (escapes ? 2 : 1);
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c == '\'') {
        if (charAt(i) != '\'') {
          at = i;
          add(Kind.STRING, value.toString(), start);
          return;
        }
        i++;
      } else if (escapes && c == '\\' && i < text.length()) {
        i = escape(value, i);
        continue;
      }
      value.append(c);
    }
    throw open("string", "'", start, escapes ? 2 : 1);
  }

  /// Appends the character that a backslash sequence means; `i` stands behind the backslash.
  ///
  /// @return the offset behind the sequence
  private int escape(StringBuilder value, int i) {
    char c = text.charAt(i);
    switch (c) {
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'x' -> {
        return codePoint(value, i + 1, i + 3, 16);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        return codePoint(value, i, i + 3, 8);
      }
      default -> value.append(c);
    }
    return i + 1;
  }

  private int codePoint(StringBuilder value, int from, int limit, int radix) {
    int end = from;
    int point = 0;
    while (end < limit && Character.digit(charAt(end), radix) >= 0) {
      point = point * radix + Character.digit(charAt(end++), radix);
    }
    value.append(end == from ? 'x' : (char) point);
    return end;
  }

  private void quotedName(char quote, String what) {
    int start = at;
    StringBuilder value = new StringBuilder();
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        if (charAt(i + 1) != quote) {
          at = i + 1;
          add(Kind.QUOTED, value.toString(), start);
          return;
        }
        i++;
      }
      value.append(c);
    }
    throw open("name in a " + what, String.valueOf(quote), start, 1);
  }

  /// The offset behind `$tag$` when one begins here, else 0.
  private int dollarTagEnd() {
    int i = at + 1;
    while (isWordPart(charAt(i)) && charAt(i) != '$') {
      i++;
    }
    return charAt(i) == '$' && !isDigit(charAt(at + 1)) ? i + 1 : 0;
  }

  private void dollarString(int tagEnd) {
    String tag = text.substring(at, tagEnd);
    int end = text.indexOf(tag, tagEnd);
    if (end < 0) {
      throw open("dollar-quoted string", tag, at, tag.length());
    }
    int start = at;
    at = end + tag.length();
    add(Kind.STRING, text.substring(tagEnd, end), start);
  }

  /// Digits with one point and an exponent; letters that follow belong to it, and are refused by
  /// whoever wants the number.
  private void number() {
    int start = at;
    boolean point = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean exponentSign =
          (c == '+' || c == '-')
              && (charAt(at - 1) == 'e' || charAt(at - 1) == 'E')
              && isDigit(charAt(at + 1))
              && charAt(start + 1) != 'x'
              && charAt(start + 1) != 'X';
      if (c == '.' && !point) {
        point = true;
      } else if (!isWordPart(c) && !exponentSign) {
        break;
      }
      at++;
    }
    add(Kind.NUMBER, text.substring(start, at), start);
  }

  /// Whether a name ends right here, so that `t.5x` is a name and a part, not a number.
  private boolean followsName() {
    return !tokens.isEmpty() && tokens.getLast().isName() && tokens.getLast().end() == at;
  }

  private void add(Kind kind, String value, int start) {
    tokens.add(new Token(kind, value, start, at));
  }

  private static IsobarException open(String what, String close, int start, int length) {
    return new IsobarException(
        ErrorCode.SYNTAX_ERROR,
        "The " + what + " that begins here is not closed.",
        "Close it with `" + close + "`.",
        new Span(start, start + length));
  }

  /// NUL beyond the end, which no rule accepts.
  private char charAt(int i) {
    return i < text.length() ? text.charAt(i) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= '\u0080';
  }

  private static boolean isWordPart(char c) {
    return (isWordStart(c) && !isSpace(c)) || isDigit(c) || c == '$';
  }

  /// Also the spaces that come along when text is pasted: no-break spaces, the byte order mark.
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
  }
}
