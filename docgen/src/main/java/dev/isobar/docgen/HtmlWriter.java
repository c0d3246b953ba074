package dev.isobar.docgen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Pages as a site that works from a folder, without a server and without the network: a page asks
/// for nothing but the style and the scripts beside it.
///
/// A long page is divided into parts, so that none is larger than a phone likes to read.
final class HtmlWriter implements PageWriter {
  /// How much one file holds, in characters; its frame and characters of several bytes come on top.
  private static final int PART = 180_000;

  /// How much one piece of a table holds: pages are divided between pieces.
  private static final int PIECE = 60_000;

  /// Names that are no pages.
  static final Set<String> TAKEN = Set.of("index", "assets");

  private static final List<String> ASSETS = List.of("isobar.css", "isobar.js");

  private final Places places;
  private final SearchIndex index = new SearchIndex();

  HtmlWriter(Places places) {
    this.places = places;
  }

  @Override
  public void write(Page page, Output output) {
    List<Part> parts = parts(page);
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      for (String anchor : parts.get(i).anchors) {
        files.putIfAbsent(anchor, file(page.name(), i));
      }
    }
    index.add(page, files, file(page.name(), 0));
    for (int i = 0; i < parts.size(); i++) {
      output.write(
          file(page.name(), i), new Frame(page, parts.size(), i, files).html(parts.get(i)));
    }
  }

  @Override
  public void end(Output output) {
    for (String asset : ASSETS) {
      output.write(places.folder() + "/assets/" + asset, asset(asset));
    }
    index.write(places.folder(), output);
  }

  private static String asset(String name) {
    try (InputStream in = HtmlWriter.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar holds no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String file(PageName page, int part) {
    boolean folder = page.resource().isEmpty();
    return places.path(page)
        + (folder ? "/index" : "")
        + (part == 0 ? "" : "~" + (part + 1))
        + ".html";
  }

  /// The id of an element; what is no plain name is written as its number.
  static String id(String anchor) {
    return FileNames.of(anchor);
  }

  /// The blocks that one file holds, each small.
  private record Part(List<Block> blocks, List<String> anchors) {}

  /// Divides a page by the size of its text. What is divided is not rendered: links between the
  /// parts are known only afterwards.
  private static List<Part> parts(Page page) {
    List<Part> parts = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    blocks.addAll(page.outline());
    blocks.addAll(page.details());
    Part part = new Part(new ArrayList<>(), new ArrayList<>());
    int size = 0;
    for (Block block : blocks) {
      for (Block piece : pieces(block)) {
        int length = length(piece);
        if (size > 0 && size + length > PART) {
          parts.add(part);
          part = new Part(new ArrayList<>(), new ArrayList<>());
          size = 0;
        }
        size += length;
        part.blocks.add(piece);
        anchors(piece, part.anchors);
      }
    }
    parts.add(part);
    return parts;
  }

  private static List<Block> pieces(Block block) {
    if (!(block instanceof Block.Grid grid) || length(grid) <= PIECE) {
      return List.of(block);
    }
    List<Block> pieces = new ArrayList<>();
    List<List<List<Inline>>> rows = new ArrayList<>();
    int size = 0;
    for (List<List<Inline>> row : grid.rows()) {
      int length = length(row);
      if (size > 0 && size + length > PIECE) {
        pieces.add(new Block.Grid(grid.columns(), rows, grid.names()));
        rows = new ArrayList<>();
        size = 0;
      }
      rows.add(row);
      size += length;
    }
    pieces.add(new Block.Grid(grid.columns(), rows, grid.names()));
    return pieces;
  }

  private static void anchors(Block block, List<String> anchors) {
    if (block instanceof Block.Heading heading && !heading.anchor().isEmpty()) {
      anchors.add(heading.anchor());
    } else if (block instanceof Block.Grid grid && grid.names() == Block.Names.FIELDS) {
      grid.rows().forEach(row -> anchors.add(Block.Names.anchor(row)));
    }
  }

  /// About the length of the block in HTML, with room for what is escaped.
  private static int length(Block block) {
    return switch (block) {
      case Block.Heading heading -> 60 + 2 * heading.text().length();
      case Block.Paragraph paragraph -> cell(paragraph.content());
      case Block.Facts facts ->
          facts.facts().stream().mapToInt(fact -> 60 + cell(fact.value())).sum();
      case Block.Grid grid -> 200 + grid.rows().stream().mapToInt(HtmlWriter::length).sum();
      case Block.Code code -> 60 + escaped(code.text());
    };
  }

  private static int length(List<List<Inline>> row) {
    return 40 + row.stream().mapToInt(HtmlWriter::cell).sum();
  }

  private static int cell(List<Inline> content) {
    int length = 10;
    for (Inline part : content) {
      length +=
          switch (part) {
            case Inline.Text text -> escaped(text.text());
            case Inline.Code code -> 13 + escaped(code.text());
            case Inline.PageLink link -> 60 + 2 * link.page().toString().length();
            case Inline.PartLink link -> 60 + 2 * link.text().length();
          };
    }
    return length;
  }

  private static int escaped(String text) {
    return HtmlText.of(text).getBytes(StandardCharsets.UTF_8).length;
  }

  /// One file of a page.
  private final class Frame {
    private final Page page;
    private final int parts;
    private final int part;
    private final Map<String, String> files;
    private final String own;
    private final StringBuilder html = new StringBuilder();
    private String section = "";

    /// @param files where each anchor of the page is
    Frame(Page page, int parts, int part, Map<String, String> files) {
      this.page = page;
      this.parts = parts;
      this.part = part;
      this.files = files;
      this.own = file(page.name(), part);
    }

    String html(Part content) {
      PageName name = page.name();
      String title = name.last() + (parts == 1 ? "" : ", part " + (part + 1) + " of " + parts);
      String base = Places.link(own, places.folder() + "/");
      html.append("<!doctype html>\n<html lang=\"en\" data-base=\"").append(base);
      html.append("\" data-provider=\"").append(HtmlText.of(name.provider())).append("\">\n");
      html.append(
          """
          <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          """);
      html.append("<title>").append(HtmlText.of(title));
      if (!name.service().isEmpty()) {
        html.append(" · ").append(HtmlText.of(name.toString()));
      }
      html.append("</title>\n<link rel=\"stylesheet\" href=\"").append(base);
      html.append("assets/isobar.css\">\n<script src=\"").append(base);
      html.append("assets/isobar.js\"></script>\n</head>\n<body>\n");
      html.append("<a class=\"skip\" href=\"#content\">Skip to the content</a>\n<header>\n");
      html.append("<p class=\"brand\">")
          .append(link(PageName.of(name.provider()), page.providerTitle()));
      html.append("</p>\n");
      html.append(
          """
          <div id="tools" hidden>
          <form role="search">
          <label for="search">Search resources, methods and fields</label>
          <input id="search" type="search" role="combobox" autocomplete="off" spellcheck="false"
           aria-autocomplete="list" aria-expanded="false" aria-controls="results"
           placeholder="Search  ( / )">
          <ul id="results" role="listbox" aria-label="Found" hidden></ul>
          </form>
          <button id="theme" type="button"></button>
          </div>
          <p id="status" role="status"></p>
          </header>
          """);
      trail();
      html.append("<main id=\"content\" tabindex=\"-1\">\n<h1>").append(HtmlText.of(title));
      html.append("</h1>\n");
      if (part == 0 && !page.lead().isEmpty()) {
        html.append("<p class=\"lead\">").append(HtmlText.of(page.lead())).append("</p>\n");
      }
      content.blocks.forEach(this::block);
      otherParts();
      return html.append("</main>\n</body>\n</html>\n").toString();
    }

    /// Where the page stands: provider, service, resource.
    private void trail() {
      PageName name = page.name();
      html.append("<nav aria-label=\"Where you are\" class=\"trail\"><ol>\n<li>");
      html.append(link(PageName.of(name.provider()), name.provider())).append("</li>\n");
      if (!name.service().isEmpty()) {
        PageName service = PageName.of(name.provider()).service(name.service());
        html.append("<li>").append(link(service, name.service())).append("</li>\n");
      }
      if (!name.resource().isEmpty()) {
        html.append("<li>").append(link(name, name.resource())).append("</li>\n");
      }
      html.append("</ol></nav>\n");
    }

    private void otherParts() {
      if (parts > 1) {
        html.append("<nav aria-label=\"Parts of this page\" class=\"parts\"><ol>\n");
        for (int i = 0; i < parts; i++) {
          html.append("<li><a href=\"").append(Places.link(own, file(page.name(), i)));
          html.append(i == part ? "\" aria-current=\"page\">" : "\">");
          html.append("Part ").append(i + 1).append("</a></li>\n");
        }
        html.append("</ol></nav>\n");
      }
    }

    /// A link to another page; its name alone where the page is not written.
    private String link(PageName target, String text) {
      String words = HtmlText.of(Words.line(text, Words.CELL));
      if (!places.has(target)) {
        return "<span>" + words + "</span>";
      }
      String current = target.equals(page.name()) && part == 0 ? "\" aria-current=\"page" : "";
      return "<a href=\"" + Places.link(own, file(target, 0)) + current + "\">" + words + "</a>";
    }

    private void block(Block block) {
      switch (block) {
        case Block.Heading heading -> heading(heading);
        case Block.Paragraph paragraph ->
            html.append("<p>").append(inline(paragraph.content())).append("</p>\n");
        case Block.Facts facts -> facts(facts);
        case Block.Grid grid -> grid(grid);
        case Block.Code code -> {
          html.append("<pre tabindex=\"0\" role=\"group\" aria-label=\"");
          html.append(HtmlText.of(code.language()))
              .append("\"><code>")
              .append(HtmlText.of(code.text()));
          html.append("</code></pre>\n");
        }
      }
    }

    private void heading(Block.Heading heading) {
      section = Words.line(heading.text(), Words.CELL);
      String words = HtmlText.of(section);
      html.append("<h").append(heading.level());
      if (!heading.anchor().isEmpty()) {
        html.append(" id=\"").append(id(heading.anchor())).append('"');
      }
      html.append('>').append(heading.isName() ? "<code>" + words + "</code>" : words);
      html.append("</h").append(heading.level()).append(">\n");
    }

    private void facts(Block.Facts facts) {
      html.append("<dl>\n");
      for (Block.Fact fact : facts.facts()) {
        html.append("<div><dt>").append(HtmlText.of(fact.name())).append("</dt><dd>");
        html.append(inline(fact.value())).append("</dd></div>\n");
      }
      html.append("</dl>\n");
    }

    private void grid(Block.Grid grid) {
      html.append("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
      html.append(HtmlText.of(section + ": " + String.join(", ", grid.columns())));
      html.append("\"><table>\n<thead><tr>");
      grid.columns()
          .forEach(column ->
              html.append("<th scope=\"col\">").append(HtmlText.of(column)).append("</th>"));
      html.append("</tr></thead>\n<tbody>\n");
      for (List<List<Inline>> row : grid.rows()) {
        html.append("<tr");
        if (grid.names() == Block.Names.FIELDS) {
          html.append(" id=\"").append(id(Block.Names.anchor(row))).append('"');
        }
        html.append('>');
        row.forEach(cell -> html.append("<td>").append(inline(cell)).append("</td>"));
        html.append("</tr>\n");
      }
      html.append("</tbody>\n</table></div>\n");
    }

    private String inline(List<Inline> content) {
      StringBuilder text = new StringBuilder();
      for (Inline piece : content) {
        text.append(
            switch (piece) {
              case Inline.Text words -> HtmlText.of(words.text());
              case Inline.Code code -> "<code>" + HtmlText.of(code.text()) + "</code>";
              case Inline.PageLink link ->
                  "<code>" + link(link.page(), link.page().last()) + "</code>";
              case Inline.PartLink link -> {
                String file = files.getOrDefault(link.anchor(), own);
                yield "<code><a href=\""
                    + (file.equals(own) ? "" : Places.link(own, file))
                    + "#"
                    + id(link.anchor())
                    + "\">"
                    + HtmlText.of(Words.line(link.text(), Words.CELL))
                    + "</a></code>";
              }
            });
      }
      return text.toString();
    }
  }
}
