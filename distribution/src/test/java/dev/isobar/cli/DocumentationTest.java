package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The commands of README and docs do what the pages say.
///
/// `-Ddocs.update=true` writes what they do into the pages; `git diff` is the review.
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path home;

  static Stream<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages.stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandsPrintWhatThePageShows(Path page) throws IOException {
    Transcript transcript = new Transcript(Files.readAllLines(page));
    List<List<String>> outputs = new ArrayList<>();
    for (Transcript.Command command : transcript.commands()) {
      List<String> output = run(command.words());
      boolean same = Transcript.matches(command.output(), output);
      if (!Boolean.getBoolean("docs.update")) {
        assertThat(same ? command.output() : output)
            .as(page.getFileName() + ": " + command.text())
            .isEqualTo(command.output());
      }
      outputs.add(same ? command.output() : output);
    }
    if (Boolean.getBoolean("docs.update")) {
      Files.write(page, transcript.with(outputs));
    }
  }

  /// What a terminal would show: both streams, as they come.
  private List<String> run(List<String> words) {
    assertThat(words.getFirst()).isIn("./isobar", "isobar");
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    Map<String, String> environment = Map.of("ISOBAR_HOME", home.toString());
    InputStream nothing = new ByteArrayInputStream(new byte[0]);
    var _ =
        Main.run(
            words.subList(1, words.size()),
            new Surroundings(
                nothing,
                screen,
                screen,
                false,
                false,
                false,
                0,
                environment::get,
                new Interrupt()));
    return screen.toString(StandardCharsets.UTF_8).lines().map(String::stripTrailing).toList();
  }
}
