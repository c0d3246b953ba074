package dev.isobar.catalog.authoring;

import java.util.ArrayList;
import java.util.List;

/// The parts of a path.
///
/// @param parts without empty ones
record Route(List<String> parts) {
  Route {
    parts = List.copyOf(parts);
  }

  static Route of(String path) {
    int query = path.indexOf('?');
    List<String> parts = new ArrayList<>();
    for (String part : (query < 0 ? path : path.substring(0, query)).split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return new Route(parts);
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  String last() {
    return parts.isEmpty() ? "" : parts.getLast();
  }

  Route parent() {
    return new Route(parts.subList(0, Math.max(0, parts.size() - 1)));
  }

  /// `{id}` alone.
  static boolean isVariable(String part) {
    return part.startsWith("{") && part.indexOf('}') == part.length() - 1;
  }

  boolean endsInVariable() {
    return isVariable(last());
  }

  /// The custom verb of `{id}:undelete` or `widgets:search`; empty when there is none.
  String customVerb() {
    int colon = last().lastIndexOf(':');
    return colon > 0 && colon > last().lastIndexOf('}') ? last().substring(colon + 1) : "";
  }

  Route withoutCustomVerb() {
    List<String> shorter = new ArrayList<>(parts);
    String last = shorter.removeLast();
    shorter.add(last.substring(0, last.lastIndexOf(':')));
    return new Route(shorter);
  }

  /// Equal for paths that differ only in the names of their variables.
  String key() {
    List<String> key = new ArrayList<>();
    for (String part : parts) {
      key.add(isVariable(part) ? "{}" : part);
    }
    return "/" + String.join("/", key);
  }

  /// The parts that are words, versions and `api` left out.
  List<String> words() {
    List<String> words = new ArrayList<>();
    for (String part : parts) {
      boolean leads = words.isEmpty();
      boolean version =
          part.matches("(?i)v\\d+([a-z]+\\d*)?|v?\\d+(\\.\\d+)+|\\d{4}-\\d{2}(-\\d{2})?");
      if (part.indexOf('{') < 0 && !(leads && (version || part.matches("(?i)api|rest")))) {
        words.add(part);
      }
    }
    return words;
  }
}
