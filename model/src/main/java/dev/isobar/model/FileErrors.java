package dev.isobar.model;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// What is wrong with a file, for the end of a sentence that names it.
public final class FileErrors {
  private FileErrors() {}

  /// Without the name of the file, which the sentence has already.
  public static String reason(IOException e) {
    String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    if (reason != null) {
      return reason;
    }
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file or folder";
      case AccessDeniedException _ -> "access is denied";
      default -> e.getClass().getSimpleName();
    };
  }
}
