package dev.isobar.docgen;

import dev.isobar.docgen.Inline.Code;
import dev.isobar.docgen.Inline.PageLink;
import dev.isobar.docgen.Inline.Text;
import java.util.List;

/// Short contents that every page has.
final class Cells {
  static final List<Inline> NOTHING = List.of();

  /// Longer than any name that somebody means to type.
  private static final int NAME_LENGTH = 500;

  private Cells() {}

  /// A name; nothing for none.
  static List<Inline> name(String name) {
    return name.isEmpty() ? NOTHING : List.of(new Code(Words.line(name, NAME_LENGTH)));
  }

  static List<Inline> link(PageName page) {
    return List.of(new PageLink(page));
  }

  static List<Inline> number(int number) {
    return List.of(new Text(Integer.toString(number)));
  }

  static List<Inline> words(String words) {
    return words.isEmpty() ? NOTHING : List.of(new Text(words));
  }

  /// A description in a table.
  static List<Inline> description(String description) {
    return words(Words.line(description, Words.CELL));
  }

  /// The type of a value; a document that says none allows every one.
  static List<Inline> type(String type) {
    return name(type.isEmpty() ? "any" : type);
  }
}
