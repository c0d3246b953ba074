package dev.isobar.fetch.auth;

import dev.isobar.model.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Takes secrets out of texts that people will see, in every spelling in which an API may echo
/// them. Thread-safe.
public final class Redaction {
  private static final int LONGEST = 300;

  private final Set<String> all = new LinkedHashSet<>();
  private volatile List<String> spellings = List.of();

  public Redaction(Collection<String> secrets) {
    secrets.forEach(this::add);
  }

  /// Hides this secret too from now on, such as a token that was fetched just now.
  synchronized void add(String secret) {
    if (secret.isBlank() || !all.add(secret)) {
      return;
    }
    String escaped = Json.write(secret);
    all.add(escaped.substring(1, escaped.length() - 1));
    String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    all.add(encoded);
    all.add(encoded.replace("+", "%20"));
    all.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    // The longest first, so that no part of one remains beside the mark of a shorter one. Java's
    // own comparators are serializable, and the first of those costs a start 15 ms.
    spellings = all.stream().sorted((a, b) -> Integer.compare(b.length(), a.length())).toList();
  }

  public String redact(String text) {
    String clean = text;
    for (String spelling : spellings) {
      clean = clean.replace(spelling, "***");
    }
    return clean;
  }

  /// Somebody else's words as they can stand in a message: without secrets, on one line, at most
  /// 300 characters.
  public String excerpt(String text) {
    return excerpt(redact(text), LONGEST);
  }

  /// The text on one line, cut with an ellipsis where it is longer than `longest`.
  public static String excerpt(String text, int longest) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip().replace('`', '\'');
    return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
  }
}
