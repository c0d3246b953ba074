package dev.isobar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where Isobar keeps what outlives a command: `$ISOBAR_HOME`, else `$XDG_STATE_HOME/isobar`, else
/// `~/.local/state/isobar`.
final class ApplicationFolder {
  private ApplicationFolder() {}

  /// The folder, which need not exist; null when nothing names one.
  static @Nullable Path path(Surroundings surroundings) {
    String own = surroundings.variable("ISOBAR_HOME");
    if (own != null) {
      return Path.of(own);
    }
    String state = surroundings.variable("XDG_STATE_HOME");
    if (state != null) {
      return Path.of(state, "isobar");
    }
    String home = surroundings.variable("HOME");
    return home == null ? null : Path.of(home, ".local", "state", "isobar");
  }

  /// A folder inside it, made if need be; null, after a warning, when nothing can be kept there.
  static @Nullable Path writable(String name, Surroundings surroundings, Messages messages) {
    Path home = path(surroundings);
    if (home != null) {
      Path folder = home.resolve(name);
      try {
        Files.createDirectories(folder);
        if (Files.isWritable(folder)) {
          return folder;
        }
      } catch (IOException _) {
        // Told below.
      }
    }
    messages.warning(
        "Nothing is kept between commands, because "
            + (home == null ? "no folder is named" : "`" + home + "` cannot be written")
            + "; ISOBAR_HOME names another one.");
    return null;
  }
}
