package dev.isobar.fetch.auth;

import dev.isobar.catalog.AuthSpec;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the key for Oracle's signatures is: in the settings or the variables that they name, else
/// in a profile of Oracle's configuration file.
final class OciAuthentication {
  private static final List<String> RAW =
      List.of("tenancy_ocid", "user_ocid", "fingerprint", "private_key", "private_key_path");

  private OciAuthentication() {}

  static void add(Search search, String provider, AuthSpec spec, InstantSource clock) {
    boolean raw =
        RAW.stream()
            .anyMatch(key -> spec.setting(key) != null || spec.setting(key + "_env_var") != null);
    if (raw) {
      ofSettings(search, provider, spec, clock);
    } else {
      ofProfile(search, provider, spec, clock);
    }
  }

  private static void ofSettings(
      Search search, String provider, AuthSpec spec, InstantSource clock) {
    String tenancy = search.required(spec, "tenancy_ocid", "tenancy_ocid_env_var");
    String user = search.required(spec, "user_ocid", "user_ocid_env_var");
    String fingerprint = search.required(spec, "fingerprint", "fingerprint_env_var");
    String path = search.optional(spec, "private_key_path", "private_key_path_env_var");
    String pem =
        path != null
            ? search.file(path)
            : search.required(
                spec, "private_key", "private_key_env_var", "private_key_path_env_var");
    String passphrase = search.optional(spec, "passphrase", "passphrase_env_var");
    if (tenancy == null || user == null || fingerprint == null || pem == null) {
      return;
    }
    search.principal(user);
    part(search, provider, tenancy + "/" + user + "/" + fingerprint, pem, passphrase, clock);
  }

  private static void ofProfile(
      Search search, String provider, AuthSpec spec, InstantSource clock) {
    String path = search.optional(spec, "config_file_path", "config_file_path_env_var");
    String file = path == null ? "~/.oci/config" : path;
    String content = search.file(file);
    if (content == null) {
      return;
    }
    String named = search.optional(spec, "profile", "profile_env_var");
    String profile = named == null ? "DEFAULT" : named;
    Map<String, String> settings = profile(content, profile);
    if (settings == null) {
      search.miss("the file `" + file + "` has no profile `" + profile + "`");
      return;
    }
    String keyFile = setting(search, settings, "key_file", file, profile);
    String pem = keyFile == null ? null : search.file(keyFile);
    String tokenFile = settings.get("security_token_file");
    String keyId;
    if (tokenFile != null) {
      String token = search.file(tokenFile);
      if (token != null) {
        search.secret(token);
      }
      keyId = "ST$" + token;
    } else {
      String tenancy = setting(search, settings, "tenancy", file, profile);
      String user = setting(search, settings, "user", file, profile);
      String fingerprint = setting(search, settings, "fingerprint", file, profile);
      keyId = tenancy + "/" + user + "/" + fingerprint;
      if (user != null) {
        search.principal(user);
      }
    }
    if (pem != null && search.missing().isEmpty()) {
      part(search, provider, keyId, pem, settings.get("pass_phrase"), clock);
    }
  }

  private static @Nullable String setting(
      Search search, Map<String, String> settings, String key, String file, String profile) {
    String value = settings.get(key);
    if (value == null) {
      search.miss("the profile `" + profile + "` in the file `" + file + "` has no `" + key + "`");
    }
    return value;
  }

  private static void part(
      Search search,
      String provider,
      String keyId,
      String pem,
      @Nullable String passphrase,
      InstantSource clock) {
    search.input(keyId);
    search.secret(pem);
    if (passphrase != null) {
      search.secret(passphrase);
    }
    // Made only where the credential is: others of the same inputs are the same.
    search.part(_ -> new OciSigning(keyId, key(provider, pem, passphrase), clock));
  }

  private static PrivateKey key(String provider, String pem, @Nullable String passphrase) {
    try {
      return PemKey.read(pem, passphrase);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw TokenUrl.wrong(
          provider,
          "its private key cannot be read"
              + (passphrase == null ? "" : " with the passphrase given"),
          "Give an RSA key in PEM; `openssl pkcs8 -topk8 -in old.pem -out new.pem` turns old forms"
              + " into one that can be read.");
    }
  }

  /// The settings under `[profile]`, those of `[DEFAULT]` behind them; null when there is no such
  /// profile.
  private static @Nullable Map<String, String> profile(String content, String profile) {
    Map<String, Map<String, String>> sections = new HashMap<>();
    Map<String, String> section = new HashMap<>();
    for (String line : content.lines().map(String::strip).toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith("[") && line.endsWith("]")) {
        section =
            sections.computeIfAbsent(
                line.substring(1, line.length() - 1).strip(), _ -> new HashMap<>());
      } else if (equals > 0 && !line.startsWith("#") && !line.startsWith(";")) {
        section.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    Map<String, String> found = sections.get(profile);
    if (found == null) {
      return null;
    }
    Map<String, String> all = new HashMap<>(sections.getOrDefault("DEFAULT", Map.of()));
    all.putAll(found);
    return all;
  }
}
