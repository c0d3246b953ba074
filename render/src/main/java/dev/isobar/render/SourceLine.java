package dev.isobar.render;

import dev.isobar.model.Span;

/// The line of a script that an error points into.
///
/// @param text the line without its end
/// @param number counts from 1
/// @param single whether the script has no other line
/// @param from where the part at fault begins in the line
/// @param to where it ends, at the end of the line at the latest
record SourceLine(String text, int number, boolean single, int from, int to) {
  /// Longer lines are shown in part.
  private static final int WINDOW = 100;

  /// What is shown of a long line before the part at fault.
  private static final int BEFORE = 40;

  /// @param span begins inside the script or right behind it
  static SourceLine of(String script, Span span) {
    // An error at the end of the text is shown behind its last word, not on an empty line.
    int start = span.start();
    if (script.substring(start).isBlank()) {
      while (start > 0 && Character.isWhitespace(script.charAt(start - 1))) {
        start--;
      }
    }
    int begin = start;
    while (begin > 0 && !isLineEnd(script.charAt(begin - 1))) {
      begin--;
    }
    int end = start;
    while (end < script.length() && !isLineEnd(script.charAt(end))) {
      end++;
    }
    int number = 1;
    for (int i = 0; i < begin; i++) {
      number += script.charAt(i) == '\n' ? 1 : 0;
    }
    boolean single = script.strip().indexOf('\n') < 0;
    int to = Math.max(start, Math.min(span.end(), end));
    return new SourceLine(script.substring(begin, end), number, single, start - begin, to - begin);
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  /// The line, and below it carets under the part at fault.
  String render(String color, String plain) {
    int begin = 0;
    int end = text.length();
    if (text.length() > WINDOW) {
      begin = boundary(Math.max(0, from - BEFORE));
      end =
          boundary(Math.min(text.length(), Math.max(begin + WINDOW, Math.min(to, from + WINDOW))));
    }
    String gutter = single ? "  " : "  " + number + " | ";
    String before = (begin > 0 ? "…" : "") + shown(begin, from);
    String marked = shown(from, Math.clamp(to, from, end));
    String after = shown(Math.clamp(to, from, end), end) + (end < text.length() ? "…" : "");
    String carets = "^".repeat(Math.max(1, DisplayWidth.of(marked)));
    return (gutter + before + marked + after).stripTrailing()
        + "\n"
        + " ".repeat(gutter.length() + DisplayWidth.of(before))
        + color
        + carets
        + plain
        + "\n";
  }

  private String shown(int begin, int end) {
    return Visible.of(text.substring(begin, end).replace("\t", "  "));
  }

  /// Never between the halves of a surrogate pair.
  private int boundary(int i) {
    boolean inPair =
        i > 0
            && i < text.length()
            && Character.isLowSurrogate(text.charAt(i))
            && Character.isHighSurrogate(text.charAt(i - 1));
    return inPair ? i - 1 : i;
  }
}
