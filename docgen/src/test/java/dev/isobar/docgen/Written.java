package dev.isobar.docgen;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Provider;
import dev.isobar.registry.Registry;
import dev.isobar.registry.RegistryOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Documentation kept in memory.
final class Written extends Output {
  static final Catalog CATALOG = Registry.open(new RegistryOptions(null, null));

  final Map<String, byte[]> files = new TreeMap<>();
  int pages;

  List<String> pageFiles() {
    return files.keySet().stream().filter(path -> path.matches(".*\\.(md|html)")).toList();
  }

  @Override
  void put(String path, byte[] content) {
    if (files.put(path, content) != null) {
      throw new AssertionError(path + " is written twice");
    }
  }

  String text(String path) {
    byte[] content = files.get(path);
    if (content == null) {
      throw new AssertionError("there is no " + path + " among " + files.keySet());
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  static Written linode(String service, String resource, Format format) {
    return of(CATALOG.provider("linode"), service, resource, format);
  }

  static Written of(Provider provider, String service, String resource, Format format) {
    Written written = new Written();
    written.pages =
        new Documentation(provider, _ -> List.of()).write(service, resource, format, written);
    return written;
  }
}
