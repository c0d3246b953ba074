package dev.isobar.plan;

import dev.isobar.catalog.Input.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a scan leaves to the API: to leave out rows that the query doesn't want, and to sort. The
/// query checks each condition again.
///
/// @param location where the filter travels: a header, or the query of the URL
/// @param key name of the header or the parameter
/// @param text the filter, in the dialect of the API
/// @param order what the API sorts by, such as `created DESC`; null when in its own order
public record Pushdown(Location location, String key, String text, @Nullable String order) {
  /// The request with the filter.
  Request on(Request request) {
    if (location == Location.QUERY) {
      return request.withQuery(key, text);
    }
    List<Request.Pair> headers = new ArrayList<>(request.headers());
    headers.removeIf(header -> header.name().equalsIgnoreCase(key));
    headers.add(new Request.Pair(key, text));
    return new Request(
        request.verb(),
        request.endpoint(),
        request.query(),
        headers,
        request.body(),
        request.program());
  }
}
