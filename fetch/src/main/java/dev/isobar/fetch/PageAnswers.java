package dev.isobar.fetch;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Schema;
import org.jspecify.annotations.Nullable;

/// Which answers to a request for a page are pages: those that succeed, and one that says that the
/// entity which the path names does not exist.
final class PageAnswers implements Sender.Reader<Page> {
  private final Method method;
  private final PageReader reader;
  private final @Nullable Object[] absent;
  private final RowChunks chunks;

  PageAnswers(Method method, PageReader reader, @Nullable Object[] absent, RowChunks.Taker taker) {
    this.method = method;
    this.reader = reader;
    this.absent = absent;
    this.chunks = new RowChunks(taker);
  }

  @Override
  public boolean takes(Response response) {
    return response.status / 100 == 2 || isAbsence(response);
  }

  @Override
  public Page read(Response response, Turn turn) throws FetchFailure, InterruptedException {
    chunks.begin(turn);
    // No such entity: an empty table, as `WHERE id = 999` gives anywhere else in SQL.
    Page page = isAbsence(response) ? new Page() : reader.read(response, absent, chunks);
    chunks.end(page);
    return page;
  }

  private boolean isAbsence(Response response) {
    // HTML comes from a web server at an address that is not the API's, which knows nothing.
    return response.status == 404 && isDetail() && !response.mediaType().contains("html");
  }

  /// Whether the method reads one entity that its path names. Of a list, 404 says that there is
  /// nothing to make a list of, and that is no answer to how many rows it has.
  private boolean isDetail() {
    return method.operation().httpVerb().equals("GET")
        && method.operation().path().contains("{")
        && isOne(method.responseSchema(), method.objectKey());
  }

  /// Whether what stands at the key is one row. Without a schema, it is no list that anyone knows
  /// of; below a key, it must be known to be none.
  private static boolean isOne(@Nullable Schema schema, @Nullable String objectKey) {
    if (objectKey == null) {
      return schema == null || !schema.type().equals("array");
    }
    Schema at = objectKey.matches("\\$(\\.\\w+)+") ? schema : null;
    for (String name : objectKey.substring(Math.min(2, objectKey.length())).split("\\.", -1)) {
      at = at == null ? null : at.allProperties().get(name);
    }
    return at != null && !at.type().equals("array") && !at.allProperties().isEmpty();
  }
}
