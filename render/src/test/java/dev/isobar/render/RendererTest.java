package dev.isobar.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.model.Result;
import dev.isobar.model.RowStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("label", ColumnType.VARCHAR),
          new Column("size", ColumnType.BIGINT),
          new Column("price", ColumnType.DOUBLE),
          new Column("on", ColumnType.BOOLEAN),
          new Column("tags", ColumnType.JSON),
          new Column("sum", ColumnType.DECIMAL));

  private static final List<@Nullable Object[]> ROWS =
      List.of(
          new @Nullable Object[] {
            "web", 25L, 0.1, true, "{\"a\": [1,\n 2.50], \"b\":\"x\"}", new BigDecimal("1E+3")
          },
          new @Nullable Object[] {null, null, null, null, null, null},
          new @Nullable Object[] {"", -1L, 1e300, false, "[]", new BigDecimal("0.10")});

  @Test
  void writesTable() {
    assertThat(render(Format.TABLE, COLUMNS, ROWS))
        .isEqualTo(
            """
            label │ size │   price │ on    │ tags                   │  sum
            ──────┼──────┼─────────┼───────┼────────────────────────┼─────
            web   │   25 │     0.1 │ true  │ {"a":[1,2.50],"b":"x"} │ 1000
            null  │ null │    null │ null  │ null                   │ null
                  │   -1 │ 1.0E300 │ false │ []                     │ 0.10
            """);
  }

  @Test
  void writesMarkdown() {
    assertThat(
            render(
                Format.MARKDOWN,
                List.of(
                    new Column("na|me", ColumnType.VARCHAR), new Column("n", ColumnType.BIGINT)),
                List.of(
                    new @Nullable Object[] {"a|b\n<i> *x* my_label _y_ `c` & \\", 1L},
                    new @Nullable Object[] {null, null})))
        .isEqualTo(
            """
            | na\\|me                                             |    n |
            | -------------------------------------------------- | ---: |
            | a\\|b<br>&lt;i> \\*x\\* my_label \\_y\\_ \\`c\\` &amp; \\\\ |    1 |
            | null                                               | null |
            """);
  }

  @Test
  void writesJson() {
    assertThat(render(Format.JSON, COLUMNS, ROWS))
        .isEqualTo(
            """
            [
            {"label":"web","size":25,"price":0.1,"on":true,"tags":{"a":[1,2.50],"b":"x"},"sum":1000},
            {"label":null,"size":null,"price":null,"on":null,"tags":null,"sum":null},
            {"label":"","size":-1,"price":1.0E300,"on":false,"tags":[],"sum":0.10}
            ]
            """);
  }

  @Test
  void writesJsonLines() {
    assertThat(render(Format.JSONL, COLUMNS, ROWS).lines())
        .hasSize(3)
        .first()
        .isEqualTo(
            "{\"label\":\"web\",\"size\":25,\"price\":0.1,\"on\":true,"
                + "\"tags\":{\"a\":[1,2.50],\"b\":\"x\"},\"sum\":1000}");
  }

  @Test
  void writesCsv() {
    assertThat(render(Format.CSV, COLUMNS, ROWS))
        .isEqualTo(
            """
            label,size,price,on,tags,sum
            web,25,0.1,true,"{""a"": [1,
             2.50], ""b"":""x""}",1000
            ,,,,,
            "",-1,1.0E300,false,[],0.10
            """);
    assertThat(
            render(
                Format.CSV,
                new RenderOptions(true, ';', 0),
                text("a"),
                List.<@Nullable Object[]>of(row("x;y"), row("x,y"), row((Object) null))))
        .isEqualTo("\"x;y\"\nx,y\n\"\"\n");
  }

  @Test
  void writesText() {
    assertThat(
            render(Format.TEXT, text("a", "b"), List.of(row("x\ty\n\\", null), row("\033[m", 1))))
        .isEqualTo("a\tb\nx\\ty\\n\\\\\t\n\\x1B[m\t1\n");
  }

  @Test
  void anEmptyResultHasItsHeader() {
    assertThat(render(Format.TABLE, text("ab", "c"), List.of())).isEqualTo("ab │ c\n───┼──\n");
    assertThat(render(Format.CSV, text("ab", "c"), List.of())).isEqualTo("ab,c\n");
    assertThat(render(Format.JSON, text("ab"), List.of())).isEqualTo("[]\n");
    assertThat(render(Format.JSONL, text("ab"), List.of())).isEmpty();
    assertThat(render(Format.TEXT, new RenderOptions(true, ',', 0), text("ab"), List.of()))
        .isEmpty();
  }

  @Test
  void aResultWithoutColumnsIsNothing() {
    for (Format format : Format.values()) {
      assertThat(render(format, List.of(), List.of())).isEmpty();
    }
  }

  @Test
  void noCellCommandsATerminal() {
    StringBuilder hostile = new StringBuilder();
    for (char c = 0; c < 0x100; c++) {
      hostile.append(c);
    }
    hostile.append("\u2028\u202E\u2066\uD800 \uDC00 😀");
    for (Format format : Format.values()) {
      String out = render(format, text("a"), List.<@Nullable Object[]>of(row(hostile.toString())));
      if (format != Format.CSV) {
        assertThat(out.replace("\n", "").chars())
            .as(format.name())
            .noneMatch(c -> Visible.isDangerous((char) (int) c));
        assertThat(out).contains("😀");
      }
    }
    String json =
        render(Format.JSONL, text("a"), List.<@Nullable Object[]>of(row(hostile.toString())));
    assertThat(Json.parse(json)).isEqualTo(java.util.Map.of("a", hostile.toString()));
  }

  @Test
  void aJsonCellThatIsNoJsonIsAString() {
    List<Column> column = List.of(new Column("j", ColumnType.JSON));
    assertThat(
            render(
                Format.JSONL,
                column,
                List.<@Nullable Object[]>of(
                    row("{oops"),
                    row(""),
                    row(" \"a\" "),
                    row("12345678901234567890.10"),
                    row("1e5"))))
        .isEqualTo(
            """
            {"j":"{oops"}
            {"j":""}
            {"j":"a"}
            {"j":12345678901234567890.10}
            {"j":1e5}
            """);
  }

  @Test
  void columnsOfOneNameKeepTheirValuesInJson() {
    assertThat(render(Format.JSONL, text("a", "a", "a"), List.<@Nullable Object[]>of(row(1, 2, 3))))
        .isEqualTo("{\"a\":1,\"a_2\":2,\"a_3\":3}\n");
  }

  @Test
  void columnsLineUpUnderWideCharacters() {
    String table =
        render(
            Format.TABLE,
            text("k", "v"),
            List.<@Nullable Object[]>of(
                row("日本", 1),
                row("e\u0301", 1),
                row("👩‍👩‍👧", 1),
                row("🇩🇪", 1),
                row("❤️", 1),
                row("한국", 1)));
    assertThat(table.lines().skip(2))
        .containsExactly(
            "日本 │ 1", "e\u0301    │ 1", "👩‍👩‍👧   │ 1", "🇩🇪   │ 1", "❤️   │ 1", "한국 │ 1");
  }

  @Test
  void cellsAreCutOnlyToFitATerminal() {
    List<@Nullable Object[]> rows =
        List.<@Nullable Object[]>of(row("x".repeat(100), "日".repeat(50)));
    assertThat(render(Format.TABLE, text("a", "b"), rows)).contains("x".repeat(100));
    String narrow = render(Format.TABLE, new RenderOptions(false, ',', 40), text("a", "b"), rows);
    assertThat(narrow.lines()).allMatch(line -> DisplayWidth.of(line) <= 40);
    assertThat(narrow).contains("x…").contains("日…");
  }

  @Test
  void rowsStandUprightWhereATerminalIsTooNarrow() {
    RenderOptions narrow = new RenderOptions(false, ',', 20);
    String[] names = {"a", "long", "日"};
    List<@Nullable Object[]> rows =
        List.of(row("x".repeat(30), "y".repeat(30), null), row(1, 2, 3));
    assertThat(render(Format.TABLE, narrow, text(names), rows))
        .isEqualTo(
            """
            ── 1 ──
            a    │ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
            long │ yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy
            日   │ null
            ── 2 ──
            a    │ 1
            long │ 2
            日   │ 3
            """);
  }

  @Test
  void aCellLongerThanTheMeasuredRowsIsKeptWhole() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add(row("x", i));
    }
    rows.add(row("a longer one", 1));
    assertThat(render(Format.TABLE, text("a", "b"), rows)).contains("\na longer one │ 1\n");
  }

  @Test
  void rowsAreWrittenAsTheyCome() throws IOException {
    StringBuilder out = new StringBuilder();
    RowStream rows =
        new RowStream() {
          private int given;

          @Override
          public @Nullable Object @Nullable [] next() {
            assertThat(out.toString().lines()).hasSize(given);
            return given++ < 3 ? row("x") : null;
          }

          @Override
          public void close() {}
        };
    long count =
        Renderer.of(Format.JSONL, RenderOptions.DEFAULT).render(Result.of(text("a"), rows), out);
    assertThat(count).isEqualTo(3);
  }

  @Test
  void aFailureLeavesTheArrayOpenAndTheRowsBeforeItWritten() {
    for (Format format : List.of(Format.JSON, Format.TABLE)) {
      StringBuilder out = new StringBuilder();
      RowStream rows =
          new RowStream() {
            private boolean given;

            @Override
            public @Nullable Object @Nullable [] next() {
              if (given) {
                throw new IsobarException(ErrorCode.INCOMPLETE, "Page 7 failed.", "");
              }
              given = true;
              return row("x");
            }

            @Override
            public void close() {}
          };
      Renderer renderer = Renderer.of(format, RenderOptions.DEFAULT);
      assertThatThrownBy(() -> renderer.render(Result.of(text("a"), rows), out))
          .isInstanceOf(IsobarException.class);
      assertThat(out.toString()).contains("x").doesNotContain("]");
    }
  }

  private static String render(Format format, List<Column> columns, List<@Nullable Object[]> rows) {
    return render(format, RenderOptions.DEFAULT, columns, rows);
  }

  private static String render(
      Format format, RenderOptions options, List<Column> columns, List<@Nullable Object[]> rows) {
    StringBuilder out = new StringBuilder();
    try {
      Renderer.of(format, options).render(Result.of(columns, RowStream.of(rows)), out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString();
  }

  private static List<Column> text(String... names) {
    return java.util.Arrays.stream(names).map(n -> new Column(n, ColumnType.VARCHAR)).toList();
  }

  private static @Nullable Object[] row(@Nullable Object... cells) {
    return cells;
  }
}
