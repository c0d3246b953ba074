package dev.isobar.fetch.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Provider;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.testing.Samples;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PROD", "production", "DEV", "development", "ACME_TOKEN", "the document's");
  private static final AuthSpec DOCUMENT =
      new AuthSpec("bearer", Map.of("credentialsenvvar", "ACME_TOKEN"));
  private static final Map<String, Object> TWO =
      Map.of(
          "prod", Map.of("type", "bearer", "credentialsenvvar", "PROD"),
          "dev", Map.of("credentialsenvvar", "DEV"));

  private static Provider provider(String name) {
    return new Catalog(List.of(Samples.provider("acme", DOCUMENT))).provider(name);
  }

  private static String sent(String provider, Map<String, AuthSpec> given, Set<String> sandboxed)
      throws InterruptedException {
    TokenClient none =
        (_, _, _, _, _) -> {
          throw new AssertionError();
        };
    Credential credential =
        new Authenticator(
                given, sandboxed::contains, ENVIRONMENT::get, none, InstantSource.fixed(Gate.START))
            .credential(provider(provider), CredentialUse.REQUIRED);
    return Gate.headers(credential, "GET", "https://api.acme.example/x", null)
        .getOrDefault("authorization", "");
  }

  private static Map<String, AuthSpec> given(Map<String, Object> settings) {
    return Map.of("acme", new AuthSpec("bearer", settings));
  }

  @Test
  void theStatementsNameOrTheDefaultChooses() throws Exception {
    var given = given(Map.of("accounts", TWO, "default", "prod"));
    assertThat(sent("acme", given, Set.of())).isEqualTo("Bearer production");
    assertThat(sent("acme@dev", given, Set.of())).isEqualTo("Bearer development");
    assertThat(sent("acme@prod", given, Set.of())).isEqualTo("Bearer production");
  }

  @Test
  void saysWhichAccountsThereAre() {
    assertThatThrownBy(() -> sent("acme", given(Map.of("accounts", TWO)), Set.of()))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
              assertThat(e.hint()).contains("\"acme@dev\"", "dev, prod");
            });
    assertThatThrownBy(() -> sent("acme@deb", given(Map.of("accounts", TWO)), Set.of()))
        .hasMessage("There is no account `deb` of `acme`.")
        .extracting(e -> ((IsobarException) e).hint())
        .asString()
        .contains("Did you mean `dev`?");
    assertThatThrownBy(() -> sent("acme@dev", Map.of(), Set.of()))
        .hasMessage("There is no account `dev` of `acme`.");
  }

  @Test
  void aSandboxHasEveryAccountAndNoneOfTheirSecrets() throws Exception {
    assertThat(sent("acme@any", Map.of(), Set.of("acme"))).isEqualTo("Bearer sandbox");
  }

  @Test
  void aProviderAsAnAccountIsTheSameOtherwise() {
    Provider dev = provider("acme@dev");
    assertThat(dev.name()).isEqualTo("acme@dev");
    assertThat(dev.api()).isEqualTo("acme");
    assertThat(dev.services()).isEqualTo(provider("acme").services());
    for (String name : List.of("acme@", "@dev", "acme2@dev", "@")) {
      assertThatThrownBy(() -> provider(name))
          .extracting(e -> ((IsobarException) e).code())
          .isEqualTo(ErrorCode.UNKNOWN_PROVIDER);
    }
  }
}
