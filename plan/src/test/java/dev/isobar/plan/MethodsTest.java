package dev.isobar.plan;

import static dev.isobar.testing.Samples.input;
import static dev.isobar.testing.Samples.method;
import static dev.isobar.testing.Samples.property;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Input.Location;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Resource;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.SqlVerb;
import dev.isobar.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MethodsTest {
  private static final Method GET =
      method("get", "/things/{id}").input(input("id", Location.PATH, true, "integer")).build();
  private static final Method LIST = method("list", "/things").build();
  private static final Method BOOT =
      method("boot", "/things/{id}/boot")
          .verb("POST")
          .input(input("id", Location.PATH, true, "integer"))
          .build();
  private static final Method CREATE =
      method("create", "/things")
          .verb("POST")
          .body(true)
          .input(property("alerts", true, "object"))
          .build();
  private static final Resource THINGS =
      Samples.resource(
          "acme",
          "iron",
          "things",
          Map.of(
              SqlVerb.SELECT,
              List.of(GET, LIST),
              SqlVerb.INSERT,
              List.of(CREATE),
              SqlVerb.EXEC,
              List.of(BOOT)));

  private static @Nullable String chosen(SqlVerb verb, String... names) {
    Method method = Methods.choose(THINGS, verb, Set.of(names));
    return method == null ? null : method.name();
  }

  @Test
  void firstMethodThatHasAllItNeedsIsChosen() {
    assertThat(chosen(SqlVerb.SELECT, "id")).isEqualTo("get");
    assertThat(chosen(SqlVerb.SELECT)).isEqualTo("list");
    assertThat(chosen(SqlVerb.SELECT, "label")).isEqualTo("list");
    assertThat(chosen(SqlVerb.INSERT)).isNull();
    assertThat(chosen(SqlVerb.DELETE, "id")).isNull();
  }

  @Test
  void dottedNameGivesAPartOfItsInput() {
    assertThat(chosen(SqlVerb.INSERT, "data__alerts.cpu")).isEqualTo("create");
    assertThat(chosen(SqlVerb.INSERT, "data__alertsome")).isNull();
  }

  @Test
  void moreMayBeAskedOfAMethod() {
    assertThat(Methods.choose(THINGS, SqlVerb.SELECT, Set.of("id"), m -> !m.name().equals("get")))
        .isSameAs(LIST);
  }

  @Test
  void missingInputsAreNamed() {
    assertThat(Methods.missing(GET, Set.of())).extracting(Input::name).containsExactly("id");
    assertThat(Methods.missing(GET, Set.of("id"))).isEmpty();
  }

  @Test
  void errorNamesWhatTheNearestMethodLacks() {
    IsobarException e = Methods.lacking(THINGS, SqlVerb.INSERT, Set.of(), null);
    assertThat(e.code()).isEqualTo(ErrorCode.MISSING_REQUIRED_PARAMETER);
    assertThat(e.text())
        .isEqualTo("`acme.iron.things` cannot be reached by INSERT without `data__alerts`.");
    assertThat(e.hint())
        .isEqualTo(
            "Add it to the columns and the values. SHOW METHODS IN acme.iron.things lists what each"
                + " method needs.");
  }

  @Test
  void errorForAVerbThatIsNotThere() {
    IsobarException e = Methods.lacking(THINGS, SqlVerb.DELETE, Set.of("id"), null);
    assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_VERB);
    assertThat(e.text()).isEqualTo("`acme.iron.things` has no DELETE.");
  }
}
