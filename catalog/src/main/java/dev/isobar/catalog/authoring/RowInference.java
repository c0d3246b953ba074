package dev.isobar.catalog.authoring;

import dev.isobar.catalog.authoring.Finding.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the rows in an answer.
final class RowInference {
  private static final int DEEPEST = 3;

  /// What APIs call the property that holds the list.
  private static final List<String> LISTS =
      List.of(
          "data",
          "items",
          "results",
          "result",
          "value",
          "values",
          "records",
          "rows",
          "entries",
          "list",
          "content",
          "resources",
          "elements",
          "objects",
          "hits",
          "nodes",
          "collection");

  /// What APIs call the property that holds the one thing.
  private static final List<String> SINGLES =
      List.of("data", "result", "item", "value", "response");

  private final Spec spec;

  RowInference(Spec spec) {
    this.spec = spec;
  }

  /// Where the rows are.
  ///
  /// @param objectKey JSONPath; empty when the answer is the rows
  /// @param list whether there may be many
  /// @param row the schema of a row; empty when none is declared
  record Rows(
      String objectKey,
      boolean list,
      Map<?, ?> row,
      String source,
      Confidence confidence,
      String check) {}

  private record Candidate(List<String> path, Map<?, ?> items) {
    String name() {
      return path.getLast();
    }

    String key() {
      return "$." + String.join(".", path);
    }
  }

  /// The rows of an operation that reads.
  ///
  /// @param resource the name of the resource
  /// @param collection whether the path may be that of a list
  /// @param hasItems whether there are paths of single ones under it
  Rows of(Call call, String resource, boolean collection, boolean hasItems) {
    boolean many = collection && (hasItems || Words.isPlural(resource));
    Map<?, ?> answer = call.answer();
    if (call.mediaType().isEmpty() || answer.isEmpty()) {
      return new Rows(
          "",
          false,
          Map.of(),
          "no schema of the answer",
          Confidence.LOW,
          "The document does not say what " + call.text() + " answers: there are no columns.");
    }
    if (!Call.isJson(call.mediaType())) {
      return new Rows(
          "",
          false,
          answer,
          "the answer is " + call.mediaType(),
          Confidence.LOW,
          "Rows are read from JSON; see whether the API can answer with it.");
    }
    if (spec.isArray(answer)) {
      return new Rows("", true, spec.items(answer), "the answer is an array", Confidence.HIGH, "");
    }
    List<Candidate> candidates = new ArrayList<>();
    collect(answer, new ArrayList<>(), candidates);
    if (many || looksLikePage(answer, candidates)) {
      Rows list = list(call, resource, candidates);
      if (list != null) {
        return list;
      }
    }
    return single(answer, resource, hasItems && collection, call);
  }

  /// Arrays of the answer, those near the top first.
  private void collect(Map<?, ?> schema, List<String> path, List<Candidate> candidates) {
    List<Map.Entry<String, Map<?, ?>>> deeper = new ArrayList<>();
    for (var property : spec.properties(schema).entrySet()) {
      if (spec.isArray(property.getValue())) {
        List<String> at = new ArrayList<>(path);
        at.add(property.getKey());
        candidates.add(new Candidate(at, spec.items(property.getValue())));
      } else {
        deeper.add(property);
      }
    }
    if (path.size() + 1 < DEEPEST) {
      for (var property : deeper) {
        List<String> at = new ArrayList<>(path);
        at.add(property.getKey());
        collect(property.getValue(), at, candidates);
      }
    }
  }

  /// A list named by convention at the top, and beside it nothing but facts about the page.
  private boolean looksLikePage(Map<?, ?> answer, List<Candidate> candidates) {
    boolean list =
        candidates.stream().anyMatch(c -> c.path().size() == 1 && LISTS.contains(lower(c.name())));
    int others = 0;
    for (String name : spec.properties(answer).keySet()) {
      others += PageInference.isAboutPages(name) || LISTS.contains(lower(name)) ? 0 : 1;
    }
    return list && others == 0;
  }

  private static @Nullable Rows list(Call call, String resource, List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      if (isNamed(candidate.name(), resource) && candidate.path().size() < DEEPEST) {
        return rows(candidate, "the list is called as the resource", Confidence.HIGH, "");
      }
    }
    for (Candidate candidate : candidates) {
      if (LISTS.contains(lower(candidate.name())) && candidate.path().size() == 1) {
        return rows(
            candidate, "`" + candidate.name() + "` is what lists are called", Confidence.HIGH, "");
      }
    }
    List<Candidate> top = candidates.stream().filter(c -> c.path().size() == 1).toList();
    if (top.size() == 1) {
      return rows(top.getFirst(), "the only list of the answer", Confidence.MEDIUM, "");
    }
    if (top.isEmpty() && !candidates.isEmpty()) {
      Candidate candidate =
          candidates.stream()
              .filter(
                  c -> LISTS.contains(lower(c.name())) || c.path().getFirst().equals("_embedded"))
              .findFirst()
              .orElse(candidates.getFirst());
      boolean only = candidates.size() == 1;
      return rows(
          candidate,
          only ? "the only list of the answer" : "the first list inside of the answer",
          only ? Confidence.MEDIUM : Confidence.LOW,
          only ? "" : others(call, candidate, candidates));
    }
    if (top.isEmpty()) {
      return null;
    }
    Candidate first =
        top.stream().filter(c -> !c.items().isEmpty()).findFirst().orElse(top.getFirst());
    return rows(first, "the first of several lists", Confidence.LOW, others(call, first, top));
  }

  private static Rows rows(
      Candidate candidate, String source, Confidence confidence, String check) {
    return new Rows(candidate.key(), true, candidate.items(), source, confidence, check);
  }

  private static String others(Call call, Candidate taken, List<Candidate> candidates) {
    List<String> keys =
        candidates.stream()
            .map(Candidate::key)
            .filter(key -> !key.equals(taken.key()))
            .limit(5)
            .toList();
    return call.text()
        + " answers with several lists; "
        + taken.key()
        + " was taken, and not "
        + String.join(", ", keys)
        + ".";
  }

  /// @param missing whether a list was to be expected
  private Rows single(Map<?, ?> answer, String resource, boolean missing, Call call) {
    Map<String, Map<?, ?>> properties = spec.properties(answer);
    String check =
        missing
            ? call.text()
                + " looks like a list, and its answer declares none: it is read as one row."
            : "";
    for (var property : properties.entrySet()) {
      String name = property.getKey();
      boolean object = spec.type(property.getValue()).equals("object");
      boolean named = isNamed(name, resource) || SINGLES.contains(lower(name));
      boolean alone =
          properties.keySet().stream().allMatch(other -> other.equals(name) || isEnvelope(other));
      if (object && named && alone) {
        return new Rows(
            "$." + name,
            false,
            property.getValue(),
            "`" + name + "` holds the object",
            properties.size() == 1 ? Confidence.HIGH : Confidence.MEDIUM,
            check);
      }
    }
    return new Rows(
        "",
        false,
        answer,
        "the answer is the object",
        missing ? Confidence.LOW : Confidence.HIGH,
        check);
  }

  private static boolean isEnvelope(String name) {
    return switch (lower(name)) {
      case "meta", "metadata", "links", "_links", "errors", "error", "messages", "message" -> true;
      case "success", "status", "code", "ok", "request_id", "requestid", "included" -> true;
      default -> false;
    };
  }

  private static boolean isNamed(String property, String resource) {
    String name = Words.snake(property);
    String last = resource.substring(resource.lastIndexOf('_') + 1);
    return name.equals(resource)
        || name.equals(Words.singular(resource))
        || name.equals(last)
        || name.equals(Words.singular(last));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
