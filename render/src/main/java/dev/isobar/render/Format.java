package dev.isobar.render;

import java.util.Locale;
import java.util.Optional;

/// How rows are written.
public enum Format {
  /// A grid for people.
  TABLE,
  /// One array of objects.
  JSON,
  /// One object a line; also called ndjson.
  JSONL,
  /// RFC 4180, with `\n` as the end of a line.
  CSV,
  /// Cells separated by tabs, for `cut` and `awk`.
  TEXT,
  /// A table of GitHub's Markdown.
  MARKDOWN;

  /// The format of that name, in any case.
  public static Optional<Format> of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "table" -> Optional.of(TABLE);
      case "json" -> Optional.of(JSON);
      case "jsonl", "ndjson" -> Optional.of(JSONL);
      case "csv" -> Optional.of(CSV);
      case "text" -> Optional.of(TEXT);
      case "markdown", "md" -> Optional.of(MARKDOWN);
      default -> Optional.empty();
    };
  }
}
