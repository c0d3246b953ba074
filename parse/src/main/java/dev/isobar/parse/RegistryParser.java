package dev.isobar.parse;

/// REGISTRY.
final class RegistryParser {
  private static final String FORM =
      "Write REGISTRY LIST [provider], or REGISTRY PULL provider [version].";

  private RegistryParser() {}

  /// @param cursor may stand before the word STACKQL or INFRAQL, which means nothing
  static Statement registry(Cursor cursor) {
    Token first = cursor.next();
    if (!first.is("REGISTRY")) {
      cursor.expect("REGISTRY", FORM);
    }
    if (cursor.accept("LIST")) {
      Name.Part provider = cursor.atEnd() ? null : cursor.dottedName("a provider", FORM);
      cursor.expectEnd(FORM);
      return new Statement.RegistryList(provider, cursor.spanFrom(first));
    }
    cursor.expect("PULL", FORM);
    Name.Part written = cursor.dottedName("a provider", FORM);
    int colon = written.text().indexOf(':');
    Name.Part provider =
        colon < 0 ? written : new Name.Part(written.text().substring(0, colon), written.span());
    String version = colon < 0 ? null : written.text().substring(colon + 1);
    if (version == null && cursor.accept(':')) {
      cursor.accept(':');
    }
    if (version == null && !cursor.atEnd()) {
      version = version(cursor);
    }
    cursor.expectEnd(FORM);
    return new Statement.RegistryPull(provider, version, cursor.spanFrom(first));
  }

  /// `v1.2.3-beta` as it stands, or in quotes.
  private static String version(Cursor cursor) {
    Token token = cursor.peek();
    if (token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.QUOTED) {
      return cursor.next().value();
    }
    String text = cursor.slice("a version", FORM).sql();
    if (!text.matches("[\\w.+-]+")) {
      throw cursor.error("`" + text + "` is no version.", FORM);
    }
    return text;
  }
}
