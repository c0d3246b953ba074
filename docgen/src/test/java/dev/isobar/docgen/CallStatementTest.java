package dev.isobar.docgen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.View;
import dev.isobar.model.SqlVerb;
import dev.isobar.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallStatementTest {
  private static final Method LIST =
      Samples.method("list", "/disks").column("id", "integer").build();
  private static final Method GET =
      Samples.method("get", "/disks/{id}")
          .input(Samples.input("disk", Input.Location.PATH, true, "integer"))
          .column("id", "integer")
          .build();

  @Test
  void theFirstMethodThatFitsIsSelected() {
    Resource resource =
        Samples.resource("acme", "store", "disks", Map.of(SqlVerb.SELECT, List.of(GET, LIST)));

    assertThat(CallStatement.of(resource, LIST))
        .containsExactly("SELECT\n  id\nFROM acme.store.disks;\n");
    assertThat(CallStatement.of(resource, GET))
        .containsExactly(
            "SELECT\n  id\nFROM acme.store.disks\nWHERE disk = 1;  -- integer, required\n");
  }

  @Test
  void aMethodThatAnotherHidesIsExecuted() {
    Method twin = Samples.method("twin", "/twins").column("id", "integer").build();
    Resource resource =
        Samples.resource("acme", "store", "disks", Map.of(SqlVerb.SELECT, List.of(LIST, twin)));

    assertThat(CallStatement.of(resource, twin)).containsExactly("EXEC acme.store.disks.twin;\n");
  }

  @Test
  void namesThatSqlWouldReadOtherwiseAreQuoted() {
    Method create =
        Samples.method("create", "/orders")
            .body(true)
            .input(Samples.input("order", Input.Location.BODY, true, "string"))
            .input(Samples.input("a\"b", Input.Location.BODY, false, "boolean"))
            .build();
    Resource resource =
        Samples.resource("acme", "my-shop", "group", Map.of(SqlVerb.INSERT, List.of(create)));

    assertThat(CallStatement.of(resource, create).getFirst())
        .startsWith("INSERT INTO acme.\"my-shop\".\"group\" (\n  \"order\",\n  \"a\"\"b\"\n)")
        .contains("  '<order>',  -- string, required\n  true        -- boolean\n");
  }

  @Test
  void nothingOfADocumentLeavesItsPlace() {
    Schema.Builder schema = new Schema.Builder();
    schema.type = "string\n; DROP";
    schema.enumValues.add("x'); DELETE\n--");
    schema.enumValues.add("it's");
    Input input =
        new Input("k", "k", Input.Location.QUERY, true, schema.build(), "", null, null, true);
    Method delete = Samples.method("drop", "/disks").input(input).build();
    Resource resource =
        Samples.resource("acme", "store", "disks", Map.of(SqlVerb.DELETE, List.of(delete)));

    assertThat(CallStatement.of(resource, delete))
        .containsExactly(
            "DELETE FROM acme.store.disks\nWHERE k = 'it''s';  -- string ; DROP, required\n");
  }

  @Test
  void aViewIsAskedWithWhatItNeeds() {
    View view = new View("", List.of("region"), "SELECT 1 AS one");

    assertThat(
            CallStatement.of(
                new PageName("acme", "store", "sums"),
                view,
                List.of(new Field("one", "integer", ""))))
        .isEqualTo(
            "SELECT\n  one\nFROM acme.store.sums\nWHERE region = '<region>';  -- required\n");
  }

  @Test
  void schemasThatHoldThemselvesEnd() {
    Schema.Builder tree = new Schema.Builder();
    tree.type = "object";
    tree.required.add("child");
    Schema schema = tree.build();
    tree.properties.put("child", schema);

    assertThat(CallStatement.literal(Placeholders.of("x", schema)))
        .isEqualTo("'{\"child\":{\"child\":{\"child\":{\"child\":{}}}}}'");
  }
}
