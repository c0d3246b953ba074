package dev.isobar.catalog.authoring;

import dev.isobar.catalog.document.SnakeCase;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names for SQL out of the names of a document.
final class Words {
  private static final Pattern SEPARATORS = Pattern.compile("[^A-Za-z0-9]+");

  private Words() {}

  /// `HTTPRequest-Id` to `http_request_id`; empty when nothing of it can stand in a name. Words are
  /// split as the columns' are.
  static String snake(String text) {
    String words =
        SEPARATORS
            .splitAsStream(text)
            .map(SnakeCase::of)
            .collect(Collectors.joining("_"))
            .replaceAll("_+", "_")
            .replaceAll("^_|_$", "");
    return !words.isEmpty() && Character.isDigit(words.charAt(0)) ? "_" + words : words;
  }

  /// `categories` to `category`; a word that is no plural stays.
  static String singular(String word) {
    if (word.endsWith("ies") && word.length() > 4) {
      return word.substring(0, word.length() - 3) + "y";
    }
    if (word.matches(".*(s|x|z|ch|sh)es")) {
      return word.substring(0, word.length() - 2);
    }
    return isPlural(word) ? word.substring(0, word.length() - 1) : word;
  }

  static boolean isPlural(String word) {
    return word.length() > 2
        && word.endsWith("s")
        && !word.endsWith("ss")
        && !word.endsWith("us")
        && !word.endsWith("is");
  }

  /// As constants of an environment are written.
  static String constant(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
