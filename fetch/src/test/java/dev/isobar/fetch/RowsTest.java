package dev.isobar.fetch;

import static dev.isobar.fetch.Fixture.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Method;
import dev.isobar.model.ColumnType;
import dev.isobar.model.Json;
import dev.isobar.model.ScanReport.Misfit;
import dev.isobar.plan.ScanColumn;
import dev.isobar.plan.Split;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowsTest {
  private static final Method AT_DATA = Samples.method("list", "/things").rowsAt("$.data").build();
  private static final Bounds ARRIVING = new Bounds(4, 2, 1000);
  private static final Method AT_ROOT = Samples.method("get", "/things").build();

  /// Reads the reply whole, and as it arrives, which must be the same.
  private static Fixture.Rows read(Method method, Reply reply, ScanColumn... columns)
      throws InterruptedException {
    var whole = read(Bounds.DEFAULT, method, reply, columns);
    var arriving = read(ARRIVING, method, reply, columns);
    assertThat(arriving.rows()).isEqualTo(whole.rows());
    assertThat(arriving.report().misfits()).isEqualTo(whole.report().misfits());
    return whole;
  }

  private static Fixture.Rows read(Bounds bounds, Method method, Reply reply, ScanColumn... columns)
      throws InterruptedException {
    try (var fixture = new Fixture(_ -> reply, bounds)) {
      return fixture.read(fixture.scan(method, List.of(columns), fixture.split("/things")));
    }
  }

  /// The cell of `{"x": json}` in a column of the type.
  private static @Nullable Object cell(String json, ColumnType type) throws InterruptedException {
    return read(AT_ROOT, Reply.json("{\"x\":" + json + "}"), column("x", type)).first().getFirst();
  }

  @Test
  void aListGivesARowForEachElement() throws Exception {
    var rows =
        read(
            Samples.method("list", "/things").rowsAt("$.a.b").build(),
            Reply.json("{\"z\":[{}],\"a\":{\"c\":1,\"b\":[{\"x\":1},{\"x\":2}]}}"),
            column("x", ColumnType.BIGINT));
    assertThat(rows.first()).containsExactly(1L, 2L);
  }

  @Test
  void theValuesOfAMapAreEnteredWhereTheKeySaysSo() throws Exception {
    Method method = Samples.method("list", "/things").rowsAt("$.items[*].disks[*]").build();
    ScanColumn x = column("x", ColumnType.BIGINT);
    String zones =
        "{\"items\":{\"zones/a\":{\"disks\":[{\"x\":1},{\"x\":2}]},\"zones/b\":{\"warning\":"
            + "{\"disks\":[{\"x\":9}]}},\"zones/c\":{\"disks\":[]},\"global\":{\"disks\":[{\"x\":3}]}}}";
    assertThat(read(method, Reply.json(zones), x).first()).containsExactly(1L, 2L, 3L);
    assertThat(read(method, Reply.json("{\"items\":[{\"disks\":[{\"x\":1}]}]}"), x).first())
        .containsExactly(1L);
  }

  @Test
  void anObjectIsASingleRow() throws Exception {
    assertThat(
            read(AT_DATA, Reply.json("{\"data\":{\"x\":1}}"), column("x", ColumnType.BIGINT))
                .first())
        .containsExactly(1L);
  }

  @Test
  void aMissingKeyMakesTheWholeDocumentTheRow() throws Exception {
    assertThat(read(AT_DATA, Reply.json("{\"x\":1}"), column("x", ColumnType.BIGINT)).first())
        .containsExactly(1L);
  }

  @Test
  void aDocumentThatIsNeitherTheListNorARowIsAnError() {
    Method method =
        Samples.method("list", "/things").rowsAt("$.data").column("x", "integer").build();
    assertThatThrownBy(() ->
            read(method, Reply.json("{\"message\":\"try later\"}"), column("x", ColumnType.BIGINT)))
        .hasMessageContaining("the answer has no `$.data`");
    assertThatThrownBy(() ->
            read(
                Fixture.numbered().build(),
                Reply.json("{\"message\":\"try later\"}"),
                column("x", ColumnType.BIGINT)))
        .hasMessageContaining("the answer has no `$.data`");
  }

  @Test
  void anEnvelopeThatLeavesOutItsListIsEmpty() throws Exception {
    Method method =
        Samples.method("list", "/things")
            .rowsAt("$.data")
            .column("id", "string")
            .returns(Samples.object("data", "array", "id", "string"))
            .build();
    for (String json : List.of("{}", "{\"id\":\"the list\"}")) {
      assertThat(read(method, Reply.json(json), column("id", ColumnType.VARCHAR)).rows()).isEmpty();
    }
  }

  @Test
  void aNullListHasNoRows() throws Exception {
    assertThat(read(AT_DATA, Reply.json("{\"data\":null}"), column("x", ColumnType.BIGINT)).rows())
        .isEmpty();
  }

  @Test
  void scalarsAreAnAnonymousColumn() throws Exception {
    assertThat(
            read(
                    AT_DATA,
                    Reply.json("{\"data\":[\"a\",2]}"),
                    column("column_anon", ColumnType.VARCHAR))
                .first())
        .containsExactly("a", "2");
  }

  @Test
  void textThatIsDeclaredAsTextIsOneRow() throws Exception {
    assertThat(
            read(
                    Samples.method("get", "/things").accepts("text/plain").build(),
                    Reply.status(200)
                        .header("Content-Type", "text/plain")
                        .body("a: 1\n".getBytes(StandardCharsets.UTF_8)),
                    column("column_anon", ColumnType.VARCHAR))
                .first())
        .containsExactly("a: 1\n");
  }

  @Test
  void noContentIsNoRows() throws Exception {
    assertThat(read(AT_DATA, Reply.status(204), column("x", ColumnType.BIGINT)).rows()).isEmpty();
    assertThat(read(AT_ROOT, Reply.status(200), column("x", ColumnType.BIGINT)).rows()).isEmpty();
  }

  @Test
  void nothingWhereAListShouldBeIsAnError() {
    assertThatThrownBy(() -> read(AT_DATA, Reply.json(""), column("x", ColumnType.BIGINT)))
        .hasMessageContaining("an empty answer where `$.data` should be");
  }

  @Test
  void keepsEveryDigit() throws Exception {
    assertThat(cell("12345678901234567890.10", ColumnType.VARCHAR))
        .isEqualTo("12345678901234567890.10");
    assertThat(cell("{\"a\" : 1.50 , \"b\":[ 1e2,\"x y\\\" \" ] }", ColumnType.JSON))
        .isEqualTo("{\"a\":1.50,\"b\":[1e2,\"x y\\\" \"]}");
    assertThat(cell("9223372036854775807", ColumnType.BIGINT)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void convertsWhatLosesNothing() throws Exception {
    assertThat(cell("\"12\"", ColumnType.BIGINT)).isEqualTo(12L);
    assertThat(cell("12.0", ColumnType.BIGINT)).isEqualTo(12L);
    assertThat(cell("1e3", ColumnType.BIGINT)).isEqualTo(1000L);
    assertThat(cell("0e99", ColumnType.BIGINT)).isEqualTo(0L);
    assertThat(cell("\"true\"", ColumnType.BOOLEAN)).isEqualTo(true);
    assertThat(cell("\"0.5\"", ColumnType.DOUBLE)).isEqualTo(0.5);
    assertThat(cell("3", ColumnType.DOUBLE)).isEqualTo(3.0);
    assertThat(cell("true", ColumnType.VARCHAR)).isEqualTo("true");
    assertThat(cell("[1, 2]", ColumnType.VARCHAR)).isEqualTo("[1,2]");
    assertThat(cell("\"a\\\"b\"", ColumnType.JSON)).isEqualTo("\"a\\\"b\"");
    assertThat(cell("7", ColumnType.JSON)).isEqualTo("7");
    assertThat(cell("null", ColumnType.JSON)).isNull();
  }

  @Test
  void countsWhatDoesNotFit() throws Exception {
    var read =
        read(
            AT_ROOT,
            Reply.json(
                "[{\"n\":\"012\"},{\"n\":1.5},{\"n\":99999999999999999999},{\"n\":true},"
                    + "{\"n\":{\"a\": 1}},{\"n\":1e400},{\"n\":5}]"),
            column("n", ColumnType.BIGINT));
    assertThat(read.first()).containsExactly(null, null, null, null, null, null, 5L);
    assertThat(read.report().misfits())
        .containsExactly(new Misfit("n", ColumnType.BIGINT, 6, "012"));
    assertThat(cell("1e999", ColumnType.DOUBLE)).isNull();
    assertThat(cell("1", ColumnType.BOOLEAN)).isNull();
    assertThat(cell("\"yes\"", ColumnType.BOOLEAN)).isNull();
  }

  @Test
  void cutsTheSampleOfAMisfit() throws Exception {
    var read =
        read(
            AT_ROOT,
            Reply.json("{\"n\":\"" + "x".repeat(200) + "\"}"),
            column("n", ColumnType.BIGINT));
    assertThat(read.report().misfits().getFirst().sample()).hasSize(80).endsWith("x…");
  }

  @Test
  void theLastOfARepeatedKeyWins() throws Exception {
    assertThat(cell("1,\"x\":2", ColumnType.BIGINT)).isEqualTo(2L);
    assertThat(cell("1,\"x\":null", ColumnType.BIGINT)).isNull();
    assertThat(cell("{\"a\":1},\"x\":[2]", ColumnType.JSON)).isEqualTo("[2]");
  }

  @Test
  void theLastOfSeveralListsWins() throws Exception {
    ScanColumn x = column("x", ColumnType.BIGINT);
    Method deep = Samples.method("list", "/things").rowsAt("$.a.b").build();
    assertThat(read(AT_DATA, Reply.json("{\"data\":[{\"x\":1}],\"data\":[{\"x\":2}]}"), x).first())
        .containsExactly(2L);
    assertThat(read(AT_DATA, Reply.json("{\"data\":[{\"x\":1}],\"data\":null}"), x).rows())
        .isEmpty();
    assertThat(
            read(
                    deep,
                    Reply.json("{\"a\":{\"b\":[{\"x\":1}]},\"a\":{\"b\":[{\"x\":2}]},\"c\":3}"),
                    x)
                .first())
        .containsExactly(2L);
    assertThat(
            read(deep, Reply.json("{\"a\":[{\"b\":[{\"x\":1}]},{\"b\":[{\"x\":2}]}]}"), x).first())
        .as("two objects are no repetition")
        .containsExactly(1L, 2L);
  }

  @Test
  void aDocumentIsARowHoweverItComes() throws Exception {
    Method tokens = Samples.method("get", "/things").paged(Samples.numberedPages()).build();
    assertThat(
            read(
                    tokens,
                    Reply.json("{\"x\":{\"a\": [1]},\"page\":1,\"pages\":1}"),
                    column("x", ColumnType.JSON))
                .first())
        .containsExactly("{\"a\":[1]}");
  }

  @Test
  void fillsWhatARowLacksFromTheBindings() throws Exception {
    try (var fixture =
        new Fixture(
            _ -> Reply.json("{\"data\":[{\"id\":1},{\"id\":2,\"parent\":null},{\"parent\":9}]}"))) {
      var rows =
          fixture.read(
              fixture.scan(
                  AT_DATA,
                  List.of(column("id", ColumnType.BIGINT), column("parent", ColumnType.BIGINT)),
                  new Split(Map.of("parent", "12"), fixture.get("/things"))));
      assertThat(rows.rows().get(0)).containsExactly(1L, 12L);
      assertThat(rows.rows().get(1)).containsExactly(2L, null);
      assertThat(rows.rows().get(2)).containsExactly(null, 9L);
    }
  }

  @Test
  void twoColumnsMayReadOneKey() throws Exception {
    var rows =
        read(
            AT_ROOT,
            Reply.json("[{\"k\":{\"a\": 1}},{\"k\":\"5\"}]"),
            new ScanColumn("k", "k", ColumnType.JSON),
            new ScanColumn("n", "k", ColumnType.BIGINT),
            new ScanColumn("t", "k", ColumnType.VARCHAR));
    assertThat(rows.rows().get(0)).containsExactly("{\"a\":1}", null, "{\"a\":1}");
    assertThat(rows.rows().get(1)).containsExactly("\"5\"", 5L, "5");
  }

  @Test
  void noColumnsStillCountRows() throws Exception {
    assertThat(read(AT_DATA, Reply.json("{\"data\":[{\"id\":1},{\"id\":2}]}")).rows()).hasSize(2);
  }

  @Test
  void readsOtherEncodings() throws Exception {
    String json = "{\"x\":{\"ä\" : \"€\"}}";
    ScanColumn x = column("x", ColumnType.JSON);
    for (var charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertThat(read(AT_ROOT, Reply.json("").body(json.getBytes(charset)), x).first())
          .containsExactly("{\"ä\":\"€\"}");
    }
    assertThat(
            read(
                    AT_ROOT,
                    Reply.json("").body(("\uFEFF" + json).getBytes(StandardCharsets.UTF_8)),
                    x)
                .first())
        .containsExactly("{\"ä\":\"€\"}");
    assertThat(
            read(
                    AT_ROOT,
                    Reply.status(200)
                        .header("Content-Type", "application/json; charset=ISO-8859-1")
                        .body("{\"x\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1)),
                    x)
                .first())
        .containsExactly("\"ä\"");
  }

  @Test
  void unzips() throws Exception {
    try (var fixture = new Fixture(_ -> Reply.json("[{\"id\":1}]").gzipped())) {
      assertThat(fixture.read(fixture.ids(AT_ROOT)).first()).containsExactly(1L);
      assertThat(fixture.cloud.received().getFirst().header("Accept-Encoding")).isEqualTo("gzip");
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  /// Any JSON arrives as the reader of whole documents sees it, spread over whatever pages.
  @ParameterizedTest
  @MethodSource("seeds")
  void losesNothingWhateverThePageSize(long seed) throws Exception {
    Random random = new Random(seed);
    List<String> rows = new ArrayList<>();
    List<@Nullable Object> expected = new ArrayList<>();
    for (int i = random.nextInt(40); i >= 0; i--) {
      Object value = value(random, 3);
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      if (random.nextBoolean()) {
        row.put("other", value(random, 2));
      }
      row.put("x", value);
      rows.add(random.nextBoolean() ? Json.write(row) : Json.writePretty(row));
      expected.add(value == null ? null : Json.write(value));
    }
    var things = new dev.isobar.testing.Numbered(rows, 1 + random.nextInt(12));
    Bounds bounds =
        seed % 2 == 0 ? Bounds.DEFAULT : new Bounds(4, 1 + random.nextInt(9), random.nextInt(900));
    try (var fixture =
        new Fixture(
            request -> seed % 3 == 0 ? things.reply(request).gzipped() : things.reply(request),
            options -> options,
            bounds)) {
      var read =
          fixture.read(
              fixture.scan(
                  Fixture.numbered().build(),
                  List.of(column("x", ColumnType.JSON)),
                  fixture.split("/things")));
      assertThat(read.first()).isEqualTo(expected);
    }
  }

  private static @Nullable Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong();
      case 3 -> new java.math.BigDecimal(random.nextInt() + "." + random.nextInt(1000));
      case 4 -> "a \"b\"\n\\ {" + (char) (32 + random.nextInt(60000 - 32) % 50000) + "} ]";
      case 5 -> "";
      case 6 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put("key " + random.nextInt(9), value(random, depth - 1));
        }
        yield map;
      }
    };
  }
}
