package dev.isobar.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes text that a schema's `pattern` matches: literals, classes, groups, alternatives and
/// repetitions. What it cannot follow (look-around, back references) it gives up.
final class PatternText {
  private static final String USUAL =
      "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./:@+= ";
  private static final int LONGEST = 4096;
  private static final int DEEPEST = 40;
  private static final int LONGEST_PART = 64;
  private static final int OTHERS = 5;

  private final String pattern;
  private final long choice;
  private final int least;
  private int at;
  private int depth;
  private long count;

  private PatternText(String pattern, long choice, int least) {
    this.pattern = pattern;
    this.choice = choice;
    this.least = least;
  }

  /// Text that the pattern matches and that is as long as it has to be; null when none was found.
  ///
  /// @param choice other text for another number
  static @Nullable String of(String pattern, long choice, int least, int most) {
    try {
      Pattern compiled = Pattern.compile(pattern);
      for (Attempt attempt : attempts(choice, least)) {
        String made = new PatternText(pattern, attempt.choice, attempt.more).alternatives();
        boolean fits = made.length() >= least && made.length() <= most;
        if (fits && compiled.matcher(made).find()) {
          return made;
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException | StackOverflowError _) {
      // Nothing that can be followed.
    }
    return null;
  }

  /// @param more how often what repeats without an end stands
  private record Attempt(long choice, int more) {}

  /// Repetitions without an end are tried longer until the text is as long as it has to be; then
  /// other choices are, as look-around may forbid the first.
  private static List<Attempt> attempts(long choice, int least) {
    List<Attempt> attempts = new ArrayList<>();
    for (int more : List.of(1, least, 4)) {
      attempts.add(new Attempt(choice, more));
    }
    for (int more = 2; more < Math.min(least, LONGEST_PART); more++) {
      attempts.add(new Attempt(choice, more));
    }
    for (int other = 1; other <= OTHERS; other++) {
      for (int more : List.of(1, least, 4)) {
        attempts.add(new Attempt(Scope.mix(choice, -other), more));
      }
    }
    return attempts;
  }

  private int pick(int limit) {
    return (int) Long.remainderUnsigned(Scope.mix(choice, ++count), limit);
  }

  private String alternatives() {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException("too deep");
    }
    List<String> all = new ArrayList<>();
    all.add(sequence());
    while (at < pattern.length() && pattern.charAt(at) == '|') {
      at++;
      all.add(sequence());
    }
    depth--;
    // An alternative that says something comes before one that is empty.
    List<String> told = all.stream().filter(text -> !text.isEmpty()).toList();
    return told.isEmpty() ? "" : told.get(pick(told.size()));
  }

  private String sequence() {
    var text = new StringBuilder();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      int begun = at;
      String one = atom();
      int end = at;
      int times = times();
      int rest = at;
      for (int i = 0; i < times; i++) {
        text.append(one);
        if (text.length() > LONGEST) {
          throw new IllegalArgumentException("too long");
        }
        if (i + 1 < times) {
          // Each turn may choose other characters.
          at = begun;
          one = atom();
          at = end;
        }
      }
      at = rest;
    }
    return text.toString();
  }

  /// How often the part before is to stand here.
  private int times() {
    if (at >= pattern.length()) {
      return 1;
    }
    int times = 1;
    switch (pattern.charAt(at)) {
      case '*', '+' -> {
        at++;
        times = Math.max(1, least);
      }
      case '?' -> at++;
      case '{' -> {
        int close = pattern.indexOf('}', at);
        String inside = close < 0 ? "" : pattern.substring(at + 1, close);
        if (!inside.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
          throw new IllegalArgumentException("a brace that repeats nothing");
        }
        at = close + 1;
        String[] bounds = inside.split(",", -1);
        int fewest = Integer.parseInt(bounds[0]);
        int most =
            bounds.length == 1
                ? fewest
                : bounds[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(bounds[1]);
        times =
            Math.max(fewest, Math.min(most, Math.max(fewest == 0 ? 1 : 0, least > 1 ? least : 6)));
        if (fewest == 0 && most <= 1) {
          times = most;
        }
      }
      default -> {
        return 1;
      }
    }
    if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
      at++;
    }
    return times;
  }

  private String atom() {
    char c = pattern.charAt(at++);
    return switch (c) {
      case '^', '$' -> "";
      case '.' -> one(USUAL.substring(0, 36));
      case '[' -> one(members());
      case '(' -> group();
      case '\\' -> escaped();
      default -> String.valueOf(c);
    };
  }

  private String group() {
    if (pattern.startsWith("?:", at)) {
      at += 2;
    } else if (pattern.startsWith("?<", at)
        && !pattern.startsWith("?<=", at)
        && !pattern.startsWith("?<!", at)) {
      at = pattern.indexOf('>', at) + 1;
    } else if (pattern.startsWith("?!", at) || pattern.startsWith("?=", at)) {
      // What it forbids or demands is left to the check at the end.
      at += 2;
      alternatives();
      at++;
      return "";
    } else if (pattern.startsWith("?", at)) {
      throw new IllegalArgumentException("a group of another kind");
    }
    String inside = alternatives();
    if (at >= pattern.length()) {
      throw new IllegalArgumentException("a group without an end");
    }
    at++;
    return inside;
  }

  private String escaped() {
    char c = pattern.charAt(at++);
    if (c == 'b' || c == 'A' || c == 'z' || c == 'Z') {
      return "";
    }
    String set = set(c);
    return set == null ? String.valueOf(plain(c)) : one(set);
  }

  private char plain(char escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'u', 'x' -> {
        int digits = escaped == 'u' ? 4 : 2;
        int value = Integer.parseInt(pattern.substring(at, at + digits), 16);
        at += digits;
        yield (char) value;
      }
      default -> escaped;
    };
  }

  /// The characters of `\d` and the like; null for a plain character.
  private @Nullable String set(char c) {
    return switch (c) {
      case 'd' -> "0123456789";
      case 'w' -> "abcdefghijklmnopqrstuvwxyz0123456789";
      case 's' -> " ";
      case 'S', 'D', 'W' -> c == 'W' ? "-" : "abcdefghijklmnopqrstuvwxyz";
      case 'p', 'P' -> {
        int close = pattern.indexOf('}', at);
        String name = pattern.substring(at + 1, close);
        at = close + 1;
        yield switch (name) {
          case "L", "Ll", "Alpha", "Alnum", "Lower", "ASCII", "Print", "Graph", "IsAlphabetic" ->
              "abcdefghijklmnopqrstuvwxyz";
          case "Lu", "Upper" -> "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
          case "N", "Nd", "Digit", "XDigit" -> "0123456789";
          case "Z", "Zs" -> " ";
          default -> c == 'P' ? "abcdefghijklmnopqrstuvwxyz" : "-_";
        };
      }
      default -> null;
    };
  }

  private String one(String set) {
    if (set.isEmpty()) {
      throw new IllegalArgumentException("a class of nothing that is usual");
    }
    return String.valueOf(set.charAt(pick(set.length())));
  }

  /// The usual characters of a class, letters and digits before others.
  private String members() {
    boolean not = pattern.charAt(at) == '^';
    at += not ? 1 : 0;
    var in = new StringBuilder();
    int first = at;
    while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
      char c = pattern.charAt(at++);
      if (c == '[') {
        throw new IllegalArgumentException("a class in a class");
      }
      if (c == '\\') {
        char next = pattern.charAt(at++);
        String set = set(next);
        if (set != null) {
          in.append(set);
          continue;
        }
        c = plain(next);
      }
      boolean range =
          at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']';
      if (!range) {
        in.append(c);
        continue;
      }
      at++;
      char last = pattern.charAt(at++);
      if (last == '\\') {
        last = plain(pattern.charAt(at++));
      }
      for (int i = c; i <= last && i < 0x180; i++) {
        in.append((char) i);
      }
    }
    at++;
    String members = in.toString();
    var usual = new StringBuilder();
    for (int i = 0; i < USUAL.length(); i++) {
      char c = USUAL.charAt(i);
      if ((members.indexOf(c) >= 0) != not) {
        usual.append(c);
      }
    }
    if (usual.isEmpty()) {
      return not ? "" : members;
    }
    String alike = usual.toString().replaceAll("[^A-Za-z0-9]", "");
    return alike.isEmpty() ? usual.toString() : alike;
  }
}
