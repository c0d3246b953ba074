package dev.isobar.fetch;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads `Link` headers.
///
/// Source: [RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3): links are joined by
/// commas, and each is a URL in `<>` with parameters whose values may be quoted and then hold
/// anything.
final class LinkHeader {
  private final String text;
  private int at;

  private LinkHeader(String text) {
    this.text = text;
  }

  /// The URL of the first link whose `rel` holds `next`, or null.
  static @Nullable String next(List<String> values) {
    for (String value : values) {
      String url = new LinkHeader(value).next();
      if (url != null) {
        return url;
      }
    }
    return null;
  }

  private @Nullable String next() {
    while (at < text.length()) {
      int open = text.indexOf('<', at);
      int close = open < 0 ? -1 : text.indexOf('>', open);
      if (close < 0) {
        return null;
      }
      at = close + 1;
      if (parameters()) {
        return text.substring(open + 1, close).strip();
      }
    }
    return null;
  }

  /// Passes over the parameters of one link.
  ///
  /// @return whether its relation is `next`
  private boolean parameters() {
    boolean next = false;
    boolean related = false;
    while (at < text.length() && text.charAt(at) != ',') {
      if (text.charAt(at) != ';') {
        at++;
        continue;
      }
      at++;
      String name = token("=;,").strip().toLowerCase(Locale.ROOT);
      if (at >= text.length() || text.charAt(at) != '=') {
        continue;
      }
      at++;
      String value = value();
      // Of several, the first counts.
      if (name.equals("rel") && !related) {
        related = true;
        next = List.of(value.toLowerCase(Locale.ROOT).strip().split("\\s+")).contains("next");
      }
    }
    return next;
  }

  private String value() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at >= text.length() || text.charAt(at) != '"') {
      return token(";,");
    }
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
    }
    at++;
    return value.toString();
  }

  /// The text up to one of the marks.
  private String token(String marks) {
    int start = at;
    while (at < text.length() && marks.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }
}
