package dev.isobar.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MediaTypesTest {
  private static @Nullable String choose(String content, @Nullable String wanted) {
    Document document = new Document("test.yaml", YamlReader.read(content), _ -> {});
    return MediaTypes.choose(document.root(), wanted).map(Node::key).orElse(null);
  }

  @Test
  void prefersTheSameNameThenTheSameKind() {
    assertThat(choose("{text/plain: {}, application/json: {}}", "text/plain"))
        .isEqualTo("text/plain");
    assertThat(choose("{'application/json; qs=0.5': {}}", "application/json"))
        .isEqualTo("application/json; qs=0.5");
    assertThat(choose("{application/x-amz-json-1.1: {}}", "application/json"))
        .isEqualTo("application/x-amz-json-1.1");
    assertThat(choose("{'*/*': {}}", "application/json")).isEqualTo("*/*");
  }

  @Test
  void findsNothingOfAnotherKind() {
    assertThat(choose("{text/plain: {}}", "application/json")).isNull();
  }

  @Test
  void choosesJsonBeforeXmlWhenNothingIsWanted() {
    assertThat(choose("{application/xml: {}, application/json: {}}", null))
        .isEqualTo("application/json");
    assertThat(choose("{multipart/form-data: {}}", null)).isNull();
  }
}
