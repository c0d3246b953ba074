package dev.isobar.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParserPropertyTest {
  private static final List<String> PIECES =
      List.of(
          "SELECT",
          "WITH",
          "AS",
          "FROM",
          "EXPLAIN",
          "SHOW",
          "METHODS",
          "IN",
          "LIKE",
          "WHERE",
          "DESCRIBE",
          "METHOD",
          "EXTENDED",
          "EXEC",
          "INSERT",
          "INTO",
          "VALUES",
          "UPDATE",
          "SET",
          "REPLACE",
          "DELETE",
          "RETURNING",
          "NULL",
          "true",
          "JSON",
          "a.b.c",
          "a.b.c.d",
          "x",
          "(",
          ")",
          "[",
          "}",
          ",",
          "=",
          "@",
          "@@json",
          "'it''s'",
          "'",
          "\"q\"",
          "\"",
          "`",
          "`t`",
          "$$",
          "$t$",
          "E'\\n'",
          "E'\\",
          "--",
          "\n",
          "/*",
          "*/",
          "/*+ AWAIT */",
          ";",
          "12",
          "1.5e",
          "-",
          ".",
          "é",
          "😀",
          "\u00A0",
          "\0",
          "\\",
          "#",
          "//");

  @Test
  void anyTextGivesStatementsOrAnError() {
    for (int seed = 0; seed < 20_000; seed++) {
      check(randomText(new Random(seed)));
    }
  }

  @Test
  void anyCharactersGiveStatementsOrAnError() {
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder("SELECT ");
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65536));
      }
      check(text.toString());
    }
  }

  @Test
  void longNestingIsNoDanger() {
    check("SELECT " + "(".repeat(200_000));
    check("EXPLAIN ".repeat(50_000));
    check("SELECT " + "/*".repeat(200_000));
    check("SELECT 1;".repeat(50_000));
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(14); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())))
          .append(random.nextInt(4) == 0 ? "" : " ");
    }
    return text.toString();
  }

  private static void check(String text) {
    Script script;
    try {
      script = Parser.parse(text);
    } catch (IsobarException e) {
      assertThat(e.span()).as(text).isNotNull();
      return;
    }
    int end = 0;
    for (Statement statement : script.statements()) {
      Span span = statement.span();
      assertThat(span.start()).as(text).isGreaterThanOrEqualTo(end);
      assertNothingLost(text, end, span.start());
      end = span.end();
    }
    assertNothingLost(text, end, text.length());
  }

  /// Between statements there is nothing but `;`, blanks, comments and hints.
  private static void assertNothingLost(String text, int from, int to) {
    assertThat(Tokenizer.tokens(text.substring(from, to)))
        .as(text)
        .allMatch(token -> token.is(';') || token.kind() == Token.Kind.HINT);
  }
}
