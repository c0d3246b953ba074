package dev.isobar.docgen;

/// The text of documents, made fit for a page: one line, not too long, without invisible tricks.
final class Words {
  /// How long a description in a table may be, in characters.
  static final int CELL = 600;

  /// How long a description on its own may be, in characters.
  static final int PARAGRAPH = 3000;

  private Words() {}

  /// One line of text: every run of white space is one blank, and what has no place in a text
  /// (control characters, those that turn the direction of writing, halves of a character) is gone.
  ///
  /// @param most length at which the text is cut, with an ellipsis in place of the rest
  static String line(String text, int most) {
    StringBuilder line = new StringBuilder();
    boolean blank = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        blank = !line.isEmpty();
      } else if (isVisible(c)) {
        if (line.length() + (blank ? 1 : 0) + Character.charCount(c) > most) {
          return cut(line, most);
        }
        line.append(blank ? " " : "").appendCodePoint(c);
        blank = false;
      }
    }
    return line.toString();
  }

  /// Cut between words, if one ends in the last fifth.
  private static String cut(StringBuilder line, int most) {
    int end = line.lastIndexOf(" ");
    line.setLength(end >= most - most / 5 ? end : line.length());
    return line.append('…').toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
      // Joiners make letters and pictures of some scripts; all others only mislead.
      case Character.FORMAT -> c == 0x200c || c == 0x200d;
      default -> true;
    };
  }
}
