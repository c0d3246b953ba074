package dev.isobar.parse;

import dev.isobar.model.Span;
import java.util.Locale;

/// A word, literal or symbol of a script; comments are not tokens, hints are.
///
/// @param value what the token means: quotes and escapes removed; a word as written
record Token(Kind kind, String value, int start, int end) {
  /// What a token is.
  enum Kind {
    /// An unquoted name or keyword.
    WORD,
    /// A name in double quotes or back-ticks.
    QUOTED,
    /// Text in single quotes, also `E'…'`, or between dollar quotes.
    STRING,
    /// An unsigned number.
    NUMBER,
    /// One character of punctuation or of an operator.
    SYMBOL,
    /// `/*+ … */`; the value is what stands inside.
    HINT
  }

  Span span() {
    return new Span(start, end);
  }

  boolean is(char symbol) {
    return kind == Kind.SYMBOL && value.charAt(0) == symbol;
  }

  /// Whether this is the keyword, which is given in upper case.
  boolean is(String keyword) {
    return kind == Kind.WORD && value.equalsIgnoreCase(keyword);
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  /// The word in upper case, or nothing when this is no word.
  String keyword() {
    return kind == Kind.WORD ? value.toUpperCase(Locale.ROOT) : "";
  }
}
