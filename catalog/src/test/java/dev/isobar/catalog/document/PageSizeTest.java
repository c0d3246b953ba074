package dev.isobar.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.PageSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageSizeTest {
  private static final String TOKENS =
      "{requestToken: {key: cursor, location: query}, responseToken: {key: next, location: body}}";

  @TempDir Path root;

  private @Nullable PageSize pageSize(String pagination, String parameter, String answer)
      throws IOException {
    Path folder = Files.createDirectories(root.resolve("acme/v1/services"));
    Files.writeString(
        root.resolve("acme/v1/provider.yaml"),
        """
        id: acme
        name: acme
        providerServices:
          core: {id: core, name: core, service: {$ref: acme/v1/services/core.yaml}}
        """);
    Files.writeString(
        folder.resolve("core.yaml"),
        """
        openapi: 3.0.0
        x-stackQL-config:
          pagination: %s
        servers: [{url: https://api.acme.example}]
        paths:
          /things:
            get:
              parameters:
                - {name: cursor, in: query, schema: {type: string}}
                - %s
              responses:
                '200': {content: {application/json: {schema: %s}}}
        components:
          x-stackQL-resources:
            things:
              methods:
                list:
                  operation: {$ref: '#/paths/~1things/get'}
                  response: {mediaType: application/json, openAPIDocKey: '200'}
        """
            .formatted(pagination, parameter, answer));
    Method list =
        new DocumentLoader(root, root.resolve("acme/v1"))
            .load()
            .service("core")
            .resource("things")
            .method("list");
    return list.pageSize();
  }

  private static final String LIST = "{type: array, items: {type: object}}";

  private static String parameter(String name, String schema) {
    return "{name: '" + name + "', in: query, schema: {" + schema + "}}";
  }

  @Test
  void isTheMaximumThatTheDocumentStates() throws IOException {
    assertThat(pageSize(TOKENS, parameter("per_page", "type: integer, maximum: 200"), LIST))
        .isEqualTo(new PageSize("per_page", 200));
    assertThat(pageSize(TOKENS, parameter("$top", "type: integer, maximum: 999"), LIST))
        .isEqualTo(new PageSize("$top", 999));
  }

  @Test
  void isAlsoRaisedBesideLinks() throws IOException {
    String links =
        "{requestToken: {key: '', location: request}, responseToken: {key: Link, location: header}}";
    assertThat(pageSize(links, parameter("limit", "type: integer, maximum: 50"), LIST))
        .isEqualTo(new PageSize("limit", 50));
  }

  @Test
  void isLeftAloneWhereNothingSaysHowLargeAPageMayBe() throws IOException {
    assertThat(pageSize(TOKENS, parameter("limit", "type: integer"), LIST)).isNull();
    // The bound of the type, and a name that may mean anything.
    assertThat(pageSize(TOKENS, parameter("limit", "type: integer, maximum: 2147483647"), LIST))
        .isNull();
    assertThat(pageSize(TOKENS, parameter("days", "type: integer, maximum: 90"), LIST)).isNull();
    assertThat(pageSize(TOKENS, parameter("limit", "type: string"), LIST)).isNull();
  }

  @Test
  void isLeftAloneWhereThereIsNoNextPage() throws IOException {
    String limit = parameter("limit", "type: integer, maximum: 50");
    assertThat(pageSize("null", limit, LIST)).isNull();
    // Pagination is declared for whole services: this operation takes no such token, or has one
    // row.
    assertThat(pageSize(TOKENS.replace("cursor", "page"), limit, LIST)).isNull();
    assertThat(pageSize(TOKENS, limit, "{type: object, properties: {id: {type: string}}}"))
        .isNull();
  }
}
