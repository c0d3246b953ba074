package dev.isobar.fetch.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.fetch.auth.TokenClient.Reply;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Azure's library over a client that answers in place of Azure: its endpoints have to be https, so
/// a cloud on the loopback address cannot stand in for them.
class AzureChainTest {
  private static final AuthSpec SPEC = new AuthSpec("azure_default", Map.of());

  private final Gate gate = new Gate();
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final List<URI> asked = Collections.synchronizedList(new ArrayList<>());

  private static Reply json(int status, String body) {
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (_, _) -> true);
    return new Reply(status, headers, body, "");
  }

  /// What Azure answers; tokens are `a1`, `a2`…
  private Reply azure(URI uri, String body) {
    asked.add(uri);
    if (uri.getPath().endsWith("/token")) {
      bodies.add(body);
      return json(
          200,
          "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"a%d\"}"
              .formatted(bodies.size()));
    }
    String authority = uri.getScheme() + "://" + uri.getHost() + "/tenant";
    return json(
        200,
        """
        {"tenant_discovery_endpoint":"%1$s/v2.0/.well-known/openid-configuration",
         "api-version":"1.1","metadata":[{"preferred_network":"%2$s","preferred_cache":"%2$s",
         "aliases":["%2$s"]}],
         "authorization_endpoint":"%1$s/oauth2/v2.0/authorize",
         "token_endpoint":"%1$s/oauth2/v2.0/token","issuer":"%1$s/v2.0"}
        """
            .formatted(authority, uri.getHost()));
  }

  private void principal() {
    gate.environment.putAll(
        Map.of("AZURE_TENANT_ID", "tenant", "AZURE_CLIENT_ID", "me", "AZURE_CLIENT_SECRET", "c4n"));
    gate.client = (_, uri, _, body, _) -> azure(uri, String.valueOf(body));
  }

  @Test
  void aPrincipalBuysATokenForManagement() throws Exception {
    principal();
    gate.now = java.time.Instant.now();
    assertThat(gate.headers(SPEC)).containsEntry("authorization", "Bearer a1");
    assertThat(gate.headers(SPEC)).containsEntry("authorization", "Bearer a1");
    assertThat(bodies).hasSize(1);
    assertThat(bodies.getFirst())
        .contains(
            "client_id=me", "client_secret=c4n", "https%3A%2F%2Fmanagement.azure.com%2F.default");
    assertThat(asked.getLast().getHost()).isEqualTo("login.microsoftonline.com");
    gate.now = gate.now.plusSeconds(3590);
    assertThat(gate.headers(SPEC)).containsEntry("authorization", "Bearer a2");
  }

  @Test
  void scopesAndTheCloudMayBeOthers() throws Exception {
    principal();
    gate.environment.put("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us/");
    AuthSpec spec =
        new AuthSpec(
            "azure_default",
            Map.of("scopes", List.of("https://management.usgovcloudapi.net/.default")));
    gate.headers(spec);
    assertThat(bodies.getFirst()).contains("management.usgovcloudapi.net");
    assertThat(asked.getLast().getHost()).isEqualTo("login.microsoftonline.us");
  }

  @Test
  void aRefusalIsToldWithoutTheSecret() {
    principal();
    gate.client =
        (_, uri, _, body, _) ->
            uri.getPath().endsWith("/token")
                ? json(
                    401,
                    "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: c4n is wrong\"}")
                : azure(uri, String.valueOf(body));
    assertThatThrownBy(() -> gate.headers(SPEC))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
              assertThat(e.text()).contains("AADSTS7000215: *** is wrong").doesNotContain("c4n");
            });
  }

  @Test
  void anEndpointThatCannotBeReachedIsTold() {
    principal();
    gate.client =
        (_, _, _, _, _) -> {
          throw new IsobarException(ErrorCode.REQUEST_FAILED, "`x` gave no token: it slept.", "");
        };
    assertThatThrownBy(() -> gate.headers(SPEC)).hasMessage("`x` gave no token: it slept.");
  }

  @Test
  void namesWhatToSetWhereThereIsNothing() {
    gate.environment.put("AZURE_TENANT_ID", "tenant");
    gate.environment.put("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential");
    gate.client = (_, _, _, _, _) -> json(404, "");
    assertThatThrownBy(() -> gate.headers(SPEC))
        .hasMessageContaining("`AZURE_CLIENT_ID`, `AZURE_CLIENT_SECRET` are not set");
  }
}
