package dev.isobar.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.template.Template;
import dev.isobar.catalog.template.TemplateFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Every template of a folder of provider documents can be read: `-Dtemplate.corpus=FOLDER`.
@EnabledIfSystemProperty(named = "template.corpus", matches = ".+")
class TemplateCorpusTest {
  private final Map<String, Set<String>> bodies =
      Map.of(
          "request", new LinkedHashSet<>(),
          "response", new LinkedHashSet<>(),
          "x-stackQL-graphQL", new LinkedHashSet<>());

  @Test
  void allTemplatesCanBeRead() throws Exception {
    List<Path> documents;
    try (Stream<Path> files = Files.walk(Path.of(System.getProperty("template.corpus", "")))) {
      documents = files.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
    for (Path document : documents) {
      String text = Files.readString(document);
      if (text.contains("golang_template") || text.contains("x-stackQL-graphQL")) {
        collect(YamlReader.read(text), "");
      }
    }
    List<String> wrong = new ArrayList<>();
    for (Set<String> each : bodies.values()) {
      for (String body : each) {
        try {
          Template.parse(body);
        } catch (TemplateFailure e) {
          wrong.add(e.getMessage() + " in " + body);
        }
      }
    }
    System.out.printf(
        "templates read: %d of responses, %d of requests, %d of GraphQL%n",
        size("response"), size("request"), size("x-stackQL-graphQL"));
    assertThat(wrong).isEmpty();
    assertThat(size("response")).isPositive();
  }

  private int size(String key) {
    return bodies.getOrDefault(key, Set.of()).size();
  }

  private void collect(@Nullable Object value, String key) {
    switch (value) {
      case List<?> list -> list.forEach(element -> collect(element, key));
      case Map<?, ?> map -> {
        Set<String> known = bodies.get(key);
        if (known != null
            && map.get("transform") instanceof Map<?, ?> transform
            && transform.get("body") instanceof String body) {
          known.add(body);
        }
        if (known != null && key.equals("x-stackQL-graphQL")) {
          known.add(String.valueOf(map.get("query")));
          if (map.get("cursor") instanceof Map<?, ?> cursor
              && cursor.get("format") instanceof String format) {
            known.add(format);
          }
        }
        map.forEach((name, inner) -> collect(inner, String.valueOf(name)));
      }
      case null, default -> {}
    }
  }
}
