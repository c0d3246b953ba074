package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberTest {
  private final Scrubber scrubber = new Scrubber(text -> text.replace("s3cret", "***"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"label\": \"a\", \"root_pass\": \"x\\\"y\"} | {\"label\": \"a\", \"root_pass\": \"***\"}",
        "{\"password\":\"\",\"n\":1} | {\"password\":\"\",\"n\":1}",
        "[{\"SecretAccessKey\" : \"x\"}] | [{\"SecretAccessKey\" : \"***\"}]",
        "{\"client-secret\": [\"x\", \"y\"], \"b\": \"z\"}"
            + " | {\"client-secret\": [\"***\", \"***\"], \"b\": \"z\"}",
        "{\"password\": {\"length\": \"x\"}} | {\"password\": {\"length\": \"x\"}}",
        "{\"token\": null, \"a\": \"b\"} | {\"token\": null, \"a\": \"b\"}",
        "{\"next_token\": \"p2\", \"NextPageToken\": \"p3\"}"
            + " | {\"next_token\": \"p2\", \"NextPageToken\": \"p3\"}",
        "{\"a\": \"token\", \"b\": \"x\"} | {\"a\": \"token\", \"b\": \"x\"}",
        "{\"api_key\": \"cut of | {\"api_key\": \"***",
        "grant_type=x&client_secret=y&scope=z | grant_type=x&client_secret=***&scope=z",
        "<a><Password>x</Password><b>y</b></a> | <a><Password>***</Password><b>y</b></a>",
        "just words | just words",
        "a s3cret | a ***",
        "{\"note\": \"the s3cret is out\"} | {\"note\": \"the *** is out\"}"
      })
  void bodies(String body, String clean) {
    assertThat(scrubber.body(body)).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\"", "{", "{\"", "{\"a\\", "[\"a\\\"", "{\"token\":\"", "<", "="})
  void anyEndIsAnEnd(String body) {
    assertThat(scrubber.body(body)).isEqualTo(body);
  }

  @Test
  void longStringsTakeNoStack() {
    String escapes = "\\n".repeat(500_000);
    assertThat(scrubber.body("{\"a\": \"" + escapes + "\", \"pwd\": \"" + escapes + "\"}"))
        .isEqualTo("{\"a\": \"" + escapes + "\", \"pwd\": \"***\"}");
  }

  @Test
  void urlsAndHeaders() {
    assertThat(scrubber.url("https://h/a/s3cret?page=2&api_key=x&pageToken=y"))
        .isEqualTo("https://h/a/***?page=2&api_key=***&pageToken=y");
    assertThat(scrubber.url("https://h/token=x")).isEqualTo("https://h/token=x");
    assertThat(scrubber.header("X-Api-Key", "x")).isEqualTo("***");
    assertThat(scrubber.header("Link", "<https://h/a?access_token=x&page=2>; rel=\"next\""))
        .isEqualTo("<https://h/a?access_token=***&page=2>; rel=\"next\"");
  }
}
