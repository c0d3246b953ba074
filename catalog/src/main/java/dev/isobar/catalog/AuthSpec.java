package dev.isobar.catalog;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How requests of a provider are authenticated: `config.auth`, or what the user gave instead.
///
/// @param type such as `bearer`, `api_key`, `basic`, `custom`, `null_auth`
/// @param settings the other keys as written; section 7 of `provider-format.md` names them
public record AuthSpec(String type, Map<String, @Nullable Object> settings) {
  /// No authentication.
  public static final AuthSpec NONE = new AuthSpec("null_auth", Map.of());

  public AuthSpec {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /// What an object of settings says, `type` among them.
  ///
  /// @param otherwise the type when it names none
  public static AuthSpec of(Map<?, ?> written, String otherwise) {
    Map<String, @Nullable Object> settings = new LinkedHashMap<>();
    written.forEach((key, value) -> {
      if (value != null) {
        settings.put(String.valueOf(key), value);
      }
    });
    Object type = settings.remove("type");
    return new AuthSpec(type == null ? otherwise : type.toString(), settings);
  }

  /// The setting as text, or null when it is absent or empty.
  public @Nullable String setting(String key) {
    Object value = settings.get(key);
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }
}
