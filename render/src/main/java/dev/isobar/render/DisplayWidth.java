package dev.isobar.render;

/// How many columns of a terminal a text takes.
///
/// Source: Unicode Standard Annex 11 (East Asian Width), and what terminals do with emoji.
final class DisplayWidth {
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int EMOJI_PRESENTATION = 0xFE0F;

  private DisplayWidth() {}

  static int of(String text) {
    int width = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7F) {
        width++;
        i++;
      } else {
        int end = clusterEnd(text, i);
        width += clusterWidth(text, i, end);
        i = end;
      }
    }
    return width;
  }

  /// The longest beginning of the text that takes no more than `width` columns.
  static String cut(String text, int width) {
    int left = width;
    int i = 0;
    while (i < text.length()) {
      int end = clusterEnd(text, i);
      left -= clusterWidth(text, i, end);
      if (left < 0) {
        return text.substring(0, i);
      }
      i = end;
    }
    return text;
  }

  /// The end of what is drawn as one: a character with its marks, an emoji sequence, a flag.
  static int clusterEnd(String text, int start) {
    int first = text.codePointAt(start);
    int i = start + Character.charCount(first);
    if (isRegional(first) && i < text.length() && isRegional(text.codePointAt(i))) {
      return i + 2;
    }
    while (i < text.length()) {
      int point = text.codePointAt(i);
      int after = i + Character.charCount(point);
      if (point == ZERO_WIDTH_JOINER
          && after < text.length()
          && Character.isEmoji(first)
          && Character.isEmoji(text.codePointAt(after))) {
        i = after + Character.charCount(text.codePointAt(after));
      } else if (point >= 0x300
          && (isMark(point) || (Character.isEmojiModifier(point) && Character.isEmoji(first)))) {
        i = after;
      } else {
        return i;
      }
    }
    return i;
  }

  private static int clusterWidth(String text, int start, int end) {
    int first = text.codePointAt(start);
    if (isMark(first)) {
      return 0;
    }
    boolean emoji =
        isRegional(first)
            ? end - start > 2
            : text.indexOf(EMOJI_PRESENTATION, start, end) >= 0 && Character.isEmoji(first);
    return emoji || isWide(first) ? 2 : 1;
  }

  private static boolean isRegional(int point) {
    return point >= 0x1F1E6 && point <= 0x1F1FF;
  }

  /// Whether the character is drawn over the one before it, or not at all.
  private static boolean isMark(int point) {
    if (point >= 0x1160 && point <= 0x11FF) {
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> true;
      case Character.FORMAT -> point != 0xAD;
      default -> false;
    };
  }

  private static boolean isWide(int point) {
    return point >= 0x1100
        && (point <= 0x115F
            || (point >= 0x2E80 && point <= 0x303E)
            || (point >= 0x3041 && point <= 0x33FF)
            || (point >= 0x3400 && point <= 0x4DBF)
            || (point >= 0x4E00 && point <= 0x9FFF)
            || (point >= 0xA000 && point <= 0xA4CF)
            || (point >= 0xA960 && point <= 0xA97F)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE10 && point <= 0xFE19)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0xFFE0 && point <= 0xFFE6)
            || (point >= 0x17000 && point <= 0x18CFF)
            || (point >= 0x1B000 && point <= 0x1B2FF)
            || (point >= 0x20000 && point <= 0x3FFFD)
            || (point >= 0x2300 && Character.isEmojiPresentation(point)));
  }
}
