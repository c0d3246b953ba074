package dev.isobar.catalog.template;

/// A piece of a template's text.
///
/// @param at offset of its first character
/// @param text as written, quotes and sigils included
record Token(Kind kind, int at, String text) {
  enum Kind {
    TEXT,
    LEFT_DELIMITER,
    RIGHT_DELIMITER,
    SPACE,
    ASSIGN,
    DECLARE,
    PIPE,
    COMMA,
    LEFT_PAREN,
    RIGHT_PAREN,
    DOT,
    FIELD,
    VARIABLE,
    IDENTIFIER,
    KEYWORD,
    NIL,
    BOOLEAN,
    NUMBER,
    CHARACTER,
    STRING,
    RAW_STRING,
    END
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isKeyword(String word) {
    return kind == Kind.KEYWORD && text.equals(word);
  }
}
