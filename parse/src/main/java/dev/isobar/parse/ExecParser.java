package dev.isobar.parse;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import dev.isobar.parse.Statement.Argument;
import dev.isobar.parse.Statement.Literal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// EXEC.
final class ExecParser {
  private static final String FORM =
      "Write EXEC provider.service.resource.method @name='value', @other=12 @@json='{…}'.";

  private ExecParser() {}

  static Statement exec(Cursor cursor) {
    Token verb = cursor.next();
    Set<String> hints = cursor.hints();
    Name method = MetadataParser.method(cursor, FORM);
    List<Argument> arguments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Literal json = null;
    while (!cursor.atEnd()) {
      Token at = cursor.peek();
      cursor.expect('@', FORM);
      if (cursor.accept('@')) {
        json = body(cursor, json);
      } else {
        Argument argument = argument(cursor, at);
        if (!names.add(argument.name())) {
          throw new IsobarException(
              ErrorCode.SYNTAX_ERROR,
              "The argument `" + argument.name() + "` is given twice.",
              "Remove one of the two.",
              argument.span());
        }
        arguments.add(argument);
      }
      // The comma before the body may be missing; none is needed to tell the arguments apart.
      if (cursor.accept(',') && cursor.atEnd()) {
        throw cursor.unexpected("an argument", FORM);
      }
    }
    return new Statement.Exec(method, arguments, json, hints, cursor.spanFrom(verb));
  }

  private static Literal body(Cursor cursor, @Nullable Literal before) {
    Token name = cursor.peek();
    if (!name.isName() || !name.value().equalsIgnoreCase("json")) {
      throw cursor.unexpected("`json` after `@@`", FORM);
    }
    if (before != null) {
      throw cursor.error("The body `@@json` is given twice.", "Remove one of the two.");
    }
    cursor.next();
    cursor.expect('=', FORM);
    Token text = cursor.peek();
    Literal json =
        cursor.literal("Write the body as JSON in single quotes: @@json='{\"name\": \"value\"}'.");
    if (!(json.value() instanceof String)) {
      throw new IsobarException(
          ErrorCode.SYNTAX_ERROR,
          "The body `@@json` is JSON text, and `" + cursor.excerpt(text) + "` is none.",
          "Write it in single quotes: @@json='{\"name\": \"value\"}'.",
          json.span());
    }
    return json;
  }

  private static Argument argument(Cursor cursor, Token at) {
    String name = argumentName(cursor);
    cursor.expect('=', FORM);
    Token first = cursor.peek();
    String hint =
        switch (first.kind()) {
          case WORD ->
              "EXEC takes literals: text stands in single quotes, as '" + first.value() + "'.";
          case QUOTED -> "Text stands in single quotes, as '" + first.value() + "'.";
          case STRING, NUMBER, SYMBOL, HINT ->
              "EXEC takes literals: 'text', 12, -1.5, true, false or null.";
        };
    Literal value = cursor.literal(hint);
    return new Argument(name, value, new Span(at.start(), value.span().end()));
  }

  /// Dots and hyphens may stand in an argument's name, also without quotes.
  private static String argumentName(Cursor cursor) {
    StringBuilder name = new StringBuilder();
    while (true) {
      Token part = cursor.peek();
      if (!part.isName()) {
        throw cursor.unexpected("the name of an argument", FORM);
      }
      name.append(cursor.next().value());
      if (!cursor.peek().is('.') && !cursor.peek().is('-')) {
        return name.toString();
      }
      name.append(cursor.next().value());
    }
  }
}
