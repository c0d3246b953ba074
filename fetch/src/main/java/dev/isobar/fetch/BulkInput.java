package dev.isobar.fetch;

import java.io.IOException;
import java.io.InputStream;

/// A stream whose bytes come in pieces: one alone is a piece of one byte.
abstract class BulkInput extends InputStream {
  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public abstract int read(byte[] to, int offset, int length) throws IOException;
}
