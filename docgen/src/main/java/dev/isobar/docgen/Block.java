package dev.isobar.docgen;

import java.util.List;

/// A part of a page, from one heading to the next or less.
sealed interface Block {
  /// The title of a part.
  ///
  /// @param level 2 for the parts of a page, 3 for parts of these
  /// @param anchor what links to it say; empty when there are none
  /// @param isName whether the text is the name of something, and not words
  record Heading(int level, String text, String anchor, boolean isName) implements Block {
    static Heading of(String text) {
      return new Heading(2, text, "", false);
    }
  }

  /// Words.
  record Paragraph(List<Inline> content) implements Block {
    public Paragraph {
      content = List.copyOf(content);
    }
  }

  /// Names with a value each.
  record Facts(List<Fact> facts) implements Block {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  /// A name and its value.
  record Fact(String name, List<Inline> value) {
    public Fact {
      value = List.copyOf(value);
    }
  }

  /// A table.
  ///
  /// @param rows each with as many cells as there are columns
  /// @param names what the first column names
  record Grid(List<String> columns, List<List<List<Inline>>> rows, Names names) implements Block {
    public Grid {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }

    /// A table that nobody looks up a row of.
    Grid(List<String> columns, List<List<List<Inline>>> rows) {
      this(columns, rows, Names.NOTHING);
    }
  }

  /// What the rows of a table are called by, if somebody may look for them.
  enum Names {
    NOTHING,
    /// Fields of the resource, each of which can be linked to.
    FIELDS,
    /// What the method takes or returns under whose heading the table stands.
    OF_METHOD;

    /// What links to a row of [#FIELDS] say.
    static String anchor(List<List<Inline>> row) {
      List<Inline> name = row.getFirst();
      return "field-"
          + (!name.isEmpty() && name.getFirst() instanceof Inline.Code code ? code.text() : "");
    }
  }

  /// Text to be copied as it is.
  ///
  /// @param language such as `sql`
  record Code(String language, String text) implements Block {}
}
