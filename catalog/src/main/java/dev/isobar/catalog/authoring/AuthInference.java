package dev.isobar.catalog.authoring;

import dev.isobar.catalog.authoring.Finding.Confidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds how a call is authenticated, and proposes names of environment variables:
/// `provider-format.md`, section 7.
final class AuthInference {
  private final Spec spec;
  private final String prefix;

  /// @param provider whose name the variables begin with
  AuthInference(Spec spec, String provider) {
    this.spec = spec;
    this.prefix = Words.constant(provider);
  }

  /// The object `config.auth`.
  record Auth(
      Map<String, Object> config,
      String decision,
      String source,
      Confidence confidence,
      String check) {}

  Auth infer() {
    Map<?, ?> schemes = spec.map(spec.map(spec.root(), "components"), "securitySchemes");
    List<List<String>> alternatives = alternatives();
    List<String> chosen = List.of();
    Auth best = null;
    for (List<String> alternative : alternatives) {
      Auth auth = all(alternative, schemes);
      if (auth != null && (best == null || auth.confidence().compareTo(best.confidence()) < 0)) {
        best = auth;
        chosen = alternative;
      }
    }
    if (best == null && alternatives.isEmpty()) {
      for (Object name : schemes.keySet()) {
        best = best == null ? all(List.of(String.valueOf(name)), schemes) : best;
      }
      if (best != null) {
        return new Auth(
            best.config(),
            best.decision(),
            "the first security scheme; no operation asks for one",
            Confidence.MEDIUM,
            "Check that the API needs a credential.");
      }
    }
    if (best == null) {
      Map<String, Object> none = new LinkedHashMap<>();
      none.put("type", "null_auth");
      return new Auth(
          none,
          "none",
          schemes.isEmpty() ? "no security schemes" : "none of the security schemes can be used",
          schemes.isEmpty() ? Confidence.MEDIUM : Confidence.LOW,
          schemes.isEmpty()
              ? "The document names no credential; add config.auth if the API wants one."
              : "Write config.auth by hand; the document has "
                  + String.join(", ", schemes.keySet().stream().map(String::valueOf).toList())
                  + ".");
    }
    if (alternatives.size() < 2) {
      return best;
    }
    List<String> taken = chosen;
    String others =
        String.join(
            ", ",
            alternatives.stream()
                .filter(each -> !each.equals(taken))
                .map(each -> each.isEmpty() ? "none" : String.join(" and ", each))
                .toList());
    String check = "The API also takes: " + others + ".";
    return new Auth(
        best.config(),
        best.decision(),
        best.source(),
        best.confidence(),
        best.check().isEmpty() ? check : best.check() + " " + check);
  }

  /// The ways in which the document, or else its operations, can be authenticated, each a list of
  /// schemes that are needed together.
  private List<List<String>> alternatives() {
    List<List<String>> alternatives = new ArrayList<>();
    add(alternatives, Spec.list(spec.root(), "security"));
    if (alternatives.isEmpty()) {
      for (Object item : spec.map(spec.root(), "paths").values()) {
        for (Object operation : spec.map(item).values()) {
          if (operation instanceof Map<?, ?> map) {
            add(alternatives, Spec.list(map, "security"));
          }
        }
      }
    }
    return alternatives;
  }

  private static void add(List<List<String>> alternatives, List<?> security) {
    for (Object each : security) {
      if (each instanceof Map<?, ?> needed && !needed.isEmpty()) {
        List<String> names = needed.keySet().stream().map(String::valueOf).toList();
        if (!alternatives.contains(names)) {
          alternatives.add(names);
        }
      }
    }
  }

  /// What needs all of some schemes; null when one of them cannot be used.
  private @Nullable Auth all(List<String> names, Map<?, ?> schemes) {
    Auth first = null;
    Map<String, Object> last = null;
    for (String name : names) {
      Auth auth = one(name, spec.map(schemes, name), names.size() > 1);
      if (auth == null) {
        return null;
      }
      if (first == null || last == null) {
        first = auth;
        last = auth.config();
        continue;
      }
      // Only a custom credential can have a second one beside it.
      if (!"custom".equals(last.get("type")) || !"custom".equals(auth.config().get("type"))) {
        return new Auth(
            first.config(),
            first.decision(),
            first.source(),
            Confidence.LOW,
            "The API wants " + String.join(" and ", names) + " together; only the first is sent.");
      }
      last.put("successor", auth.config());
      last = auth.config();
      first =
          new Auth(
              first.config(),
              first.decision() + " and " + auth.decision(),
              first.source() + ", " + auth.source(),
              first.confidence(),
              "");
    }
    return first;
  }

  private @Nullable Auth one(String name, Map<?, ?> scheme, boolean several) {
    String source = "securitySchemes." + name;
    String http = Spec.text(scheme, "scheme").toLowerCase(Locale.ROOT);
    return switch (Spec.text(scheme, "type").toLowerCase(Locale.ROOT)) {
      case "http" ->
          switch (http) {
            case "bearer" -> bearer(source, Confidence.HIGH, "");
            case "basic" -> basic(source);
            default -> null;
          };
      case "apikey" -> apiKey(name, scheme, source, several);
      case "oauth2" -> oauth(scheme, source);
      case "openidconnect" ->
          bearer(
              source,
              Confidence.MEDIUM,
              "Get a token from the identity provider and put it into " + prefix + "_TOKEN.");
      default -> null;
    };
  }

  private Auth bearer(String source, Confidence confidence, String check) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("type", "bearer");
    config.put("credentialsenvvar", prefix + "_TOKEN");
    return new Auth(config, "bearer token in " + prefix + "_TOKEN", source, confidence, check);
  }

  private Auth basic(String source) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("type", "basic");
    config.put("username_var", prefix + "_USERNAME");
    config.put("password_var", prefix + "_PASSWORD");
    return new Auth(
        config,
        "name and password in " + prefix + "_USERNAME and " + prefix + "_PASSWORD",
        source,
        Confidence.HIGH,
        "");
  }

  private @Nullable Auth apiKey(String name, Map<?, ?> scheme, String source, boolean several) {
    String location = Spec.text(scheme, "in");
    String key = Spec.text(scheme, "name");
    if (!location.equals("header") && !location.equals("query")) {
      return null;
    }
    String variable = prefix + "_" + (several ? Words.constant(Words.snake(name)) : "API_KEY");
    Map<String, Object> config = new LinkedHashMap<>();
    if (key.equalsIgnoreCase("Authorization") && location.equals("header") && !several) {
      String description = Spec.text(scheme, "description");
      boolean bearer = description.contains("Bearer");
      config.put("type", bearer ? "bearer" : "api_key");
      config.put("credentialsenvvar", variable);
      if (!bearer) {
        config.put("valuePrefix", "");
      }
      return new Auth(
          config,
          (bearer ? "bearer token" : "header Authorization") + " in " + variable,
          source,
          Confidence.MEDIUM,
          bearer ? "" : "Check whether a word stands before the key; it goes into valuePrefix.");
    }
    config.put("type", "custom");
    config.put("location", location);
    config.put("name", key);
    config.put("credentialsenvvar", variable);
    return new Auth(
        config,
        (location.equals("header") ? "header " : "query parameter ") + key + " in " + variable,
        source,
        location.equals("header") ? Confidence.HIGH : Confidence.MEDIUM,
        location.equals("header") ? "" : "A key in the URL may end up in logs of the API.");
  }

  private Auth oauth(Map<?, ?> scheme, String source) {
    Map<?, ?> flow = spec.map(spec.map(scheme, "flows"), "clientCredentials");
    String url = Spec.text(flow, "tokenUrl");
    if (url.isEmpty()) {
      return bearer(
          source,
          Confidence.MEDIUM,
          "The document declares OAuth for people; get a token and put it into "
              + prefix
              + "_TOKEN.");
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("type", "oauth2");
    config.put("grant_type", "client_credentials");
    config.put("token_url", url);
    config.put("client_id_env_var", prefix + "_CLIENT_ID");
    config.put("client_secret_env_var", prefix + "_CLIENT_SECRET");
    List<String> scopes = spec.map(flow, "scopes").keySet().stream().map(String::valueOf).toList();
    if (!scopes.isEmpty()) {
      config.put("scopes", scopes);
    }
    boolean relative = !url.contains("://");
    return new Auth(
        config,
        "client credentials in " + prefix + "_CLIENT_ID and " + prefix + "_CLIENT_SECRET",
        source,
        relative ? Confidence.LOW : Confidence.HIGH,
        relative
            ? "The token_url is relative: write it whole."
            : scopes.size() > 1 ? "All scopes are asked for; leave out what is not needed." : "");
  }
}
