package dev.isobar.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// A SELECT over other tables that answers for a resource: one entry of `config.views.select`.
///
/// Source: `provider-format.md`, section 2.8.
///
/// @param dialect of the SQL, such as `sqlite3` or `postgres`; empty when the entry fits every one
/// @param requiredParameters names that a query must give by equality for this view to be used
/// @param ddl the text of the SELECT
public record View(String dialect, List<String> requiredParameters, String ddl) {
  public View {
    requiredParameters = List.copyOf(requiredParameters);
  }

  /// The required parameters that are not among the names at hand, which are the same in any case.
  public Set<String> missing(Set<String> names) {
    Set<String> missing = new TreeSet<>();
    for (String required : requiredParameters) {
      if (names.stream().noneMatch(required::equalsIgnoreCase)) {
        missing.add(required);
      }
    }
    return missing;
  }

  /// Whether the SQL is written for a dialect.
  public boolean fits(String wanted) {
    return dialect.isEmpty() || dialect.toLowerCase(Locale.ROOT).equals(wanted);
  }
}
