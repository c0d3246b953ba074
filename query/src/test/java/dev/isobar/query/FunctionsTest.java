package dev.isobar.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The functions of SQLite and Postgres, with expectations worked out by hand from their
/// documentation.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionsTest {
  private static final String DOCUMENT =
      """
      {"name":"it''s","n":42,"f":2.5,"big":9007199254740993,"t":true,"no":null,"30d":7,
       "a.b":"dotted","list":[1,"two",{"three":3},null],"o":{"x":"y","z":[10,20]},"empty":[],
       "txt":"5"}\
      """;

  private final Acme acme = new Acme();

  @BeforeAll
  void fill() {
    acme.add("machines", Acme.row("id", 1L, "label", "one", "config", DOCUMENT.replace("''", "'")));
    acme.add(
        "machines",
        Acme.row("id", 2L, "label", "two", "config", "{\"n\":7,\"list\":[\"b\",\"a\"]}"));
    acme.add("machines", Acme.row("id", 3L, "label", "three"));
  }

  @AfterAll
  void close() {
    acme.close();
  }

  private String value(String expression) {
    return text("SELECT " + expression + " FROM (SELECT '" + DOCUMENT + "' AS j) d");
  }

  private String text(String sql) {
    return text(acme.all(Acme.full(sql)));
  }

  private static String text(List<List<@Nullable Object>> rows) {
    return String.join(
        "; ",
        rows.stream()
            .map(row -> String.join(", ", row.stream().map(String::valueOf).toList()))
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "json_extract(j, '$.name') => it's",
        "JSON_EXTRACT(j, '$.n') => 42",
        "json_extract(j, '$.f') => 2.5",
        "json_extract(j, '$.t') => true",
        "json_extract(j, '$.no') => null",
        "json_extract(j, '$.nothing') => null",
        "json_extract(j, '$.30d') => 7",
        "json_extract(j, '$.\"a.b\"') => dotted",
        "json_extract(j, '$.o') => {\"x\":\"y\",\"z\":[10,20]}",
        "json_extract(j, '$.o.z[1]') => 20",
        "json_extract(j, '$.o.z[#-1]') => 20",
        "json_extract(j, '$.n', '$.name', '$.nothing') => [42,\"it's\",null]",
        "json_extract(json_extract(j, '$.o'), '$.x') => y",
        "json_extract(j, '$.o.' || 'x') => y",
        "json_extract(NULL, '$.a') => null",
        "json_extract(j, '$.n') = 42 => true",
        "json_extract(j, '$.n') > 7 => true",
        "7 < json_extract(j, '$.n') => true",
        "json_extract(j, '$.n') BETWEEN 5 AND 50 => true",
        "json_extract(j, '$.n') IN (42.0, 1) => true",
        "json_extract(j, '$.n') NOT IN (42) => false",
        "json_extract(j, '$.f') > 2 => true",
        "json_extract(j, '$.f') = 2 => false",
        "json_extract(j, '$.big') = 9007199254740992 => false",
        "json_extract(j, '$.big') = 9007199254740993 => true",
        "json_extract(j, '$.t') = 1 => true",
        "json_extract(j, '$.t') = true => true",
        "CASE WHEN json_extract(j, '$.t') = 1 THEN 'yes' ELSE 'no' END => yes",
        "CASE WHEN json_extract(j, '$.t') THEN 'yes' ELSE 'no' END => yes",
        "json_extract(j, '$.name') = 42 => null",
        "json_extract(j, '$.name') LIKE 'it%' => true",
        "json_extract(j, '$.name') || '!' => it's!",
        "json_extract(j, '$.n') + 1 => 43.0",
        "json_extract(j, '$.n') * json_extract(j, '$.f') => 105.0",
        "-json_extract(j, '$.n') => -42.0",
        "round(json_extract(j, '$.f') * 3, 1) => 7.5",
        "CAST(json_extract(j, '$.n') AS INTEGER) => 42",
        "json_extract(j, '$.n')::bigint + 1 => 43",
        "CAST(json_extract(j, '$.t') AS INTEGER) => 1",
        "upper(json_extract(j, '$.name')) => IT'S",
        "json_extract_path_text(j, 'o', 'x') => y",
        "json_extract_path_text(j, 'o', 'z', '1') => 20",
        "json_extract_path_text(j, 'a.b') => dotted",
        "json_extract_path_text(j::json, 'list', 2::text, 'three') => 3",
        "json_extract_path_text(j, 't')::boolean => true",
        "json_extract_path_text(j, 'n') > 41 => true",
        "json_extract_path(j, 'o', 'z') => [10,20]",
        "j -> '$.o' ->> 'x' => y",
        "j::json -> 'o' ->> 'x' = 'y' => true",
        "j::json -> 'o' ->> 'x' LIKE 'y%' => true",
        "j::json -> 'o' ->> 'q' IS NULL => true",
        "j::json -> 'o' -> 'z' ->> 1 IN ('20') => true",
        "j::json ->> 'n' > 41 => true",
        "list_filter([1, 2], lambda x: x > 1) => [2]",
        "json_type(j) => object",
        "json_type(j, '$.n') => integer",
        "json_type(j, '$.f') => real",
        "json_type(j, '$.name') => text",
        "json_type(j, '$.t') => true",
        "json_type(j, '$.no') => null",
        "json_type(j, '$.list') => array",
        "json_type(j, '$.nothing') => null",
        "json_type(json_extract(j, '$.name')) => text",
        "system.main.json_type(j, '$.n') => UBIGINT",
        "jsonb_typeof(j -> 'n') => number",
        "json_valid(j) => true",
        "json_valid('{') => false",
        "json_array_length(j, '$.list') => 4",
        "json_array_length(json_extract(j, '$.list')) => 4",
        "json_array_length('[1,2,3]') = 3 => true",
        "json_array(1, 'x', NULL, json('[2]')) => [1,\"x\",null,[2]]",
        "json_object('a', 1, 'b', json_extract(j, '$.o.z')) => {\"a\":1,\"b\":[10,20]}",
        "jsonb_build_object('a', 'x') => {\"a\":\"x\"}",
        "json_set('{\"a\":1}', '$.b', 2) => {\"a\":1,\"b\":2}",
        "json_set('{\"a\":1}', '$.a', '2') => {\"a\":\"2\"}",
        "json_set('{\"a\":1}', '$.a', NULL) => {\"a\":null}",
        "json_set('{\"a\":1}', '$.a', json('[3]'), '$.c', 4) => {\"a\":[3],\"c\":4}",
        "json_insert('{\"a\":1}', '$.a', 9, '$.b', 2) => {\"a\":1,\"b\":2}",
        "json_replace('{\"a\":1}', '$.a', 9, '$.b', 2) => {\"a\":9}",
        "json_remove('{\"a\":1,\"b\":2,\"c\":3}', '$.a', '$.c') => {\"b\":2}",
        "json_patch('{\"a\":1,\"b\":2}', '{\"b\":null,\"c\":3}') => {\"a\":1,\"c\":3}",
        "json_equal('{\"a\":1, \"b\":[1,2]}', '{\"b\":[1,2],\"a\":1.0}') => 1",
        "json_equal('[1,2]', '[2,1]') => 0",
        "json_equal('[1]', NULL) => null",
        "json_equal('[1]', '[1]') = 1 => true",
        "CASE WHEN json_equal('[1]', '[1]') THEN 'same' END => same",
        "json_equal(json_extract(j, '$.o'), '{\"z\":[10,20],\"x\":\"y\"}') => 1",
        "aws_policy_equal('[{\"Key\":\"a\"},{\"Key\":\"b\"}]', '[{\"Key\":\"b\"},{\"Key\":\"a\"}]') => 1",
        "split_part('a/b/c', '/', -1) => c",
        "split_part('axxbxxc', 'xx', 2) => b",
        "split_part('a/b', '/', 5) => ``",
        "iif(1 > 0, 'yes', 'no') => yes",
        "iif(1 < 0, 'yes') => null",
        "ifnull(NULL, 'x') => x",
        "instr('hello', 'l') => 3",
        "char(72, 105) => Hi",
        "char(65) || CAST(5 AS char(3)) => A5",
        "regexp_like('abc', '^a') => 1",
        "regexp_like('abc', 'x') = 0 => true",
        "'abc' REGEXP 'b' => true",
        "'abc' NOT REGEXP 'b' => false",
        "regexp('b', 'abc') => 1",
        "regexp_replace('banana', 'a', 'o') => bonono",
        "regexp_replace('banana', 'a', 'o', '') => bonana",
        "regexp_substr('prod-12-x', '[0-9]+') => 12",
        "regexp_substr('prod', '[0-9]+') => null",
        "substr('hello', 2, 3) => ell",
        "string('{\"a\":1}') => {\"a\":1}",
        "ceil(2.1) + floor(2.9) + trunc(-2.7) => 3",
        "mod(7, 3) + sign(-2) + abs(-1) => 1",
        "round(sqrt(2) + power(2, 3) + pi(), 3) => 12.556",
        "log(100) + log10(10) + log2(8) + round(ln(exp(1))) => 7.0",
        "strftime('%Y', '2024-01-02') => 2024",
        "strftime('%s', '2024-01-02 00:00:10') => 1704153610",
        "strftime('%H:%M', '2024-01-02 13:05:00', '+1 hour') => 14:05",
        "strftime('2024-01-02', '%d.%m.%Y') => 02.01.2024",
        "strftime(DATE '2024-01-02', '%Y') => 2024",
        "strftime('%Y', DATE '2024-01-02') => 2024",
        "date('2024-01-31', '+1 month') => 2024-03-02",
        "date('2024-05-15', 'start of month', '-1 day') => 2024-04-30",
        "date(1704153610, 'unixepoch') => 2024-01-02",
        "time('2024-01-02T03:04:05Z') => 03:04:05",
        "datetime('2024-01-02T03:04:05+02:00') => 2024-01-02 01:04:05",
        "datetime('2024-01-02', '-' || 1 || ' day') => 2024-01-01 00:00:00",
        "datetime('never') => null",
        "julianday('2000-01-01 12:00') => 2451545.0",
        "unixepoch('2024-01-02') => 1704153600",
        "date('2024-01-02') = DATE '2024-01-02' => true",
        "date('now') = date(datetime('now')) => true",
        "datetime('now') > '2024-01-01' => true",
        "d.j IS NOT NULL AND '2020-01-01' < datetime('now', '-1 day') => true",
      })
  void isWorkedOutByHand(String expression, String expected) {
    assertThat(value(expression)).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "SELECT total(n) FROM (VALUES (1), (2)) t(n) => 3.0",
        "SELECT total(n) FROM (VALUES (1)) t(n) WHERE n > 5 => 0.0",
        "SELECT total(n) FILTER (WHERE n > 1) FROM (VALUES (1), (2)) t(n) => 2.0",
        "SELECT DISTINCT total(n) OVER () FROM (VALUES (1), (2)) t(n) => 3.0",
        "SELECT group_concat(x) FROM (VALUES ('a'), ('b')) t(x) => a,b",
        "SELECT group_concat(x, '-') FROM (VALUES ('a'), ('b')) t(x) => a-b",
        "SELECT json_group_array(n) FROM (VALUES (1), (NULL)) t(n) => [1,null]",
        "SELECT json_group_array(n ORDER BY n DESC) FILTER (WHERE n > 0) FROM (VALUES (0), (1), (2)) t(n) => [2,1]",
        "SELECT json_group_array(n) FROM (VALUES (1)) t(n) WHERE n > 5 => []",
        "SELECT json_group_array(json_extract(j, '$.a')) FROM (VALUES ('{\"a\":\"x\"}')) t(j) => [\"x\"]",
        "SELECT json_group_object(k, v) FROM (VALUES ('a', 1), ('b', 2)) t(k, v) => {\"a\":1,\"b\":2}",
        "SELECT label, json_extract(config, '$.n') FROM machines ORDER BY json_extract(config, '$.n') => two, 7; one, 42; three, null",
        "SELECT label, json_extract(config, '$.n') AS n FROM machines ORDER BY n DESC => one, 42; two, 7; three, null",
        "SELECT label, json_extract(config, '$.n') FROM machines ORDER BY 2 LIMIT 1 => two, 7",
        "SELECT sum(json_extract(config, '$.n')), max(json_extract(config, '$.n')), min(json_extract(config, '$.n')) FROM machines => 49.0, 42, 7",
        "SELECT label FROM machines WHERE json_extract(config, '$.n') > 8 => one",
        "SELECT label FROM (SELECT label, json_extract(config, '$.n') AS n FROM machines) WHERE n > 8 => one",
        "WITH c AS (SELECT label, config ->> 'n' AS n FROM machines) SELECT label FROM c x WHERE x.n BETWEEN 8 AND 50 => one",
        "SELECT label FROM (SELECT * FROM (SELECT label, json_extract(config, '$.n') AS n FROM machines)) ORDER BY n => two; one; three",
        "SELECT json_extract(s.config, '$.o.x') FROM (SELECT * FROM machines WHERE id = 1) s => y",
        "SELECT json_extract((SELECT config FROM machines WHERE id = 2), '$.list[0]') => b",
        "SELECT json_each.value FROM machines, json_each(machines.config, '$.list') WHERE machines.id = 2 ORDER BY json_each.key => b; a",
        "SELECT value FROM machines m, json_each(m.config, '$.list') WHERE m.id = 1 => 1; two; {\"three\":3}; null",
        "SELECT key, value, type, atom, fullkey, path FROM json_each('{\"a\":\"x\",\"b c\":[1]}') => a, x, text, x, $.a, $; b c, [1], array, null, $.\"b c\", $",
        "SELECT key, value, fullkey FROM json_each('[true,2.5]') => 0, true, $[0]; 1, 2.5, $[1]",
        "SELECT key, value, type FROM json_each('5') => null, 5, integer",
        "SELECT count(*) FROM json_each(NULL) => 0",
        "SELECT count(*) FROM json_each('[]') => 0",
        "SELECT e.value FROM machines m JOIN LATERAL json_each(json_extract(m.config, '$.list')) e ON true WHERE m.id = 2 => b; a",
        "SELECT m.label, e.value FROM machines m LEFT JOIN LATERAL json_each(m.config, '$.o.z') e ON true ORDER BY m.id, e.value => one, 10; one, 20; two, null; three, null",
        "SELECT value FROM json_each('[1,10,9]') WHERE value > 5 ORDER BY value DESC => 10; 9",
        "SELECT json_extract(json_each.value, '$.k') FROM json_each('[{\"k\":\"v\"}]') => v",
        "SELECT label FROM machines WHERE EXISTS (SELECT 1 FROM json_each(machines.config, '$.list') WHERE value = 'a') => two",
        "SELECT tag ->> 'k' FROM jsonb_array_elements('[{\"k\":\"v\"},{\"k\":\"w\"}]') AS tag => v; w",
        "SELECT t.value FROM machines m, LATERAL jsonb_array_elements(m.config -> 'list') t WHERE m.id = 2 => \"b\"; \"a\"",
        "SELECT e FROM machines m, json_array_elements_text(m.config -> 'list') AS e WHERE m.id = 2 => b; a",
        "SELECT x FROM machines m, json_array_elements_text(m.config -> 'list') AS e(x) WHERE m.id = 2 => b; a",
        "SELECT json_array_elements_text('[\"p\",\"q\"]') => p; q",
        "SELECT key, value FROM jsonb_each_text('{\"a\":\"x\",\"b\":2}') => a, x; b, 2",
        "SELECT label FROM machines WHERE label REGEXP '^t' ORDER BY label => three; two",
        "SELECT date(t) FROM (VALUES ('2024-01-02T10:00:00Z'), ('nothing')) v(t) => 2024-01-02; null",
        "SELECT datetime(t, '-1 day') FROM (VALUES ('2024-01-02T10:00:00Z')) v(t) => 2024-01-01 10:00:00",
        "SELECT strftime('%Y-%m', t) FROM (VALUES ('2024-01-02')) v(t) => 2024-01",
        "SELECT strftime(t, '%Y') FROM (VALUES ('2024-01-02')) v(t) => 2024",
        "SELECT (strftime('%s', b) - strftime('%s', a)) / 60 FROM (VALUES ('2024-01-02', '2024-01-03')) v(a, b) => 1440.0",
        "SELECT julianday(b) - julianday(a) FROM (VALUES ('2024-01-02', '2024-01-03')) v(a, b) => 1.0",
        "SELECT count(*) FROM (VALUES ('2020-01-01')) v(t) WHERE t < datetime('now', '-90 days') => 1",
        "SELECT count(*) FROM (VALUES (TIMESTAMP '2020-01-01')) v(t) WHERE t < datetime('now', '-90 days') => 1",
      })
  void ofRowsIsWorkedOutByHand(String sql, String expected) {
    assertThat(text(sql)).isEqualTo(expected);
  }

  @Test
  void columnsKeepTheNamesThatWereWritten() {
    try (var stream =
        acme
            .run("SELECT json_extract('{}', '$.a'), DATE('now'), 1 + 1 AS two, iif(true, 1)")
            .stream()) {
      assertThat(stream).isNotNull();
    }
    assertThat(
            acme.run("SELECT JSON_EXTRACT('{}', '$.a'), iif(true, 1), char(65), upper('x')")
                .columns())
        .extracting(dev.isobar.model.Column::name)
        .containsExactly("JSON_EXTRACT('{}', '$.a')", "iif(true, 1)", "char(65)", "upper('x')");
    assertThat(
            acme.run("SELECT date('2024-01-31', '+1 month') AS a, unixepoch('2024-01-02') AS b")
                .columns())
        .extracting(dev.isobar.model.Column::name)
        .containsExactly("a", "b");
  }
}
