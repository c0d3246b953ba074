package dev.isobar.fetch;

import dev.isobar.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/// A document that is read as it arrives. Of what the parser has got, the last piece is kept, and
/// more only where more is asked for.
final class ArrivingText extends BulkInput implements JsonText {
  private static final long NOTHING = Long.MAX_VALUE;

  private final InputStream in;
  private byte[] kept = new byte[16 * 1024];
  private int length;

  /// The offset of the first byte that is kept.
  private long keptFrom;

  /// The offset from which on all is kept.
  private long needed = NOTHING;

  private boolean keepsAll = true;
  private boolean ended;

  /// Keeps everything until [#release()], or until it is too much for a row.
  ArrivingText(InputStream in) {
    this.in = in;
  }

  @Override
  public JsonParser parser() {
    return Json.FACTORY.createParser(ObjectReadContext.empty(), (InputStream) this);
  }

  /// The beginning is not needed any more.
  void release() {
    keepsAll = false;
  }

  /// The whole document, or null when it is not read to its end or was too large to keep.
  byte @Nullable [] whole() {
    return ended && keepsAll ? Arrays.copyOf(kept, length) : null;
  }

  @Override
  public void keepFrom(long start) {
    needed = start;
  }

  @Override
  public String compact(long start, long end) {
    String text = Cells.compact(kept, (int) (start - keptFrom), (int) (end - keptFrom));
    needed = NOTHING;
    return text;
  }

  @Override
  public long received() {
    return keptFrom + length;
  }

  @Override
  public boolean isComplete() {
    return ended;
  }

  @Override
  public int read(byte[] to, int offset, int most) throws IOException {
    int count = in.read(to, offset, most);
    if (count < 0) {
      ended = true;
      return count;
    }
    keep(to, offset, count);
    return count;
  }

  private void keep(byte[] from, int offset, int count) {
    keepsAll &= length <= Bounds.LARGEST_ROW;
    int old = keepsAll ? 0 : (int) Math.min(length, needed - keptFrom);
    if (old > 0) {
      System.arraycopy(kept, old, kept, 0, length - old);
      keptFrom += old;
      length -= old;
    }
    if (kept.length - length < count) {
      kept = Arrays.copyOf(kept, Math.max(2 * kept.length, length + count));
    }
    System.arraycopy(from, offset, kept, length, count);
    length += count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
