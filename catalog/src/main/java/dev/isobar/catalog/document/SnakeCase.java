package dev.isobar.catalog.document;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `HTTPRequestId` to `http_request_id`, by the rules that AWS's own tools use: a capital begins a
/// word, a run of capitals is one word, and so is a plural of one at the end (`ARNs`).
public final class SnakeCase {
  private static final Pattern PLURAL_OF_CAPITALS = Pattern.compile("[A-Z]{2,}s$");
  private static final Pattern CAPITALISED_WORD = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern END_OF_WORD = Pattern.compile("([a-z0-9])([A-Z])");

  private SnakeCase() {}

  /// A name that has an underscore already stays as it is.
  public static String of(String name) {
    if (name.indexOf('_') >= 0) {
      return name;
    }
    String text = name;
    Matcher plural = PLURAL_OF_CAPITALS.matcher(text);
    if (plural.find()) {
      text = text.substring(0, plural.start()) + "_" + plural.group().toLowerCase(Locale.ROOT);
    }
    text = CAPITALISED_WORD.matcher(text).replaceAll("$1_$2");
    return END_OF_WORD.matcher(text).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }
}
