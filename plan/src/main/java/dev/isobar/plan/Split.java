package dev.isobar.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An independently fetchable part of a scan: one call of its method, with all its pages.
///
/// @param bindings the values given to the method's inputs, by SQL name; copied into each row that
///   lacks the column
/// @param plain the request for the first page, without what is left to the API
/// @param pushdown what is left to the API, or null
public record Split(
    Map<String, @Nullable Object> bindings, Request plain, @Nullable Pushdown pushdown) {
  public Split {
    bindings = Collections.unmodifiableMap(new LinkedHashMap<>(bindings));
  }

  /// With nothing left to the API.
  public Split(Map<String, @Nullable Object> bindings, Request request) {
    this(bindings, request, null);
  }

  /// The request for the first page.
  public Request request() {
    return pushdown == null ? plain : pushdown.on(plain);
  }

  /// How people refer to this part of the scan: `linodeId=12`, or empty when nothing is bound.
  public String scope() {
    StringBuilder scope = new StringBuilder();
    bindings.forEach((name, value) ->
        scope.append(scope.isEmpty() ? "" : ", ").append(name).append('=').append(value));
    return scope.toString();
  }
}
