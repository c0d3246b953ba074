package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderNewTest {
  @TempDir private Path folder;

  private String document() throws IOException {
    String name = "acme-openapi.yaml";
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Isobar isobar() {
    return new Isobar(folder.resolve("home"));
  }

  private Isobar make(String... more) throws IOException {
    Isobar isobar = isobar().in(document());
    String[] arguments = {"provider", "new", "-", "--name", "acme", "--out", folder.toString()};
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    assertThat(isobar.run(all)).as(isobar.err()).isZero();
    return isobar;
  }

  private String exec(String sql) {
    Isobar isobar = isobar();
    int code = isobar.run("exec", "--registry", folder.toString(), "--sandbox", "-o", "csv", sql);
    assertThat(code).as(isobar.err()).isZero();
    return isobar.out();
  }

  @Test
  void itsProviderCanBeUsedAtOnce() throws IOException {
    make();
    assertThat(exec("SELECT id, colour FROM acme.widgets.widgets LIMIT 2").lines()).hasSize(3);
    assertThat(exec("SELECT mail FROM acme.account.account").lines()).hasSize(2);
    assertThat(
            exec(
                "INSERT INTO acme.widgets.widgets (name, colour) VALUES ('a', 'red');"
                    + " SELECT count(*) AS n FROM acme.widgets.widgets WHERE name = 'a'"))
        .contains("n\n1\n");
    assertThat(exec("EXPLAIN SELECT id FROM acme.widgets.parts WHERE widget_id = 'w'"))
        .contains("GET https://eu.api.acme.example/v1/widgets/w/parts");
  }

  @Test
  void theReportSaysHowSureItIs() throws IOException {
    assertThat(make().out())
        .startsWith("acme: 2 services, 3 resources, 9 methods from -\nwritten to ")
        .contains("auth      bearer token in ACME_TOKEN  (high: securitySchemes.token)\n")
        .contains("\nwidgets.parts\n  list      SELECT by GET /v1/widgets/{widget_id}/parts  (high")
        .contains("pages   `cursor` from $.meta.next_cursor  (high: ")
        .contains("To check by hand (2):\n")
        .contains("widgets.parts.list: GET /v1/widgets/{widget_id}/parts looks paged (limit, offs");
  }

  @Test
  void theReportCanBeJson() throws IOException {
    Object parsed = Json.parse(make("-o", "json").out());
    Map<?, ?> report = parsed instanceof Map<?, ?> map ? map : Map.of();
    assertThat(report.get("provider")).isEqualTo("acme");
    assertThat(report.get("services")).isEqualTo(Map.of("account", 1L, "widgets", 2L));
    assertThat(report.get("problems")).isEqualTo(List.of());
    assertThat(report.get("findings") instanceof List<?> findings ? findings.size() : 0)
        .isEqualTo(18);
  }

  @Test
  void anEarlierDraftStays() throws IOException {
    make();
    Isobar again = isobar().in(document());
    assertThat(again.run("provider", "new", "-", "--name", "acme", "--out", folder.toString()))
        .isEqualTo(1);
    assertThat(again.err()).contains("There is a provider in `").contains("--force");
    make("--force");
  }
}
