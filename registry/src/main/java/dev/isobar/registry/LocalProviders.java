package dev.isobar.registry;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A folder of providers: `<root>/<name>/<version>/provider.yaml`. Several versions may stand side
/// by side.
///
/// @param providers by name
record LocalProviders(Path root, Map<String, Versions> providers) {
  /// Holds the version that counts, when it is not the highest.
  static final String CHOICE = ".version";

  /// The one provider whose folder is not called as it is, in the public registry.
  private static final Map<String, String> NAMES = Map.of("googleapis.com", "google");

  /// The versions of a provider.
  ///
  /// @param folders ascending; not empty
  /// @param chosen the one that the provider's bare name means
  record Versions(List<Path> folders, Path chosen) {}

  /// @throws IsobarException `FILE_FAILED`
  static LocalProviders at(Path root) {
    Map<String, Versions> providers = new TreeMap<>();
    for (Path folder : list(root)) {
      List<Path> versions = new ArrayList<>();
      for (Path version : list(folder)) {
        if (Files.isRegularFile(version.resolve("provider.yaml"))) {
          versions.add(version);
        }
      }
      if (!versions.isEmpty()) {
        if (versions.size() > 1) {
          versions.sort(Comparator.comparing(LocalProviders::version));
        }
        String name = folder.getFileName().toString();
        providers.put(
            NAMES.getOrDefault(name, name), new Versions(versions, chosen(folder, versions)));
      }
    }
    return new LocalProviders(root, providers);
  }

  /// The folder of a provider's versions, which need not exist.
  static Path folder(Path root, String provider) {
    return root.resolve(folderName(provider));
  }

  /// What the folder of a provider's versions is called, here and in a registry.
  static String folderName(String provider) {
    for (var entry : NAMES.entrySet()) {
      if (entry.getValue().equals(provider)) {
        return entry.getKey();
      }
    }
    return provider;
  }

  private static Path chosen(Path folder, List<Path> versions) {
    if (versions.size() > 1) {
      try {
        Path choice = folder.resolve(Files.readString(folder.resolve(CHOICE)).strip());
        if (versions.contains(choice)) {
          return choice;
        }
      } catch (IOException | IllegalArgumentException _) {
        // Nobody chose, or what was chosen has gone.
      }
    }
    return versions.getLast();
  }

  private static Version version(Path folder) {
    return new Version(folder.getFileName().toString());
  }

  /// What a folder holds; nothing where there is none.
  ///
  /// @throws IsobarException `FILE_FAILED`
  static List<Path> list(Path folder) {
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
}
