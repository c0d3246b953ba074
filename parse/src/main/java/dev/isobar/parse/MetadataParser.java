package dev.isobar.parse;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import dev.isobar.model.Span;
import dev.isobar.parse.Statement.Show.Kind;
import dev.isobar.parse.Statement.Text;
import java.util.List;

/// SHOW and DESCRIBE.
final class MetadataParser {
  private static final List<String> KINDS =
      List.of("PROVIDERS", "SERVICES", "RESOURCES", "METHODS", "AUTH");

  private MetadataParser() {}

  static Statement show(Cursor cursor) {
    Token verb = cursor.next();
    boolean extended = extended(cursor);
    if (!extended && cursor.accept("AUTH")) {
      return AuthParser.show(cursor, verb);
    }
    Kind kind = kind(cursor, verb);
    extended |= extended(cursor);
    String hint = "Write " + form(kind) + " [LIKE 'pattern' | WHERE condition].";
    Name in = null;
    if (kind != Kind.PROVIDERS) {
      if (!cursor.accept("FROM")) {
        cursor.expect("IN", hint);
      }
      in = cursor.name("a name", hint);
      requireParts(in, kind, hint);
    }
    String like = null;
    Text where = null;
    if (cursor.accept("LIKE")) {
      like = like(cursor, hint);
    } else if (cursor.accept("WHERE")) {
      where = cursor.slice("a condition", hint);
    }
    cursor.expectEnd(hint);
    return new Statement.Show(kind, extended, in, like, where, cursor.spanFrom(verb));
  }

  private static boolean extended(Cursor cursor) {
    return cursor.accept("EXTENDED") || cursor.accept("FULL");
  }

  private static Kind kind(Cursor cursor, Token verb) {
    Token kind = cursor.peek();
    for (Kind candidate : Kind.values()) {
      if (cursor.accept(candidate.name())) {
        return candidate;
      }
    }
    String hint = "SHOW lists PROVIDERS, SERVICES, RESOURCES, METHODS or AUTH.";
    switch (kind.keyword()) {
      case "INSERT" ->
          throw Unsupported.of("SHOW " + kind.keyword(), new Span(verb.start(), kind.end()));
      case "TABLES", "DATABASES", "COLUMNS", "VERSION", "TRANSACTION", "CREATE", "VIEWS", "ALL" ->
          throw new IsobarException(
              ErrorCode.UNSUPPORTED_STATEMENT,
              "SHOW " + kind.keyword() + " is not there yet.",
              hint,
              new Span(verb.start(), kind.end()));
      default ->
          throw cursor.unexpected(
              "PROVIDERS, SERVICES, RESOURCES or METHODS",
              Names.didYouMean(kind.value(), KINDS) + hint);
    }
  }

  private static String like(Cursor cursor, String hint) {
    Token pattern = cursor.peek();
    if (pattern.kind() != Token.Kind.STRING) {
      throw cursor.unexpected("a pattern in single quotes", hint);
    }
    return cursor.next().value();
  }

  private static String form(Kind kind) {
    return switch (kind) {
      case PROVIDERS -> "SHOW PROVIDERS";
      case SERVICES -> "SHOW SERVICES IN linode";
      case RESOURCES -> "SHOW RESOURCES IN linode.instances";
      case METHODS -> "SHOW METHODS IN linode.instances.linodes";
    };
  }

  private static void requireParts(Name name, Kind kind, String hint) {
    int parts =
        switch (kind) {
          case PROVIDERS -> 0;
          case SERVICES -> 1;
          case RESOURCES -> 2;
          case METHODS -> 3;
        };
    if (name.parts().size() != parts) {
      throw new IsobarException(
          ErrorCode.SYNTAX_ERROR,
          "SHOW "
              + kind
              + " takes a name of "
              + count(parts)
              + ", and `"
              + name
              + "` has "
              + count(name.parts().size())
              + ".",
          hint,
          name.span());
    }
  }

  private static String count(int parts) {
    return parts == 1 ? "one part" : parts + " parts";
  }

  /// A resource's name, which has three parts.
  static Name resource(Cursor cursor, String hint) {
    Name name = cursor.name("a resource", hint);
    if (name.parts().size() != 3) {
      throw new IsobarException(
          ErrorCode.SYNTAX_ERROR,
          "`" + name + "` names no resource: its name has three parts, provider.service.resource.",
          switch (name.parts().size()) {
            case 1 -> "SHOW SERVICES IN " + name + " lists the services of that provider.";
            case 2 -> "SHOW RESOURCES IN " + name + " lists the resources of that service.";
            default -> hint;
          },
          name.span());
    }
    return name;
  }

  /// A method's name, which has four parts.
  static Name method(Cursor cursor, String hint) {
    Name name = cursor.name("a method", hint);
    if (name.parts().size() != 4) {
      throw new IsobarException(
          ErrorCode.SYNTAX_ERROR,
          "`"
              + name
              + "` names no method: its name has four parts, provider.service.resource.method.",
          name.parts().size() == 3
              ? "SHOW METHODS IN " + name + " lists the methods of that resource."
              : hint,
          name.span());
    }
    return name;
  }

  static Statement describe(Cursor cursor) {
    int from = cursor.index();
    Token verb = cursor.next();
    if (Parser.beginsQuery(cursor.peek())) {
      cursor.rewind(from);
      return Parser.query(cursor);
    }
    String hint =
        "Write DESCRIBE [EXTENDED] linode.instances.linodes, or DESCRIBE METHOD with a fourth"
            + " part.";
    boolean extended = extended(cursor);
    if (isMethodKeyword(cursor)) {
      cursor.next();
      extended |= extended(cursor);
      Name method = method(cursor, hint);
      cursor.expectEnd(hint);
      return new Statement.DescribeMethod(method, extended, cursor.spanFrom(verb));
    }
    Name resource = resource(cursor, hint);
    cursor.expectEnd(hint);
    return new Statement.Describe(resource, extended, cursor.spanFrom(verb));
  }

  private static boolean isMethodKeyword(Cursor cursor) {
    return cursor.peek().is("METHOD") && !cursor.peekSecond().is('.');
  }
}
