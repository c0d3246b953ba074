package dev.isobar.docgen;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names as SQL writes them.
final class SqlNames {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// Words that are no names without quotes, in DuckDB or in statements of our own.
  private static final Set<String> RESERVED =
      Set.of(
          """
          all analyse analyze and anti any array as asc asof asymmetric at authorization binary both
          case cast check collate collation column concurrently constraint create cross default
          deferrable delete desc describe distinct do else end except exec explain false fetch for
          foreign freeze from full generated glob group having ilike in initially inner insert
          intersect into is isnull join lambda lateral leading left like limit map natural not
          notnull null offset on only or order outer overlaps pivot pivot_longer pivot_wider placing
          positional primary qualify references replace returning right select semi set show similar
          some summarize symmetric table tablesample then to trailing true try_cast union unique
          unpack unpivot update using values variadic verbose when where window with
          """
              .strip()
              .split("\\s+"));

  private SqlNames() {}

  /// One name, in quotes where it needs them.
  static String of(String name) {
    boolean plain =
        PLAIN.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /// `provider.service.resource`, as far as the page has these parts.
  static String of(PageName page) {
    return List.of(page.provider(), page.service(), page.resource()).stream()
        .filter(part -> !part.isEmpty())
        .map(SqlNames::of)
        .collect(Collectors.joining("."));
  }
}
