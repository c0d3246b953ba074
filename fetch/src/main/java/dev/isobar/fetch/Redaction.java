package dev.isobar.fetch;

import dev.isobar.model.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Takes secrets out of texts that people will see, in every spelling in which an API may echo
/// them.
final class Redaction {
  static final Redaction NONE = new Redaction(List.of());

  private final List<String> spellings;

  Redaction(List<String> secrets) {
    Set<String> all = new LinkedHashSet<>();
    for (String secret : secrets) {
      if (secret.isBlank()) {
        continue;
      }
      all.add(secret);
      String escaped = Json.write(secret);
      all.add(escaped.substring(1, escaped.length() - 1));
      String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
      all.add(encoded);
      all.add(encoded.replace("+", "%20"));
      all.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }
    // The longest first, so that no part of one remains beside the mark of a shorter one. Java's
    // own
    // comparators are serializable, and the first of those costs a start 15 ms.
    spellings = all.stream().sorted((a, b) -> Integer.compare(b.length(), a.length())).toList();
  }

  String redact(String text) {
    String clean = text;
    for (String spelling : spellings) {
      clean = clean.replace(spelling, "***");
    }
    return clean;
  }
}
