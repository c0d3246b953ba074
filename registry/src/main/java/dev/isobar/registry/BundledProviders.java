package dev.isobar.registry;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.compiled.CompiledReader;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The providers that ship inside, as [ProviderCompiler] left them on the class path.
final class BundledProviders {
  static final String FOLDER = "dev/isobar/providers/";
  static final String INDEX = "index";
  static final String PROVIDER = "provider";
  static final String ENDING = ".isobar";

  private final ClassLoader classes;

  BundledProviders(ClassLoader classes) {
    this.classes = classes;
  }

  List<String> names() {
    byte[] index = read(FOLDER + INDEX);
    List<String> names = new ArrayList<>();
    String text = index == null ? "" : new String(index, StandardCharsets.UTF_8);
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      names.add(text.substring(start, end));
      start = end + 1;
    }
    return names;
  }

  Provider load(String name) {
    String folder = FOLDER + name + "/";
    return open(folder + PROVIDER + ENDING)
        .provider(
            header -> open(folder + "services/" + header.name() + ENDING).service(name, header));
  }

  private CompiledReader open(String resource) {
    byte[] bytes = read(resource);
    if (bytes == null) {
      throw new IsobarException(
          ErrorCode.INVALID_DOCUMENT,
          "The document `" + resource + "` is missing from this installation.",
          "Install Isobar again.");
    }
    return new CompiledReader(resource, bytes);
  }

  private byte @Nullable [] read(String resource) {
    try (InputStream stream = classes.getResourceAsStream(resource)) {
      return stream == null ? null : stream.readAllBytes();
    } catch (IOException e) {
      throw new IsobarException(
          ErrorCode.FILE_FAILED,
          "The document `" + resource + "` of this installation cannot be read.",
          "Install Isobar again.",
          null,
          e);
    }
  }
}
