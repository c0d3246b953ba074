package dev.isobar.docgen;

/// Text as HTML that shows it and does nothing else, between tags and in the quotes of an
/// attribute.
final class HtmlText {
  private HtmlText() {}

  static String of(String text) {
    StringBuilder html = null;
    for (int i = 0; i < text.length(); i++) {
      String reference =
          switch (text.charAt(i)) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
          };
      if (reference != null && html == null) {
        html = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (html != null) {
        if (reference == null) {
          html.append(text.charAt(i));
        } else {
          html.append(reference);
        }
      }
    }
    return html == null ? text : html.toString();
  }
}
