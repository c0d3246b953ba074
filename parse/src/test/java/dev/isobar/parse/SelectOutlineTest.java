package dev.isobar.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectOutlineTest {
  private static List<String> names(String sql) {
    return SelectOutline.of(sql).columns().stream().map(SelectOutline.Column::name).toList();
  }

  @Test
  void columnsAreCalledByAliasOrByTheirLastPart() {
    assertThat(
            names(
                "SELECT a, t.b, JSON_EXTRACT(p, '$.x, y') as c, -- d,\n f(1) e, \"G h\","
                    + " CASE WHEN a THEN 1 END AS i, CASE WHEN a THEN 1 END, x->>'y' FROM t"))
        .containsExactly("a", "b", "c", "e", "G h", "i", "CASE WHEN a THEN 1 END", "x->>'y'");
  }

  @Test
  void theOutermostSelectCounts() {
    assertThat(names("WITH w AS (SELECT z FROM q) SELECT DISTINCT a, (SELECT b FROM c) d FROM w"))
        .containsExactly("a", "d");
    assertThat(names("SELECT a FROM t UNION SELECT b FROM u")).containsExactly("a");
  }

  @Test
  void tablesHaveThreeParts() {
    SelectOutline outline =
        SelectOutline.of(
            "select t.*, * from p.s.r t join p.s.q on q.x = t.x, p.s.z AS zz, json_each(t.j)"
                + " where a.b.c = 1;");
    assertThat(outline.tables())
        .containsExactly(
            new SelectOutline.Table(List.of("p", "s", "r"), "t"),
            new SelectOutline.Table(List.of("p", "s", "q"), "q"),
            new SelectOutline.Table(List.of("p", "s", "z"), "zz"));
    assertThat(outline.columns()).allMatch(SelectOutline.Column::isStar);
    assertThat(outline.columns().getFirst().path()).containsExactly("t");
  }

  @Test
  void whatIsNoSelectHasNoColumns() {
    assertThat(names("")).isEmpty();
    assertThat(names("VALUES (1)")).isEmpty();
    assertThat(names("SELECT")).isEmpty();
  }
}
