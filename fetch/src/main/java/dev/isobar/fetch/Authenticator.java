package dev.isobar.fetch;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Method.CredentialUse;
import dev.isobar.catalog.Provider;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.plan.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the credential for a provider's requests.
///
/// Source: `provider-format.md`, section 7.
final class Authenticator {
  /// What a sandbox gets in place of a secret.
  private static final String SANDBOX = "sandbox";

  private final FetchOptions options;
  private final Function<String, @Nullable String> environment;

  Authenticator(FetchOptions options, Function<String, @Nullable String> environment) {
    this.options = options;
    this.environment = environment;
  }

  /// The credential to send; one with nothing in it when none is needed, or none is there and the
  /// API answers without.
  ///
  /// @throws IsobarException `AUTHENTICATION_FAILED` when one is needed and missing;
  ///   `UNSUPPORTED_STATEMENT` for a type of authentication that this version does not know
  Credential credential(Provider provider, CredentialUse use) {
    if (use == CredentialUse.NONE) {
      return Credential.NONE;
    }
    AuthSpec own = options.auth().get(provider.name());
    if (own == null && options.endpoints().containsKey(provider.name())) {
      return new Search(provider.name(), true).credential(provider.auth());
    }
    Credential found =
        new Search(provider.name(), false).credential(own == null ? provider.auth() : own);
    if (use == CredentialUse.REQUIRED && !found.missing().isEmpty()) {
      throw new IsobarException(
          ErrorCode.AUTHENTICATION_FAILED,
          "`" + provider.name() + "` needs a credential, and " + found.missing() + ".",
          "Set it, or give another with --auth; --sandbox needs none.");
    }
    return found;
  }

  /// One search along a chain of authentications.
  private final class Search {
    private final String provider;
    private final boolean sandbox;
    private final List<Request.Pair> headers = new ArrayList<>();
    private final List<Request.Pair> query = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    Search(String provider, boolean sandbox) {
      this.provider = provider;
      this.sandbox = sandbox;
    }

    Credential credential(AuthSpec spec) {
      add(spec);
      if (!missing.isEmpty()) {
        return new Credential(
            List.of(), List.of(), Redaction.NONE, "", String.join(" and ", missing));
      }
      return new Credential(
          headers,
          query,
          sandbox ? Redaction.NONE : new Redaction(secrets),
          String.join(" and ", sources),
          "");
    }

    private void add(AuthSpec spec) {
      switch (spec.type()) {
        case "null_auth", "" -> {}
        case "bearer" -> authorize("Bearer ", single(spec));
        case "api_key" -> authorize(text(spec, "valuePrefix", ""), single(spec));
        case "basic" -> authorize(text(spec, "valuePrefix", "BASIC "), single(spec));
        case "custom" -> {
          String secret = single(spec);
          if (secret != null) {
            Request.Pair pair = new Request.Pair(text(spec, "name", "Authorization"), secret);
            (text(spec, "location", "header").equals("query") ? query : headers).add(pair);
          }
          if (spec.settings().get("successor") instanceof Map<?, ?> next) {
            add(successor(next));
          }
        }
        default -> {
          if (!sandbox) {
            throw new IsobarException(
                ErrorCode.UNSUPPORTED_STATEMENT,
                "`"
                    + provider
                    + "` uses authentication of the type `"
                    + spec.type()
                    + "`, which this version does not support.",
                "Supported are bearer, api_key, basic, custom and null_auth.");
          }
          authorize("Bearer ", SANDBOX);
        }
      }
    }

    private void authorize(String prefix, @Nullable String secret) {
      if (secret != null) {
        headers.add(new Request.Pair("Authorization", prefix + secret));
      }
    }

    /// The secret of the spec, from the first of its places that is named, or null with what is
    /// missing noted.
    private @Nullable String single(AuthSpec spec) {
      if (sandbox) {
        sources.add("the sandbox");
        return SANDBOX;
      }
      List<String> asked = new ArrayList<>();
      String secret = fromEnvironment(spec, asked);
      if (secret == null) {
        secret = fromFile(spec, asked);
      }
      if (secret == null) {
        secret = pair(spec, "username_var", "password_var", asked);
      }
      if (secret == null) {
        secret = pair(spec, "api_key_var", "api_secret_var", asked);
      }
      if (secret == null) {
        secret = inline(spec);
      }
      if (secret == null) {
        missing.add(
            asked.isEmpty()
                ? "its authentication names no place to find one"
                : String.join(" and ", asked));
        return null;
      }
      secrets.add(secret);
      return secret;
    }

    private @Nullable String fromEnvironment(AuthSpec spec, List<String> asked) {
      String variable = spec.setting("credentialsenvvar");
      if (variable == null) {
        return null;
      }
      String value = read(variable);
      if (value == null) {
        asked.add("`" + variable + "` is not set");
        return null;
      }
      sources.add("`" + variable + "`");
      return value;
    }

    private @Nullable String fromFile(AuthSpec spec, List<String> asked) {
      String variable = spec.setting("credentialsfilepathenvvar");
      String path = variable == null ? null : read(variable);
      if (variable != null && path == null) {
        asked.add("`" + variable + "` is not set");
      }
      if (path == null) {
        path = spec.setting("credentialsfilepath");
      }
      if (path == null) {
        return null;
      }
      try {
        String content = Files.readString(Path.of(path)).strip();
        if (content.isEmpty()) {
          asked.add("the file `" + path + "` is empty");
          return null;
        }
        sources.add("the file `" + path + "`");
        return content;
      } catch (IOException e) {
        asked.add("the file `" + path + "` cannot be read");
        return null;
      }
    }

    /// Two variables, joined and encoded as HTTP basic authentication has it.
    private @Nullable String pair(
        AuthSpec spec, String userKey, String passwordKey, List<String> asked) {
      String userVariable = spec.setting(userKey);
      String passwordVariable = spec.setting(passwordKey);
      if (userVariable == null || passwordVariable == null) {
        return null;
      }
      String user = read(userVariable);
      String password = read(passwordVariable);
      if (user == null || password == null) {
        asked.add("`" + (user == null ? userVariable : passwordVariable) + "` is not set");
        return null;
      }
      sources.add("`" + userVariable + "` and `" + passwordVariable + "`");
      return encode(user, password);
    }

    private @Nullable String inline(AuthSpec spec) {
      String user = spec.setting("username");
      String password = spec.setting("password");
      if (user == null || password == null) {
        user = spec.setting("api_key");
        password = spec.setting("api_secret");
      }
      if (user == null) {
        return null;
      }
      sources.add("the authentication given");
      return password == null ? user : encode(user, password);
    }

    private String encode(String user, String password) {
      secrets.add(password);
      return Base64.getEncoder()
          .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable String read(String variable) {
      String value = environment.apply(variable);
      return value == null || value.isBlank() ? null : value.strip();
    }
  }

  private static AuthSpec successor(Map<?, ?> settings) {
    Map<String, Object> copy = new LinkedHashMap<>();
    settings.forEach((key, value) -> {
      if (value != null) {
        copy.put(String.valueOf(key), value);
      }
    });
    Object type = copy.remove("type");
    return new AuthSpec(type == null ? "custom" : type.toString(), copy);
  }

  private static String text(AuthSpec spec, String key, String otherwise) {
    String value = spec.setting(key);
    return value == null ? otherwise : value;
  }
}
