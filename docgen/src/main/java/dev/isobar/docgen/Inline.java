package dev.isobar.docgen;

/// A piece of a line. Its text is text: a writer escapes what its format would read otherwise.
sealed interface Inline {
  /// Words.
  record Text(String text) implements Inline {}

  /// A name, a value or a piece of SQL.
  record Code(String text) implements Inline {}

  /// The name of a page, leading there.
  record PageLink(PageName page) implements Inline {}

  /// The name of a part of this page, leading there.
  record PartLink(String anchor, String text) implements Inline {}
}
