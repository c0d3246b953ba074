package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Pagination.Location;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.model.ColumnType;
import dev.isobar.model.Json;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.plan.Request;
import dev.isobar.plan.Split;
import dev.isobar.testing.FakeCloud;
import dev.isobar.testing.Received;
import dev.isobar.testing.Reply;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Every way in which the providers of the public registry declare their pages, each against an
/// invented API of that shape: three pages, the last of two rows.
class PaginationsTest {
  /// What the last page has in the place of the next page's token.
  enum Ending {
    ABSENT,
    NULL,
    EMPTY
  }

  private static final List<List<Integer>> PAGES =
      List.of(List.of(1, 2, 3), List.of(4, 5, 6), List.of(7, 8));

  @TempDir Path root;

  @ParameterizedTest(name = "{0} {1} {2}@{3} {4}@{5}")
  @CsvFileSource(resources = "paginations.csv", numLinesToSkip = 1)
  void readsEachRowOfEachPageOnce(
      String level,
      String algorithm,
      String requestKey,
      Location requestLocation,
      String responseKey,
      Location responseLocation,
      String terminator)
      throws Exception {
    var by =
        new Configuration(
            level.equals("service"),
            algorithm,
            requestKey,
            requestLocation,
            responseKey,
            responseLocation,
            terminator);
    Method list = by.load(root);
    for (Ending ending : Ending.values()) {
      for (boolean tokenFirst : new boolean[] {true, false}) {
        try (var fixture = new Fixture(new Api(by, ending, tokenFirst)::reply)) {
          fixture.auth = new AuthSpec("null_auth", Map.of());
          var scan =
              fixture.scan(
                  list,
                  List.of(Fixture.column("id", ColumnType.BIGINT)),
                  new Split(Map.of(), by.first(fixture.cloud)));
          var read = fixture.read(scan);
          String shape = "the last page's token is " + ending + ", first in a page: " + tokenFirst;
          assertThat(read.first()).as(shape).isEqualTo(Fixture.numbers(1, 8));
          assertThat(read.report().completeness()).as(shape).isEqualTo(Completeness.COMPLETE);
          assertThat(fixture.cloud.received().stream().map(by::asked))
              .as(shape)
              .containsExactlyInAnyOrderElementsOf(
                  IntStream.rangeClosed(1, by.pages()).boxed().toList());
        }
      }
    }
  }

  /// A pagination as a document declares it.
  private record Configuration(
      boolean ofService,
      String algorithm,
      String requestKey,
      Location requestLocation,
      String responseKey,
      Location responseLocation,
      String terminator) {

    Method load(Path root) throws IOException {
      Path services = Files.createDirectories(root.resolve("acme/v1/services"));
      Files.writeString(
          root.resolve("acme/v1/provider.yaml"),
          """
          id: acme
          name: acme
          providerServices:
            core: {id: core, name: core, service: {$ref: acme/v1/services/core.yaml}}
          """);
      Files.writeString(
          services.resolve("core.yaml"),
          """
          openapi: 3.0.0
          %s
          servers: [{url: https://api.acme.example}]
          paths:
            /things:
              %s:
                responses:
                  '200': {content: {application/json: {schema: {type: object, properties: {
                    things: {type: array, items: {type: object, properties: {id: {type: integer}}}}
                  }}}}}
          components:
            x-stackQL-resources:
              things:
                methods:
                  list:
                    %s
                    operation: {$ref: '#/paths/~1things/%s'}
                    response: {mediaType: application/json, openAPIDocKey: '200',
                      objectKey: $.things}
          """
              .formatted(
                  ofService ? "x-stackQL-config: {pagination: " + declared() + "}" : "",
                  verb().toLowerCase(Locale.ROOT),
                  ofService ? "" : "config: {pagination: " + declared() + "}",
                  verb().toLowerCase(Locale.ROOT)));
      return new DocumentLoader(root, root.resolve("acme/v1"))
          .load()
          .service("core")
          .resource("things")
          .method("list");
    }

    private String declared() {
      return "{%srequestToken: {key: '%s', location: %s}, responseToken: {key: '%s', location: %s}%s}"
          .formatted(
              numbered() ? "algorithm: page_number, " : "",
              requestKey,
              requestLocation.name().toLowerCase(Locale.ROOT),
              responseKey,
              responseLocation.name().toLowerCase(Locale.ROOT),
              numbered()
                  ? ", responseTerminator: {key: '" + terminator + "', location: body}"
                  : "");
    }

    /// How many pages are asked for. The page's last row is a token that even the last page has: it
    /// takes an empty one to end the list.
    int pages() {
      return responseKey.equals("$.last_id") ? PAGES.size() + 1 : PAGES.size();
    }

    boolean numbered() {
      return algorithm.equals("page_number");
    }

    private String verb() {
      return requestLocation == Location.BODY ? "POST" : "GET";
    }

    Request first(FakeCloud cloud) {
      return new Request(
          verb(),
          cloud.uri() + "/things",
          List.of(new Request.Pair("colour", "red & blue")),
          List.of(new Request.Pair("X-Kept", "yes")),
          requestLocation == Location.BODY ? "{\"Size\":3}" : null);
    }

    /// The number of the page that a request asks for. Fails if the rest of the request is not as
    /// it was in the first.
    int asked(Received request) {
      assertThat(request.path()).isEqualTo("/things");
      assertThat(request.verb()).isEqualTo(verb());
      assertThat(request.header("X-Kept")).isEqualTo("yes");
      Map<String, Object> parameters = new LinkedHashMap<>(request.query());
      assertThat(parameters.remove("colour")).isEqualTo("red & blue");
      if (requestLocation == Location.BODY) {
        assertThat(parameters).isEmpty();
        if (Json.parse(request.body()) instanceof Map<?, ?> body) {
          body.forEach((key, value) -> parameters.put(String.valueOf(key), value));
        }
        assertThat(String.valueOf(parameters.remove("Size"))).isEqualTo("3");
      }
      Object sent = parameters.remove(requestKey.isEmpty() ? "after" : requestKey);
      assertThat(parameters).isEmpty();
      for (int page = 2; page <= pages(); page++) {
        if (token(page).equals(sent)) {
          return page;
        }
      }
      assertThat(sent).as("the token").isNull();
      return 1;
    }

    /// What the API calls a page.
    Object token(int page) {
      return switch (responseKey) {
        case "$.page" -> Integer.toString(page);
        // An API for which the page begins behind a row.
        case "$.last_id" -> Integer.toString(PAGES.get(page - 2).getLast());
        case "$.LastEvaluatedKey" -> Map.of("Id", Map.of("S", "è\"" + page));
        default -> "p/" + page + "+%2F=&\u00e8 =";
      };
    }
  }

  /// The API of a configuration.
  private record Api(Configuration by, Ending ending, boolean tokenFirst) {
    Reply reply(Received request) {
      int page = by.asked(request);
      boolean last = page >= PAGES.size();
      Map<String, @Nullable Object> body = new LinkedHashMap<>();
      if (!tokenFirst) {
        body.put("things", rows(page));
      }
      String link = null;
      if (by.numbered()) {
        put(body, by.responseKey, page);
        put(body, by.terminator, PAGES.size());
      } else if (by.responseKey.equals("$.last_id")) {
        // The last page has a last row, too.
        List<Integer> ids = ids(page);
        put(body, by.responseKey, ids.isEmpty() ? null : Integer.toString(ids.getLast()));
        put(body, "$.has_more", !last);
      } else if (by.responseLocation == Location.HEADER) {
        link = last ? "" : "<" + url(request, page + 1) + ">; rel=\"next\"";
      } else if (!last) {
        put(
            body,
            by.responseKey,
            by.requestLocation == Location.REQUEST ? url(request, page + 1) : by.token(page + 1));
      } else if (ending != Ending.ABSENT) {
        put(body, by.responseKey, ending == Ending.NULL ? null : "");
      }
      if (tokenFirst) {
        body.put("things", rows(page));
      }
      Reply reply = Reply.json(Json.write(body));
      if (link == null || (last && ending == Ending.ABSENT)) {
        return reply;
      }
      String first = "<" + url(request, 1) + ">; rel=\"first\"";
      return reply.header("Link", link.isEmpty() ? first : first + ", " + link);
    }

    private String url(Received request, int page) {
      String url = "http://" + request.header("Host") + "/things?colour=red+%26%20blue";
      return page == 1 ? url : url + "&after=" + encoded(String.valueOf(by.token(page)));
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<Integer> ids(int page) {
      return page > PAGES.size() ? List.of() : PAGES.get(page - 1);
    }

    private static List<Map<String, Integer>> rows(int page) {
      List<Map<String, Integer>> rows = new ArrayList<>();
      ids(page).forEach(id -> rows.add(Map.of("id", id)));
      return rows;
    }

    private static void put(
        Map<String, @Nullable Object> body, String path, @Nullable Object value) {
      List<String> names = List.of(path.replaceFirst("^\\$\\.", "").split("\\."));
      Map<String, @Nullable Object> object = body;
      for (String name : names.subList(0, names.size() - 1)) {
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        object.put(name, inner);
        object = inner;
      }
      object.put(names.getLast(), value);
    }
  }
}
