package dev.isobar.docgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a parser of Markdown reads from our text is the text.
class MarkdownTextTest {
  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();

  /// What does something in Markdown, MDX or Docusaurus, and pieces of words between.
  private static final List<String> PIECES =
      List.of(
          "<",
          ">",
          "</",
          "script>",
          "{",
          "}",
          "|",
          "`",
          "```",
          "*",
          "**",
          "_",
          "__",
          "~~",
          "[",
          "]",
          "](",
          ")",
          "(http://a.example)",
          "!",
          "#",
          "# ",
          "- ",
          "+ ",
          "1. ",
          "2) ",
          "=",
          "---",
          ":::",
          "&",
          "&lt;",
          "&#124;",
          "\\",
          "\\|",
          "$",
          "import ",
          "export ",
          " ",
          "  ",
          "a",
          "b1",
          "é",
          "日本",
          "<!--",
          "-->",
          "{/*",
          "\"",
          "'",
          "@",
          "^",
          "%");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "a | b || c",
        "`code` ``more`` ```",
        "{process.env.SECRET}",
        "[click](javascript:alert(1))",
        "![x](y)",
        "&amp; &lt;b&gt; &#60;",
        "# title",
        "- item",
        "12. item",
        "export const x = 1",
        "import os",
        "::: danger",
        "--- ",
        "snake_case and _emphasis_ and __strong__",
        "\\| \\` \\<",
        "$x^2$",
        "<!-- comment -->",
      })
  void hostileTextStaysText(String text) {
    check(text);
  }

  @Test
  void modulesAreNotReadFromText() {
    assertThat(MarkdownText.paragraph("export const x")).isEqualTo("&#101;xport const x");
    assertThat(MarkdownText.paragraph("imports")).isEqualTo("imports");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anyTextStaysText(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      for (int pieces = random.nextInt(1, 9); pieces > 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      check(text.toString());
    }
  }

  private static void check(String raw) {
    String text = Words.line(raw, 1000);
    if (text.isEmpty()) {
      return;
    }
    Node paragraph = PARSER.parse(MarkdownText.paragraph(text) + "\n").getFirstChild();
    assertThat(paragraph).as(raw).isInstanceOf(Paragraph.class);
    assertThat(read(paragraph)).as("paragraph").isEqualTo(text);
    assertThat(paragraph.getNext()).as(raw).isNull();

    Node heading = PARSER.parse("## x " + MarkdownText.of(text) + "\n").getFirstChild();
    assertThat(heading).isInstanceOf(Heading.class);
    assertThat(read(heading)).as("heading").isEqualTo("x " + text);

    Node table =
        PARSER
            .parse(
                "| a | b |\n|:--|:--|\n| "
                    + MarkdownText.of(text)
                    + " | "
                    + MarkdownText.code(text)
                    + " |\n")
            .getFirstChild();
    Reader cells = new Reader();
    table.accept(cells);
    assertThat(cells.cells).as("cells of " + raw).containsExactly("a", "b", text, text);

    Node block = PARSER.parse(MarkdownText.block("sql", raw + "\n")).getFirstChild();
    assertThat(block).isInstanceOf(FencedCodeBlock.class);
    assertThat(((FencedCodeBlock) block).getLiteral()).isEqualTo(raw + "\n");
  }

  private static String read(Node node) {
    Reader reader = new Reader();
    node.accept(reader);
    return reader.text.toString();
  }

  /// Collects text, and fails on everything that is more.
  private static final class Reader extends AbstractVisitor {
    final StringBuilder text = new StringBuilder();
    final List<String> cells = new java.util.ArrayList<>();

    @Override
    public void visit(Text node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(HtmlInline node) {
      // The only tags are our own.
      assertThat(node.getLiteral()).isIn("<code>", "</code>");
    }

    @Override
    public void visit(CustomNode node) {
      if (node instanceof TableCell) {
        text.setLength(0);
        visitChildren(node);
        cells.add(text.toString());
      } else {
        visitChildren(node);
      }
    }

    @Override
    protected void visitChildren(Node parent) {
      for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
        assertThat(child)
            .isNotInstanceOfAny(
                org.commonmark.node.Link.class,
                org.commonmark.node.Image.class,
                org.commonmark.node.Emphasis.class,
                org.commonmark.node.StrongEmphasis.class);
        child.accept(this);
      }
    }
  }
}
