package dev.isobar.cli;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/// Reading text, and saying in words why a file failed.
final class Files {
  private Files() {}

  /// @throws IsobarException `FILE_FAILED` for a name that no file can have here
  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "`" + name + "` can be no file: " + e.getReason() + ".",
          "Give another name.",
          null,
          e);
    }
  }

  /// @throws IsobarException `FILE_FAILED`
  static String read(Path file) {
    try {
      return decode(java.nio.file.Files.readAllBytes(file), "`" + file + "`");
    } catch (IOException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "The file `" + file + "` cannot be read: " + reason(e) + ".",
          "Check the path, and that you are allowed to read it.",
          null,
          e);
    }
  }

  /// @throws IsobarException `FILE_FAILED`
  static String read(InputStream in) {
    try {
      return decode(in.readAllBytes(), "Standard input");
    } catch (IOException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "Standard input cannot be read: " + reason(e) + ".",
          "Give the SQL as an argument, or with -i FILE.",
          null,
          e);
    }
  }

  private static String decode(byte[] bytes, String what) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED, what + " is no text in UTF-8.", "Save the SQL as UTF-8.", null, e);
    }
  }

  /// Why it failed, in a few words without a path.
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return e.getClass().getSimpleName();
    }
    // `/path (No space left on device)` is how the older classes of the JDK say it.
    int open = message.lastIndexOf('(');
    String reason =
        open >= 0 && message.endsWith(")")
            ? message.substring(open + 1, message.length() - 1)
            : message;
    return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
