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
      Rows list = list(call, resource, hasItems, candidates);
      if (list != null) {
        return list;
      }
    }
    List<String> lists =
        candidates.stream().filter(c -> c.path().size() == 1).map(Candidate::name).toList();
    String check = "";
    if (collection && hasItems) {
      check =
          call.text() + " looks like a list, and its answer declares none: it is read as one row.";
    } else if (many && !lists.isEmpty()) {
      check =
          call.text() + " answers with " + String.join(", ", lists) + ": it is read as one row.";
    }
    return single(answer, resource, check, hasItems);
  }

  /// Arrays of the answer, those near the top first.
  private void collect(Map<?, ?> schema, List<String> path, List<Candidate> candidates) {
    List<Map.Entry<String, Map<?, ?>>> deeper = new ArrayList<>();
    for (var property : spec.properties(schema).entrySet()) {
      if (isEnvelope(property.getKey())) {
        continue;
      }
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

  private @Nullable Rows list(
      Call call, String resource, boolean hasItems, List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      if (isNamed(candidate.name(), resource) && candidate.path().size() < DEEPEST) {
        return rows(candidate, "the list is called as the resource", Confidence.HIGH, "");
      }
    }
    for (Candidate candidate : candidates) {
      if (LISTS.contains(lower(candidate.name())) && candidate.path().size() == 1) {
        String source = "`" + candidate.name() + "` is what lists are called";
        return rows(candidate, source, Confidence.HIGH, "");
      }
    }
    List<Candidate> top = candidates.stream().filter(c -> c.path().size() == 1).toList();
    if (top.isEmpty()) {
      return inside(candidates);
    }
    boolean alone = top.size() == 1 && isPage(call.answer(), top.getFirst().name());
    if (top.size() == 1 && (hasItems || alone)) {
      return rows(top.getFirst(), "the only list of the answer", Confidence.MEDIUM, "");
    }
    if (!hasItems) {
      return null;
    }
    Candidate first =
        top.stream().filter(c -> !c.items().isEmpty()).findFirst().orElse(top.getFirst());
    return rows(first, "the first of several lists", Confidence.LOW, others(call, first, top));
  }

  /// A list inside of an object that only wraps it.
  private static @Nullable Rows inside(List<Candidate> candidates) {
    List<Candidate> second = candidates.stream().filter(c -> c.path().size() == 2).toList();
    for (Candidate candidate : second) {
      String holder = lower(candidate.path().getFirst());
      boolean wrapped = SINGLES.contains(holder) || holder.equals("_embedded");
      boolean only = second.size() == 1;
      if (wrapped && (LISTS.contains(lower(candidate.name())) || only)) {
        String source = only ? "the only list of the answer" : "a list in `" + holder + "`";
        return rows(candidate, source, Confidence.MEDIUM, "");
      }
    }
    return null;
  }

  /// Whether all but the list are facts about the page, or belong to the envelope.
  private boolean isPage(Map<?, ?> answer, String list) {
    return spec.properties(answer).keySet().stream()
        .allMatch(
            name -> name.equals(list) || PageInference.isAboutPages(name) || isEnvelope(name));
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

  /// @param check what is odd about it
  /// @param missing whether a list was to be expected
  private Rows single(Map<?, ?> answer, String resource, String check, boolean missing) {
    Map<String, Map<?, ?>> properties = spec.properties(answer);
    for (var property : properties.entrySet()) {
      String name = property.getKey();
      String type = spec.type(property.getValue());
      boolean object = type.equals("object") || type.isEmpty();
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
        check.isEmpty() ? Confidence.HIGH : missing ? Confidence.LOW : Confidence.MEDIUM,
        check);
  }

  /// Whether a property is about the answer and not part of what was asked for.
  private static boolean isEnvelope(String name) {
    return switch (lower(name)) {
      case "meta", "metadata", "links", "_links", "errors", "error", "messages", "message" -> true;
      case "warnings", "result_info", "_embedded_links", "jsonapi", "debug" -> true;
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
