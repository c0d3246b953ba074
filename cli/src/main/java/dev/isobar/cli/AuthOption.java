package dev.isobar.cli;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// The value of `--auth`: a JSON object of provider to settings. Its errors repeat none of it,
/// because it may hold secrets.
final class AuthOption {
  private AuthOption() {}

  /// @throws IsobarException `INVALID_CONFIGURATION`
  static Map<String, AuthSpec> read(Option option, String json) {
    Object value;
    try {
      value = Json.parse(json);
    } catch (IllegalArgumentException _) {
      throw Command.wrong(option, "The value of `--auth` is not JSON.");
    }
    if (!(value instanceof Map<?, ?> providers)) {
      throw Command.wrong(option, "The value of `--auth` is no JSON object.");
    }
    Map<String, AuthSpec> auth = new LinkedHashMap<>();
    for (var entry : providers.entrySet()) {
      String provider = String.valueOf(entry.getKey());
      if (!(entry.getValue() instanceof Map<?, ?> settings)) {
        throw Command.wrong(option, "In `--auth`, `" + provider + "` is no JSON object.");
      }
      check(option, provider, settings);
      auth.put(provider, AuthSpec.of(settings, ""));
    }
    return auth;
  }

  /// Every authentication has a type, be it the one for all accounts.
  private static void check(Option option, String provider, Map<?, ?> settings) {
    if (settings.get("type") instanceof String) {
      return;
    }
    if (settings.containsKey("type") || !(settings.get("accounts") instanceof Map<?, ?> accounts)) {
      throw Command.wrong(option, "In `--auth`, `" + provider + "` has no `type`.");
    }
    for (var account : accounts.entrySet()) {
      boolean typed =
          account.getValue() instanceof Map<?, ?> own && own.get("type") instanceof String;
      if (!typed) {
        throw Command.wrong(
            option,
            "In `--auth`, the account `"
                + account.getKey()
                + "` of `"
                + provider
                + "` has no `type`.");
      }
    }
  }
}
