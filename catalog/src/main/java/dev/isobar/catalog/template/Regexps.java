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

  private static final Pattern NAMED = Pattern.compile("\\(\\?P?<[A-Za-z0-9_]+>");

  private Regexps() {}

  /// The groups of the first match.
  ///
  /// @throws Fault when nothing matches, or the expression has no groups
  static List<String> groups(String text, String pattern) {
    Matcher matcher;
    boolean found;
    try {
      matcher = Pattern.compile(withoutNames(pattern)).matcher(new Watched(text));
      found = matcher.find();
    } catch (PatternSyntaxException e) {
      throw Fault.of("`" + pattern + "` is no regular expression");
    } catch (StackOverflowError e) {
      // The JDK goes back over a repeated group on the stack.
      throw tooLong();
    }
    if (!found || matcher.groupCount() == 0) {
      throw Fault.of("`" + pattern + "` finds no group in the text");
    }
    List<String> groups = new ArrayList<>();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      String group = matcher.group(i);
      groups.add(group == null ? "" : group);
    }
    return groups;
  }

  /// Groups are asked for by their numbers, and their names may hold more in Go than in Java.
  private static String withoutNames(String pattern) {
    return NAMED.matcher(pattern).replaceAll("(");
  }

  private static Fault tooLong() {
    return Fault.of("the regular expression takes too long");
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
        throw tooLong();
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
