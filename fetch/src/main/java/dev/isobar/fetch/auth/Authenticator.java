package dev.isobar.fetch.auth;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Provider;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.plan.Request;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds the credential for a provider's requests. Thread-safe.
public final class Authenticator {
  /// What a sandbox gets in place of a secret.
  private static final String SANDBOX = "sandbox";

  private final Map<String, AuthSpec> configured;

  /// What the session uses instead of the documents' authentication, by provider.
  private final Map<String, AuthSpec> given;

  private final Predicate<String> sandboxed;
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
      Predicate<String> sandboxed,
      Function<String, @Nullable String> environment,
      TokenClient client,
      InstantSource clock) {
    this.configured = Map.copyOf(given);
    this.given = new ConcurrentHashMap<>(given);
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
    if (own == null && sandboxed.test(provider.api())) {
      return sandbox(provider.auth());
    }
    AuthSpec spec = Accounts.chosen(provider, own == null ? provider.auth() : own);
    Search search = new Search(environment);
    add(search, provider.name(), spec);
    if (search.missing().isEmpty()) {
      return credentials.computeIfAbsent(new Key(spec, search.inputs()), _ -> search.credential());
    }
    if (use == CredentialUse.REQUIRED) {
      throw missing(provider, spec, search);
    }
    return new Credential(List.of(), new Redaction(List.of()), "", search.missing());
  }

  /// The authentication that the provider's requests use: what was given, else the document's.
  public AuthSpec spec(Provider provider) {
    AuthSpec own = given.get(provider.api());
    return own == null ? provider.auth() : own;
  }

  /// Uses this for the provider from now on, whatever its document says.
  public void use(Provider provider, AuthSpec spec) {
    given.put(provider.api(), spec);
    credentials.clear();
  }

  /// Uses this for the providers from now on, and what their documents say for all others.
  public void useAll(Map<String, AuthSpec> specs) {
    given.keySet().retainAll(specs.keySet());
    given.putAll(specs);
    credentials.clear();
  }

  /// Uses again what was given at the start, or else what the provider's document says; tokens are
  /// forgotten.
  public void reset(Provider provider) {
    AuthSpec first = configured.get(provider.api());
    if (first == null) {
      given.remove(provider.api());
    } else {
      given.put(provider.api(), first);
    }
    credentials.clear();
  }

  /// The provider's credential, found with this authentication. Nobody is asked for a token.
  ///
  /// @throws IsobarException as [#credential] does
  public AuthStatus check(Provider provider, AuthSpec spec) {
    AuthSpec chosen = Accounts.chosen(provider, spec);
    Search search = new Search(environment);
    add(search, provider.name(), chosen);
    if (!search.missing().isEmpty()) {
      throw missing(provider, chosen, search);
    }
    return status(null, true, chosen, search);
  }

  private static IsobarException missing(Provider provider, AuthSpec spec, Search search) {
    return new IsobarException(
        ErrorCode.AUTHENTICATION_FAILED,
        "`" + provider.name() + "` needs a credential, and " + search.missing() + ".",
        search.hint(provider.api(), spec.type()));
  }

  /// What is known about each of the provider's credentials, that of the default account first.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION` when the provider has no such account
  public List<AuthStatus> status(Provider provider) {
    if (!given.containsKey(provider.api()) && sandboxed.test(provider.api())) {
      return List.of(
          new AuthStatus(null, true, provider.auth().type(), null, "the sandbox", true, ""));
    }
    AuthSpec spec = spec(provider);
    Map<String, AuthSpec> accounts = Accounts.all(spec);
    if (!provider.account().isEmpty() || accounts.isEmpty()) {
      String account = provider.account().isEmpty() ? null : provider.account();
      boolean isDefault = account == null || account.equals(spec.setting("default"));
      return List.of(status(account, isDefault, provider, Accounts.chosen(provider, spec)));
    }
    List<AuthStatus> all = new ArrayList<>();
    accounts.forEach((name, own) -> {
      boolean isDefault = name.equals(spec.setting("default"));
      all.add(isDefault ? 0 : all.size(), status(name, isDefault, provider.as(name), own));
    });
    return all;
  }

  private AuthStatus status(
      @Nullable String account, boolean isDefault, Provider provider, AuthSpec spec) {
    Search search = new Search(environment);
    try {
      add(search, provider.name(), spec);
    } catch (IsobarException e) {
      return new AuthStatus(account, isDefault, spec.type(), null, "", false, e.text());
    }
    return status(account, isDefault, spec, search);
  }

  private static AuthStatus status(
      @Nullable String account, boolean isDefault, AuthSpec spec, Search search) {
    boolean missing = !search.missing().isEmpty();
    return new AuthStatus(
        account,
        isDefault,
        spec.type(),
        search.principal(),
        search.source(),
        missing ? Boolean.FALSE : search.isCertain() ? Boolean.TRUE : null,
        search.missing());
  }

  /// The text without any secret that was read or bought so far.
  public String redact(String text) {
    String clean = text;
    for (Credential credential : credentials.values()) {
      clean = credential.redaction().redact(clean);
    }
    return clean;
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
          throw AuthSettings.unknownType(
              ErrorCode.UNSUPPORTED_STATEMENT,
              "`"
                  + provider
                  + "` uses authentication of the type `"
                  + spec.type()
                  + "`, which this version does not support.",
              spec.type());
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
