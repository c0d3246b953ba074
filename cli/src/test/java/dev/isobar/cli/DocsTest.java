package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsTest {
  @TempDir private Path folder;

  private final Isobar isobar = new Isobar(null);

  @Test
  void writesThePagesOfAProvider() throws IOException {
    int code = docs("linode");

    assertThat(isobar.err()).isEmpty();
    assertThat(code).isZero();
    assertThat(folder.resolve("out/linode.md")).content().contains("| Services | ");
    assertThat(folder.resolve("out/linode/profile.md")).isRegularFile();
    assertThat(folder.resolve("out/linode/profile/phone_number.md")).isRegularFile();
    assertThat(isobar.out()).matches("\\d+ pages in [\\d,]+ kB below \\S+\n");
    assertThat(isobar.out()).startsWith(files().size() + " pages");
  }

  @Test
  void writesTheOnePageThatIsAskedFor() throws IOException {
    assertThat(docs("linode", "profile.phone_number", "--format", "docusaurus")).isZero();

    assertThat(files()).containsExactly("linode/profile/phone_number/index.md");
    assertThat(isobar.out()).startsWith("1 page in ");
  }

  @Test
  void theColumnsOfAViewAreThoseOfDescribe() throws IOException {
    Path documents = folder.resolve("src/acme/v1");
    Files.createDirectories(documents.resolve("services"));
    Files.writeString(
        documents.resolve("provider.yaml"),
        """
        id: acme
        name: acme
        version: v1
        providerServices:
          shop:
            id: shop:v1
            name: shop
            title: Shop
            version: v1
            service:
              $ref: acme/v1/services/shop.yaml
        """);
    Files.writeString(
        documents.resolve("services/shop.yaml"),
        """
        openapi: 3.0.3
        info: {title: Shop, version: '1'}
        servers: [{url: https://api.acme.example}]
        paths: {}
        components:
          x-stackQL-resources:
            summary:
              id: acme.shop.summary
              name: summary
              title: Summary
              config:
                views:
                  select:
                    predicate: sqlDialect == "sqlite3"
                    ddl: SELECT 'x' AS label, 1 AS amount
        """);

    int code = docs("acme", "shop.summary", "--registry", folder.toString());

    assertThat(isobar.err()).isEmpty();
    assertThat(code).isZero();
    assertThat(folder.resolve("out/acme/shop/summary.md"))
        .content()
        .contains("| Type | View |", "| `label` |", "| `amount` |", "| `__view__` | `SELECT` |");
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(docs()).isEqualTo(Main.WRONG_USAGE);
    assertThat(isobar.err()).contains("There is no provider to write the documentation of.");
    assertThat(docs("linode", "--format", "pdf")).isEqualTo(Main.WRONG_USAGE);
    assertThat(isobar.err()).contains("There is no format `pdf` of pages.");
    assertThat(docs("linodes")).isEqualTo(Main.FAILED);
    assertThat(isobar.err()).contains("Did you mean `linode`?");
    assertThat(docs("linode", "profil")).isEqualTo(Main.FAILED);
    assertThat(isobar.err()).contains("Did you mean `profile`?");
    assertThat(docs("linode", "profile.phone_nummer")).isEqualTo(Main.FAILED);
    assertThat(isobar.err()).contains("Did you mean `phone_number`?");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsNamedOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("out"), "a file");
    assertThat(docs("linode", "profile")).isEqualTo(Main.FAILED);
    assertThat(isobar.err())
        .containsPattern(
            "The page `\\Q" + file + "\\E/[^`]+` cannot be written: Not a directory\\.");
  }

  private int docs(String... arguments) {
    return isobar.run(
        Stream.of(
                Stream.of("docs"),
                Stream.of(arguments),
                Stream.of("--out", folder.resolve("out").toString()))
            .flatMap(each -> each)
            .toArray(String[]::new));
  }

  private List<String> files() throws IOException {
    Path out = folder.resolve("out");
    try (Stream<Path> files = Files.walk(out)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> out.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
