package dev.isobar.registry;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/// What people write for a registry, as the folder that it means.
final class Location {
  private static final String HINT =
      "Give a folder that holds <provider>/<version>/provider.yaml, or a file: URL of one.";

  private Location() {}

  static Path parse(String written) {
    Path folder =
        written.stripLeading().startsWith("{") ? ofJson(written) : ofText(written.strip());
    if (!Files.isDirectory(folder)) {
      throw invalid("There is no folder `" + folder + "`.");
    }
    Path sources = folder.resolve("src");
    return (Files.isDirectory(sources) ? sources : folder).toAbsolutePath().normalize();
  }

  /// StackQL keeps documents under `localDocRoot` and fetches from `url` what is missing there.
  private static Path ofJson(String written) {
    Object value;
    try {
      value = Json.parse(written);
    } catch (IllegalArgumentException e) {
      throw invalid("The registry is no valid JSON: " + e.getMessage() + ".");
    }
    if (value instanceof Map<?, ?> settings) {
      if (settings.get("localDocRoot") instanceof String root && Files.isDirectory(ofText(root))) {
        return ofText(root);
      }
      if (settings.get("url") instanceof String url) {
        return ofText(url);
      }
    }
    throw invalid("The registry `" + written + "` names neither a url nor a localDocRoot.");
  }

  private static Path ofText(String text) {
    try {
      if (text.startsWith("http://") || text.startsWith("https://")) {
        throw new IsobarException(
            ErrorCode.INVALID_CONFIGURATION,
            "The registry `" + text + "` is remote, and this version reads local folders only.",
            "Download the documents and give their folder.");
      }
      return text.startsWith("file:") ? ofUrl(text) : Path.of(text);
    } catch (InvalidPathException | FileSystemNotFoundException _) {
      throw invalid("The registry `" + text + "` is no path.");
    }
  }

  /// Two slashes and a path is how most people write it.
  private static Path ofUrl(String url) {
    String path = url.substring("file:".length());
    String single = path.replaceFirst("^/*", "/");
    try {
      return Path.of(URI.create("file://" + single));
    } catch (IllegalArgumentException _) {
      return Path.of(single);
    }
  }

  private static IsobarException invalid(String message) {
    return new IsobarException(ErrorCode.INVALID_CONFIGURATION, message, HINT);
  }
}
