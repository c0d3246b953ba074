package dev.isobar.fetch.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Provider;
import dev.isobar.model.IsobarException;
import dev.isobar.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthStatusTest {
  private static final AuthSpec BEARER = new AuthSpec("bearer", Map.of("credentialsenvvar", "A"));

  private final Gate gate = new Gate();

  private AuthStatus only(AuthSpec spec) {
    List<AuthStatus> all = gate.authenticator.status(Samples.provider("acme", spec));
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void tellsTheVariableAndNeverWhatIsInIt() {
    assertThat(only(BEARER))
        .isEqualTo(new AuthStatus(null, true, "bearer", null, "", false, "`A` is not set"));
    gate.environment.put("A", "s3cret");
    assertThat(only(BEARER)).isEqualTo(new AuthStatus(null, true, "bearer", null, "`A`", true, ""));
  }

  @Test
  void whereCloudsToolsLookIsKnownOnlyOnceAsked() {
    AuthStatus aws = only(new AuthSpec("aws_signing_v4", Map.of()));
    assertThat(aws.present()).isNull();
    assertThat(aws.source()).isEqualTo("AWS's credential chain");
    assertThat(only(new AuthSpec("azure_default", Map.of())).present()).isNull();
    gate.environment.put("AWS_ACCESS_KEY_ID", "id");
    gate.environment.put("AWS_SECRET_ACCESS_KEY", "s3cret");
    assertThat(only(new AuthSpec("aws_signing_v4", Map.of())).present()).isTrue();
  }

  @Test
  void tellsWhoTheCredentialStandsFor() {
    gate.environment.put(
        "K", "{\"type\": \"service_account\", \"client_email\": \"me@x\", \"private_key\": \"p\"}");
    AuthStatus key = only(new AuthSpec("service_account", Map.of("credentialsenvvar", "K")));
    assertThat(key.principal()).isEqualTo("me@x");
    assertThat(key.toString()).doesNotContain("private_key");
  }

  @Test
  void aSettingOfNoUseIsToldAsMissing() {
    AuthStatus status = only(new AuthSpec("oauth2", Map.of("grant_type", "password")));
    assertThat(status.present()).isFalse();
    assertThat(status.missing()).contains("grant_type");
  }

  @Test
  void listsAccountsWithTheDefaultFirst() {
    AuthSpec spec =
        AuthSpec.of(
            Map.of(
                "default",
                "b",
                "accounts",
                Map.of("a", Map.of("type", "null_auth"), "b", Map.of("type", "null_auth"))),
            "");
    Provider provider = Samples.provider("acme", spec);
    assertThat(gate.authenticator.status(provider))
        .extracting(AuthStatus::account)
        .containsExactly("b", "a");
    assertThat(gate.authenticator.status(provider.as("a")))
        .extracting(AuthStatus::account, AuthStatus::isDefault)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("a", false));
    assertThatThrownBy(() -> gate.authenticator.status(provider.as("c")))
        .isInstanceOf(IsobarException.class)
        .hasMessageContaining("`c`");
  }

  @Test
  void usesWhatTheSessionSetsUntilItIsReset() {
    Provider provider = Samples.provider("acme", BEARER);
    gate.authenticator.use(provider, new AuthSpec("bearer", Map.of("credentialsenvvar", "B")));
    assertThatThrownBy(() -> gate.credential(BEARER))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.text()).contains("`B` is not set");
              assertThat(e.hint()).contains("`export B=…`", "--auth '{\"acme\": {");
            });
    gate.authenticator.reset(provider);
    gate.environment.put("A", "s3cret");
    assertThat(gate.credential(BEARER).source()).isEqualTo("`A`");
    gate.authenticator.useAll(Map.of("acme", AuthSpec.NONE));
    assertThat(gate.credential(BEARER).isPresent()).isFalse();
  }

  @Test
  void theHintNamesEachVariableThatIsMissing() {
    AuthSpec pair = new AuthSpec("basic", Map.of("username_var", "U", "password_var", "P"));
    assertThatThrownBy(() -> gate.credential(pair))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> assertThat(e.hint()).contains("`export U=…` and `export P=…`"));
  }
}
