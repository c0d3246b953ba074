package dev.isobar.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowShapeTest {
  private static RowShape shape(String schema, @Nullable String objectKey) {
    Document document = new Document("test.yaml", YamlReader.read(schema), _ -> {});
    return RowShape.of(new SchemaReader().read(document.root()), objectKey);
  }

  private static List<String> names(RowShape shape) {
    return shape.columns(false).stream().map(RowColumn::name).toList();
  }

  @Test
  void aListGivesTheColumnsOfItsElements() {
    RowShape shape =
        shape("{type: array, items: {type: object, properties: {a: {type: string}}}}", null);
    assertThat(names(shape)).containsExactly("a");
    assertThat(shape.isList()).isTrue();
  }

  @Test
  void aListOfListsGivesItsInnerLists() {
    RowShape shape = shape("{type: array, items: {type: array, items: {type: string}}}", null);
    assertThat(names(shape)).containsExactly("column_anon");
  }

  @Test
  void numbersAreAColumnToo() {
    assertThat(names(shape("{type: array, items: {type: integer}}", null)))
        .containsExactly("column_anon");
  }

  @Test
  void ownPropertiesHideThoseOfBranches() {
    assertThat(
            names(
                shape(
                    "{properties: {a: {type: string}}, allOf: [{properties: {b: {type: string}}}]}",
                    null)))
        .containsExactly("a");
  }

  @Test
  void branchesAreUnited() {
    assertThat(
            names(
                shape(
                    "{allOf: [{properties: {a: {type: string}}}, {oneOf: [{properties: {b: {}}}]}],"
                        + " anyOf: [{properties: {a: {type: string}, c: {}}}]}",
                    null)))
        .containsExactly("a", "b", "c");
  }

  @Test
  void anObjectWithoutPropertiesDeclaresNoColumns() {
    assertThat(names(shape("{type: object, additionalProperties: {type: string}}", null)))
        .isEmpty();
  }

  @Test
  void anObjectKeyEntersListsAndBranches() {
    RowShape shape =
        shape(
            "{allOf: [{properties: {a: {type: array, items: {properties: {b: {type: object,"
                + " properties: {c: {type: string}}}}}}}}]}",
            "$.a[*].b");
    assertThat(names(shape)).containsExactly("c");
    assertThat(shape.isLost()).isFalse();
  }

  @Test
  void anObjectKeyThatLeadsNowhereGivesTheAnonymousColumn() {
    RowShape shape = shape("{properties: {a: {type: string}}}", "$.b");
    assertThat(shape.isLost()).isTrue();
    assertThat(names(shape)).containsExactly("column_anon");
  }

  @Test
  void itemsAreImpliedOnlyWhereTheyAreAList() {
    assertThat(shape("{properties: {items: {type: object}}}", null).objectKey()).isNull();
    assertThat(shape("{properties: {items: {type: array, items: {}}}}", null).objectKey())
        .isEqualTo("$.items");
  }

  @Test
  void snakeCaseKeepsTheKeyOfTheResponse() {
    RowShape shape = shape("{properties: {InstanceId: {type: string}, size: {}, Size: {}}}", null);
    assertThat(shape.columns(true))
        .extracting(RowColumn::name)
        .containsExactly("instance_id", "size", "Size");
    assertThat(shape.columns(true))
        .extracting(RowColumn::key)
        .containsExactly("InstanceId", "size", "Size");
  }

  @Test
  void aTypeThatIsOnlyImpliedIsJson() {
    Schema schema = new Schema.Builder().build();
    assertThat(RowShape.of(schema, null).columns(false)).isEmpty();
    assertThat(shape("{properties: {a: {properties: {b: {}}}}}", null).columns(false))
        .extracting(column -> column.type().name())
        .containsExactly("JSON");
  }
}
