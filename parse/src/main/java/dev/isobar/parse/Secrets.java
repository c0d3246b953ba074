package dev.isobar.parse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is secret in the text of a script: the values that SET gives to `$.auth`.
public final class Secrets {
  /// `"$.auth…" =` and all that follows, up to the end of the statement. A text in quotes may have
  /// been left open.
  private static final Pattern SET =
      Pattern.compile(
          "([\"'])\\$\\.auth\\b[^\"']*\\1\\s*(?:=|TO\\b)"
              + "((?:'[^']*+'?|\\$(\\w*)\\$.*?(?:\\$\\3\\$|\\z)|[^;'])*+)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Secrets() {}

  /// The text as it can be shown with an error: stars stand for the secrets, and everything else
  /// keeps its place.
  public static String masked(String script) {
    if (!script.contains("$.auth")) {
      return script;
    }
    StringBuilder masked = new StringBuilder(script);
    Matcher set = SET.matcher(script);
    while (set.find()) {
      for (int i = set.start(2); i < set.end(2); i++) {
        if (!Character.isWhitespace(masked.charAt(i))) {
          masked.setCharAt(i, '*');
        }
      }
    }
    return masked.toString();
  }
}
