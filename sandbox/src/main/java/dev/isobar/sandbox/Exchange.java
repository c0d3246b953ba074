package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Pagination;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request that was understood: its operation, what its path names, and its body.
///
/// @param values of the path's variables, from left to right
/// @param body the JSON body when it is an object, else empty
/// @param user who asks; empty without a token
record Exchange(
    Store store,
    Route route,
    List<String> values,
    Map<String, List<String>> query,
    Map<String, String> headers,
    Map<String, @Nullable Object> body,
    String user,
    Instant now) {
  private static final Pattern NUMBERED = Pattern.compile("([^.]+)(?:\\.\\w+)?\\.[0-9]{1,9}");

  /// The value of the path's n-th variable, from 0.
  String value(int n) {
    return values.get(n);
  }

  /// A query parameter's first value, or null.
  @Nullable String query(String name) {
    List<String> given = query.get(name);
    return given == null || given.isEmpty() ? null : given.getFirst();
  }

  /// What is given under a name of the wire, be it in the path, the query or the body; null when
  /// nothing is. Spelling and case do not matter.
  @Nullable Object given(String name) {
    String plain = Words.plain(name);
    List<String> variables = route.variables();
    for (int i = route.serverVariables(); i < variables.size(); i++) {
      if (Words.plain(variables.get(i)).equals(plain)) {
        return values.get(i);
      }
    }
    for (var entry : body.entrySet()) {
      if (Words.plain(entry.getKey()).equals(plain)) {
        return entry.getValue();
      }
    }
    for (var entry : query.entrySet()) {
      if (Words.plain(entry.getKey()).equals(plain) && !entry.getValue().isEmpty()) {
        return entry.getValue().getFirst();
      }
    }
    List<String> numbered = numbered(query, name);
    return numbered.isEmpty() ? null : numbered;
  }

  /// The values of a list that a query gives as `Names.1=a` or `Names.member.1=a`, in the order of
  /// the query.
  static List<String> numbered(Map<String, List<String>> query, String name) {
    List<String> values = new ArrayList<>();
    for (var entry : query.entrySet()) {
      Matcher key = NUMBERED.matcher(entry.getKey());
      if (key.matches() && Words.plain(key.group(1)).equals(Words.plain(name))) {
        values.addAll(entry.getValue());
      }
    }
    return values;
  }

  /// The text at a place of the request, or null.
  @Nullable String text(Pagination.Token place) {
    return switch (place.location()) {
      case QUERY -> query(place.key());
      case HEADER -> headers.get(place.key().toLowerCase(Locale.ROOT));
      case REQUEST -> null;
      case BODY -> {
        Object at = body;
        for (String name : WireShape.names(place.key())) {
          at = Values.object(at).get(name);
        }
        yield Values.text(at);
      }
    };
  }

  /// The concrete path of this request, with the server's part.
  String path() {
    return Store.concrete(route.path(), values);
  }

  /// The collection whose rows the path's last variable names, or that the path lists.
  Collection collection() {
    String template = route.path();
    if (route.isAction()) {
      Actions actions = store.actions(route);
      return store.collection(actions.path(), actions.values(this));
    }
    boolean entity = !route.isList() && !route.verb().equals("POST");
    boolean behind = entity && route.template().endsInVariable();
    String list = behind ? template.substring(0, template.length() - 3) : template;
    return store.collection(list, behind ? values.subList(0, values.size() - 1) : values);
  }

  boolean declares(String query) {
    return route.wire(query, Input.Location.QUERY) != null;
  }
}
