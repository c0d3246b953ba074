package dev.isobar.parse;

import dev.isobar.model.Span;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// DuckDB's tree of a SELECT, as JSON values (see [dev.isobar.model.Json]).
///
/// @param sql the text that was parsed
/// @param offset where the text begins in the script
/// @param statement the element of `statements`: an object with the key `node`. Mutable: whoever
///   rewrites it copies it first.
public record QueryTree(String sql, int offset, Map<String, @Nullable Object> statement) {
  /// The place of a node in the script, or null when the node has none. DuckDB counts in bytes of
  /// UTF-8.
  public @Nullable Span spanOf(Map<?, ?> node) {
    if (!(node.get("query_location") instanceof Long start)) {
      return null;
    }
    long length = node.get("query_location_length") instanceof Long l ? l : 1L;
    int from = utf16(Math.toIntExact(start));
    int to = utf16(Math.toIntExact(start + length));
    return new Span(offset + from, offset + Math.max(from, to));
  }

  private int utf16(int bytes) {
    byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(bytes, utf8.length);
    return new String(utf8, 0, end, StandardCharsets.UTF_8).length();
  }
}
