package dev.isobar.registry;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.catalog.document.Problem;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.SqlVerb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads every document of a provider, and tells what is in them and what is wrong with them.
public final class ProviderCheck {
  private static final String PROVIDER = "provider.yaml";

  private ProviderCheck() {}

  /// What one version of a provider holds.
  ///
  /// @param folder relative to the root of all providers, such as `acme/v00.00.00000`
  /// @param services how many service documents could be read
  /// @param declared how many `provider.yaml` names
  /// @param execOnly methods that no SQL verb may use
  /// @param views resources that answer SELECT with a view
  /// @param verbs resources that have the verb, and the methods under it
  /// @param bytes size of all documents
  /// @param problems in the order in which they were found
  public record Report(
      String provider,
      String folder,
      int services,
      int declared,
      int resources,
      int methods,
      int execOnly,
      int views,
      Map<SqlVerb, Use> verbs,
      long bytes,
      List<Problem> problems) {
    public Report {
      verbs = Map.copyOf(verbs);
      problems = List.copyOf(problems);
    }
  }

  /// How often a verb is there.
  public record Use(int resources, int methods) {
    static final Use NONE = new Use(0, 0);

    private Use plus(int more) {
      return more == 0 ? this : new Use(resources + 1, methods + more);
    }
  }

  /// The versions of providers at or below a folder: that of one version, that of one provider, or
  /// that of many.
  ///
  /// @return folders that hold a `provider.yaml`, sorted
  /// @throws IsobarException `FILE_FAILED` when the folder cannot be read, `INVALID_CONFIGURATION`
  ///   when it holds no provider
  public static List<Path> versions(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    List<Path> found = new ArrayList<>();
    collect(absolute, 0, found);
    if (found.isEmpty() && Files.isDirectory(absolute.resolve("src"))) {
      collect(absolute.resolve("src"), 0, found);
    }
    if (found.isEmpty()) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          "There is no `" + PROVIDER + "` in `" + folder + "`.",
          "Give a folder that holds <provider>/<version>/provider.yaml, or one of these.");
    }
    return found;
  }

  private static void collect(Path folder, int depth, List<Path> found) {
    if (Files.isRegularFile(folder.resolve(PROVIDER))) {
      found.add(folder);
      return;
    }
    if (depth == 2 || !Files.isDirectory(folder)) {
      return;
    }
    List<Path> entries = new ArrayList<>(LocalProviders.list(folder));
    entries.sort(null);
    entries.forEach(entry -> collect(entry, depth + 1, found));
  }

  /// Reads all documents of one version.
  ///
  /// @param version one of [#versions]
  /// @throws IsobarException `INVALID_DOCUMENT` when `provider.yaml` itself cannot be read
  public static Report check(Path version) {
    Path above = version.getParent();
    Path root = above == null || above.getParent() == null ? version : above.getParent();
    DocumentLoader loader = new DocumentLoader(root, version);
    Provider provider = loader.load();
    Counter counter = new Counter();
    List<Problem> unreadable = new ArrayList<>();
    for (ServiceHeader header : provider.services()) {
      try {
        counter.add(loader.load(header));
      } catch (IsobarException e) {
        unreadable.add(new Problem(header.document(), "", e.text()));
      }
    }
    List<Problem> problems = new ArrayList<>(unreadable);
    problems.addAll(loader.problems());
    return counter.report(provider, root.relativize(version).toString(), bytes(version), problems);
  }

  private static long bytes(Path version) {
    try (Stream<Path> files = Files.walk(version)) {
      long bytes = 0;
      for (Path file : (Iterable<Path>) files::iterator) {
        bytes += file.toString().endsWith(".yaml") ? Files.size(file) : 0;
      }
      return bytes;
    } catch (IOException | UncheckedIOException _) {
      // What could not be read was told as a problem; this is only the size.
      return 0;
    }
  }

  private static final class Counter {
    private int services;
    private int resources;
    private int methods;
    private int execOnly;
    private int views;
    private final Map<SqlVerb, Use> verbs = new EnumMap<>(SqlVerb.class);

    void add(Service service) {
      services++;
      for (ResourceHeader header : service.resources()) {
        add(service.resource(header.name()));
      }
    }

    private void add(Resource resource) {
      resources++;
      methods += resource.methods().size();
      execOnly +=
          (int)
              resource.methods().stream()
                  .filter(method -> resource.verbsOf(method).isEmpty())
                  .count();
      views += resource.views().isEmpty() ? 0 : 1;
      for (SqlVerb verb : SqlVerb.values()) {
        if (verb != SqlVerb.EXEC) {
          Use before = verbs.getOrDefault(verb, Use.NONE);
          verbs.put(verb, before.plus(resource.methods(verb).size()));
        }
      }
    }

    Report report(Provider provider, String folder, long bytes, List<Problem> problems) {
      return new Report(
          provider.name(),
          folder,
          services,
          provider.services().size(),
          resources,
          methods,
          execOnly,
          views,
          verbs,
          bytes,
          problems);
    }
  }
}
