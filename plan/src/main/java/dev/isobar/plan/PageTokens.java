package dev.isobar.plan;

import org.jspecify.annotations.Nullable;

/// What texts beside a list mean for its pages.
public final class PageTokens {
  private PageTokens() {}

  /// Whether the text, where a token is looked for, says that there is no next page.
  public static boolean isEnd(@Nullable String token) {
    return token == null
        || token.isEmpty()
        || token.equals("<nil>")
        || token.equals("[]")
        || token.equals("{}")
        || token.equals("null")
        || token.equals("false");
  }

  /// A count, or -1 when the text is none.
  public static long count(@Nullable String text) {
    return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }
}
