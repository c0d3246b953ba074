package dev.isobar.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import dev.isobar.parse.Statement.Argument;
import dev.isobar.parse.Statement.Assignment;
import dev.isobar.parse.Statement.AuthLogin;
import dev.isobar.parse.Statement.AuthRevoke;
import dev.isobar.parse.Statement.Delete;
import dev.isobar.parse.Statement.Describe;
import dev.isobar.parse.Statement.DescribeMethod;
import dev.isobar.parse.Statement.Exec;
import dev.isobar.parse.Statement.Explain;
import dev.isobar.parse.Statement.Insert;
import dev.isobar.parse.Statement.Literal;
import dev.isobar.parse.Statement.Query;
import dev.isobar.parse.Statement.RegistryList;
import dev.isobar.parse.Statement.RegistryPull;
import dev.isobar.parse.Statement.SetAuth;
import dev.isobar.parse.Statement.SetOption;
import dev.isobar.parse.Statement.Show;
import dev.isobar.parse.Statement.ShowAuth;
import dev.isobar.parse.Statement.Text;
import dev.isobar.parse.Statement.Update;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "select ';' AS \"a;b\" -- ; \n , 2",
        "SELECT /* ; /* ; */ ; */ 1",
        "SELECT $$ ; ' $$, $t$ ; $$ $t$",
        "SELECT E'it\\'s ; '",
        "WITH a AS (SELECT 1), b(x) AS MATERIALIZED (SELECT 2) SELECT * FROM a, b",
        "WITH RECURSIVE t(n) AS (VALUES (1)) FROM t",
        "FROM linode.instances.linodes",
        "VALUES (1), (2)",
        "TABLE x",
        "SUMMARIZE linode.instances.linodes",
        "PIVOT x ON y USING sum(z)",
        "UNPIVOT x ON y INTO NAME n VALUE v",
        "(SELECT 1) UNION (SELECT 2)",
        "DESCRIBE SELECT 1 AS a",
        "SELECT 7 // 2, #1 FROM t ORDER BY 1",
        "SELECT /*+ AWAIT */ 1",
        "SELECT insert, delete FROM (SELECT 1 AS insert) x",
      })
  void cutsOutWholeQueries(String sql) {
    assertThat(Parser.parse("  " + sql + " ; ").statements())
        .containsExactly(new Query(new Text(sql, new Span(2, 2 + sql.length()))));
  }

  @Test
  void splitsAtSemicolonsAndSkipsEmptyStatements() {
    Script script = Parser.parse(";; -- nothing\n SELECT 1; /* ; */ ; /*+ X */; FROM t -- end ;");
    assertThat(script.statements())
        .extracting(s -> script.text().substring(s.span().start(), s.span().end()))
        .containsExactly("SELECT 1", "FROM t");
  }

  @Test
  void anEmptyScriptHasNoStatements() {
    assertThat(Parser.parse(" \uFEFF\n\t ").statements()).isEmpty();
  }

  @Test
  void namesMayBeQuoted() {
    assertThat(only("DESCRIBE \"a\".`b``.c`.\"d\"\"e\"", Describe.class).resource().parts())
        .extracting(Name.Part::text)
        .containsExactly("a", "b`.c", "d\"e");
  }

  @Test
  void readsEscapesAsDuckDbDoes() {
    assertThat(
            only("EXEC a.b.c.d @x=E'\\'\\x41\\102\\n\\u\\\\'", Exec.class)
                .arguments()
                .getFirst()
                .value())
        .extracting(Literal::value)
        .isEqualTo("'AB\nu\\");
  }

  @Test
  void readsShow() {
    assertThat(only("SHOW PROVIDERS", Show.class).kind()).isEqualTo(Show.Kind.PROVIDERS);
    Show services = only("show extended services from linode like '%s''t%'", Show.class);
    assertThat(services.extended()).isTrue();
    assertThat(services.in()).hasToString("linode");
    assertThat(services.like()).isEqualTo("%s't%");
    Show methods = only("SHOW METHODS EXTENDED IN a.\"b.c\".d WHERE SQLVerb = 'EXEC'", Show.class);
    assertThat(methods.extended()).isTrue();
    assertThat(Objects.requireNonNull(methods.in()).parts())
        .extracting(Name.Part::text)
        .containsExactly("a", "b.c", "d");
    assertThat(methods.where()).isEqualTo(new Text("SQLVerb = 'EXEC'", new Span(41, 57)));
  }

  @Test
  void readsDescribe() {
    assertThat(only("DESC full a.b.c", Describe.class).extended()).isTrue();
    assertThat(only("DESCRIBE a.b.c", Describe.class).resource()).hasToString("a.b.c");
    assertThat(only("DESCRIBE method.b.c", Describe.class).resource()).hasToString("method.b.c");
    assertThat(only("DESCRIBE EXTENDED METHOD a.b.c.d", DescribeMethod.class).extended()).isTrue();
    assertThat(only("DESCRIBE METHOD EXTENDED a.b.c.d", DescribeMethod.class).method())
        .hasToString("a.b.c.d");
  }

  @Test
  void readsExec() {
    String sql =
        """
        EXEC /*+ AWAIT showresults */ a.b.c.d @s='it''s', @i=12, @b=TRUE, @d=-1.5, @e=null,
          @"max-buckets"=1, @data__a.b=$$x$$, @big=123456789012345678901 @@json='{"k":[1]}'
        """;
    Exec exec = only(sql, Exec.class);
    assertThat(exec.method()).hasToString("a.b.c.d");
    assertThat(exec.hints()).containsExactlyInAnyOrder("AWAIT", "SHOWRESULTS");
    assertThat(exec.arguments())
        .extracting(Argument::name)
        .containsExactly("s", "i", "b", "d", "e", "max-buckets", "data__a.b", "big");
    assertThat(exec.arguments())
        .extracting(argument -> argument.value().value())
        .containsExactly(
            "it's",
            12L,
            true,
            new BigDecimal("-1.5"),
            null,
            1L,
            "x",
            new BigInteger("123456789012345678901"));
    assertThat(value(exec.json())).isEqualTo("{\"k\":[1]}");
    assertThat(exec.span()).isEqualTo(new Span(0, sql.length() - 1));
    assertThat(only("EXEC a.b.c.d @x=1, @@json='{}'", Exec.class).json()).isNotNull();
    assertThat(only("EXEC a.b.c.d", Exec.class).arguments()).isEmpty();
  }

  @Test
  void readsInsertOfLiterals() {
    String sql =
        "INSERT INTO a.b.c (region, data__a.b, \"x-y\") VALUES"
            + " ('e', 1, JSON('[1]')), (null, -2.50, string('{}')) RETURNING id, label";
    Insert insert = only(sql, Insert.class);
    assertThat(insert.target()).hasToString("a.b.c");
    assertThat(insert.columns())
        .extracting(Name.Part::text)
        .containsExactly("region", "data__a.b", "x-y");
    assertThat(Objects.requireNonNull(insert.literals()))
        .map(row -> row.stream().map(Literal::value).toList())
        .containsExactly(
            java.util.Arrays.asList("e", 1L, "[1]"),
            java.util.Arrays.asList(null, new BigDecimal("-2.50"), "{}"));
    assertThat(insert.source().sql()).startsWith("VALUES ('e'").endsWith("string('{}'))");
    assertThat(sql(insert.returning())).isEqualTo("id, label");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VALUES ('a' || 'b')",
        "VALUES (now())",
        "VALUES (DATE '2026-01-01')",
        "VALUES (1) UNION VALUES (2)",
        "VALUES (1::text)",
        "SELECT x FROM t JOIN u ON t.a = u.a",
        "WITH t AS (SELECT 1) SELECT * FROM t",
        "(SELECT 1)"
      })
  void leavesOtherSourcesOfInsertToBeEvaluated(String source) {
    Insert insert = only("INSERT INTO a.b.c (x) " + source + " RETURNING *", Insert.class);
    assertThat(insert.source().sql()).isEqualTo(source);
    assertThat(insert.literals()).isNull();
  }

  @Test
  void readsUpdate() {
    String sql =
        "UPDATE a.b.c SET x = 1, data__y.z = coalesce(q, (SELECT max(w) FROM t WHERE u)), \"s-t\" ="
            + " 'a' || 'b' WHERE id = 3 AND x IS DISTINCT FROM t.from RETURNING *";
    Update update = only(sql, Update.class);
    assertThat(update.replace()).isFalse();
    assertThat(update.assignments())
        .extracting(assignment -> assignment.column().text())
        .containsExactly("x", "data__y.z", "s-t");
    assertThat(update.assignments())
        .extracting(assignment -> assignment.expression().sql())
        .containsExactly("1", "coalesce(q, (SELECT max(w) FROM t WHERE u))", "'a' || 'b'");
    assertThat(update.assignments())
        .extracting(Assignment::literal)
        .containsExactly(new Literal(1L, new Span(21, 22)), null, null);
    assertThat(sql(update.where())).isEqualTo("id = 3 AND x IS DISTINCT FROM t.from");
    assertThat(sql(update.returning())).isEqualTo("*");
    assertThat(update.span()).isEqualTo(new Span(0, sql.length()));
  }

  @Test
  void readsReplaceAndDelete() {
    Update replace = only("REPLACE /*+ AWAIT */ a.b.c SET x = null", Update.class);
    assertThat(replace.replace()).isTrue();
    assertThat(replace.hints()).containsExactly("AWAIT");
    assertThat(replace.where()).isNull();
    Delete delete = only("delete from a.b.c where id in (1, 2) returning id", Delete.class);
    assertThat(sql(delete.where())).isEqualTo("id in (1, 2)");
    assertThat(sql(delete.returning())).isEqualTo("id");
    assertThat(only("DELETE FROM a.b.c", Delete.class).where()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      quoteCharacter = '\1',
      value = {
        "REGISTRY PULL okta | okta | -",
        "registry pull okta v0.1.0 ; | okta | v0.1.0",
        "REGISTRY PULL okta 'v1.2.3-alpha01' | okta | v1.2.3-alpha01",
        "REGISTRY PULL okta v1.2.3-alpha01 | okta | v1.2.3-alpha01",
        "REGISTRY PULL okta::v0.1.0 | okta | v0.1.0",
        "REGISTRY PULL \"okta:v0.1.0\" | okta | v0.1.0",
        "STACKQL REGISTRY PULL \"my-own\" v1+2 | my-own | v1+2",
      })
  void readsWhatToPull(String sql, String provider, @Nullable String version) {
    RegistryPull pull = only(sql, RegistryPull.class);
    assertThat(pull.provider().text()).isEqualTo(provider);
    assertThat(pull.version()).isEqualTo(version);
  }

  @Test
  void readsWhatToList() {
    assertThat(only("REGISTRY LIST", RegistryList.class).provider()).isNull();
    Name.Part okta =
        Objects.requireNonNull(only("REGISTRY LIST okta", RegistryList.class).provider());
    assertThat(okta.text()).isEqualTo("okta");
  }

  @Test
  void readsExplainAndSet() {
    Explain explain = only("EXPLAIN DELETE FROM a.b.c WHERE id = 1", Explain.class);
    assertThat(explain.statement()).isInstanceOf(Delete.class);
    assertThat(explain.span()).isEqualTo(new Span(0, 38));
    SetOption set = only("SET on_incomplete = 'warn'", SetOption.class);
    assertThat(set.name().text()).isEqualTo("on_incomplete");
    assertThat(set.value().value()).isEqualTo("warn");
    assertThat(only("SET \"a.x\" TO off", SetOption.class).value().value()).isEqualTo("off");
    assertThat(only("SET SESSION page_limit = 5", SetOption.class).value().value()).isEqualTo(5L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\1',
      value = {
        "SELCT 1 | 0 | 5 | `SELCT` begins no statement. | Did you mean `SELECT`",
        "SELECT 1; DELET FROM x | 10 | 15 | `DELET` begins no statement. | Did you mean `DELETE`",
        "SELECT 'abc | 7 | 8 | The string that begins here is not closed. | Close it",
        "SELECT \"abc | 7 | 8 | The name in a double quote that begins here is not closed. | Close",
        "SELECT /* x | 7 | 9 | The comment that begins here is not closed. | Close it with `*/`",
        "SELECT $t$ x $$ | 7 | 10 | The dollar-quoted string that begins here is not closed. | $t$",
        "SHOW SERVICES | 13 | 13 | Expected IN, found the end of the statement. | SHOW SERVICES IN",
        "SHOW METHOD IN x | 5 | 11 | Expected PROVIDERS, SERVICES, RESOURCES or METHODS, found"
            + " `METHOD`. | Did you mean `METHODS`?",
        "SHOW RESOURCES IN linode | 18 | 24 | SHOW RESOURCES takes a name of 2 parts, and `linode`"
            + " has one part. | SHOW RESOURCES IN linode.instances",
        "DESCRIBE linode.instances | 9 | 25 | `linode.instances` names no resource: its name has"
            + " three parts, provider.service.resource. | SHOW RESOURCES IN linode.instances lists",
        "DELETE FROM a.b.c-d WHERE x | 17 | 18 | A name that holds `-` is written in double quotes."
            + " | Write DELETE",
        "EXEC a.b.c @x=1 | 5 | 10 | `a.b.c` names no method: its name has four parts,"
            + " provider.service.resource.method. | SHOW METHODS IN a.b.c lists",
        "EXEC a.b.c.d @x=foo | 16 | 19 | Expected a literal, found `foo`. | 'foo'",
        "EXEC a.b.c.d @x=1+2 | 17 | 18 | Expected `@`, found `+`. | EXEC",
        "EXEC a.b.c.d @x=1, @x=2 | 19 | 23 | The argument `x` is given twice. | Remove",
        "EXEC a.b.c.d @@json=12 | 20 | 22 | The body `@@json` is JSON text, and `12` is none. |"
            + " quotes",
        "INSERT INTO a.b.c VALUES (1) | 18 | 24 | Expected the columns in parentheses, found"
            + " `VALUES`. | INSERT INTO",
        "INSERT INTO a.b.c (x, x) VALUES (1, 2) | 22 | 23 | The column `x` is given twice. |"
            + " Remove",
        "INSERT INTO a.b.c (x, y) VALUES (1) | 32 | 35 | A row has 1 values for 2 columns. | Give",
        "UPDATE a.b.c SET x = | 20 | 20 | Expected a value, found the end of the statement. |"
            + " UPDATE",
        "UPDATE a.b.c SET x = 1) | 22 | 23 | The bracket `)` closes none. | Remove",
        "UPDATE a.b.c x SET x = 1 | 13 | 14 | Expected SET, found `x`. | UPDATE",
        "DELETE a.b.c | 7 | 8 | Expected FROM, found `a`. | DELETE FROM",
        "DELETE FROM a.b.c WHERE | 23 | 23 | Expected a condition, found the end of the statement."
            + " | WHERE",
        "SHOW PROVIDERS foo | 15 | 18 | There is `foo` where the statement should end. | SHOW",
        "EXPLAIN linode.a.b | 8 | 14 | EXPLAIN takes a statement, and `linode.` begins a name. |"
            + " DESCRIBE",
        "EXPLAIN EXPLAIN SELECT 1 | 8 | 15 | EXPLAIN cannot explain another EXPLAIN. | EXPLAIN",
        "SET x 1 | 6 | 7 | Expected TO, found `1`. | SET name",
        "123 | 0 | 3 | `123` begins no statement. | Statements begin with",
      })
  void explainsSyntaxErrors(String sql, int start, int end, String message, String hint) {
    IsobarException error = failure(sql);
    assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
    assertThat(error.text()).isEqualTo(message);
    assertThat(error.hint()).contains(hint);
    assertThat(error.span()).isEqualTo(new Span(start, end));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE x AS SELECT 1; CreateTable",
        "create or replace temp table if not exists x as from y; CreateTable",
        "CREATE VIEW x(a, b) AS (SELECT 1, 2); CreateView",
        "CREATE MATERIALIZED VIEW x AS WITH y AS (SELECT 1) FROM y; CreateView",
        "CREATE TABLE x (a INT, b VARCHAR DEFAULT 'CREATE'); Local",
        "DROP TABLE IF EXISTS x; Local",
        "DROP MATERIALIZED VIEW IF EXISTS \"x y\"; DropView",
        "ALTER TABLE x ADD COLUMN y INT; Local",
        "TRUNCATE x; Local",
        "REFRESH MATERIALIZED VIEW x; Refresh",
        "INSERT INTO x SELECT 1; InsertLocal",
        "INSERT INTO x (a, b) FROM y; InsertLocal",
        "INSERT INTO x VALUES (1); Local",
        "INSERT INTO x SELECT 1 RETURNING a; Local",
        "UPDATE x SET a = 1; Local",
        "DELETE FROM x; Local"
      })
  void readsStatementsAboutTheSessionsOwnTables(String sqlAndKind) {
    String sql = sqlAndKind.substring(0, sqlAndKind.indexOf(';'));
    Statement statement = Parser.parse(sql).statements().getFirst();
    assertThat(statement.getClass().getSimpleName())
        .isEqualTo(sqlAndKind.substring(sql.length() + 2));
    assertThat(statement.span()).isEqualTo(new Span(0, sql.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE",
        "CREATE INDEX x ON y (z)",
        "CREATE TABLE x",
        "CREATE TABLE x AS",
        "CREATE TABLE x AS 5",
        "CREATE OR VIEW x AS SELECT 1",
        "CREATE TEMP MATERIALIZED VIEW x AS SELECT 1",
        "CREATE TABLE IF EXISTS x AS SELECT 1",
        "CREATE VIEW x( AS SELECT 1",
        "DROP",
        "DROP x",
        "DROP VIEW x y",
        "ALTER x ADD y INT",
        "REFRESH x"
      })
  void refusesHalfStatementsAboutTheSessionsOwnTables(String sql) {
    assertThat(failure(sql).code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE linode.x.y AS SELECT 1",
        "CREATE VIEW isobar_x AS SELECT 1",
        "DROP TABLE a.b"
      })
  void theSessionsOwnNamesHaveOnePart(String sql) {
    assertThat(failure(sql).code()).isEqualTo(ErrorCode.UNSUPPORTED_STATEMENT);
  }

  @Test
  void readsStatementsAboutCredentials() {
    assertThat(only("SHOW AUTH", ShowAuth.class).provider()).isNull();
    ShowAuth show = only("show auth in \"aws@dev\" where not present", ShowAuth.class);
    assertThat(show.provider()).extracting(Name.Part::text).isEqualTo("aws@dev");
    assertThat(show.where()).extracting(Statement.Text::sql).isEqualTo("not present");
    AuthLogin login = only("STACKQL AUTH LOGIN google SA 'key.json' 'KEY'", AuthLogin.class);
    assertThat(login.provider().text()).isEqualTo("google");
    assertThat(login.who()).isEqualTo(AuthLogin.Who.SERVICE_ACCOUNT);
    assertThat(login.keyFile()).isEqualTo("key.json");
    assertThat(login.variable()).isEqualTo("KEY");
    assertThat(only("AUTH LOGIN google SA '' 'KEY'", AuthLogin.class).keyFile()).isNull();
    assertThat(only("AUTH LOGIN google INTERACTIVE", AuthLogin.class).who())
        .isEqualTo(AuthLogin.Who.INTERACTIVE);
    assertThat(only("AUTH LOGIN google", AuthLogin.class).who())
        .isEqualTo(AuthLogin.Who.AS_CONFIGURED);
    assertThat(only("AUTH REVOKE google", AuthRevoke.class).provider().text()).isEqualTo("google");
  }

  @Test
  void readsSettingsOfCredentials() {
    SetAuth one = only("SET SESSION \"$.auth.aws.accounts.dev.profile\" = 'x'", SetAuth.class);
    assertThat(one.path()).containsExactly("aws", "accounts", "dev", "profile");
    assertThat(one.value()).isEqualTo("x");
    assertThat(one.provider()).extracting(Name.Part::text).isEqualTo("aws");
    assertThat(only("SET LOCAL \"$.auth.aws\" TO NULL", SetAuth.class).value()).isNull();
    SetAuth all = only("SET '$.auth' = '{}'", SetAuth.class);
    assertThat(all.path()).isEmpty();
    assertThat(all.provider()).isNull();
    assertThat(only("SET \"$.auth.a.api_key\" = 's3cret'", SetAuth.class).toString())
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET \"$.auth.a.api_key\" = 's3cret' s3cret",
        "SET \"$.auth.a.api_key\" = s3cret",
        "SET \"$.auth.a.api_key\" 's3cret'",
        "SET \"$.auth.a.\" = 's3cret'",
        "SET \"$.auth..x\" = 's3cret'",
      })
  void errorsOfSettingsOfCredentialsRepeatNoSecret(String sql) {
    IsobarException e = failure(sql);
    assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
    assertThat(e.text() + e.hint()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET \"$.auth.a.k\" = 's3cret'",
        "SELECT 1; set '$.auth' to E'{\"a\": \"s3cret\"}'; SELECT 2",
        "SET \"$.auth.a.k\" = $t$ ; s3cret $t$; SELECT 2",
        "SET \"$.auth.a.k\" = JSON('{\"b\": \"it''s; s3cret\"}'); SELECT 2",
        "SET \"$.auth.a.k\" = 'open s3cret",
      })
  void hidesWhatIsSecretInAScript(String script) {
    String masked = Secrets.masked(script);
    assertThat(masked).doesNotContain("s3cret").hasSameSizeAs(script);
    assertThat(masked.endsWith("SELECT 2")).isEqualTo(script.endsWith("SELECT 2"));
    assertThat(masked).startsWith(script.substring(0, 4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\1',
      value = {
        "BEGIN | BEGIN is not there yet. | at once",
        "USE linode | USE is not there yet. | three parts",
        "PURGE | PURGE is not there yet. | purge",
        "SLEEP 5 | SLEEP is not there yet. | SELECT",
        "NATIVEQUERY 'x' | NATIVEQUERY is not there yet. | DuckDB",
        "SHOW INSERT INTO a.b.c | SHOW INSERT is not there yet. | DESCRIBE METHOD",
        "SHOW VERSION | SHOW VERSION is not there yet. | PROVIDERS",
        "SET TRANSACTION ISOLATION LEVEL x | SET TRANSACTION is not there yet. | at once",
        "EXPLAIN ANALYZE SELECT 1 | EXPLAIN ANALYZE is not there yet. | EXPLAIN SELECT",
        "WITH x AS (SELECT 1) INSERT INTO a.b.c (y) FROM x | WITH cannot lead to INSERT. | inside",
        "WITH x AS (DELETE FROM a.b.c) SELECT 1 | WITH cannot lead to DELETE. | inside",
        "REPLACE INTO a.b.c (x) VALUES (1) | REPLACE INTO is not a statement here. | REPLACE p.s.r",
        "INSERT OR REPLACE INTO a.b.c (x) VALUES (1) | INSERT OR is not there yet. | INSERT INTO",
        "INSERT INTO a.b.c (x) VALUES (1) ON CONFLICT DO NOTHING | ON CONFLICT is not there yet. |"
            + " INSERT",
        "UPDATE a.b.c SET x = y FROM z | UPDATE … FROM is not there yet. | subquery",
        "DELETE FROM a.b.c USING z | DELETE … USING is not there yet. | subquery",
        "MERGE INTO x | MERGE is not there yet. | UPDATE",
      })
  void namesWhatItCannotDo(String sql, String message, String hint) {
    IsobarException error = failure(sql);
    assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED_STATEMENT);
    assertThat(error.text()).isEqualTo(message);
    assertThat(error.hint()).contains(hint);
    assertThat(error.span()).isNotNull();
  }

  @Test
  void keepsEveryDigitOfNumbers() {
    List<String> numbers =
        List.of("9223372036854775807", "-9223372036854775808", "1_000", "1e3", "0.10", ".5", "+7");
    assertThat(numbers)
        .map(number ->
            only("EXEC a.b.c.d @x=" + number, Exec.class).arguments().getFirst().value().value())
        .containsExactly(
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            1000L,
            new BigDecimal("1e3"),
            new BigDecimal("0.10"),
            new BigDecimal("0.5"),
            7L);
    assertThat(failure("EXEC a.b.c.d @x=0x1F").code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
    assertThat(failure("EXEC a.b.c.d @x=12ab").code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
  }

  private static <S extends Statement> S only(String sql, Class<S> type) {
    List<Statement> statements = Parser.parse(sql).statements();
    assertThat(statements).singleElement().isInstanceOf(type);
    return type.cast(statements.getFirst());
  }

  private static IsobarException failure(String sql) {
    return Objects.requireNonNull(
        catchThrowableOfType(IsobarException.class, () -> Parser.parse(sql)), sql);
  }

  private static @Nullable String sql(@Nullable Text text) {
    return text == null ? null : text.sql();
  }

  private static @Nullable Object value(@Nullable Literal literal) {
    return literal == null ? null : literal.value();
  }
}
