package dev.isobar.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.plan.Explanation;
import dev.isobar.plan.Plan;
import dev.isobar.plan.Request;
import dev.isobar.plan.Requests;
import dev.isobar.plan.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which requests a change sends, and what EXPLAIN shows of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanOfChangesTest {
  private static final String BASE = "https://api.acme.example/v4";

  private final Acme acme = new Acme();

  @AfterAll
  void close() {
    acme.close();
  }

  private List<String> requests(String sql) {
    Plan.Mutation plan = (Plan.Mutation) acme.plan(Acme.full(sql));
    Requests requests = new Requests("acme", plan.method());
    List<String> texts = new ArrayList<>();
    for (var row : ((RowSource.Literals) plan.source()).rows()) {
      Request request = requests.request(row, null);
      texts.add(
          request.verb()
              + " "
              + request.url().replace(BASE, "")
              + (request.body() == null ? "" : " " + request.body()));
    }
    return texts;
  }

  private AbstractThrowableAssert<?, ?> refused(String sql, ErrorCode code) {
    return assertThatThrownBy(() -> acme.plan(Acme.full(sql)))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.span()).isNotNull();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM machines WHERE machineId = 5 | DELETE /machines/5",
        "DELETE FROM machines WHERE 5 = machineId | DELETE /machines/5",
        "DELETE FROM machines WHERE acme.iron.machines.machineId = '5' | DELETE /machines/5",
        "DELETE FROM machines WHERE machineId IN (5, '5', 6, NULL, 5.0) | DELETE /machines/5,"
            + " DELETE /machines/6",
        "DELETE FROM machines WHERE machineId = NULL | ''",
        "DELETE FROM machines WHERE machineId IN (NULL) | ''",
        "DELETE FROM disks WHERE machineId IN (1, 2) AND diskId = 3 | DELETE /machines/1/disks/3,"
            + " DELETE /machines/2/disks/3",
        "UPDATE machines SET data__label = 'a' WHERE machineId = 5 | PUT /machines/5"
            + " {\"label\":\"a\"}",
        "UPDATE machines SET data__label = NULL WHERE machineId = 5 | PUT /machines/5"
            + " {\"label\":null}",
        "UPDATE machines SET machineId = 5, data__label = 'a' | PUT /machines/5 {\"label\":\"a\"}",
        "UPDATE machines SET data__label = 'a' WHERE machineId IN (5, 6) | PUT /machines/5"
            + " {\"label\":\"a\"}, PUT /machines/6 {\"label\":\"a\"}",
        "INSERT INTO machines (data__label) VALUES ('a'), ('b') | POST /machines {\"label\":\"a\"},"
            + " POST /machines {\"label\":\"b\"}",
        "INSERT INTO machines (data__label, data__alerts.cpu) VALUES ('a', 1) | POST /machines"
            + " {\"label\":\"a\",\"alerts\":{\"cpu\":1}}",
      })
  void requestsOfAChange(String sql, String expected) {
    assertThat(String.join(", ", requests(sql))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM machines | MISSING_REQUIRED_PARAMETER | `machineId`",
        "DELETE FROM machines WHERE machineId > 5 | UNSUPPORTED_STATEMENT | parameter = value",
        "DELETE FROM machines WHERE machineId <> 5 | UNSUPPORTED_STATEMENT | parameter = value",
        "DELETE FROM machines WHERE machineId = 5 OR machineId = 6 | UNSUPPORTED_STATEMENT |"
            + " parameter = value",
        "DELETE FROM machines WHERE NOT machineId = 5 | UNSUPPORTED_STATEMENT | parameter = value",
        "DELETE FROM machines WHERE machineId NOT IN (5) | UNSUPPORTED_STATEMENT | parameter ="
            + " value",
        "DELETE FROM machines WHERE machineId = 5 AND true | UNSUPPORTED_STATEMENT | parameter ="
            + " value",
        "DELETE FROM machines WHERE machineId = 2 + 3 | UNSUPPORTED_STATEMENT | parameter = value",
        "DELETE FROM machines WHERE other.machineId = 5 | UNSUPPORTED_STATEMENT | parameter ="
            + " value",
        "DELETE FROM machines WHERE machineId = 5 AND label = 'a' | UNSUPPORTED_STATEMENT |"
            + " `label`",
        "DELETE FROM machines WHERE machineId = 5 AND nonsense = 'a' | UNKNOWN_COLUMN | `nonsense`",
        "DELETE FROM machines WHERE machineId = 5 AND machineId = 6 | SYNTAX_ERROR | twice",
        "UPDATE machines SET data__label = 'a' | MISSING_REQUIRED_PARAMETER | `machineId`",
        "UPDATE machines SET data__lable = 'a' WHERE machineId = 5 | UNKNOWN_COLUMN |"
            + " `data__lable`",
        "UPDATE machines SET label = 'a' WHERE machineId = 5 | UNKNOWN_COLUMN | `label`",
        "UPDATE machines SET data__label = 'a', data__label = 'b' WHERE machineId = 5 |"
            + " SYNTAX_ERROR | twice",
        "UPDATE machines SET data__label = 'a' WHERE machineId = 5 AND region = 'us' |"
            + " UNSUPPORTED_STATEMENT | `region`",
        "UPDATE machines SET data__label = 'a' WHERE machineId = 5 AND data__label = 'b' |"
            + " SYNTAX_ERROR | twice",
        "UPDATE machines SET machineId = 6, data__label = 'a' WHERE machineId = 5 | SYNTAX_ERROR |"
            + " twice",
        "UPDATE machines SET data__label = 'a' WHERE machineId = 5 AND data__region = 'us' |"
            + " UNSUPPORTED_STATEMENT | `data__region`",
        "INSERT INTO machines (data__region) VALUES ('us') | MISSING_REQUIRED_PARAMETER |"
            + " `data__label`",
        "INSERT INTO machines (data__label, nonsense) VALUES ('a', 1) | UNKNOWN_COLUMN |"
            + " `nonsense`",
        "INSERT INTO machines (data__label, data__label) VALUES ('a', 'b') | SYNTAX_ERROR | twice",
        "INSERT INTO machines (data__label) VALUES ('a', 'b') | SYNTAX_ERROR | 1 column",
        "INSERT INTO disks (data__label) VALUES ('a') | UNSUPPORTED_VERB | INSERT",
        "REPLACE machines SET data__label = 'a' WHERE machineId = 5 | UNSUPPORTED_VERB | REPLACE",
        "EXEC acme.iron.machines.boot | MISSING_REQUIRED_PARAMETER | `@machineId`",
        "EXEC acme.iron.machines.boot @machineId = 5, @machineId = 6 | SYNTAX_ERROR | twice",
        "EXEC acme.iron.machines.boot @machineId = 5, @nonsense = 6 | UNKNOWN_COLUMN | `nonsense`",
        "EXEC acme.iron.machines.boot @machineId = 5 @@json = '{' | INVALID_PARAMETER | not JSON",
      })
  void whatCannotBeDoneAsWrittenIsRefused(String sql, ErrorCode code, String message) {
    refused(sql, code).hasMessageContaining(message);
  }

  @Test
  void misfitOfACondition() {
    assertThatThrownBy(() -> acme.plan("DELETE FROM acme.iron.machines WHERE machineId = 'abc'"))
        .hasMessage("`machineId` takes an integer, not `abc`.");
  }

  private List<List<@Nullable Object>> explained(String sql) {
    return Explanation.of(acme.plan(Acme.full(sql))).stream()
        .<List<@Nullable Object>>map(row -> new ArrayList<>(java.util.Arrays.asList(row)))
        .toList();
  }

  @Test
  void explainHidesSecrets() {
    String shown =
        explained(
                "INSERT INTO machines (data__label, data__root_pass, data__password_days,"
                    + " data__users) VALUES ('web', 'hunter2', 30, '[{\"name\": \"ann\","
                    + " \"password\": \"hunter3\"}]')")
            .toString();
    assertThat(shown)
        .contains("\"root_pass\":\"***\"")
        .contains("\"password\":\"***\"")
        .contains("\"name\":\"ann\"")
        .doesNotContain("hunter");
  }

  @Test
  void explainListsAHundredRequestsAndCountsTheRest() {
    String ids =
        IntStream.rangeClosed(1, 250).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    List<List<@Nullable Object>> rows =
        explained("DELETE FROM machines WHERE machineId IN (" + ids + ")");
    assertThat(rows).hasSize(101);
    assertThat(rows.getFirst()).contains(1L, "DELETE " + BASE + "/machines/1");
    assertThat(rows.getLast()).contains(101L, "…", "150 more of the same form");
  }

  @Test
  void explainOfAQueryShowsItsTemplates() {
    List<List<@Nullable Object>> rows =
        explained(
            "SELECT 1 FROM machines m JOIN disks d ON d.machineId = m.id WHERE m.region = 'us e'");
    assertThat(rows.getFirst())
        .contains(
            "acme.iron.machines",
            "list",
            "GET " + BASE + "/machines?region=us%20e&page_size=500",
            "1 for each page of 500");
    assertThat(rows.getLast())
        .contains(
            "GET " + BASE + "/machines/{machineId}/disks",
            "machineId from d.machineId = m.id",
            "1 for each distinct machineId, in parallel");
  }

  @Test
  void explainSaysThatNothingEqualsNull() {
    assertThat(explained("SELECT id FROM machines WHERE machineId = NULL").getFirst())
        .contains("none: nothing equals NULL");
  }
}
