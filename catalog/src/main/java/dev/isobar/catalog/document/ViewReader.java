package dev.isobar.catalog.document;

import dev.isobar.catalog.View;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `config.views.select` of a resource: `provider-format.md`, section 2.8.
///
/// A predicate is not parsed: two patterns look for what it asks, and nothing else of it counts.
final class ViewReader {
  private static final Pattern DIALECT =
      Pattern.compile("sqlDialect\\s*==\\s*[\"']?([A-Za-z0-9_]+)[\"']?");

  private static final Pattern REQUIRED =
      Pattern.compile("requiredParams\\s*==\\s*\\[([^\\]]*)\\]");

  private static final int LONGEST_CHAIN = 64;

  private ViewReader() {}

  /// The views in the order of the fallback chain.
  ///
  /// @param config of the resource
  static List<View> read(Node config) {
    List<View> views = new ArrayList<>();
    Node entry = config.get("views").get("select").target();
    while (entry.isMap()) {
      if (views.size() == LONGEST_CHAIN) {
        entry.problem("A chain of views ends after `" + LONGEST_CHAIN + "`: the rest is left out.");
        break;
      }
      String predicate = entry.text("predicate");
      String ddl = entry.text("ddl");
      if (ddl.isBlank()) {
        entry.problem("A view needs a `ddl`.");
      } else {
        views.add(new View(dialect(predicate), required(predicate), ddl));
      }
      entry = entry.get("fallback").target();
    }
    return List.copyOf(views);
  }

  private static String dialect(String predicate) {
    Matcher matcher = DIALECT.matcher(predicate);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static List<String> required(String predicate) {
    Matcher matcher = REQUIRED.matcher(predicate);
    List<String> names = new ArrayList<>();
    if (matcher.find()) {
      for (String element : matcher.group(1).split(",", -1)) {
        String name = element.strip().replaceAll("^[\"']|[\"']$", "").strip();
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    }
    return names;
  }
}
