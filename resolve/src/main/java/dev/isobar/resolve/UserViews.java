package dev.isobar.resolve;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.parse.Name;
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

  /// The view, of that kind.
  ///
  /// @throws IsobarException `UNKNOWN_RESOURCE`
  public UserView get(Name.Part name, boolean materialized) {
    UserView view = find(name.text());
    if (view == null || view.materialized() != materialized) {
      String kind = materialized ? "materialized view" : "view";
      throw new IsobarException(
          ErrorCode.UNKNOWN_RESOURCE,
          "This session has no " + kind + " `" + name.text() + "`.",
          "Views last as long as the session: CREATE "
              + kind.toUpperCase(Locale.ROOT)
              + " name AS SELECT … makes one.",
          name.span());
    }
    return view;
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
