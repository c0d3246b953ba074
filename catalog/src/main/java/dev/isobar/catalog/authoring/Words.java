package dev.isobar.catalog.authoring;

import java.util.Locale;

/// Names for SQL out of the names of a document.
final class Words {
  private Words() {}

  /// `HTTPRequest-Id` to `http_request_id`; empty when nothing of it can stand in a name.
  static String snake(String text) {
    String spaced =
        text.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    return !spaced.isEmpty() && Character.isDigit(spaced.charAt(0)) ? "_" + spaced : spaced;
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
