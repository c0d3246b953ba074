package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Schema;
import dev.isobar.model.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ValidatorTest {
  private final Validator validator = new Validator();

  private static Schema.Builder schema(String type) {
    Schema.Builder builder = new Schema.Builder();
    builder.type = type;
    return builder;
  }

  private List<String> faults(Schema schema, String json) {
    return validator.check(schema, Json.parse(json), null).stream()
        .map(fault -> fault.field() + ": " + fault.reason())
        .toList();
  }

  @Test
  void valuesHaveTheDeclaredType() {
    Schema.Builder thing = schema("object");
    thing.properties.put("a", schema("string").build());
    thing.properties.put("b", schema("integer").build());
    thing.properties.put("c", schema("boolean").build());
    thing.properties.put("d", schema("array").build());
    assertThat(faults(thing.build(), "{\"a\": 1, \"b\": 1.5, \"c\": \"x\", \"d\": {}}"))
        .containsExactly(
            "a: Must be a string",
            "b: Must be an integer",
            "c: Must be true or false",
            "d: Must be an array");
    assertThat(faults(thing.build(), "{\"a\": \"\", \"b\": 2.0, \"c\": true, \"d\": []}"))
        .isEmpty();
  }

  @Test
  void textWithElementsMayBeAList() {
    Schema.Builder either = schema("string");
    either.items = schema("integer").build();
    assertThat(faults(either.build(), "\"a\"")).isEmpty();
    assertThat(faults(either.build(), "[1]")).isEmpty();
    assertThat(faults(either.build(), "[true]")).containsExactly("[0]: Must be an integer");
    assertThat(faults(either.build(), "{}")).containsExactly("null: Must be a string");
  }

  @Test
  void nullIsForWhatIsNullable() {
    Schema.Builder nullable = schema("string");
    nullable.nullable = true;
    assertThat(faults(schema("string").build(), "null")).containsExactly("null: Must not be null");
    assertThat(faults(nullable.build(), "null")).isEmpty();
  }

  @Test
  void elementsOfListsAreNamedByTheirPlace() {
    Schema.Builder list = schema("array");
    list.items = schema("integer").build();
    assertThat(faults(list.build(), "[1, \"x\", 3]")).containsExactly("[1]: Must be an integer");
  }

  @Test
  void oneOfTheBranchesHasToFit() {
    Schema.Builder number = schema("object");
    number.properties.put("n", schema("integer").build());
    number.required.add("n");
    Schema.Builder text = schema("object");
    text.properties.put("t", schema("string").build());
    text.required.add("t");
    Schema.Builder choice = schema("object");
    choice.oneOf.add(number.build());
    choice.oneOf.add(text.build());
    assertThat(faults(choice.build(), "{\"t\": \"x\"}")).isEmpty();
    assertThat(faults(choice.build(), "{}")).hasSize(1);
  }

  @Test
  void aPatternThatNoEngineReadsDemandsNothing() {
    Schema.Builder text = schema("string");
    text.pattern = "(unclosed";
    assertThat(faults(text.build(), "\"x\"")).isEmpty();
    text.pattern = "^[a-z]+$";
    assertThat(faults(text.build(), "\"X\"")).containsExactly("null: Must match ^[a-z]+$");
  }

  @Test
  void freeFormObjectsTakeAnything() {
    assertThat(faults(schema("object").build(), "{\"anything\": [1]}")).isEmpty();
  }
}
