package dev.isobar.architecture;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The relative links of a Markdown page.
final class Links {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

  private Links() {}

  /// The files that a page links to, without the places in them.
  static Stream<String> in(String page) {
    return LINK.matcher(page)
        .results()
        .map((MatchResult match) -> match.group(1))
        .filter(link -> !link.contains(":"));
  }
}
