package dev.isobar.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.isobar.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What can only be seen in the files: tests, documentation, scripts.
class SourceTreeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void noTestSleeps() throws IOException {
    List<Path> tests = new ArrayList<>();
    for (Path module : children(ROOT)) {
      Path classes = module.resolve("target/test-classes");
      if (Files.isDirectory(classes)) {
        tests.add(classes);
      }
    }
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .because("a test waits for what it expects, with a latch, and never for time to pass")
        .check(new ClassFileImporter().importPaths(tests));
  }

  @Test
  void everyErrorCodeIsExplained() throws IOException {
    List<String> headings =
        Files.readAllLines(ROOT.resolve("docs/errors.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3).strip())
            .toList();
    List<String> codes = Stream.of(ErrorCode.values()).map(ErrorCode::name).toList();
    assertThat(headings.stream().filter(heading -> heading.matches("[A-Z_]+")))
        .containsExactlyElementsOf(codes);
  }

  @Test
  void everyExpectedOutputBelongsToAScript() throws IOException {
    assertThat(
            sources(path -> path.toString().endsWith(".out")).stream()
                .filter(out -> !Files.exists(Path.of(out.toString().replaceAll("out$", "sql")))))
        .isEmpty();
  }

  @Test
  void everyScriptHasItsExpectedOutput() throws IOException {
    assertThat(
            sources(path -> path.toString().matches(".*/src/test/statements/.*\\.sql")).stream()
                .filter(sql -> !Files.exists(Path.of(sql.toString().replaceAll("sql$", "out")))))
        .isEmpty();
  }

  @Test
  void everyLinkOfTheDocumentationLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> pages = new ArrayList<>(sources(path -> path.startsWith(ROOT.resolve("docs"))));
    pages.addAll(children(ROOT));
    for (Path page : pages) {
      if (page.toString().endsWith(".md")) {
        Links.in(Files.readString(page))
            .filter(link -> !Files.exists(page.resolveSibling(link)))
            .forEach(link -> broken.add(ROOT.relativize(page) + " -> " + link));
      }
    }
    assertThat(broken).isEmpty();
  }

  /// The files under `docs` and each module's `src` that fit.
  private static List<Path> sources(Predicate<Path> wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path child : children(ROOT)) {
      Path folder = child.endsWith("docs") ? child : child.resolve("src");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.filter(Files::isRegularFile).filter(wanted).forEach(found::add);
        }
      }
    }
    return found;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
