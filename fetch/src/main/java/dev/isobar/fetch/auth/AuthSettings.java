package dev.isobar.fetch.auth;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Authentication as a person writes it: every type, the keys that each takes, and what is said
/// about others. Nothing that it says repeats a value other than a type, because values may be
/// secrets.
///
/// Source: `stackql-surface.md`, section 5, and section 7 of `provider-format.md`.
public final class AuthSettings {
  private static final List<String> PLACES =
      List.of("credentialsenvvar", "credentialsfilepath", "credentialsfilepathenvvar");

  private static final List<String> SECRET =
      with(
          PLACES,
          "username_var",
          "password_var",
          "api_key_var",
          "api_secret_var",
          "username",
          "password",
          "api_key",
          "api_secret",
          "name",
          "location",
          "valuePrefix");

  private static final List<String> AWS =
      with(
          PLACES,
          "keyID",
          "keyIDenvvar",
          "session_token",
          "session_token_env_var",
          "profile",
          "profile_env_var");

  /// The keys of each type, beside `type`, `accounts` and `default`.
  private static final Map<String, List<String>> KEYS = keys();

  private static final List<String> EVERYWHERE = List.of("type", "accounts", "default");

  /// A setting that a `token_url` names.
  private static final Pattern FIELD = Pattern.compile("\\{\\{-?\\s*\\.(\\w+)\\s*-?\\}\\}");

  private AuthSettings() {}

  private static Map<String, List<String>> keys() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    keys.put("bearer", SECRET);
    keys.put("api_key", SECRET);
    keys.put("basic", SECRET);
    keys.put("custom", with(SECRET, "successor"));
    keys.put(
        "oauth2",
        List.of(
            "grant_type",
            "client_id",
            "client_id_env_var",
            "client_secret",
            "client_secret_env_var",
            "token_url",
            "token_url_env_var",
            "scopes",
            "values",
            "auth_style"));
    keys.put("aws_signing_v4", AWS);
    keys.put(
        "aws_assume_role",
        with(
            AWS,
            "aws_role_arn",
            "aws_role_arn_env_var",
            "aws_role_external_id",
            "aws_role_external_id_env_var",
            "aws_role_session_name",
            "aws_role_duration_seconds",
            "aws_sts_region",
            "aws_sts_endpoint"));
    keys.put("azure_default", List.of("scopes"));
    keys.put("service_account", with(PLACES, "scopes", "sub"));
    keys.put("interactive", List.of());
    keys.put("oci_signing_v1", oci());
    keys.put("null_auth", List.of());
    return keys;
  }

  private static List<String> oci() {
    List<String> keys = new ArrayList<>();
    for (String key :
        List.of(
            "tenancy_ocid",
            "user_ocid",
            "fingerprint",
            "private_key",
            "private_key_path",
            "passphrase",
            "region",
            "config_file_path",
            "profile")) {
      keys.add(key);
      keys.add(key + "_env_var");
    }
    return keys;
  }

  private static List<String> with(List<String> keys, String... more) {
    List<String> all = new ArrayList<>(keys);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  /// The authentication of one provider.
  ///
  /// @param where it stands, for messages: `--auth` or `$.auth`
  /// @param warnings told of what has no effect
  /// @throws IsobarException `INVALID_CONFIGURATION`, with the nearest names
  public static AuthSpec read(
      String where, String provider, @Nullable Object written, Consumer<String> warnings) {
    if (!(written instanceof Map<?, ?> settings)) {
      throw wrong(
          where, "`" + provider + "` is no JSON object.", "Write {\"type\": \"bearer\", …}.");
    }
    new Reading(where, warnings).check("`" + provider + "`", settings, null);
    return AuthSpec.of(settings, "");
  }

  /// The error about a type of authentication that does not exist.
  static IsobarException unknownType(ErrorCode code, String message, String type) {
    return new IsobarException(code, message, didYouMeanType(type));
  }

  private static String didYouMeanType(String type) {
    return Names.didYouMean(type, KEYS.keySet())
        + "The types are "
        + String.join(", ", KEYS.keySet())
        + ".";
  }

  /// What the settings with this one changed are; `null` takes it away. With another type, the
  /// settings that it does not take are left out.
  ///
  /// @param path of keys, one at least
  public static Map<String, @Nullable Object> changed(
      AuthSpec spec, List<String> path, @Nullable Object value) {
    Map<String, @Nullable Object> settings = new LinkedHashMap<>(spec.settings());
    if (path.equals(List.of("type"))) {
      List<String> keys = KEYS.get(String.valueOf(value));
      if (keys != null) {
        settings.keySet().removeIf(key -> !keys.contains(key) && !EVERYWHERE.contains(key));
      }
    }
    if (!spec.type().isEmpty()) {
      settings.put("type", spec.type());
    }
    put(settings, path, value);
    return settings;
  }

  private static void put(
      Map<String, @Nullable Object> settings, List<String> path, @Nullable Object value) {
    String key = path.getFirst();
    if (path.size() > 1) {
      Map<String, @Nullable Object> inner = new LinkedHashMap<>();
      if (settings.get(key) instanceof Map<?, ?> map) {
        map.forEach((name, each) -> inner.put(String.valueOf(name), each));
      }
      put(inner, path.subList(1, path.size()), value);
      settings.put(key, inner);
    } else if (value == null) {
      settings.remove(key);
    } else {
      settings.put(key, value);
    }
  }

  private static IsobarException wrong(String where, String what, String hint) {
    return new IsobarException(
        ErrorCode.INVALID_CONFIGURATION, "In `" + where + "`, " + what, hint);
  }

  private record Reading(String where, Consumer<String> warnings) {
    /// @param inherited the type where the settings name none, or null
    void check(String whose, Map<?, ?> settings, @Nullable String inherited) {
      Object accounts = settings.get("accounts");
      Object written = settings.get("type");
      boolean typed = written instanceof String text && !text.isEmpty();
      if (written != null ? !typed : accounts == null && inherited == null) {
        throw wrong(
            where,
            whose + " has no `type`.",
            "The types are " + String.join(", ", KEYS.keySet()) + ".");
      }
      String type = written == null ? inherited : written.toString();
      if (type != null && !KEYS.containsKey(type)) {
        // Whatever stands there by mistake may be a secret; names of types are short.
        String shown = type.matches("[\\w:.-]{1,40}") ? " is `" + type + "`, which" : "";
        throw wrong(
            where,
            "the type of " + whose + (shown.isEmpty() ? " is none." : shown + " is none."),
            didYouMeanType(type));
      }
      if (accounts != null) {
        accounts(whose, accounts, settings.get("default"), type);
      }
      keys(whose, settings, type);
      if (settings.get("successor") instanceof Map<?, ?> next) {
        check("the successor of " + whose, next, "custom");
      }
    }

    private void accounts(
        String whose, Object accounts, @Nullable Object first, @Nullable String type) {
      if (!(accounts instanceof Map<?, ?> map)) {
        throw wrong(
            where,
            "the `accounts` of " + whose + " are no JSON object.",
            "Write {\"accounts\": {\"dev\": {\"type\": …}}}.");
      }
      map.forEach((name, account) -> {
        String of = "the account `" + name + "` of " + whose;
        if (!(account instanceof Map<?, ?> settings)) {
          throw wrong(where, of + " is no JSON object.", "Write {\"type\": …}.");
        }
        if (settings.containsKey("accounts")) {
          throw wrong(where, of + " has `accounts` of its own.", "Put them beside it.");
        }
        check(of, settings, type);
      });
      if (first != null && !map.containsKey(first)) {
        List<String> names = map.keySet().stream().map(String::valueOf).toList();
        throw wrong(
            where,
            "the `default` of " + whose + " is none of its accounts.",
            Names.didYouMean(first.toString(), names)
                + "The accounts are "
                + String.join(", ", names)
                + ".");
      }
    }

    private void keys(String whose, Map<?, ?> settings, @Nullable String type) {
      Set<String> taken = new TreeSet<>(EVERYWHERE);
      taken.addAll(keysOf(type));
      Matcher field = FIELD.matcher(String.valueOf(settings.get("token_url")));
      while (field.find()) {
        taken.addAll(List.of(field.group(1), field.group(1) + "_env_var", field.group(1) + "_var"));
      }
      for (Object key : settings.keySet()) {
        String name = String.valueOf(key);
        if (taken.contains(name)) {
          continue;
        }
        boolean elsewhere = KEYS.values().stream().anyMatch(keys -> keys.contains(name));
        if (!elsewhere) {
          throw wrong(
              where,
              whose + " has a setting `" + Redaction.excerpt(name, 40) + "`, which does not exist.",
              Names.didYouMean(name, taken) + takes(type));
        }
        warnings.accept(
            "In `%s`, the setting `%s` of %s has no effect: `%s` takes none of that name."
                .formatted(where, name, whose, type == null ? "accounts" : type));
      }
    }

    private static List<String> keysOf(@Nullable String type) {
      return KEYS.getOrDefault(type == null ? "" : type, List.of("accounts", "default"));
    }

    private static String takes(@Nullable String type) {
      List<String> keys = keysOf(type);
      return keys.isEmpty()
          ? "`" + type + "` takes no settings."
          : "`" + (type == null ? "accounts" : type) + "` takes " + String.join(", ", keys) + ".";
    }
  }
}
