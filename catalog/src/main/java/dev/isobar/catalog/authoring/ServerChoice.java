package dev.isobar.catalog.authoring;

import dev.isobar.catalog.authoring.Finding.Confidence;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The address that a draft calls.
///
/// @param servers in the form of the document, with one element
record ServerChoice(List<Object> servers, Finding finding) {
  /// @param given by the person; null for the document's first
  /// @throws IsobarException `INVALID_CONFIGURATION` when nobody says where the API is
  static ServerChoice of(Spec spec, @Nullable String given) {
    List<?> written = Spec.list(spec.root(), "servers");
    if (given != null) {
      Map<String, Object> server = new LinkedHashMap<>();
      server.put("url", absolute(given));
      return choice(server, given, "--server", Confidence.HIGH, "");
    }
    Map<?, ?> first = written.isEmpty() ? Map.of() : spec.map(written.getFirst());
    String url = absolute(Spec.text(first, "url"));
    Map<String, Object> variables = new LinkedHashMap<>();
    List<String> filled = new ArrayList<>();
    for (var entry : spec.map(first, "variables").entrySet()) {
      String name = String.valueOf(entry.getKey());
      Map<?, ?> variable = spec.map(entry.getValue());
      String otherwise = Spec.text(variable, "default");
      boolean fixed = !otherwise.isEmpty() && Spec.list(variable, "enum").size() < 2;
      // A variable that stays has to be given in every statement.
      if (fixed) {
        url = url.replace("{" + name + "}", otherwise);
        filled.add(name + " = " + otherwise);
      } else {
        variables.put(name, variable);
      }
    }
    Map<String, Object> server = new LinkedHashMap<>();
    server.put("url", url);
    if (!variables.isEmpty()) {
      server.put("variables", variables);
    }
    List<String> checks = new ArrayList<>();
    if (!filled.isEmpty()) {
      checks.add("Written into the address: " + String.join(", ", filled) + ".");
    }
    if (!variables.isEmpty()) {
      checks.add(
          "Every statement has to give " + String.join(", ", variables.keySet()) + " in WHERE.");
    }
    if (written.size() > 1) {
      checks.add("The document has " + (written.size() - 1) + " more; --server takes another.");
    }
    return choice(
        server,
        url,
        "the first of `servers`",
        checks.isEmpty() ? Confidence.HIGH : Confidence.MEDIUM,
        String.join(" ", checks));
  }

  private static ServerChoice choice(
      Map<String, Object> server, String url, String source, Confidence confidence, String check) {
    return new ServerChoice(
        List.of(server), new Finding("", "server", url, source, confidence, check));
  }

  private static String absolute(String url) {
    if (!url.matches("(?i)(https?|\\{\\w+\\})://.+")) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          url.isEmpty()
              ? "The document does not say where the API is."
              : "The address of the API, `" + url + "`, is no whole URL.",
          "Give it with --server https://api.example.com/v1.");
    }
    return url.replaceAll("/+$", "");
  }
}
