package dev.isobar.catalog.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Finds the files of documents. Apart from [Document], so that whoever only looks for a file loads
/// no YAML parser.
final class DocumentFile {
  private DocumentFile() {}

  /// The file; where there is none of that name, one that differs only in case.
  static Path find(Path root, String file) {
    Path exact = root.resolve(file);
    Path folder = exact.getParent();
    if (Files.exists(exact) || folder == null || !Files.isDirectory(folder)) {
      return exact;
    }
    String wanted = exact.getFileName().toString().toLowerCase(Locale.ROOT);
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (entry.getFileName().toString().toLowerCase(Locale.ROOT).equals(wanted)) {
          return entry;
        }
      }
    } catch (IOException _) {
      return exact;
    }
    return exact;
  }
}
