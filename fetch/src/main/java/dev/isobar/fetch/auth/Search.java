package dev.isobar.fetch.auth;

import dev.isobar.catalog.AuthSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One search for what an authentication needs, in the places that it names: what was found, and
/// what is missing.
final class Search {
  private final Function<String, @Nullable String> environment;
  private final List<Function<Redaction, Authentication>> parts = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private final List<String> sources = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> unset = new ArrayList<>();
  private @Nullable String principal;
  private boolean certain = true;

  Search(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /// Something to send; made once nothing is missing, and only where the same inputs gave none yet.
  void part(Function<Redaction, Authentication> part) {
    parts.add(part);
  }

  /// Something that the parts depend on: others give another credential.
  void input(String input) {
    inputs.add(input);
  }

  /// An input to hide.
  void secret(String secret) {
    inputs.add(secret);
    secrets.add(secret);
  }

  void source(String source) {
    if (!sources.contains(source)) {
      sources.add(source);
    }
  }

  /// As [#miss], of a variable.
  void missVariable(String variable) {
    miss(unset(variable));
  }

  /// @param what a clause such as `` `LINODE_TOKEN` is not set``
  void miss(String what) {
    if (!missing.contains(what)) {
      missing.add(what);
    }
  }

  /// Whether a credential is there shows only once it is asked for.
  void leaveOpen() {
    certain = false;
  }

  boolean isCertain() {
    return certain;
  }

  /// @param who the credential stands for, which is no secret
  void principal(String who) {
    principal = who;
  }

  @Nullable String principal() {
    return principal;
  }

  List<String> inputs() {
    return inputs;
  }

  String source() {
    return String.join(" and ", sources);
  }

  String missing() {
    return String.join(" and ", missing);
  }

  /// What to do so that nothing is missing: the variables to set, or another place to name.
  String hint(String provider, String type) {
    StringBuilder hint = new StringBuilder();
    List<String> exports =
        unset.stream()
            .filter(variable -> missing.contains(notSet(variable)))
            .map(variable -> "`export " + variable + "=…`")
            .toList();
    if (!exports.isEmpty()) {
      hint.append(exports.size() == 1 ? "Set it" : "Set them")
          .append(", as in ")
          .append(String.join(" and ", exports))
          .append(", or name another place with --auth '{\"");
    } else {
      hint.append("Name another place with --auth '{\"");
    }
    String settings =
        switch (type) {
          case "bearer", "api_key", "basic", "custom", "service_account" ->
              "\"type\": \"" + type + "\", \"credentialsenvvar\": \"MY_VARIABLE\"";
          default -> "\"type\": \"" + type + "\", …";
        };
    return hint.append(provider)
        .append("\": {")
        .append(settings)
        .append("}}'; --sandbox needs none.")
        .toString();
  }

  Credential credential() {
    Redaction redaction = new Redaction(secrets);
    return new Credential(
        parts.stream().map(part -> part.apply(redaction)).toList(), redaction, source(), "");
  }

  /// The variable's value without spaces around it; null when it is not set, or blank.
  @Nullable String read(String variable) {
    String value = environment.apply(variable);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /// The one secret of the spec, from the first of its places that has it, or null with what is
  /// missing noted.
  @Nullable String secret(AuthSpec spec) {
    List<String> asked = new ArrayList<>();
    String secret = single(spec, asked);
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
      missAll(asked);
      return null;
    }
    secret(secret);
    return secret;
  }

  /// The secret in the variable or the file that the spec names; null with what is missing noted.
  @Nullable String content(AuthSpec spec) {
    List<String> asked = new ArrayList<>();
    String secret = single(spec, asked);
    if (secret == null) {
      missAll(asked);
      return null;
    }
    secret(secret);
    return secret;
  }

  private void missAll(List<String> asked) {
    if (asked.isEmpty()) {
      miss("its authentication names no place to find one");
    }
    asked.forEach(this::miss);
  }

  private @Nullable String single(AuthSpec spec, List<String> asked) {
    String secret = fromEnvironment(spec, asked);
    return secret == null ? fromFile(spec, asked) : secret;
  }

  private @Nullable String fromEnvironment(AuthSpec spec, List<String> asked) {
    String variable = spec.setting("credentialsenvvar");
    if (variable == null) {
      return null;
    }
    String value = read(variable);
    if (value == null) {
      asked.add(unset(variable));
      return null;
    }
    source("`" + variable + "`");
    return value;
  }

  private @Nullable String fromFile(AuthSpec spec, List<String> asked) {
    String variable = spec.setting("credentialsfilepathenvvar");
    String path = variable == null ? null : read(variable);
    if (variable != null && path == null) {
      asked.add(unset(variable));
    }
    if (path == null) {
      path = spec.setting("credentialsfilepath");
    }
    return path == null ? null : file(path, asked);
  }

  private @Nullable String file(String path, List<String> asked) {
    try {
      String content = Files.readString(home(path)).strip();
      if (content.isEmpty()) {
        asked.add("the file `" + path + "` is empty");
        return null;
      }
      source("the file `" + path + "`");
      return content;
    } catch (IOException | InvalidPathException e) {
      asked.add("the file `" + path + "` cannot be read");
      return null;
    }
  }

  /// The file's content, or null with what is missing noted.
  @Nullable String file(String path) {
    List<String> asked = new ArrayList<>();
    String content = file(path, asked);
    asked.forEach(this::miss);
    return content;
  }

  /// As above.
  ///
  /// @param missing what is noted where the path itself may be a secret
  @Nullable String file(String path, String missing) {
    String content = file(path, new ArrayList<>());
    if (content == null) {
      miss(missing);
    }
    return content;
  }

  /// The path, with a leading `~` as a shell reads it.
  Path home(String path) {
    if (!path.equals("~") && !path.startsWith("~/")) {
      return Path.of(path);
    }
    String home = read("HOME");
    return Path.of((home == null ? System.getProperty("user.home") : home) + path.substring(1));
  }

  /// Two variables, joined and encoded as HTTP basic authentication has it; the first alone where
  /// no second is named.
  private @Nullable String pair(
      AuthSpec spec, String userKey, String passwordKey, List<String> asked) {
    String userVariable = spec.setting(userKey);
    if (userVariable == null) {
      return null;
    }
    String passwordVariable = spec.setting(passwordKey);
    String user = read(userVariable);
    String password = passwordVariable == null ? null : read(passwordVariable);
    if (user == null) {
      asked.add(unset(userVariable));
    }
    if (passwordVariable != null && password == null) {
      asked.add(unset(passwordVariable));
    }
    if (user == null || (passwordVariable != null && password == null)) {
      return null;
    }
    source("`" + userVariable + "`");
    if (password == null) {
      return user;
    }
    source("`" + passwordVariable + "`");
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
    source("the authentication given");
    return password == null ? user : encode(user, password);
  }

  private String encode(String user, String password) {
    secret(password);
    return Base64.getEncoder()
        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /// The value of the first variable that one of the keys names, else what stands in the spec
  /// itself; null when there is neither.
  ///
  /// @param key of the value in the spec
  /// @param variableKeys of settings that name a variable
  @Nullable String optional(AuthSpec spec, String key, String... variableKeys) {
    for (String variableKey : variableKeys) {
      String variable = spec.setting(variableKey);
      String value = variable == null ? null : read(variable);
      if (value != null) {
        source("`" + variable + "`");
        input(value);
        return value;
      }
    }
    String value = spec.setting(key);
    if (value != null) {
      source("the authentication given");
      input(value);
    }
    return value;
  }

  /// As [#optional], with what is missing noted.
  @Nullable String required(AuthSpec spec, String key, String... variableKeys) {
    String value = optional(spec, key, variableKeys);
    if (value != null) {
      return value;
    }
    boolean named = false;
    for (String variableKey : variableKeys) {
      String variable = spec.setting(variableKey);
      if (variable != null) {
        missVariable(variable);
        named = true;
      }
    }
    if (!named) {
      miss("its authentication has neither `" + key + "` nor `" + variableKeys[0] + "`");
    }
    return null;
  }

  private String unset(String variable) {
    if (!unset.contains(variable)) {
      unset.add(variable);
    }
    return notSet(variable);
  }

  private static String notSet(String variable) {
    return "`" + variable + "` is not set";
  }
}
