package dev.isobar.fetch.auth;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Provider;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Several credentials of one provider: the setting `accounts` holds an authentication by each
/// name, `default` the name of the one that is used when a statement names none.
final class Accounts {
  private Accounts() {}

  /// The authentication of the provider's account.
  ///
  /// @param spec of the provider; itself, when it has no accounts and none is named
  /// @throws IsobarException `INVALID_CONFIGURATION` when there is no such account, or none is
  ///   named and none is the default
  static AuthSpec chosen(Provider provider, AuthSpec spec) {
    if (!(spec.settings().get("accounts") instanceof Map<?, ?>)) {
      return unnamed(provider, spec);
    }
    Map<String, AuthSpec> accounts = all(spec);
    String name = provider.account().isEmpty() ? spec.setting("default") : provider.account();
    if (name == null) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          "`" + provider.api() + "` has several accounts, and none is the default.",
          "Name one in the statement, as in \""
              + provider.api()
              + "@"
              + accounts.keySet().stream().findFirst().orElse("name")
              + "\", or set `default`. The accounts are "
              + String.join(", ", accounts.keySet())
              + ".");
    }
    AuthSpec chosen = accounts.get(name);
    if (chosen == null) {
      throw unknown(provider, name, List.copyOf(accounts.keySet()));
    }
    return chosen;
  }

  /// The authentications by the accounts' names; none where no accounts were given names.
  static Map<String, AuthSpec> all(AuthSpec spec) {
    Map<String, AuthSpec> accounts = new TreeMap<>();
    if (spec.settings().get("accounts") instanceof Map<?, ?> written) {
      written.forEach((name, settings) -> {
        if (settings instanceof Map<?, ?> map) {
          accounts.put(String.valueOf(name), AuthSpec.of(map, spec.type()));
        }
      });
    }
    return accounts;
  }

  /// What is used where no accounts were given names. AWS's tools give them: profiles.
  private static AuthSpec unnamed(Provider provider, AuthSpec spec) {
    if (provider.account().isEmpty()) {
      return spec;
    }
    if (spec.type().equals("aws_signing_v4")) {
      return new AuthSpec(spec.type(), Map.of("profile", provider.account()));
    }
    throw unknown(provider, provider.account(), List.of());
  }

  private static IsobarException unknown(Provider provider, String name, List<String> accounts) {
    return new IsobarException(
        ErrorCode.INVALID_CONFIGURATION,
        "There is no account `" + name + "` of `" + provider.api() + "`.",
        accounts.isEmpty()
            ? "Give it with --auth: {\""
                + provider.api()
                + "\": {\"accounts\": {\""
                + name
                + "\": {\"type\": …}}}}."
            : Names.didYouMean(name, accounts)
                + "The accounts are "
                + String.join(", ", accounts)
                + ".");
  }
}
