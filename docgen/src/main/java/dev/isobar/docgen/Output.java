package dev.isobar.docgen;

import java.nio.charset.StandardCharsets;

/// Where files go. Counts them.
abstract class Output {
  private int files;
  private long bytes;

  /// @param path relative, with `/` between its parts
  final void write(String path, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    files++;
    bytes += content.length;
    put(path, content);
  }

  abstract void put(String path, byte[] content);

  final int files() {
    return files;
  }

  final long bytes() {
    return bytes;
  }
}
