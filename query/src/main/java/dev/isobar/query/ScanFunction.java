package dev.isobar.query;

import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/// The table function `isobar_scan(id)`: DuckDB pulls the rows of an open table through it.
///
/// A function cannot be taken back once it is registered, so there is one for a database, and
/// tables come and go by their ids. DuckDB may bind a table more than once for one statement, and
/// calls [#apply] on its own threads.
final class ScanFunction
    implements DuckDBTableFunction<ScanFunction.Open, ScanFunction.Cursor, Object> {
  private final Map<Long, Open> open = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  /// An open table, and the first thing that went wrong while it was read: DuckDB passes on only
  /// the text of an exception.
  static final class Open {
    final RowSource source;
    private final List<RowFeed> feeds = new ArrayList<>();
    private boolean closed;
    private volatile @Nullable RuntimeException failure;

    private Open(RowSource source) {
      this.source = source;
    }

    synchronized RowFeed feed(List<Integer> projected) {
      if (closed) {
        throw new IllegalStateException("the statement has ended");
      }
      RowFeed feed = source.open(projected);
      feeds.add(feed);
      return feed;
    }

    synchronized void close() {
      closed = true;
      feeds.forEach(RowFeed::close);
    }

    @Nullable RuntimeException failure() {
      return failure;
    }
  }

  /// Where a reader stands.
  static final class Cursor {
    private final RowFeed feed;
    private final List<ColumnType> types;
    private @Nullable List<@Nullable Object[]> page;
    private int next;

    private Cursor(RowFeed feed, List<ColumnType> types) {
      this.feed = feed;
      this.types = types;
    }
  }

  /// Makes a table readable under an id, until it is closed.
  long add(RowSource source) {
    long id = ids.incrementAndGet();
    open.put(id, new Open(source));
    return id;
  }

  Open get(long id) {
    Open found = open.get(id);
    if (found == null) {
      throw new IllegalStateException("no table is open under " + id);
    }
    return found;
  }

  void remove(long id) {
    Open removed = open.remove(id);
    if (removed != null) {
      removed.close();
    }
  }

  @Override
  public Open bind(DuckDBTableFunctionBindInfo info) throws Exception {
    Open table;
    try (var parameter = info.getParameter(0)) {
      table = get(parameter.getLong());
    }
    for (Column column : table.source.columns()) {
      info.addResultColumn(column.name(), duckDbType(column.type()));
    }
    return table;
  }

  @Override
  public Cursor init(DuckDBTableFunctionInitInfo info) {
    info.setMaxThreads(1);
    Open table = info.getBindData();
    List<Integer> projected = new ArrayList<>();
    List<ColumnType> types = new ArrayList<>();
    List<Column> columns = table.source.columns();
    for (long i = 0; i < info.getColumnCount(); i++) {
      long index = info.getColumnIndex(i);
      // An index beyond the columns asks for a row id, whose value nobody reads.
      boolean real = index >= 0 && index < columns.size();
      projected.add(real ? Math.toIntExact(index) : 0);
      types.add(real ? columns.get(Math.toIntExact(index)).type() : columns.getFirst().type());
    }
    try {
      return new Cursor(table.feed(projected), types);
    } catch (RuntimeException e) {
      table.failure = e;
      throw e;
    }
  }

  @Override
  public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk)
      throws InterruptedException {
    Open table = info.getBindData();
    Cursor cursor = info.getInitData();
    try {
      while (cursor.page == null || cursor.next >= cursor.page.size()) {
        cursor.page = cursor.feed.nextPage();
        cursor.next = 0;
        if (cursor.page == null) {
          return 0;
        }
      }
      List<@Nullable Object[]> page = cursor.page;
      int rows = (int) Math.min(chunk.capacity(), page.size() - cursor.next);
      for (int column = 0; column < cursor.types.size(); column++) {
        write(chunk.vector(column), cursor.types.get(column), page, cursor.next, rows, column);
      }
      cursor.next += rows;
      return rows;
    } catch (RuntimeException e) {
      table.failure = e;
      throw e;
    }
  }

  private static void write(
      DuckDBWritableVector vector,
      ColumnType type,
      List<@Nullable Object[]> page,
      int from,
      int rows,
      int column) {
    switch (type) {
      case BIGINT -> {
        for (int i = 0; i < rows; i++) {
          if (page.get(from + i)[column] instanceof Long value) {
            vector.setLong(i, value);
          } else {
            vector.setNull(i);
          }
        }
      }
      case DOUBLE -> {
        for (int i = 0; i < rows; i++) {
          if (page.get(from + i)[column] instanceof Double value) {
            vector.setDouble(i, value);
          } else {
            vector.setNull(i);
          }
        }
      }
      case BOOLEAN -> {
        for (int i = 0; i < rows; i++) {
          if (page.get(from + i)[column] instanceof Boolean value) {
            vector.setBoolean(i, value);
          } else {
            vector.setNull(i);
          }
        }
      }
      case VARCHAR, JSON, TEXT, DECIMAL -> {
        // One call for the column: a call for each cell costs four times as much.
        @Nullable String[] texts = new @Nullable String[rows];
        for (int i = 0; i < rows; i++) {
          Object value = page.get(from + i)[column];
          texts[i] = value == null ? null : value.toString();
        }
        vector.setStrings(0, texts);
      }
    }
  }

  private static DuckDBColumnType duckDbType(ColumnType type) {
    return switch (type) {
      case BIGINT -> DuckDBColumnType.BIGINT;
      case DOUBLE -> DuckDBColumnType.DOUBLE;
      case BOOLEAN -> DuckDBColumnType.BOOLEAN;
      // A function cannot return JSON; the runner casts.
      case VARCHAR, JSON, TEXT, DECIMAL -> DuckDBColumnType.VARCHAR;
    };
  }
}
