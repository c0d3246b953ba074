package dev.isobar.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/// Writes archives of the form `.tgz`, good and bad ones.
public final class Tar {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public Tar folder(String name) {
    return member(name, '5', new byte[0], "");
  }

  public Tar file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  public Tar file(String name, byte[] content) {
    return member(name, '0', content, "");
  }

  /// A member of any type.
  ///
  /// @param link where a link leads
  public Tar member(String name, char type, byte[] content, String link) {
    return header(name, type, content.length, link).content(content);
  }

  public Tar header(String name, char type, long size, String link) {
    byte[] block = new byte[512];
    put(block, 0, name);
    put(block, 100, "0000644\0");
    put(block, 124, "%011o".formatted(size));
    put(block, 136, "00000000000");
    put(block, 148, "        ");
    block[156] = (byte) type;
    put(block, 157, link);
    put(block, 257, "ustar\00000");
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xFF;
    }
    put(block, 148, "%06o\0 ".formatted(sum));
    out.writeBytes(block);
    return this;
  }

  public Tar content(byte[] content) {
    out.writeBytes(content);
    out.writeBytes(new byte[(512 - content.length % 512) % 512]);
    return this;
  }

  /// A pax header for the member that follows.
  public Tar pax(String key, String value) {
    String fact = " " + key + "=" + value + "\n";
    int length = fact.length() + 1;
    while (String.valueOf(length).length() + fact.length() != length) {
      length++;
    }
    return member("pax", 'x', (length + fact).getBytes(StandardCharsets.UTF_8), "");
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  public byte[] gzipped() {
    out.writeBytes(new byte[1024]);
    return gzip(out.toByteArray());
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }
}
