package dev.isobar.docgen;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Pages as Markdown: plain, or as Docusaurus wants it.
final class MarkdownWriter implements PageWriter {
  private static final String SUBJECTS =
      """
        - isobar
        - infrastructure-as-code
        - configuration-as-data
        - cloud inventory
      """;

  private final Places places;
  private final boolean docusaurus;

  MarkdownWriter(Places places, boolean docusaurus) {
    this.places = places;
    this.docusaurus = docusaurus;
  }

  @Override
  public void write(Page page, Output output) {
    output.write(file(page.name()), docusaurus ? docusaurus(page) : plain(page));
  }

  @Override
  public void end(Output output) {
    // Each page is on its own.
  }

  private String file(PageName page) {
    return places.path(page) + (docusaurus ? "/index.md" : ".md");
  }

  private String docusaurus(Page page) {
    StringBuilder text = new StringBuilder();
    frontMatter(text, page);
    blocks(text, page.name(), page.outline());
    if (!page.lead().isEmpty()) {
      text.append("\n## Description\n").append(MarkdownText.paragraph(page.lead())).append('\n');
    }
    blocks(text, page.name(), page.details());
    return text.toString();
  }

  private String plain(Page page) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(MarkdownText.of(page.name().last())).append('\n');
    if (!page.lead().isEmpty()) {
      text.append('\n').append(MarkdownText.paragraph(page.lead())).append('\n');
    }
    blocks(text, page.name(), page.outline());
    blocks(text, page.name(), page.details());
    return text.toString();
  }

  private static void frontMatter(StringBuilder text, Page page) {
    PageName name = page.name();
    Set<String> keywords =
        new LinkedHashSet<>(List.of(name.resource(), name.service(), name.provider()));
    keywords.remove("");
    text.append("---\ntitle: ").append(yaml(name.last()));
    text.append("\nhide_title: false\nhide_table_of_contents: false\nkeywords:\n");
    for (String keyword : keywords) {
      text.append("  - ").append(yaml(keyword)).append('\n');
    }
    text.append(SUBJECTS);
    text.append("description: ")
        .append(yaml("Query, deploy and manage " + page.providerTitle() + " resources using SQL"));
    String file = FileNames.of(name.provider());
    text.append("\ncustom_edit_url: null\nimage: ");
    text.append(
        yaml("/img/providers/" + file + "/isobar-" + file + "-provider-featured-image.png"));
    text.append("\n---\n");
  }

  /// A scalar of YAML: bare where nothing else can be meant.
  private static String yaml(String value) {
    boolean plain =
        value.matches("[A-Za-z/][A-Za-z0-9_./, -]*[A-Za-z0-9_]")
            && !value.matches("(?i)true|false|yes|no|on|off|null")
            && !value.contains(" -");
    return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void blocks(StringBuilder text, PageName page, List<Block> blocks) {
    Block before = null;
    for (Block block : blocks) {
      // What follows the heading of a part follows it at once; everything else stands apart.
      boolean follows = before instanceof Block.Heading heading && heading.level() == 2;
      if (!(follows && docusaurus)) {
        text.append('\n');
      }
      text.append(block(page, block));
      before = block;
    }
  }

  private String block(PageName page, Block block) {
    return switch (block) {
      case Block.Heading heading ->
          "#".repeat(heading.level())
              + " "
              + (heading.isName()
                  ? MarkdownText.code(Words.line(heading.text(), Words.CELL))
                  : MarkdownText.of(heading.text()))
              + "\n";
      case Block.Paragraph paragraph -> paragraph(page, paragraph.content()) + "\n";
      case Block.Facts facts -> docusaurus ? html(page, facts) : table(page, facts);
      case Block.Grid grid -> grid(page, grid);
      case Block.Code code -> MarkdownText.block(code.language(), code.text());
    };
  }

  private String paragraph(PageName page, List<Inline> content) {
    boolean words = !content.isEmpty() && content.getFirst() instanceof Inline.Text;
    return words
        ? MarkdownText.paragraph(((Inline.Text) content.getFirst()).text())
            + inline(page, content.subList(1, content.size()))
        : inline(page, content);
  }

  private String inline(PageName page, List<Inline> content) {
    StringBuilder text = new StringBuilder();
    for (Inline part : content) {
      text.append(
          switch (part) {
            case Inline.Text words -> MarkdownText.of(words.text());
            case Inline.Code code -> MarkdownText.code(code.text());
            case Inline.PartLink link -> MarkdownText.code(Words.line(link.text(), Words.CELL));
            case Inline.PageLink link -> {
              String name = MarkdownText.code(Words.line(link.page().last(), Words.CELL));
              yield places.has(link.page())
                  ? "[" + name + "](" + Places.link(file(page), file(link.page())) + ")"
                  : name;
            }
          });
    }
    return text.toString();
  }

  private String html(PageName page, Block.Facts facts) {
    StringBuilder text = new StringBuilder("<table><tbody>\n");
    for (Block.Fact fact : facts.facts()) {
      text.append("<tr><td><b>").append(fact.name()).append("</b></td><td>");
      for (Inline part : fact.value()) {
        // Inside HTML, Markdown is not read everywhere.
        text.append(
            part instanceof Inline.Code code
                ? "<code>" + MarkdownText.of(code.text()) + "</code>"
                : inline(page, List.of(part)));
      }
      text.append("</td></tr>\n");
    }
    return text.append("</tbody></table>\n").toString();
  }

  private String table(PageName page, Block.Facts facts) {
    return grid(
        page,
        new Block.Grid(
            List.of("Property", "Value"),
            facts.facts().stream()
                .map(fact -> List.of(Cells.words(fact.name()), fact.value()))
                .toList()));
  }

  private String grid(PageName page, Block.Grid grid) {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(String.join(" | ", grid.columns())).append(" |\n|");
    for (String column : grid.columns()) {
      text.append(':').append("-".repeat(column.length() + 1)).append('|');
    }
    text.append('\n');
    for (List<List<Inline>> row : grid.rows()) {
      text.append(
          row.stream()
              .map(cell -> inline(page, cell))
              .collect(Collectors.joining(" | ", "| ", " |\n")));
    }
    return text.toString();
  }
}
