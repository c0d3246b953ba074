package dev.isobar.engine;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.RowStream;
import dev.isobar.query.RowFeed;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A feed's pages as single rows, where no query stands between.
final class FeedStream implements RowStream {
  private final RowFeed feed;
  private @Nullable Iterator<@Nullable Object[]> page;

  FeedStream(RowFeed feed) {
    this.feed = feed;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    try {
      while (page == null || !page.hasNext()) {
        List<@Nullable Object[]> rows = feed.nextPage();
        if (rows == null) {
          return null;
        }
        page = rows.iterator();
      }
      return page.next();
    } catch (InterruptedException e) {
      throw new IsobarException(
          ErrorCode.CANCELLED, "The statement was cancelled.", "Run it again.", null, e);
    }
  }

  @Override
  public void close() {
    feed.close();
  }
}
