package dev.isobar.resolve;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The views of a session. Names are the same in any case.
public final class UserViews {
  private final Map<String, UserView> views = new ConcurrentHashMap<>();

  public @Nullable UserView find(String name) {
    return views.get(key(name));
  }

  /// Keeps a view, in place of one of that name.
  public void put(UserView view) {
    views.put(key(view.name()), view);
  }

  public void remove(String name) {
    views.remove(key(name));
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
