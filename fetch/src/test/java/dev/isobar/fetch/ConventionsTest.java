package dev.isobar.fetch;

import static dev.isobar.fetch.Fixture.idRows;
import static dev.isobar.fetch.Fixture.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.model.ScanReport.Incident;
import dev.isobar.plan.Split;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import dev.isobar.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Lists whose documents declare no pages.
class ConventionsTest {
  /// How an invented API tells of its next page, and what it takes to ask for it.
  enum Style {
    ODATA("{\"data\":[%s],\"@odata.nextLink\":%s}"),
    NEXT_LINK("{\"nextLink\":%2$s,\"data\":[%1$s]}"),
    RELATIVE("{\"data\":[%s],\"links\":{\"next\":%s}}"),
    HEADER("{\"data\":[%s]}"),
    PAGE_TOKEN("{\"data\":[%s],\"nextPageToken\":%s}"),
    CONTINUE("{\"metadata\":{\"continue\":%2$s},\"data\":[%1$s]}"),
    BODY_TOKEN("{\"data\":[%s],\"NextToken\":%s}"),
    CURSOR("{\"data\":[%s],\"result_info\":{\"cursors\":{\"after\":%s}}}"),
    NUMBERED("{\"data\":[%s],\"result_info\":{\"page\":%s,\"total_pages\":%s}}"),
    FROM_ZERO("{\"currentPage\":%2$s,\"totalPages\":%3$s,\"data\":[%1$s]}"),
    TOTAL("{\"data\":[%s],\"offset\":%s,\"limit\":%s,\"total\":%s}"),
    MORE("{\"data\":[%s],\"offset\":%s,\"limit\":%s,\"more\":%s}");

    private final String format;

    Style(String format) {
      this.format = format;
    }

    Method method() {
      var method = Samples.method("list", "/things").rowsAt("$.data");
      for (String name : List.of("pageToken", "continue", "cursor", "page", "offset")) {
        method.input(Samples.input(name, Input.Location.QUERY, false, "string"));
      }
      if (this == BODY_TOKEN) {
        method.verb("POST").body(false);
        method.input(Samples.input("NextToken", Input.Location.BODY, false, "string"));
      }
      return method.build();
    }

    /// The page that a request asks for.
    Reply reply(Received request, int rows, int size) {
      boolean zero = this == FROM_ZERO;
      int pages = Math.max(1, (rows + size - 1) / size);
      int page =
          switch (this) {
            case ODATA, NEXT_LINK, RELATIVE, HEADER -> request.number("at", 0);
            case PAGE_TOKEN -> request.number("pageToken", 0);
            case CONTINUE -> request.number("continue", 0);
            case CURSOR -> request.number("cursor", 0);
            case BODY_TOKEN -> request.body().contains("NextToken") ? number(request.body()) : 0;
            case NUMBERED -> request.number("page", 1) - 1;
            case FROM_ZERO -> request.number("page", 0);
            case TOTAL, MORE -> request.number("offset", 0) / size;
          };
      int first = page * size;
      String data = String.join(",", idRows(first + 1, Math.min(rows, first + size)));
      boolean last = page >= pages - 1;
      String next = last ? "null" : "\"" + (page + 1) + "\"";
      String host = "http://" + request.header("Host");
      String url = last ? "null" : "\"" + host + "/things?at=" + (page + 1) + "\"";
      String relative = last ? "null" : "\"/things?at=" + (page + 1) + "\"";
      String text =
          switch (this) {
            case ODATA, NEXT_LINK -> String.format(format, data, url);
            case RELATIVE -> String.format(format, data, relative);
            case HEADER -> String.format(format, data);
            case PAGE_TOKEN, CONTINUE, BODY_TOKEN, CURSOR -> String.format(format, data, next);
            case NUMBERED, FROM_ZERO -> String.format(format, data, page + (zero ? 0 : 1), pages);
            case TOTAL -> String.format(format, data, first, size, rows);
            case MORE -> String.format(format, data, first, size, !last);
          };
      Reply reply = Reply.json(text);
      return this == HEADER && !last
          ? reply.header(
              "Link",
              "</things>; title=\"a, \\\"b\\\"\"; rel=\"first prev\", <"
                  + host
                  + "/things?at="
                  + (page + 1)
                  + ">; x=1; rel=\"last next\"")
          : reply;
    }

    private static int number(String text) {
      return Integer.parseInt(text.replaceAll("\\D", ""));
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  private static Fixture fixture(FakeCloud.Handler handler) {
    return new Fixture(handler);
  }

  @ParameterizedTest
  @EnumSource
  void followsEveryConvention(Style style) throws Exception {
    try (var fixture = fixture(request -> style.reply(request, 95, 10))) {
      var read = fixture.read(fixture.ids(style.method()));
      assertThat(read.first()).isEqualTo(numbers(1, 95));
      assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
      assertThat(read.report().requests()).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void givesTheRowsWhateverTheSizes(long seed) throws Exception {
    Random random = new Random(seed);
    for (Style style : Style.values()) {
      int rows = random.nextInt(60);
      int size = 1 + random.nextInt(25);
      try (var fixture = fixture(request -> style.reply(request, rows, size))) {
        var read = fixture.read(fixture.ids(style.method()));
        assertThat(read.first())
            .as("%s: %d rows, %d a page", style, rows, size)
            .isEqualTo(numbers(1, rows));
        assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
      }
    }
  }

  @Test
  void aUrlThatComesTwiceIsALoop() {
    try (var fixture =
        fixture(_ -> Reply.json("{\"data\":[{\"id\":1}],\"nextLink\":\"/things?at=1\"}"))) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(Style.NEXT_LINK.method())))
          .isInstanceOf(IsobarException.class)
          .hasMessageContaining("the same next page twice");
    }
  }

  @Test
  void aUrlOfAnotherSchemeIsNotAsked() {
    for (String url : List.of("file:///etc/passwd", "ftp://127.0.0.1/x", "http://[", "//evil/x")) {
      try (var fixture =
          fixture(_ -> Reply.json("{\"data\":[{\"id\":1}],\"nextLink\":\"" + url + "\"}"))) {
        Method declared =
            Samples.method("list", "/things")
                .rowsAt("$.data")
                .paged(
                    Samples.tokens(
                        "",
                        dev.isobar.catalog.Pagination.Location.REQUEST,
                        "$.nextLink",
                        dev.isobar.catalog.Pagination.Location.BODY))
                .build();
        assertThatThrownBy(() -> fixture.read(fixture.ids(declared)))
            .as(url)
            .isInstanceOf(IsobarException.class);
        assertThat(fixture.cloud.received()).hasSize(1);
      }
    }
  }

  @Test
  void saysSoWhenThereIsMoreAndNoWayToAskForIt() throws Exception {
    for (String signs :
        List.of(
            "\"has_more\":true",
            "\"isTruncated\":true",
            "\"nextToken\":\"x\"",
            "\"total_count\":3",
            "\"incomplete_results\":true")) {
      String json = "{\"data\":[{\"id\":1},{\"id\":2}]," + signs + "}";
      try (var fixture = fixture(_ -> Reply.json(json))) {
        Method method = Samples.method("list", "/things").rowsAt("$.data").build();
        var read = fixture.read(fixture.ids(method));
        assertThat(read.first()).isEqualTo(numbers(1, 2));
        assertThat(read.report().completeness()).as(signs).isEqualTo(Completeness.PARTIAL);
        assertThat(read.report().incidents())
            .extracting(Incident::message)
            .allMatch(
                message -> message.startsWith("`acme.core.things` may not be complete: the API"));
      }
    }
  }

  @Test
  void takesNoOrdinaryPropertyForASign() throws Exception {
    String json =
        "{\"data\":[{\"id\":1,\"next\":\"/x\",\"has_more\":true}],\"next\":\"Tuesday\",\"more\":0,"
            + "\"page\":{\"x\":1},\"total\":9,\"truncated\":false,\"marker\":\"m\"}";
    try (var fixture = fixture(_ -> Reply.json(json))) {
      Method method = Samples.method("list", "/things").rowsAt("$.data").build();
      var read = fixture.read(fixture.ids(method));
      assertThat(read.first()).isEqualTo(numbers(1, 1));
      assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
    }
  }

  @Test
  void readsTheOnePageThatTheStatementNames() throws Exception {
    for (Style style : List.of(Style.NUMBERED, Style.TOTAL, Style.PAGE_TOKEN)) {
      String key =
          switch (style) {
            case NUMBERED -> "page";
            case TOTAL -> "offset";
            default -> "pageToken";
          };
      String value = style == Style.TOTAL ? "10" : style == Style.NUMBERED ? "2" : "1";
      try (var fixture = fixture(request -> style.reply(request, 35, 10))) {
        var split = new Split(Map.of(key, value), fixture.get("/things?" + key + "=" + value));
        var scan =
            fixture.scan(
                style.method(),
                List.of(Fixture.column("id", dev.isobar.model.ColumnType.BIGINT)),
                split);
        assertThat(fixture.read(scan).first()).as(style.name()).isEqualTo(numbers(11, 20));
        assertThat(fixture.cloud.received()).hasSize(1);
      }
    }
  }

  /// Protocol buffers leave an empty list out of their JSON.
  @Test
  void pagesThatLeaveOutAnEmptyListAreFollowed() throws Exception {
    Method method =
        Samples.method("list", "/things")
            .rowsAt("$.data")
            .column("id", "integer")
            .input(Samples.input("pageToken", Input.Location.QUERY, false, "string"))
            .returns(Samples.object("data", "array", "nextPageToken", "string"))
            .build();
    List<String> pages =
        List.of(
            "{\"nextPageToken\":\"1\"}",
            "{\"data\":[{\"id\":1}],\"nextPageToken\":\"2\"}",
            "{\"nextPageToken\":\"3\"}",
            "{\"data\":[{\"id\":2}],\"nextPageToken\":\"4\"}",
            "{}");
    try (var fixture =
        new Fixture(request -> Reply.json(pages.get(request.number("pageToken", 0))))) {
      var read = fixture.read(fixture.ids(method));
      assertThat(read.report().completeness()).isEqualTo(Completeness.COMPLETE);
      assertThat(read.rows()).extracting(List::getFirst).containsExactly(1L, 2L);
    }
  }
}
