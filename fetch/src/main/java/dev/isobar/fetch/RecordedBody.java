package dev.isobar.fetch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The rest of a recorded body, which ends as it did then.
final class RecordedBody extends InputStream {
  private final InputStream bytes;
  private final @Nullable FetchFailure ending;

  /// @param ending what comes after the last byte, or null for the end
  RecordedBody(byte[] body, int from, @Nullable FetchFailure ending) {
    this.bytes = new ByteArrayInputStream(body, from, body.length - from);
    this.ending = ending;
  }

  @Override
  public int read() throws IOException {
    return ended(bytes.read());
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    return length == 0 ? 0 : ended(bytes.read(to, offset, length));
  }

  private int ended(int read) throws IOException {
    if (read < 0 && ending != null) {
      throw new BrokenBody(ending);
    }
    return read;
  }
}
