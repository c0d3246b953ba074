package dev.isobar.registry;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A folder of providers: `<root>/<name>/<version>/provider.yaml`. Of several versions the highest
/// counts.
///
/// @param folders by the provider's name, the folder of its highest version
record LocalProviders(Path root, Map<String, Path> folders) {
  /// The one provider whose folder is not called as it is, in the public registry.
  private static final Map<String, String> NAMES = Map.of("googleapis.com", "google");

  /// @throws IsobarException `FILE_FAILED`
  static LocalProviders at(Path root) {
    Map<String, Path> folders = new TreeMap<>();
    for (Path provider : list(root)) {
      Path highest = null;
      for (Path version : list(provider)) {
        boolean usable = Files.isRegularFile(version.resolve("provider.yaml"));
        if (usable && (highest == null || version(version).compareTo(version(highest)) > 0)) {
          highest = version;
        }
      }
      if (highest != null) {
        String folder = provider.getFileName().toString();
        folders.put(NAMES.getOrDefault(folder, folder), highest);
      }
    }
    return new LocalProviders(root, folders);
  }

  private static Version version(Path folder) {
    return new Version(folder.getFileName().toString());
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (IOException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "The folder `" + folder + "` cannot be read.",
          "Check its permissions.",
          null,
          e);
    }
    return entries;
  }

  /// @param name one of [#names()]
  Path folder(String name) {
    return Objects.requireNonNull(folders.get(name));
  }

  List<String> names() {
    return List.copyOf(folders.keySet());
  }
}
