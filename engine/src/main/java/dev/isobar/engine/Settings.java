package dev.isobar.engine;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What SET changes, for the rest of the session.
final class Settings {
  private static final List<String> NAMES = List.of("on_incomplete");

  private boolean warnWhenIncomplete;

  /// Whether rows that are not all the rows are returned with a warning, instead of an error.
  boolean warnWhenIncomplete() {
    return warnWhenIncomplete;
  }

  void set(String name, @Nullable Object value) {
    String text = value == null ? "" : value.toString().toLowerCase(Locale.ROOT);
    if (!name.equalsIgnoreCase("on_incomplete")) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          "There is no setting `" + name + "`.",
          Names.didYouMean(name, NAMES) + "The settings are " + String.join(", ", NAMES) + ".");
    }
    warnWhenIncomplete =
        switch (text) {
          case "warn" -> true;
          case "error" -> false;
          default ->
              throw new IsobarException(
                  ErrorCode.INVALID_CONFIGURATION,
                  "`on_incomplete` cannot be `" + text + "`.",
                  "Set it to 'error', the default, or to 'warn'.");
        };
  }
}
