package dev.isobar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void integersKeepEveryDigit() {
    assertThat(Json.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(Json.parse("9223372036854775808")).isEqualTo(new BigInteger("9223372036854775808"));
    assertThat(Json.parse("-123456789012345678901234567890"))
        .isEqualTo(new BigInteger("-123456789012345678901234567890"));
  }

  @Test
  void decimalsKeepEveryDigit() {
    assertThat(Json.parse("0.10000000000000000000000000001"))
        .isEqualTo(new BigDecimal("0.10000000000000000000000000001"));
    assertThat(Json.write(Json.parse("1.50"))).isEqualTo("1.50");
  }

  @Test
  void lastOfRepeatedKeysWins() {
    assertThat(Json.parse("{\"a\":1,\"b\":2,\"a\":3}")).isEqualTo(Map.of("a", 3L, "b", 2L));
  }

  @Test
  void keysKeepTheirOrder() {
    String text = "{\"z\":1,\"a\":[true,null,{}],\"m\":\"é\"}";
    assertThat(Json.write(Json.parse(text))).isEqualTo(text);
    assertThat(Json.parse(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Json.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "{", "[1,", "{\"a\"}", "nul", "01", "1 2", "'a'", "[1]]", "NaN", "\"\t\""
      })
  void textThatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotEmpty()
        .doesNotContain("Exception");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"'}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void errorNamesThePlace() {
    assertThatThrownBy(() -> Json.parse("{\n  \"a\": x}")).hasMessageContaining("line 2, column 8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void hundredThousandLevelsAreRefusedAndDoNotOverflowTheStack(String open) {
    assertThatThrownBy(() -> Json.parse(open.repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nesting depth");
  }

  @Test
  void hundredLevelsAreRead() {
    String text = "[".repeat(100) + "]".repeat(100);
    assertThat(Json.write(Json.parse(text))).isEqualTo(text);
  }

  @Test
  void numbersThatJsonLacksAreWrittenAsNull() {
    assertThat(Json.write(Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, 0.5)))
        .isEqualTo("[null,null,0.5]");
  }

  @Test
  void controlCharactersAreEscaped() {
    assertThat(Json.write("a\"\\\n\u0001b")).isEqualTo("\"a\\\"\\\\\\n\\u0001b\"");
  }

  @Test
  void whatIsNoJsonValueIsNotWritten() {
    assertThatThrownBy(() -> Json.write(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a JSON value");
  }

  @Test
  void prettyTextIndentsByTwo() {
    assertThat(Json.writePretty(Json.parse("{\"a\":[1,{\"b\":[]}],\"c\":{}}")))
        .isEqualTo(
            """
            {
              "a": [
                1,
                {
                  "b": []
                }
              ],
              "c": {}
            }\
            """);
    assertThat(Json.writePretty(List.of())).isEqualTo("[]");
  }
}
