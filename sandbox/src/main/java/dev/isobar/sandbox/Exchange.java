package dev.isobar.sandbox;

import dev.isobar.catalog.Input;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  /// The value of the path's n-th variable, from 0.
  String value(int n) {
    return values.get(n);
  }

  /// A query parameter's first value, or null.
  @Nullable String query(String name) {
    List<String> given = query.get(name);
    return given == null || given.isEmpty() ? null : given.getFirst();
  }

  /// The concrete path of this request, without the server's part.
  String path() {
    return Store.concrete(route.path(), values);
  }

  /// The collection whose rows the path's last variable names, or that the path lists.
  Collection collection() {
    String template = route.path();
    boolean entity = !route.isList() && !route.verb().equals("POST");
    boolean behind = entity && route.template().endsInVariable();
    String list = behind ? template.substring(0, template.length() - 3) : template;
    return store.collection(list, behind ? values.subList(0, values.size() - 1) : values);
  }

  boolean declares(String query) {
    return route.wire(query, Input.Location.QUERY) != null;
  }
}
