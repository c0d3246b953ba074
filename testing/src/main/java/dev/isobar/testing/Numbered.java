package dev.isobar.testing;

import java.util.List;
import java.util.stream.Collectors;

/// A list in numbered pages, as Linode sends it: `{"data":[…],"page":1,"pages":3,"results":25}`.
///
/// @param rows each as JSON text
/// @param pageSize used when the request does not give `page_size`
public record Numbered(List<String> rows, int pageSize) {
  public Numbered {
    rows = List.copyOf(rows);
  }

  /// The page that the request asks for; 404 for one past the end.
  public Reply reply(Received request) {
    return page(request.number("page", 1), request.number("page_size", pageSize));
  }

  public Reply page(int page, int size) {
    int pages = Math.max(1, (rows.size() + size - 1) / size);
    if (page < 1 || page > pages) {
      return Reply.json(404, "{\"errors\":[{\"reason\":\"Not found\"}]}");
    }
    List<String> part = rows.subList((page - 1) * size, Math.min(rows.size(), page * size));
    return Reply.json(
        part.stream()
            .collect(
                Collectors.joining(
                    ",",
                    "{\"data\":[",
                    "],\"page\":"
                        + page
                        + ",\"pages\":"
                        + pages
                        + ",\"results\":"
                        + rows.size()
                        + "}")));
  }
}
