package dev.isobar.fetch.auth;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.identity.DefaultAzureCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.isobar.catalog.AuthSpec;
import dev.isobar.fetch.auth.Renewing.Held;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tokens for Azure from wherever its own tools look for an identity (`azure_default`), by Azure's
/// library: variables of a service principal, a workload identity, a managed identity, a login with
/// one of its command line tools.
final class AzureChain implements Renewing.Source<String> {
  private static final String MANAGEMENT = "https://management.azure.com/.default";
  private static final List<String> PRINCIPAL =
      List.of("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET");
  private static final List<String> VARIABLES =
      List.of(
          "AZURE_TENANT_ID",
          "AZURE_CLIENT_ID",
          "AZURE_CLIENT_SECRET",
          "AZURE_CLIENT_CERTIFICATE_PATH",
          "AZURE_CLIENT_CERTIFICATE_PASSWORD",
          "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN",
          "AZURE_USERNAME",
          "AZURE_PASSWORD",
          "AZURE_AUTHORITY_HOST",
          "AZURE_FEDERATED_TOKEN_FILE",
          "AZURE_ADDITIONALLY_ALLOWED_TENANTS",
          "AZURE_TOKEN_CREDENTIALS",
          "AZURE_POD_IDENTITY_AUTHORITY_HOST",
          "IDENTITY_ENDPOINT",
          "IDENTITY_HEADER",
          "IDENTITY_SERVER_THUMBPRINT",
          "IMDS_ENDPOINT",
          "MSI_ENDPOINT",
          "MSI_SECRET");
  private static final List<String> SECRETS =
      List.of(
          "AZURE_CLIENT_SECRET",
          "AZURE_CLIENT_CERTIFICATE_PASSWORD",
          "AZURE_PASSWORD",
          "IDENTITY_HEADER",
          "MSI_SECRET");

  private final String provider;
  private final Map<String, String> variables;
  private final List<String> scopes;
  private final TokenClient client;
  private final Redaction redaction;

  private AzureChain(
      String provider,
      Map<String, String> variables,
      List<String> scopes,
      TokenClient client,
      Redaction redaction) {
    this.provider = provider;
    this.variables = variables;
    this.scopes = scopes;
    this.client = client;
    this.redaction = redaction;
  }

  static void add(
      Search search, String provider, AuthSpec spec, TokenClient client, InstantSource clock) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : VARIABLES) {
      String value = search.read(name);
      if (value != null) {
        variables.put(name, value);
        search.input(name);
        if (SECRETS.contains(name)) {
          search.secret(value);
        } else {
          search.input(value);
        }
      }
    }
    search.source(
        variables.containsKey("AZURE_CLIENT_SECRET")
            ? "`AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET`"
            : "Azure's credential chain");
    if (!variables.containsKey("AZURE_CLIENT_SECRET")) {
      search.leaveOpen();
    }
    String written = ClientCredentials.scopes(spec);
    List<String> scopes = List.of((written.isEmpty() ? MANAGEMENT : written).split("[\\s,]+"));
    search.part(redaction ->
        new Token(
            new Renewing<>(new AzureChain(provider, variables, scopes, client, redaction), clock)));
  }

  @Override
  public Held<String> fetch() throws InterruptedException {
    try {
      AccessToken token = credential().getTokenSync(new TokenRequestContext().setScopes(scopes));
      redaction.add(token.getToken());
      return new Held<>("Bearer " + token.getToken(), token.getExpiresAt().toInstant());
    } catch (RuntimeException e) {
      // The library throws what its layers throw.
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof IsobarException known) {
          throw known;
        }
        if (cause instanceof InterruptedException interrupted) {
          throw interrupted;
        }
      }
      if (Thread.interrupted()) {
        var interrupted = new InterruptedException();
        interrupted.initCause(e);
        throw interrupted;
      }
      throw failed(e);
    }
  }

  /// A new one each time: it keeps its tokens, and one that was refused must not come back.
  private DefaultAzureCredential credential() {
    ConfigurationBuilder configuration = new ConfigurationBuilder();
    variables.forEach(configuration::putProperty);
    Configuration known = configuration.build();
    // Our client asks again by itself.
    RetryOptions never = new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1)));
    return new DefaultAzureCredentialBuilder()
        .configuration(known)
        .httpClient(new AzureHttp(client, redaction))
        .retryOptions(never)
        .build();
  }

  private IsobarException failed(RuntimeException e) {
    List<String> unset = PRINCIPAL.stream().filter(name -> !variables.containsKey(name)).toList();
    String principal =
        unset.isEmpty()
            ? ""
            : "`"
                + String.join("`, `", unset)
                + "` "
                + (unset.size() == 1 ? "is" : "are")
                + " not set, and Azure's other places gave no identity: ";
    return new IsobarException(
        ErrorCode.AUTHENTICATION_FAILED,
        "No token for `"
            + provider
            + "` could be had: "
            + principal
            + "`"
            + redaction.excerpt(String.valueOf(e.getMessage()))
            + "`.",
        "Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or run `az login`;"
            + " --sandbox needs none.");
  }
}
