package dev.isobar.catalog.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions in templates. Loaded when one is used.
final class Regexps {
  /// Go's expressions take linear time; those of the JDK may not. More looks at the text than this
  /// stop the match.
  private static final long MOST_LOOKS = 50_000_000;

  private Regexps() {}

  /// The groups of the first match.
  ///
  /// @throws Fault when nothing matches, or the expression has no groups
  static List<String> groups(String text, String pattern) {
    Matcher matcher;
    try {
      matcher = Pattern.compile(pattern.replace("(?P<", "(?<")).matcher(new Watched(text));
    } catch (PatternSyntaxException e) {
      throw Fault.of("`" + pattern + "` is no regular expression");
    }
    if (!matcher.find() || matcher.groupCount() == 0) {
      throw Fault.of("`" + pattern + "` finds no group in the text");
    }
    List<String> groups = new ArrayList<>();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      String group = matcher.group(i);
      groups.add(group == null ? "" : group);
    }
    return groups;
  }

  private static final class Watched implements CharSequence {
    private final String text;
    private long looks;

    Watched(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++looks > MOST_LOOKS) {
        throw Fault.of("the regular expression takes too long");
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
