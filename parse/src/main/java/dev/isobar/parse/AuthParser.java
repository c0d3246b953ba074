package dev.isobar.parse;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.parse.Statement.Literal;
import dev.isobar.parse.Token.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SHOW AUTH, AUTH LOGIN, AUTH REVOKE and `SET "$.auth…"`.
///
/// Source of the forms: `stackql-surface.md`, sections 1.7, 1.10 and 1.11.
final class AuthParser {
  private static final String FORM =
      "Write AUTH LOGIN provider [INTERACTIVE | SERVICEACCOUNT ['key file'] ['variable']], AUTH"
          + " REVOKE provider, or SHOW AUTH [provider].";
  private static final String SET_FORM =
      "Write SET \"$.auth.provider.key\" = 'value'; of a provider or of $.auth the value is JSON, as"
          + " --auth takes it, or NULL.";
  private static final String SETTINGS = "$.auth";

  private AuthParser() {}

  /// The rest of `SHOW AUTH [[IN] provider] [WHERE condition]`.
  static Statement show(Cursor cursor, Token verb) {
    String hint = "Write SHOW AUTH [provider] [WHERE condition].";
    boolean in = cursor.accept("IN") || cursor.accept("FROM");
    boolean named = in || (!cursor.atEnd() && !cursor.peek().is("WHERE"));
    Name.Part provider = named ? cursor.dottedName("a provider", hint) : null;
    Statement.Text where = cursor.accept("WHERE") ? cursor.slice("a condition", hint) : null;
    cursor.expectEnd(hint);
    return new Statement.ShowAuth(provider, where, cursor.spanFrom(verb));
  }

  /// @param cursor may stand before the word STACKQL or INFRAQL, which means nothing
  static Statement auth(Cursor cursor) {
    Token first = cursor.next();
    if (!first.is("AUTH")) {
      cursor.expect("AUTH", FORM);
    }
    if (cursor.accept("REVOKE")) {
      Name.Part provider = cursor.dottedName("a provider", FORM);
      cursor.expectEnd(FORM);
      return new Statement.AuthRevoke(provider, cursor.spanFrom(first));
    }
    cursor.expect("LOGIN", FORM);
    Name.Part provider = cursor.dottedName("a provider", FORM);
    Statement.AuthLogin.Who who = Statement.AuthLogin.Who.AS_CONFIGURED;
    String keyFile = null;
    String variable = null;
    if (cursor.accept("INTERACTIVE")) {
      who = Statement.AuthLogin.Who.INTERACTIVE;
    } else if (cursor.accept("SERVICEACCOUNT") || cursor.accept("SA")) {
      who = Statement.AuthLogin.Who.SERVICE_ACCOUNT;
      keyFile = text(cursor);
      variable = text(cursor);
    }
    cursor.expectEnd(FORM);
    return new Statement.AuthLogin(provider, who, keyFile, variable, cursor.spanFrom(first));
  }

  /// The text in quotes that stands here; null when there is none, or nothing in it.
  private static @Nullable String text(Cursor cursor) {
    if (cursor.peek().kind() != Kind.STRING) {
      return null;
    }
    String text = cursor.next().value();
    return text.isBlank() ? null : text;
  }

  /// Whether SET is followed by a path of this kind.
  static boolean isPath(Token name) {
    return (name.kind() == Kind.QUOTED || name.kind() == Kind.STRING)
        && (name.value().equals(SETTINGS) || name.value().startsWith(SETTINGS + "."));
  }

  /// `"$.auth…" = literal`. Its errors repeat nothing of the value, which may be a secret.
  static Statement set(Cursor cursor, Token verb) {
    Token name = cursor.next();
    List<String> path =
        name.value().equals(SETTINGS)
            ? List.of()
            : List.of(name.value().substring(SETTINGS.length() + 1).split("\\.", -1));
    if (path.stream().anyMatch(String::isBlank)) {
      throw new IsobarException(
          ErrorCode.SYNTAX_ERROR,
          "`" + cursor.excerpt(name) + "` names no setting.",
          SET_FORM,
          name.span());
    }
    boolean assigned = cursor.accept('=') || cursor.accept("TO");
    Literal value = assigned ? cursor.literalOrNull() : null;
    if (value == null || !cursor.atEnd()) {
      throw new IsobarException(
          ErrorCode.SYNTAX_ERROR,
          "`" + cursor.excerpt(name) + "` is set to one literal.",
          SET_FORM,
          name.span());
    }
    return new Statement.SetAuth(path, value.value(), name.span(), cursor.spanFrom(verb));
  }
}
