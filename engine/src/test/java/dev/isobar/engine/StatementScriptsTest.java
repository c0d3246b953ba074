package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Runs every `src/test/statements/**/*.sql` against a fresh sandbox and compares what a person
/// sees with the `.out` beside it. `mvn test -Dscripts.update=true` rewrites the `.out` files;
/// review them with git diff.
class StatementScriptsTest {
  private static final Path SCRIPTS = Path.of("src/test/statements");
  private static final boolean UPDATE = Boolean.getBoolean("scripts.update");

  @TestFactory
  List<DynamicTest> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .sorted()
          .map(
              file -> DynamicTest.dynamicTest(SCRIPTS.relativize(file).toString(), () -> run(file)))
          .toList();
    }
  }

  private static void run(Path script) throws IOException {
    String seen;
    try (SandboxSession session = SandboxSession.start()) {
      seen = session.see(Files.readString(script));
    }
    Path expected = script.resolveSibling(script.getFileName().toString().replace(".sql", ".out"));
    if (UPDATE) {
      Files.writeString(expected, seen);
    }
    assertThat(seen).as(script.toString()).isEqualTo(Files.readString(expected));
  }

  @Test
  void everyOutputBelongsToAScript() throws IOException {
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      assertThat(files.filter(file -> file.toString().endsWith(".out")))
          .allMatch(file -> Files.exists(Path.of(file.toString().replaceFirst("\\.out$", ".sql"))));
    }
  }
}
