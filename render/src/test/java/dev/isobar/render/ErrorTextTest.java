package dev.isobar.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.model.Span;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
  @Test
  void marksThePartAtFault() {
    assertThat(render("SELECT * FROM linode.instances.linode", 31, 37))
        .isEqualTo(
            """
            error[UNKNOWN_RESOURCE]: There is no `x`.
              SELECT * FROM linode.instances.linode
                                             ^^^^^^
            hint: Look.
            """);
  }

  @Test
  void namesTheLineOfALongerScript() {
    assertThat(render("SELECT 1;\n\tSELECT 日 x;\r\nSELECT 3", 20, 21))
        .contains("\n  2 |   SELECT 日 x;\n" + " ".repeat(18) + "^\nhint");
  }

  @Test
  void showsOnlyTheFirstLineOfALongPart() {
    assertThat(render("SELECT (\n1", 7, 10)).contains("\n  1 | SELECT (\n             ^\n");
  }

  @Test
  void pointsBehindTheLastWordAtTheEnd() {
    assertThat(render("SHOW\n", 5, 5)).contains("\n  SHOW\n      ^\n");
    assertThat(render("", 0, 0)).contains("\n\n  ^\n");
  }

  @Test
  void showsTheMiddleOfALongLine() {
    String text = render("x".repeat(500) + " here " + "y".repeat(500), 501, 505);
    assertThat(text).contains(" here ").contains("  …xxx").contains("yyy…\n");
    assertThat(text.lines()).allMatch(line -> line.length() < 120);
    int caret = text.lines().toList().get(2).indexOf('^');
    assertThat(text.lines().toList().get(1).substring(caret)).startsWith("here");
  }

  @Test
  void nothingInItCommandsATerminal() {
    var error =
        new IsobarException(
            ErrorCode.REQUEST_FAILED, "It said `\033[2J`.", "Try\u009B.", new Span(0, 3));
    assertThat(ErrorText.render(error, "\033[2J", false)).doesNotContain("\033", "\u009B");
    assertThat(ErrorText.warning("a\nb", false)).isEqualTo("warning: a⏎b\n");
  }

  @Test
  void coloursOnlyWhenAsked() {
    assertThat(ErrorText.render(error(0, 1), "x", true)).contains("\033[1;31merror[");
    assertThat(ErrorText.render(error(0, 1), "x", false)).doesNotContain("\033");
  }

  @Test
  void anySpanOfAnyScriptIsShown() {
    for (int seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      StringBuilder script = new StringBuilder();
      for (int i = random.nextInt(300); i > 0; i--) {
        script.append("ab \n\t😀é日\r".charAt(random.nextInt(10)));
      }
      int start = random.nextInt(script.length() + 3);
      int end = start + random.nextInt(200);
      assertThat(ErrorText.render(error(start, end), script.toString(), false)).endsWith("Look.\n");
      assertThat(Json.parse(ErrorText.json(error(start, end), script.toString()))).isNotNull();
    }
  }

  @Test
  void writesJson() {
    assertThat(ErrorText.json(error(7, 9), "a\nbcdefgh"))
        .isEqualTo(
            "{\"error\":{\"code\":\"UNKNOWN_RESOURCE\",\"sqlState\":\"42P01\",\"message\":\"There is"
                + " no `x`.\",\"hint\":\"Look.\",\"span\":{\"start\":7,\"end\":9,\"line\":2,\"column\":6}}}"
                + "\n");
    assertThat(ErrorText.json(new IsobarException(ErrorCode.CANCELLED, "It ended.", ""), ""))
        .contains("\"hint\":\"\",\"span\":null}}");
  }

  private static String render(String script, int start, int end) {
    return ErrorText.render(error(start, end), script, false);
  }

  private static IsobarException error(int start, int end) {
    return new IsobarException(
        ErrorCode.UNKNOWN_RESOURCE, "There is no `x`.", "Look.", new Span(start, end));
  }
}
