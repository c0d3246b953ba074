package dev.isobar.model;

/// A range of statement text, as zero-based UTF-16 offsets into the whole script: `start`
/// inclusive, `end` exclusive.
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "span must satisfy 0 <= start <= end: " + start + ".." + end);
    }
  }
}
