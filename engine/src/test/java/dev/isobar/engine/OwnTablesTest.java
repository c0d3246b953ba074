package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a session's own tables and views refuse.
class OwnTablesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE VIEW x AS SELECT 1 AS a | CREATE VIEW X AS SELECT 2 | There is a view `X` already.",
        "CREATE TABLE x AS SELECT 1 AS a | CREATE TABLE x AS SELECT 2 | a table `x` already.",
        "CREATE TABLE x AS SELECT 1 AS a | CREATE VIEW x AS SELECT 2 | a table `x` already.",
        "CREATE VIEW x AS SELECT 1 AS a | CREATE TABLE x AS SELECT 2 | `x` is a view.",
        "CREATE VIEW x AS SELECT 1 AS a | INSERT INTO x VALUES (1) | `x` is a view.",
        "CREATE VIEW x AS SELECT 1 AS a | DELETE FROM x | `x` is a view.",
        "CREATE VIEW x AS SELECT 1 AS a | DROP TABLE x | `x` is a view.",
        "CREATE VIEW x AS SELECT 1 AS a | DROP MATERIALIZED VIEW x | no materialized view `x`",
        "CREATE VIEW x AS SELECT 1 AS a | REFRESH MATERIALIZED VIEW x | no materialized view `x`",
        "CREATE VIEW x AS SELECT 1 AS a | CREATE OR REPLACE VIEW x AS FROM X | would read itself",
        "CREATE VIEW x AS SELECT 1; CREATE VIEW y AS FROM x | CREATE OR REPLACE VIEW x AS FROM y |"
            + " would read itself",
        "CREATE VIEW x AS SELECT 1; CREATE VIEW y AS FROM x; DROP VIEW x | FROM y |"
            + " There is no table `x`.",
        "CREATE MATERIALIZED VIEW x AS SELECT 1 AS a | DROP VIEW x | no view `x`",
        "CREATE MATERIALIZED VIEW x AS SELECT 1 AS a | DROP TABLE x | `x` is a view.",
        "CREATE MATERIALIZED VIEW x AS SELECT 1 AS a | UPDATE x SET a = 2 | `x` is a view.",
        "CREATE MATERIALIZED VIEW x AS SELECT 1; DROP MATERIALIZED VIEW x | FROM x |"
            + " There is no table `x`.",
        "SELECT 1 | CREATE VIEW x AS FROM linode.regions.region | no resource `region`",
        "SELECT 1 | CREATE TABLE x AS FROM linode.regions.region | no resource `region`",
        "SELECT 1 | INSERT INTO linodes (a) VALUES (1) | There is no table `linodes`.",
        "SELECT 1 | ALTER TABLE x ADD COLUMN y INT | There is no table `x`.",
        "CREATE TABLE x (a INT) | INSERT INTO x SELECT 'y' | Could not convert",
        "CREATE TABLE x (a INT NOT NULL) | INSERT INTO x VALUES (NULL) | NOT NULL",
        "CREATE TABLE x (a INT) | UPDATE x SET a = (SELECT min(id) FROM linode.instances.linodes) |"
            + " `linode.instances.linodes` cannot be read in a statement about a table of your own",
        "SELECT 1 | INSERT INTO x | Expected VALUES or SELECT",
        "SELECT 1 | CREATE VIEW x(a, A, a) AS SELECT 1, 2, 3 | The column `a` is given twice.",
        "CREATE TABLE x (a INT) | DELETE FROM x WHERE b = 1 | no column `b`",
      })
  void refuses(String first, String second, String error) throws IOException {
    try (SandboxSession session = SandboxSession.start()) {
      assertThat(session.see(first)).doesNotContain("error[");
      assertThat(session.see(second)).contains("error[").contains(error);
    }
  }
}
