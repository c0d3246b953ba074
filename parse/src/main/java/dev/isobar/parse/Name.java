package dev.isobar.parse;

import dev.isobar.model.Span;
import java.util.List;
import java.util.stream.Collectors;

/// A dotted name as written, one part at a time, quotes removed.
///
/// @param parts each with its own place, so that an error can point at the wrong one
public record Name(List<Part> parts) {
  public Name {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a name has at least one part");
    }
  }

  public Span span() {
    return new Span(parts.getFirst().span().start(), parts.getLast().span().end());
  }

  @Override
  public String toString() {
    return parts.stream().map(Part::text).collect(Collectors.joining("."));
  }

  /// One part of a name as SQL text.
  public static String quoted(String part) {
    return '"' + part.replace("\"", "\"\"") + '"';
  }

  /// One part of a name.
  public record Part(String text, Span span) {}
}
