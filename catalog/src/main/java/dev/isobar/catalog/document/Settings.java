package dev.isobar.catalog.document;

import dev.isobar.catalog.Pagination;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The `config` objects that a method inherits, nearest first: method, resource, service document,
/// service entry, provider. The first that has a key gives its value whole.
record Settings(List<Node> levels) {
  Settings {
    levels = List.copyOf(levels);
  }

  Node find(String key) {
    for (Node level : levels) {
      Node value = level.get(key);
      if (value.exists()) {
        return value;
      }
    }
    return levels.getLast().get(key);
  }

  @Nullable Pagination pagination() {
    Node pagination = find("pagination");
    if (!pagination.isMap()) {
      return null;
    }
    Pagination.Token request = token(pagination.get("requestToken"));
    Pagination.Token response = token(pagination.get("responseToken"));
    if (request == null || response == null) {
      pagination.problem("A pagination needs a requestToken and a responseToken with locations.");
      return null;
    }
    boolean numbered = pagination.text("algorithm").equals("page_number");
    return new Pagination(
        numbered ? Pagination.Algorithm.PAGE_NUMBER : Pagination.Algorithm.TOKEN,
        request,
        response,
        token(pagination.get("responseTerminator")));
  }

  static Pagination.@Nullable Token token(Node token) {
    if (!token.isMap()) {
      return null;
    }
    Pagination.Location location =
        switch (token.text("location").toLowerCase(Locale.ROOT)) {
          case "query" -> Pagination.Location.QUERY;
          case "body" -> Pagination.Location.BODY;
          case "header" -> Pagination.Location.HEADER;
          case "request" -> Pagination.Location.REQUEST;
          default -> null;
        };
    if (location == null) {
      token.problem("`" + token.text("location") + "` is no location of a token.");
      return null;
    }
    return new Pagination.Token(token.text("key"), location);
  }
}
