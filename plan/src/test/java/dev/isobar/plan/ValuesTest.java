package dev.isobar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Schema;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.testing.Samples;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
  private static Input input(Schema schema) {
    return new Input("n", "n", Input.Location.BODY, false, schema, "", null, null, true);
  }

  private static Object convert(Object value, String type) {
    return Values.convert(value, input(Samples.schema(type)));
  }

  @Test
  void integersAreTakenFromWhatReadsAsOne() {
    assertThat(convert("12", "integer")).isEqualTo(12L);
    assertThat(convert(" 12 ", "integer")).isEqualTo(12L);
    assertThat(convert("12.0", "integer")).isEqualTo(12L);
    assertThat(convert(new BigDecimal("1e3"), "integer")).isEqualTo(1000L);
    assertThat(convert(12.0, "integer")).isEqualTo(12L);
    assertThat(convert("9223372036854775808", "integer"))
        .isEqualTo(new BigInteger("9223372036854775808"));
  }

  @Test
  void equalNumbersAreEqualValues() {
    // Otherwise IN (1, 1.0, '1') would ask three times, and its rows would come three times.
    for (Object one : List.of(1L, 1.0, "1", "1.00", new BigDecimal("1.0"), BigInteger.ONE)) {
      assertThat(convert(one, "number")).isEqualTo(1L);
    }
    for (Object half : List.of(0.5, "0.50", "5e-1", new BigDecimal("0.500"))) {
      assertThat(convert(half, "number")).isEqualTo(new BigDecimal("0.5"));
    }
  }

  @Test
  void booleansAreTakenFromWords() {
    assertThat(convert("true", "boolean")).isEqualTo(true);
    assertThat(convert("FALSE", "boolean")).isEqualTo(false);
    assertThat(convert(1L, "boolean")).isEqualTo(true);
    assertThat(convert("0", "boolean")).isEqualTo(false);
  }

  @Test
  void stringsAreTakenFromAnything() {
    assertThat(convert(5L, "string")).isEqualTo("5");
    assertThat(convert(5.0, "string")).isEqualTo("5");
    assertThat(convert(new BigDecimal("1E+3"), "string")).isEqualTo("1000");
    assertThat(convert(Map.of("a", 1L), "string")).isEqualTo("{\"a\":1}");
    assertThat(convert("{\"a\": 1}", "string")).isEqualTo("{\"a\": 1}");
  }

  @Test
  void arraysAndObjectsAreReadFromText() {
    assertThat(convert("[1, \"a\"]", "array")).isEqualTo(List.of(1L, "a"));
    assertThat(convert("{\"a\": [null]}", "object").toString()).isEqualTo("{a=[null]}");
    assertThat(convert("web", "array")).isEqualTo(List.of("web"));
    assertThat(convert("{\"a\":1}", "array")).isEqualTo(List.of(Map.of("a", 1L)));
  }

  @Test
  void oneElementOfAListOfStringsStaysText() {
    Schema.Builder list = new Schema.Builder();
    list.type = "array";
    list.items = Samples.schema("string");
    assertThat(Values.convert("2024", input(list.build()))).isEqualTo(List.of("2024"));
    assertThat(Values.convert("true", input(list.build()))).isEqualTo(List.of("true"));
    assertThat(Values.convert("[\"a\"]", input(list.build()))).isEqualTo(List.of("a"));
  }

  @Test
  void valueWithoutTypeIsJsonWhenItReadsAsSuch() {
    assertThat(convert("{\"a\":1}", "")).isEqualTo(Map.of("a", 1L));
    assertThat(convert("[1]", "")).isEqualTo(List.of(1L));
    assertThat(convert("[not json", "")).isEqualTo("[not json");
    assertThat(convert("12", "")).isEqualTo("12");
    assertThat(convert(12L, "")).isEqualTo(12L);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, integer, an integer",
    "1.5, integer, an integer",
    "'', integer, an integer",
    "1e999999999, integer, an integer",
    "abc, number, a number",
    "1e999999999, number, a number",
    "NaN, number, a number",
    "maybe, boolean, a boolean",
    "2, boolean, a boolean",
    "text, object, a JSON object",
    "[1], object, a JSON object",
    "5, object, a JSON object",
  })
  void misfitsAreRefusedWithTheValue(String value, String type, String wanted) {
    assertThatThrownBy(() -> convert(value, type))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
              assertThat(e.text()).isEqualTo("`n` takes " + wanted + ", not `" + value + "`.");
            });
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    assertThatThrownBy(() -> convert(Double.NaN, "number")).hasMessageContaining("a number");
    assertThatThrownBy(() -> convert(Double.POSITIVE_INFINITY, "integer"))
        .hasMessageContaining("an integer");
    assertThatThrownBy(() -> convert(true, "integer")).hasMessageContaining("`true`");
  }

  @Test
  void longMisfitIsCut() {
    assertThatThrownBy(() -> convert("x".repeat(500), "integer"))
        .hasMessageContaining("x".repeat(80) + "…`")
        .hasMessageNotContaining("x".repeat(81));
  }

  @Test
  void secretMisfitIsNotShown() {
    Schema.Builder secret = new Schema.Builder();
    secret.type = "integer";
    secret.format = "password";
    assertThatThrownBy(() -> Values.convert("hunter2", input(secret.build())))
        .hasMessageContaining("`***`")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void hugeExponentsAreNotWrittenOut() {
    assertThat(Values.plainText(new BigDecimal("1e999999999"))).isEqualTo("1E+999999999");
  }
}
