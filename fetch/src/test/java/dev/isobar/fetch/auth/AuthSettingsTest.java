package dev.isobar.fetch.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSettingsTest {
  private final List<String> warnings = new ArrayList<>();

  private AuthSpec read(String json) {
    return AuthSettings.read("--auth", "acme", Json.parse(json), warnings::add);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'bearer', 'credentialsenvvar': 'A'}",
        "{'type': 'custom', 'name': 'X', 'location': 'header', 'credentialsenvvar': 'A',"
            + " 'successor': {'name': 'Y', 'location': 'header', 'credentialsenvvar': 'B'}}",
        "{'type': 'oauth2', 'token_url': 'https://x/{{ .team }}/{{ .__env__T }}', 'team_env_var':"
            + " 'B', 'client_id': 'c', 'client_secret_env_var': 'C', 'values': {'a': ['b']}}",
        "{'type': 'aws_assume_role', 'profile': 'p', 'aws_role_arn': 'r', 'aws_sts_region': 'x'}",
        "{'type': 'oci_signing_v1', 'profile': 'P', 'private_key_path_env_var': 'K'}",
        "{'default': 'a', 'accounts': {'a': {'type': 'interactive'}}}",
        "{'type': 'bearer', 'accounts': {'a': {'credentialsenvvar': 'A'}}}",
      })
  void takesWhatTheTypesTake(String json) {
    AuthSpec spec = read(json.replace('\'', '"'));
    assertThat(spec.settings()).isNotEmpty();
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\1',
      value = {
        "{'type': 'baerer'} | `baerer` | Did you mean `bearer`?",
        "{'type': 'sql_data_source::postgres'} | `sql_data_source::postgres` | The types are",
        "{'type': ''} | no `type` | The types are",
        "{'type': 'bearer', 'credentialsenvar': 's3cret'} | `credentialsenvar` |"
            + " `credentialsenvvar`?",
        "{'type': 'interactive', 'tokn': 's3cret'} | `tokn` | takes no settings",
        "{'type': 'custom', 'successor': {'nam': 's3cret'}} | the successor of `acme` | `name`?",
        "{'accounts': {'dev': {'type': 'bearer', 'api_kye': 's3cret'}}} | the account `dev` |"
            + " `api_key`",
        "{'default': 'dve', 'accounts': {'dev': {'type': 'bearer'}}} | `default` | `dev`?",
        "{'accounts': {'dev': {'accounts': {}, 'type': 'bearer'}}} | of its own | beside",
      })
  void refusesWhatNoTypeTakesWithTheNearestName(String json, String message, String hint) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
              assertThat(e.text()).startsWith("In `--auth`, ").contains(message);
              assertThat(e.hint()).contains(hint);
              assertThat(e.text() + e.hint()).doesNotContain("s3cret");
            });
  }

  @Test
  void repeatsNoTypeThatMayBeASecret() {
    String secret = "x".repeat(41);
    assertThatThrownBy(() -> read("{\"type\": \"" + secret + "\"}"))
        .hasMessageContaining("is none")
        .hasMessageNotContaining(secret);
  }

  @Test
  void warnsOfASettingOfAnotherType() {
    assertThat(read("{\"type\": \"bearer\", \"scopes\": \"s3cret\"}").type()).isEqualTo("bearer");
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst()).contains("`scopes`", "`bearer`").doesNotContain("s3cret");
  }

  @Test
  void anotherTypeKeepsWhatItTakes() {
    AuthSpec spec = new AuthSpec("bearer", Map.of("credentialsenvvar", "A", "valuePrefix", "t "));
    assertThat(AuthSettings.changed(spec, List.of("type"), "service_account"))
        .isEqualTo(Map.of("type", "service_account", "credentialsenvvar", "A"));
    assertThat(AuthSettings.changed(spec, List.of("valuePrefix"), null))
        .isEqualTo(Map.of("type", "bearer", "credentialsenvvar", "A"));
    assertThat(AuthSettings.changed(AuthSpec.NONE, List.of("accounts", "dev", "profile"), "p"))
        .isEqualTo(Map.of("type", "null_auth", "accounts", Map.of("dev", Map.of("profile", "p"))));
  }
}
