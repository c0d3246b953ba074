package dev.isobar.fetch;

import java.nio.file.Path;

/// Whether what is exchanged with APIs is kept in a file, or comes from one.
public sealed interface Recording {
  /// Neither.
  Recording OFF = new Off();

  record Off() implements Recording {}

  /// All exchanges are written to the file. It appears, or is replaced, when the session ends.
  record To(Path file) implements Recording {}

  /// Nothing is sent: what the file holds is the answer. No credential is read.
  record From(Path file) implements Recording {}
}
