package dev.isobar.cli;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.fetch.auth.AuthSettings;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.model.Names;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The value of `--auth`: a JSON object of provider to settings. Its errors repeat none of it,
/// because it may hold secrets.
final class AuthOption {
  private AuthOption() {}

  /// @param warnings told of what has no effect
  /// @throws IsobarException `INVALID_CONFIGURATION`
  static Map<String, AuthSpec> read(Option option, String json, Consumer<String> warnings) {
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
    providers.forEach((name, settings) -> {
      String provider = String.valueOf(name);
      auth.put(provider, AuthSettings.read(option.name(), provider, settings, warnings));
    });
    return auth;
  }

  /// Warns of providers that are not there. One that the script pulls may be among them.
  static void checkProviders(
      Collection<String> given, Collection<String> known, Consumer<String> warnings) {
    for (String provider : given) {
      if (!known.contains(provider)) {
        warnings.accept(
            ("`--auth` names `"
                    + provider
                    + "`, and there is no such provider here. "
                    + Names.didYouMean(provider, known))
                .strip());
      }
    }
  }
}
