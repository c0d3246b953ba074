package dev.isobar.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An independently fetchable part of a scan: one call of its method, with all its pages.
///
/// @param bindings the values given to the method's inputs, by SQL name; copied into each row that
///   lacks the column
/// @param request the request for the first page
public record Split(Map<String, @Nullable Object> bindings, Request request) {
  public Split {
    bindings = Collections.unmodifiableMap(new LinkedHashMap<>(bindings));
  }

  /// How people refer to this part of the scan: `linodeId=12`, or empty when nothing is bound.
  public String scope() {
    StringBuilder scope = new StringBuilder();
    bindings.forEach((name, value) ->
        scope.append(scope.isEmpty() ? "" : ", ").append(name).append('=').append(value));
    return scope.toString();
  }
}
