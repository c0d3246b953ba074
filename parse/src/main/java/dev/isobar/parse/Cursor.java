package dev.isobar.parse;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import dev.isobar.parse.Statement.Literal;
import dev.isobar.parse.Statement.Text;
import dev.isobar.parse.Token.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place in the tokens of one statement, and the rules that all statements share: names,
/// literals, slices.
final class Cursor {
  /// Stands for what follows the last token.
  private final Token end;

  private final String text;
  private final List<Token> tokens;
  private int at;

  /// @param tokens of one statement, not empty, without its `;`
  Cursor(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
    int after = tokens.getLast().end();
    this.end = new Token(Kind.SYMBOL, "\0", after, after);
  }

  /// The next token; hints are passed over.
  Token peek() {
    while (at < tokens.size() && tokens.get(at).kind() == Kind.HINT) {
      at++;
    }
    return at < tokens.size() ? tokens.get(at) : end;
  }

  /// The token after the next one.
  Token peekSecond() {
    int mark = at;
    next();
    Token second = peek();
    at = mark;
    return second;
  }

  Token next() {
    Token token = peek();
    if (at < tokens.size()) {
      at++;
    }
    return token;
  }

  boolean atEnd() {
    peek();
    return at == tokens.size();
  }

  boolean accept(String keyword) {
    boolean is = peek().is(keyword);
    if (is) {
      next();
    }
    return is;
  }

  boolean accept(char symbol) {
    boolean is = peek().is(symbol);
    if (is) {
      next();
    }
    return is;
  }

  void expect(String keyword, String hint) {
    if (!accept(keyword)) {
      throw unexpected(keyword, hint);
    }
  }

  void expect(char symbol, String hint) {
    if (!accept(symbol)) {
      throw unexpected("`" + symbol + "`", hint);
    }
  }

  void expectEnd(String hint) {
    if (!atEnd()) {
      throw error("There is `" + excerpt(peek()) + "` where the statement should end.", hint);
    }
  }

  /// The names inside the hints that stand here, in upper case.
  Set<String> hints() {
    Set<String> hints = new HashSet<>();
    for (; at < tokens.size() && tokens.get(at).kind() == Kind.HINT; at++) {
      StringBuilder name = new StringBuilder();
      for (char c : (tokens.get(at).value() + " ").toCharArray()) {
        if (Character.isLetterOrDigit(c) || c == '_') {
          name.append(c);
        } else if (!name.isEmpty()) {
          hints.add(name.toString().toUpperCase(Locale.ROOT));
          name.setLength(0);
        }
      }
    }
    return hints;
  }

  /// A dotted name; each part may be quoted.
  Name name(String what, String hint) {
    List<Name.Part> parts = new ArrayList<>();
    do {
      Token token = peek();
      boolean partOfDigits = token.kind() == Kind.NUMBER && !parts.isEmpty();
      if (!token.isName() && !partOfDigits) {
        throw unexpected(what, hint);
      }
      next();
      parts.add(new Name.Part(token.value(), token.span()));
    } while (accept('.'));
    Token after = peek();
    if (after.is('-') && after.start() == parts.getLast().span().end()) {
      throw error("A name that holds `-` is written in double quotes.", hint);
    }
    return new Name(parts);
  }

  /// A dotted name that is one thing: the dots belong to it.
  Name.Part dottedName(String what, String hint) {
    Name name = name(what, hint);
    return new Name.Part(name.toString(), name.span());
  }

  /// A literal.
  ///
  /// @throws IsobarException `SYNTAX_ERROR` when something else stands here
  Literal literal(String hint) {
    Literal literal = literalOrNull();
    if (literal == null) {
      throw unexpected("a literal", hint);
    }
    return literal;
  }

  /// A literal, also inside `JSON(…)` or `string(…)`; null, and the place unchanged, when something
  /// else stands here.
  @Nullable Literal literalOrNull() {
    int mark = at;
    Token first = next();
    boolean wrapped = (first.is("JSON") || first.is("STRING")) && accept('(');
    Token token = wrapped ? next() : first;
    Literal literal = simpleLiteral(token);
    if (literal == null || (wrapped && !accept(')'))) {
      at = mark;
      return null;
    }
    return wrapped
        ? new Literal(literal.value(), new Span(first.start(), tokens.get(at - 1).end()))
        : literal;
  }

  /// The literal that begins with a token already taken, or null.
  private @Nullable Literal simpleLiteral(Token token) {
    if (token.kind() == Kind.STRING) {
      return new Literal(token.value(), token.span());
    }
    if (token.is("TRUE") || token.is("FALSE")) {
      return new Literal(token.is("TRUE"), token.span());
    }
    if (token.is("NULL")) {
      return new Literal(null, token.span());
    }
    boolean signed = token.is('-') || token.is('+');
    Token number = signed ? next() : token;
    Number value = number.kind() == Kind.NUMBER ? number(number.value()) : null;
    if (value == null) {
      return null;
    }
    return new Literal(
        token.is('-') ? negate(value) : value, new Span(token.start(), number.end()));
  }

  /// Every digit is kept; null when the text is no decimal number.
  private static @Nullable Number number(String text) {
    String digits = text.replace("_", "");
    boolean whole = true;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c > 'e') {
        return null;
      }
      whole &= c >= '0' && c <= '9';
    }
    try {
      if (whole) {
        return digits.length() < 19 ? Long.valueOf(digits) : narrow(new BigInteger(digits));
      }
      return new BigDecimal(digits);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static Number negate(Number value) {
    return switch (value) {
      case Long l -> -l;
      case BigInteger i -> narrow(i.negate());
      case BigDecimal d -> d.negate();
      default -> throw new IllegalStateException("not a literal's number: " + value);
    };
  }

  private static Number narrow(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }

  /// Everything up to the first of the keywords outside brackets, or to the end; hints that DuckDB
  /// takes for comments stay in it.
  ///
  /// @throws IsobarException `SYNTAX_ERROR` when there is nothing
  Text slice(String what, String hint, String... keywords) {
    int from = index();
    skipTo(false, keywords);
    if (at == from) {
      throw unexpected(what, hint);
    }
    return text(from, at);
  }

  /// As [#slice], and a comma outside brackets ends it too.
  Text element(String what, String hint, String... keywords) {
    int from = index();
    skipTo(true, keywords);
    if (at == from) {
      throw unexpected(what, hint);
    }
    return text(from, at);
  }

  private void skipTo(boolean comma, String... keywords) {
    int depth = 0;
    Token before = end;
    while (!atEnd()) {
      Token token = peek();
      if (depth == 0 && ((comma && token.is(',')) || ends(token, before, keywords))) {
        return;
      }
      if (token.is('(') || token.is('[') || token.is('{')) {
        depth++;
      } else if (token.is(')') || token.is(']') || token.is('}')) {
        if (--depth < 0) {
          throw error(
              "The bracket `" + token.value() + "` closes none.", "Remove it, or open it before.");
        }
      }
      before = next();
    }
  }

  private static boolean ends(Token token, Token before, String... keywords) {
    // `t.set` and `IS DISTINCT FROM` are part of an expression.
    if (token.kind() != Kind.WORD || before.is('.') || before.is("DISTINCT")) {
      return false;
    }
    for (String keyword : keywords) {
      if (token.is(keyword)) {
        return true;
      }
    }
    return false;
  }

  /// The index of the next token, for [#rewind].
  int index() {
    peek();
    return at;
  }

  /// Goes back to a place given by [#index()].
  void rewind(int index) {
    at = index;
  }

  /// The script from one token to before another, without the blanks around it.
  private Text text(int from, int to) {
    int last = to;
    while (last > from + 1 && tokens.get(last - 1).kind() == Kind.HINT) {
      last--;
    }
    Span span = new Span(tokens.get(from).start(), tokens.get(last - 1).end());
    return new Text(text.substring(span.start(), span.end()), span);
  }

  /// The script from the start of a token taken before to the end of the last token taken.
  Text textFrom(Token first) {
    Span span = spanFrom(first);
    return new Text(text.substring(span.start(), span.end()), span);
  }

  /// From the start of a token taken before to the end of the last token taken.
  Span spanFrom(Token first) {
    int last = at - 1;
    while (last > 0 && tokens.get(last).kind() == Kind.HINT) {
      last--;
    }
    return new Span(first.start(), tokens.get(last).end());
  }

  /// `Expected x, found y.` at the next token.
  IsobarException unexpected(String wanted, String hint) {
    return error(
        "Expected "
            + wanted
            + ", found "
            + (atEnd() ? "the end of the statement." : "`" + excerpt(peek()) + "`."),
        hint);
  }

  /// A `SYNTAX_ERROR` at the next token.
  IsobarException error(String message, String hint) {
    return new IsobarException(ErrorCode.SYNTAX_ERROR, message, hint, peek().span());
  }

  /// A token as written, cut to what fits a message.
  String excerpt(Token token) {
    int length = token.end() - token.start();
    return length <= 40
        ? text.substring(token.start(), token.end())
        : text.substring(token.start(), token.start() + 39) + "…";
  }
}
