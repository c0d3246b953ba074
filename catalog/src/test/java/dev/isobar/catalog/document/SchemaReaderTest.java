package dev.isobar.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SchemaReaderTest {
  private final List<Problem> problems = new ArrayList<>();

  private Schema read(String document, String pointer) {
    Document read = new Document("test.yaml", YamlReader.read(document), problems::add);
    return new SchemaReader().read(read.at(pointer));
  }

  @Test
  void followsChainsOfAnyLength() {
    StringBuilder document = new StringBuilder("components:\n  schemas:\n");
    for (int i = 0; i < 20_000; i++) {
      document.append("    S%d: {items: {$ref: '#/components/schemas/S%d'}}\n".formatted(i, i + 1));
    }
    document.append("    S20000: {type: string}\n");
    Schema last = read(document.toString(), "#/components/schemas/S0");
    for (Schema next = last; next != null; next = next.items()) {
      last = next;
    }
    assertThat(last.type()).isEqualTo("string");
    assertThat(last.name()).isEqualTo("S20000");
  }

  @Test
  void survivesSchemasThatAreTheirOwnBranch() {
    Schema schema =
        read(
            """
            components:
              schemas:
                A:
                  properties: {a: {type: string}}
                  allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
                B: {allOf: [{$ref: '#/components/schemas/A'}], properties: {b: {}}}
            """,
            "#/components/schemas/A");
    assertThat(schema.type()).isEmpty();
    assertThat(schema.allProperties()).containsOnlyKeys("a", "b");
  }

  @Test
  void ignoresWhatStandsBesideAReference() {
    Schema schema = read("{a: {$ref: '#/b', description: x}, b: {description: y}}", "#/a");
    assertThat(schema.description()).isEqualTo("y");
    assertThat(schema.name()).isEmpty();
  }

  @Test
  void reportsReferencesThatLeadNowhereOrBack() {
    assertThat(read("{a: {$ref: '#/a'}}", "#/a")).isSameAs(Schema.ANY);
    assertThat(read("{a: {$ref: 'other.yaml#/b'}}", "#/a")).isSameAs(Schema.ANY);
    assertThat(problems)
        .extracting(Problem::message)
        .containsExactly("This $ref leads back to itself.", "`other.yaml#/b` leads nowhere.");
  }

  @Test
  void findsPlacesByEscapedAndEncodedNames() {
    assertThat(read("{'a/b~c d': [{}, {type: string}]}", "#/a~1b~0c%20d/1").type())
        .isEqualTo("string");
  }

  @Test
  void readsWhatOpenApi31Writes() {
    Schema schema = read("{a: {type: ['null', integer], const: 3, examples: [7]}}", "#/a");
    assertThat(schema.type()).isEqualTo("integer");
    assertThat(schema.nullable()).isTrue();
    assertThat(schema.enumValues()).containsExactly(3L);
    assertThat(schema.example()).isEqualTo(7L);
  }

  @Test
  void keepsLimits() {
    Schema schema = read("{a: {minimum: 0.5, maximum: 3, minLength: 1, maxLength: -1}}", "#/a");
    assertThat(schema.minimum()).hasToString("0.5");
    assertThat(schema.maximum()).isEqualTo(3L);
    assertThat(Objects.requireNonNull(schema.minLength())).isEqualTo(1);
    assertThat(schema.maxLength()).isNull();
  }
}
