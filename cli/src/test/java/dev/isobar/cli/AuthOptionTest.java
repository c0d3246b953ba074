package dev.isobar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.model.IsobarException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthOptionTest {
  private static final Option AUTH = new Option("--auth", null, "JSON", "credentials");

  @Test
  void readsSettingsByProvider() {
    assertThat(
            AuthOption.read(
                AUTH,
                "{\"linode\": {\"type\": \"bearer\", \"credentialsenvvar\": \"T\"}}",
                _ -> {}))
        .isEqualTo(Map.of("linode", new AuthSpec("bearer", Map.of("credentialsenvvar", "T"))));
    assertThat(AuthOption.read(AUTH, "{}", _ -> {})).isEmpty();
  }

  @Test
  void readsAccounts() {
    Map<String, AuthSpec> auth =
        AuthOption.read(
            AUTH,
            """
            {"aws": {"default": "a", "accounts": {"a": {"type": "aws_signing_v4", "profile": "p"}}}}
            """,
            _ -> {});
    assertThat(auth.values())
        .extracting(AuthSpec::type, spec -> spec.setting("default"))
        .containsExactly(org.assertj.core.groups.Tuple.tuple("", "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3cret",
        "[\"s3cret\"]",
        "{\"linode\": \"s3cret\"}",
        "{\"linode\": {\"token\": \"s3cret\"}}",
        "{\"linode\": {\"type\": 1, \"token\": \"s3cret\"}}",
        "{\"linode\": {\"type\": \"s3cret\"",
        "{\"linode\": {\"accounts\": \"s3cret\"}}",
        "{\"linode\": {\"accounts\": {\"a\": {\"token\": \"s3cret\"}}}}",
      })
  void saysWhatIsWrongWithoutRepeatingIt(String json) {
    assertThatThrownBy(() -> AuthOption.read(AUTH, json, _ -> {}))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.text() + e.hint()).contains("--auth").doesNotContain("s3cret");
              assertThat(e.getCause()).isNull();
            });
  }
}
