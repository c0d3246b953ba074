package dev.isobar.catalog.document;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/// Reads the list of a registry, `providers.yaml`: `provider-format.md`, section 9.
public final class ProviderIndex {
  private ProviderIndex() {}

  /// The versions of each provider, as written.
  ///
  /// @param name of the file, for messages
  /// @throws IsobarException `INVALID_DOCUMENT`
  public static Map<String, List<String>> read(String name, byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    if (text.stripLeading().startsWith("<")) {
      throw invalid(name, "it is HTML", "Does a proxy or a login page stand in between?", null);
    }
    Object read;
    try {
      read = YamlReader.read(text);
    } catch (YAMLException e) {
      throw invalid(name, "it is no YAML", "Check the address of the registry.", e);
    }
    if (!(read instanceof Map<?, ?> root)
        || !(root.get("providers") instanceof Map<?, ?> written)) {
      throw invalid(name, "it has no `providers`", "Check the address of the registry.", null);
    }
    Map<String, List<String>> providers = new LinkedHashMap<>();
    for (var entry : written.entrySet()) {
      List<String> versions = new ArrayList<>();
      if (entry.getValue() instanceof Map<?, ?> facts
          && facts.get("versions") instanceof List<?> list) {
        list.forEach(version -> versions.add(String.valueOf(version)));
      }
      providers.put(String.valueOf(entry.getKey()), versions);
    }
    return providers;
  }

  private static IsobarException invalid(
      String name, String why, String hint, @Nullable Throwable cause) {
    return new IsobarException(
        ErrorCode.INVALID_DOCUMENT,
        "`" + name + "` is no list of providers: " + why + ".",
        hint,
        null,
        cause);
  }
}
