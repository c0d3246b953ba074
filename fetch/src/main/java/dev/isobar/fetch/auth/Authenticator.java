package dev.isobar.fetch.auth;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Provider;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import dev.isobar.plan.Request;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the credential for a provider's requests. Thread-safe.
public final class Authenticator {
  /// What a sandbox gets in place of a secret.
  private static final String SANDBOX = "sandbox";

  private static final List<String> TYPES =
      List.of(
          "bearer",
          "api_key",
          "basic",
          "custom",
          "oauth2",
          "aws_signing_v4",
          "aws_assume_role",
          "azure_default",
          "service_account",
          "interactive",
          "oci_signing_v1",
          "null_auth");

  private final Map<String, AuthSpec> given;
  private final Set<String> sandboxed;
  private final Function<String, @Nullable String> environment;
  private final TokenClient client;
  private final InstantSource clock;

  /// Those made so far: a token lasts longer than a statement.
  private final Map<Key, Credential> credentials = new ConcurrentHashMap<>();

  private record Key(AuthSpec spec, List<String> inputs) {
    /// Without the secrets: records print their components.
    @Override
    public String toString() {
      return "Key[" + spec.type() + "]";
    }
  }

  /// @param given by provider: replaces the document's authentication wholly
  /// @param sandboxed providers whose API is emulated: their credentials are neither read nor sent,
  ///   unless given
  /// @param environment reads a variable, null when it is not set
  /// @param client asks for tokens
  public Authenticator(
      Map<String, AuthSpec> given,
      Set<String> sandboxed,
      Function<String, @Nullable String> environment,
      TokenClient client,
      InstantSource clock) {
    this.given = given;
    this.sandboxed = sandboxed;
    this.environment = environment;
    this.client = client;
    this.clock = clock;
  }

  /// The credential to send; one with nothing in it when none is needed, or none is there and the
  /// API answers without.
  ///
  /// @throws IsobarException `AUTHENTICATION_FAILED` when one is needed and missing;
  ///   `INVALID_CONFIGURATION` when its settings are of no use; `UNSUPPORTED_STATEMENT` for a type
  ///   of authentication that does not exist
  public Credential credential(Provider provider, CredentialUse use) {
    if (use == CredentialUse.NONE) {
      return Credential.NONE;
    }
    AuthSpec own = given.get(provider.api());
    if (own == null && sandboxed.contains(provider.api())) {
      return sandbox(provider.auth());
    }
    AuthSpec spec = Accounts.chosen(provider, own == null ? provider.auth() : own);
    Search search = new Search(environment);
    add(search, provider.name(), spec);
    if (search.missing().isEmpty()) {
      return credentials.computeIfAbsent(new Key(spec, search.inputs()), _ -> search.credential());
    }
    if (use == CredentialUse.REQUIRED) {
      throw new IsobarException(
          ErrorCode.AUTHENTICATION_FAILED,
          "`" + provider.name() + "` needs a credential, and " + search.missing() + ".",
          "Set it, or give another with --auth; --sandbox needs none.");
    }
    return new Credential(List.of(), new Redaction(List.of()), "", search.missing());
  }

  private void add(Search search, String provider, AuthSpec spec) {
    switch (spec.type()) {
      case "null_auth", "" -> {}
      case "bearer" -> placed(search, spec, "Bearer ");
      case "api_key" -> placed(search, spec, text(spec, "valuePrefix", ""));
      case "basic" -> placed(search, spec, text(spec, "valuePrefix", "BASIC "));
      case "custom" -> {
        placed(search, spec, "");
        if (spec.settings().get("successor") instanceof Map<?, ?> next) {
          add(search, provider, AuthSpec.of(next, "custom"));
        }
      }
      case "oauth2" -> ClientCredentials.add(search, provider, spec, client, clock);
      case "aws_signing_v4", "aws_assume_role" ->
          AwsAuthentication.add(search, provider, spec, clock);
      case "azure_default" -> AzureChain.add(search, provider, spec, client, clock);
      case "service_account" -> GoogleKey.add(search, provider, spec, clock);
      case "interactive" -> GcloudLogin.add(search, provider, clock);
      case "oci_signing_v1" -> OciAuthentication.add(search, provider, spec, clock);
      default ->
          throw new IsobarException(
              ErrorCode.UNSUPPORTED_STATEMENT,
              "`"
                  + provider
                  + "` uses authentication of the type `"
                  + spec.type()
                  + "`, which this version does not support.",
              Names.didYouMean(spec.type(), TYPES)
                  + "The types are "
                  + String.join(", ", TYPES)
                  + ".");
    }
  }

  /// The one secret of the spec, in the header or the query parameter that it names.
  private static void placed(Search search, AuthSpec spec, String prefix) {
    String secret = search.secret(spec);
    if (secret != null) {
      Authentication fixed = placed(spec, prefix + secret);
      search.part(_ -> fixed);
    }
  }

  private static Authentication placed(AuthSpec spec, String value) {
    List<Request.Pair> pair = List.of(new Request.Pair(text(spec, "name", "Authorization"), value));
    return text(spec, "location", "header").equals("query")
        ? new Authentication.Fixed(List.of(), pair)
        : new Authentication.Fixed(pair, List.of());
  }

  /// What an emulator gets: a credential of the same form, where the form is known, that holds
  /// nothing of the real one.
  private static Credential sandbox(AuthSpec spec) {
    Search nowhere = new Search(_ -> null);
    nowhere.source("the sandbox");
    addSandbox(nowhere, spec);
    return nowhere.credential();
  }

  private static void addSandbox(Search search, AuthSpec spec) {
    switch (spec.type()) {
      case "null_auth", "" -> {}
      case "custom" -> {
        search.part(_ -> placed(spec, SANDBOX));
        if (spec.settings().get("successor") instanceof Map<?, ?> next) {
          addSandbox(search, AuthSpec.of(next, "custom"));
        }
      }
      case "api_key" -> search.part(_ -> placed(spec, text(spec, "valuePrefix", "") + SANDBOX));
      case "basic" -> search.part(_ -> placed(spec, text(spec, "valuePrefix", "BASIC ") + SANDBOX));
      default -> search.part(_ -> placed(AuthSpec.NONE, "Bearer " + SANDBOX));
    }
  }

  private static String text(AuthSpec spec, String key, String otherwise) {
    String value = spec.setting(key);
    return value == null ? otherwise : value;
  }
}
