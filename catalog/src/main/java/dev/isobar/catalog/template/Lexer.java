package dev.isobar.catalog.template;

import dev.isobar.catalog.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts a template into tokens: text outside of `{{` and `}}`, words inside. Trim markers and
/// comments are gone afterwards. One instance for each text.
///
/// Spaces inside are tokens, because `.a .b` are two operands and `.a.b` is one.
final class Lexer {
  private static final Set<String> KEYWORDS =
      Set.of(
          "block", "break", "continue", "define", "else", "end", "if", "range", "template", "with");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  Lexer(String text) {
    this.text = text;
  }

  /// All tokens, the last of them END.
  List<Token> tokens() {
    while (at < text.length()) {
      int open = text.indexOf("{{", at);
      if (open < 0) {
        add(Kind.TEXT, text.length());
        break;
      }
      while (text.startsWith("{", open + 2)) {
        // An object's brace in front of an action, `{{{- if`. Go has no way to read this and
        // refuses
        // it; documents write it all the same.
        open++;
      }
      int inside = open + 2;
      boolean trims = isTrimMarker(inside);
      int end = open;
      while (trims && end > at && isSpace(text.charAt(end - 1))) {
        end--;
      }
      if (end > at) {
        add(Kind.TEXT, end);
      }
      int first = trims ? inside + 2 : inside;
      if (text.startsWith("/*", first)) {
        comment(first);
      } else {
        at = open;
        add(Kind.LEFT_DELIMITER, inside);
        at = first;
        action();
      }
    }
    at = text.length();
    add(Kind.END, at);
    return tokens;
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(kind, at, text.substring(at, end)));
    at = end;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /// `{{-3}}` is a number, `{{- 3}}` a marker.
  private boolean isTrimMarker(int from) {
    return from + 1 < text.length() && text.charAt(from) == '-' && isSpace(text.charAt(from + 1));
  }

  /// Whether a right delimiter begins here: 0 for no, else its length with the marker.
  private int rightDelimiter() {
    if (text.startsWith("}}", at)) {
      return 2;
    }
    boolean marked =
        at < text.length() && isSpace(text.charAt(at)) && text.startsWith("-}}", at + 1);
    return marked ? 4 : 0;
  }

  private void comment(int from) {
    int end = text.indexOf("*/", from + 2);
    if (end < 0) {
      throw new Fault(from, "the comment has no `*/`");
    }
    at = end + 2;
    int delimiter = rightDelimiter();
    if (delimiter == 0) {
      throw new Fault(at, "a comment fills its braces alone: `}}` has to follow `*/`");
    }
    at += delimiter;
    if (delimiter == 4) {
      skipSpace();
    }
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private void action() {
    int open = 0;
    while (true) {
      int delimiter = rightDelimiter();
      if (delimiter > 0) {
        if (open > 0) {
          throw new Fault(at, "a `(` is not closed");
        }
        add(Kind.RIGHT_DELIMITER, at + delimiter);
        if (delimiter == 4) {
          skipSpace();
        }
        return;
      }
      if (at >= text.length()) {
        throw new Fault(text.length(), "the last `{{` has no `}}`");
      }
      char c = text.charAt(at);
      switch (c) {
        case ' ', '\t', '\r', '\n' -> space();
        case '=' -> add(Kind.ASSIGN, at + 1);
        case '|' -> add(Kind.PIPE, at + 1);
        case ',' -> add(Kind.COMMA, at + 1);
        case '(' -> {
          open++;
          add(Kind.LEFT_PAREN, at + 1);
        }
        case ')' -> {
          if (--open < 0) {
            throw new Fault(at, "a `)` has no `(`");
          }
          add(Kind.RIGHT_PAREN, at + 1);
        }
        case ':' -> {
          if (!text.startsWith(":=", at)) {
            throw new Fault(at, "a `:` is not followed by `=`");
          }
          add(Kind.DECLARE, at + 2);
        }
        case '"' -> quoted(Kind.STRING, '"');
        case '\'' -> quoted(Kind.CHARACTER, '\'');
        case '`' -> {
          int end = text.indexOf('`', at + 1);
          if (end < 0) {
            throw new Fault(at, "a text in back-ticks is not closed");
          }
          add(Kind.RAW_STRING, end + 1);
        }
        case '$' -> name(Kind.VARIABLE, at + 1);
        default -> wordOrNumber(c);
      }
    }
  }

  /// A space that belongs to ` -}}` is none of ours.
  private void space() {
    int start = at;
    while (at < text.length() && isSpace(text.charAt(at)) && rightDelimiter() == 0) {
      at++;
    }
    if (at > start) {
      tokens.add(new Token(Kind.SPACE, start, " "));
    }
  }

  private void quoted(Kind kind, char quote) {
    int i = at + 1;
    while (i < text.length() && text.charAt(i) != quote && text.charAt(i) != '\n') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    if (i >= text.length() || text.charAt(i) == '\n') {
      throw new Fault(at, "a quoted text is not closed on its line");
    }
    add(kind, i + 1);
  }

  private void wordOrNumber(char c) {
    boolean digitFollows = at + 1 < text.length() && isDigit(text.charAt(at + 1));
    if (isDigit(c) || c == '+' || c == '-' || (c == '.' && digitFollows)) {
      number();
    } else if (c == '.') {
      name(Kind.FIELD, at + 1);
    } else if (isWordPart(at)) {
      int end = endOfWord(at);
      String word = text.substring(at, end);
      requireTerminator(end);
      Kind kind =
          switch (word) {
            case "true", "false" -> Kind.BOOLEAN;
            case "nil" -> Kind.NIL;
            default -> KEYWORDS.contains(word) ? Kind.KEYWORD : Kind.IDENTIFIER;
          };
      add(kind, end);
    } else {
      throw unexpected(at);
    }
  }

  /// `$name` or `.name`; a `$` or `.` alone is one as well.
  private void name(Kind kind, int from) {
    int end = endOfWord(from);
    requireTerminator(end);
    add(end == from && kind == Kind.FIELD ? Kind.DOT : kind, end);
  }

  private void number() {
    int end = at + 1;
    while (end < text.length()) {
      char c = text.charAt(end);
      char before = text.charAt(end - 1);
      boolean sign = (c == '+' || c == '-') && "eEpP".indexOf(before) >= 0 && !isHex();
      if (c != '.' && !sign && !isWordPart(end)) {
        break;
      }
      end++;
    }
    requireTerminator(end);
    add(Kind.NUMBER, end);
  }

  private boolean isHex() {
    int digits = text.charAt(at) == '+' || text.charAt(at) == '-' ? at + 1 : at;
    return text.startsWith("0x", digits) || text.startsWith("0X", digits);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean isWordPart(int index) {
    int c = text.codePointAt(index);
    return c == '_' || Character.isLetter(c) || Character.isDigit(c);
  }

  private int endOfWord(int from) {
    int end = from;
    while (end < text.length() && isWordPart(end)) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private void requireTerminator(int end) {
    if (end >= text.length()
        || isSpace(text.charAt(end))
        || ".,|:)(".indexOf(text.charAt(end)) >= 0) {
      return;
    }
    if (!text.startsWith("}}", end)) {
      throw unexpected(end);
    }
  }

  private Fault unexpected(int index) {
    return new Fault(index, "unexpected `" + Character.toString(text.codePointAt(index)) + "`");
  }
}
