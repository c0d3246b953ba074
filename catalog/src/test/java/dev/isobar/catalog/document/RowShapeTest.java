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
    return shape.columns(false, false).stream().map(RowColumn::name).toList();
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
  void anObjectKeyEntersTheValuesOfAMap() {
    RowShape shape =
        shape(
            "{properties: {items: {additionalProperties: {properties: {disks: {type: array, items:"
                + " {properties: {size: {type: integer}}}}}}}}}",
            "$.items[*].disks[*]");
    assertThat(names(shape)).containsExactly("size");
    assertThat(shape.isList()).isTrue();
  }

  @Test
  void anObjectKeyMayBeQuotedBareOrAnXPath() {
    String schema = "{properties: {a.b: {type: array, items: {properties: {c: {}}}}}}";
    assertThat(names(shape(schema, "$['a.b'][*]"))).containsExactly("c");
    assertThat(names(shape(schema.replace("a.b", "a"), "a"))).containsExactly("c");
    assertThat(names(shape(schema.replace("a.b", "a"), "/*/a"))).containsExactly("c");
    assertThat(names(shape(schema.replace("a.b", "a"), "/Root/a"))).containsExactly("c");
    assertThat(shape(schema, "/Root/b").isLost()).isTrue();
  }

  @Test
  void aListMayHideInABranch() {
    String list = "{type: array, items: {properties: {b: {}}}}";
    RowShape shape = shape("{properties: {a: {allOf: [" + list + "]}}}", "$.a");
    assertThat(shape.isList()).isTrue();
    assertThat(names(shape)).containsExactly("b");
  }

  @Test
  void ownPropertiesAndBranchesAreUnitedWhereTheDocumentSaysSo() {
    String schema = "{properties: {a: {type: string}}, allOf: [{properties: {b: {}, a: {}}}]}";
    assertThat(shape(schema, null).columns(false, true))
        .extracting(RowColumn::name)
        .containsExactly("a", "b");
  }

  @Test
  void noTwoNamesDifferOnlyInCaseAndNoneIsEmpty() {
    RowShape shape = shape("{properties: {Id: {}, id: {}, '': {}, '@odata.type': {}}}", null);
    assertThat(names(shape)).containsExactly("Id", "id_2", "column_anon", "@odata.type");
    assertThat(shape.columns(false, false))
        .extracting(RowColumn::key)
        .containsExactly("Id", "id", "", "@odata.type");
  }

  @Test
  void chainsOfBranchesTakeNoStack() {
    StringBuilder text = new StringBuilder("components: {schemas: {");
    for (int i = 0; i < 100_000; i++) {
      text.append("s%d: {allOf: [{$ref: '#/components/schemas/s%d'}]}, ".formatted(i, i + 1));
    }
    text.append("s100000: {properties: {deep: {}}}}}");
    Document document = new Document("test.yaml", YamlReader.read(text.toString()), _ -> {});
    Schema first = new SchemaReader().read(document.at("#/components/schemas/s0"));
    assertThat(names(RowShape.of(first, null))).containsExactly("deep");
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
    assertThat(shape.columns(true, false))
        .extracting(RowColumn::name)
        .containsExactly("instance_id", "size", "Size_2");
    assertThat(shape.columns(true, false))
        .extracting(RowColumn::key)
        .containsExactly("InstanceId", "size", "Size");
  }

  @Test
  void aTypeThatIsOnlyImpliedIsJson() {
    Schema schema = new Schema.Builder().build();
    assertThat(RowShape.of(schema, null).columns(false, false)).isEmpty();
    assertThat(shape("{properties: {a: {properties: {b: {}}}}}", null).columns(false, false))
        .extracting(column -> column.type().name())
        .containsExactly("JSON");
  }
}
