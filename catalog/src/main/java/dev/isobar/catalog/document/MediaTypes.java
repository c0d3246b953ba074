package dev.isobar.catalog.document;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Chooses among the media types of a `content` map.
final class MediaTypes {
  private static final List<String> PREFERRED =
      List.of("application/json", "application/xml", "application/octet-stream");

  private static final List<String> FORMS =
      List.of("application/x-www-form-urlencoded", "multipart/form-data");

  private MediaTypes() {}

  /// The entry for `wanted`: of the same name, else of the same kind; without `wanted`, the first
  /// of JSON, XML and bytes.
  static Optional<Node> choose(Node content, @Nullable String wanted) {
    if (wanted != null && !wanted.isEmpty()) {
      return matching(content, wanted);
    }
    for (String each : PREFERRED) {
      Optional<Node> found = matching(content, each);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Node> matching(Node content, String wanted) {
    Node exact = content.get(wanted);
    if (exact.exists()) {
      return Optional.of(exact);
    }
    List<Node> entries = content.members();
    return entries.stream()
        .filter(entry -> bare(entry.key()).equals(bare(wanted)))
        .findFirst()
        .or(() ->
            entries.stream().filter(entry -> kind(entry.key()).equals(kind(wanted))).findFirst())
        .or(() -> entries.stream().filter(entry -> bare(entry.key()).equals("*/*")).findFirst());
  }

  /// Whether a body of this type is written from named fields.
  ///
  /// @param named whether the method asks for this type by name
  static boolean hasFields(String mediaType, boolean named) {
    boolean known = PREFERRED.stream().anyMatch(each -> kind(each).equals(kind(mediaType)));
    return named || known || FORMS.contains(bare(mediaType)) || bare(mediaType).equals("*/*");
  }

  /// Without parameters such as `charset`.
  private static String bare(String mediaType) {
    int end = mediaType.indexOf(';');
    return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// `json` for `application/scim+json` and `application/x-amz-json-1.1`; an exotic type is a kind
  /// of its own.
  private static String kind(String mediaType) {
    String bare = bare(mediaType);
    for (String kind : List.of("json", "xml")) {
      if (bare.endsWith("/" + kind) || bare.endsWith("+" + kind) || bare.contains("-" + kind)) {
        return kind;
      }
    }
    return bare;
  }
}
