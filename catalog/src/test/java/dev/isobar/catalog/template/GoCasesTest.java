package dev.isobar.catalog.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Templates that were evaluated by Go's own `text/template` give the same output here, and fail
/// where they fail there.
///
/// The cases kept here are a sample of those that `src/test/go/cases.go` makes. With
/// `-Dtemplate.cases=FILE` the test reads any number of them.
class GoCasesTest {
  @Test
  void givesWhatGoGives() throws Exception {
    String given = System.getProperty("template.cases", "");
    List<String> lines = given.isEmpty() ? kept() : Files.readAllLines(Path.of(given));
    List<String> wrong = new ArrayList<>();
    int outputs = 0;
    for (String line : lines) {
      if (!(Json.parse(line) instanceof Map<?, ?> example)) {
        throw new IllegalArgumentException("not a case: " + line);
      }
      String template = String.valueOf(example.get("template"));
      String expected = example.containsKey("output") ? "" + example.get("output") : "(an error)";
      String actual;
      try {
        actual = Template.parse(template).evaluate(example.get("value"), 1_000_000);
        outputs++;
      } catch (TemplateFailure e) {
        actual = expected.equals("(an error)") ? expected : e.getMessage();
      }
      if (!expected.equals(actual)) {
        wrong.add(line + "\n  gives " + actual);
      }
    }
    System.out.printf(
        "%d templates as Go evaluates them, %d of them with an output%n", lines.size(), outputs);
    assertThat(wrong).isEmpty();
    assertThat(outputs).isGreaterThan(lines.size() / 5);
  }

  private static List<String> kept() throws IOException {
    try (var in = GoCasesTest.class.getResourceAsStream("go-cases.jsonl")) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }
}
