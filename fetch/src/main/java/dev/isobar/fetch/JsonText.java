package dev.isobar.fetch;

import tools.jackson.core.JsonParser;

/// A document in UTF-8 while one parser reads it, for what is wanted as it was sent. For one
/// thread.
sealed interface JsonText permits WholeText, ArrivingText {
  JsonParser parser();

  /// What begins at the offset, in bytes, will be asked for; the parser has just read its first
  /// byte.
  void keepFrom(long start);

  /// The text between two offsets without the blanks between its tokens, after [#keepFrom].
  String compact(long start, long end);

  /// How many bytes the parser has got.
  long received();

  /// Whether the parser has got all of it.
  boolean isComplete();
}
