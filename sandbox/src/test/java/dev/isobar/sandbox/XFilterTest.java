package dev.isobar.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class XFilterTest {
  private static final Set<String> FIELDS = Set.of("name", "size", "tags", "at");
  private static final List<Map<String, @Nullable Object>> ROWS =
      List.of(
          row("ada", 1L, List.of("x"), "2026-01-01T00:00:00"),
          row("bob", 2L, List.of("x", "y"), "2026-02-01T00:00:00"),
          row("cyd", 3L, List.of(), null));

  private static Map<String, @Nullable Object> row(
      String name, long size, List<String> tags, @Nullable String at) {
    return LinodeCatalog.row("name", name, "size", size, "tags", tags, "at", at);
  }

  private static List<@Nullable Object> names(String filter) {
    XFilter parsed = XFilter.parse(filter, FIELDS);
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    ROWS.stream().filter(parsed.condition()).forEach(rows::add);
    if (parsed.order() != null) {
      rows.sort(parsed.order());
    }
    List<@Nullable Object> names = new ArrayList<>();
    rows.forEach(row -> names.add(row.get("name")));
    return names;
  }

  @Test
  void fieldsAreComparedAsTheirKind() {
    assertThat(names("{\"size\": 2}")).containsExactly("bob");
    assertThat(names("{\"size\": {\"+gte\": 2}}")).containsExactly("bob", "cyd");
    assertThat(names("{\"size\": {\"+gt\": 1, \"+lt\": 3}}")).containsExactly("bob");
    assertThat(names("{\"size\": {\"+lte\": 1.0}}")).containsExactly("ada");
    assertThat(names("{\"name\": {\"+neq\": \"ada\"}}")).containsExactly("bob", "cyd");
    assertThat(names("{\"at\": {\"+gte\": \"2026-01-15T00:00:00\"}}")).containsExactly("bob");
    assertThat(names("{\"at\": null}")).containsExactly("cyd");
  }

  @Test
  void aListHasWhatItContains() {
    assertThat(names("{\"tags\": \"x\"}")).containsExactly("ada", "bob");
    assertThat(names("{\"tags\": {\"+contains\": \"y\"}}")).containsExactly("bob");
  }

  @Test
  void conditionsAreJoined() {
    assertThat(names("{\"+or\": [{\"name\": \"ada\"}, {\"size\": 3}]}"))
        .containsExactly("ada", "cyd");
    assertThat(names("{\"+and\": [{\"tags\": \"x\"}, {\"size\": 2}]}")).containsExactly("bob");
    assertThat(names("{\"name\": {\"+contains\": \"b\"}, \"size\": 2}")).containsExactly("bob");
    assertThat(names("{}")).hasSize(3);
  }

  @Test
  void rowsAreSorted() {
    assertThat(names("{\"+order_by\": \"at\"}")).containsExactly("cyd", "ada", "bob");
    assertThat(names("{\"+order_by\": \"size\", \"+order\": \"desc\"}"))
        .containsExactly("cyd", "bob", "ada");
  }

  @Test
  void whatCannotBeReadIsRefused() {
    for (String filter :
        List.of(
            "{",
            "[]",
            "{\"other\": 1}",
            "{\"size\": {\"+like\": 1}}",
            "{\"+or\": {}}",
            "{\"+xor\": []}",
            "{\"+order_by\": \"other\"}",
            "{\"+order\": \"up\"}")) {
      assertThatThrownBy(() -> XFilter.parse(filter, FIELDS))
          .as(filter)
          .isInstanceOf(Refusal.class);
    }
  }
}
