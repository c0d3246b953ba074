package dev.isobar.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a provider does that its documents cannot say. The generic core asks; every answer has a
/// default that suits a provider nobody has written a behaviour for.
///
/// Paths are those of the documents with `{}` for variables; the server comes before them, as in
/// `//{}.acme.example/base/widgets`, unless there is only one.
interface Behaviour {
  /// A provider of which only the documents are known.
  Behaviour GENERIC = new Behaviour() {};

  /// The behaviour of the provider of that name.
  static Behaviour of(String provider) {
    return provider.equals("linode") ? new LinodeBehaviour() : GENERIC;
  }

  /// Services that have paths with this segment near the beginning.
  default Set<String> services(String segment) {
    return Set.of();
  }

  /// Whether all operations are at one server, so that places are told apart by their paths alone.
  default boolean oneServer() {
    return false;
  }

  /// What follows the seconds of a point in time.
  default String dateSuffix() {
    return "Z";
  }

  /// What one row of a collection is called, in its labels.
  default String noun(String path) {
    List<String> segments = PathTemplate.split(path);
    for (int i = segments.size() - 1; i >= 0; i--) {
      String segment = segments.get(i);
      if (!segment.isEmpty() && !segment.contains("{") && !segment.contains(".")) {
        String word = segment.startsWith("@") ? segment.substring(1) : segment;
        return Words.singular(Words.snake(word).replace('_', '-'));
      }
    }
    return "row";
  }

  /// What is known of the rows that a collection begins with, or null when all of it is to be
  /// generated. Fields that are not given are generated.
  default @Nullable List<Map<String, @Nullable Object>> catalog(String path) {
    return null;
  }

  /// How many rows are generated, or -1 when it does not matter.
  default int rows(String path) {
    return -1;
  }

  /// How a field of a generated row is made, or null.
  default @Nullable Maker maker(String path, String field) {
    return null;
  }

  /// The path of the collection whose ids a field holds, or null.
  default @Nullable String reference(String path, String field) {
    return null;
  }

  /// Whether each user has an object of their own at this path.
  default boolean perUser(String path) {
    return false;
  }

  /// Whether an `X-Filter` header is refused where nothing can be filtered, rather than ignored.
  default boolean filters() {
    return false;
  }

  /// Whether reading at this path changes something.
  default boolean writes(String path) {
    return false;
  }

  /// Whether the newest rows of a collection come first.
  default boolean newestFirst(String path) {
    return false;
  }

  /// Whether [#handle] looks at requests of this verb and path itself, so that the core need not
  /// find what the path names.
  default boolean handles(String key) {
    return false;
  }

  /// Answers a request in place of the core: a map is the object, a list the rows; null leaves it
  /// to the core.
  default @Nullable Object handle(Exchange exchange) {
    return null;
  }

  /// Whether a row exists that a path goes through, or null when the core is to look.
  default @Nullable Boolean exists(Store store, String list, List<String> values) {
    return null;
  }

  /// Looks at a request that changes something, once its body is known to fit the schema, and may
  /// refuse it.
  default void admit(Exchange exchange) {}

  /// Looks at a change before it is made and may refuse it.
  ///
  /// @param before the entity as it is, or null when it is to be created
  /// @param after the entity as it would be, which may be altered; null when it is to be deleted
  default void check(
      Exchange exchange,
      Collection collection,
      @Nullable Map<String, @Nullable Object> before,
      @Nullable Map<String, @Nullable Object> after) {}

  /// Learns of a change that was made; the same arguments as [#check].
  default void changed(
      Exchange exchange,
      Collection collection,
      @Nullable Map<String, @Nullable Object> before,
      @Nullable Map<String, @Nullable Object> after) {}

  /// Learns that a single object was changed or an action done that the core did on its own.
  default void acted(Exchange exchange) {}

  /// An entity as it is shown now; the stored one is not to be altered.
  default Map<String, @Nullable Object> present(
      Store store, String path, Map<String, @Nullable Object> entity) {
    return entity;
  }

  /// Inputs by wire name that a valid request needs and that the document cannot tell, for
  /// [SampleInputs]; may change the state so that they are valid.
  default Map<String, @Nullable Object> sample(Exchange exchange) {
    return Map.of();
  }
}
