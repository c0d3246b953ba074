package dev.isobar.registry;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.model.Cancellation;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings one version of a provider onto this machine, while no other process does: download,
/// unpack, verify, install, compile. Until it is installed nothing is changed.
///
/// @param home where compiled documents are kept; null to compile none
record Pull(
    RegistrySettings settings,
    Store store,
    @Nullable Path home,
    Supplier<Downloads> downloads,
    Archive.Limits limits,
    String provider,
    String version,
    Cancellation cancellation) {
  private static final long LARGEST_ARCHIVE = 512L << 20;

  /// Null when the registry has no such version.
  @Nullable Pulled run() throws IOException {
    if (store.holds(provider, version)) {
      return chosen(store, provider, version);
    }
    Path part = store.part(provider, version);
    Path archive = archive(part);
    if (archive == null) {
      return null;
    }
    Path unpacked = store.emptyFolder(provider);
    try {
      String name = provider + "/" + version + ".tgz";
      Archive.unpack(name, archive, version, unpacked, limits);
      verify(unpacked);
      checkProvider(unpacked);
      cancellation.check();
      store.install(unpacked, provider, version);
    } catch (IsobarException e) {
      if (e.code() != ErrorCode.CANCELLED && e.code() != ErrorCode.FILE_FAILED) {
        // What is refused now is refused the next time too, unless it is another file.
        discard(part);
      }
      throw e;
    } finally {
      Folders.delete(unpacked);
    }
    store.choose(provider, version);
    discard(part);
    List<String> warnings = compile();
    return new Pulled(
        provider,
        version,
        provider + " provider, version '" + version + "' successfully installed",
        warnings);
  }

  private static void discard(Path part) throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(Downloads.tagFile(part));
  }

  /// The archive on this machine; null when the registry has none.
  private @Nullable Path archive(Path part) {
    Path distribution = settings.distribution();
    String path = LocalProviders.folderName(provider) + "/" + version + ".tgz";
    if (distribution != null) {
      Path file = distribution.resolve(path);
      return Files.isRegularFile(file) ? file : null;
    }
    URI remote = settings.remote();
    if (remote == null) {
      return null;
    }
    URI uri = settings.published(remote, path);
    if (!downloads.get().file(uri, part, LARGEST_ARCHIVE, cancellation)) {
      return null;
    }
    refuseWhatIsNoArchive(uri, part);
    return part;
  }

  /// A portal or a proxy may answer everything with a page of its own.
  private static void refuseWhatIsNoArchive(URI uri, Path part) {
    byte[] first;
    try (var in = Files.newInputStream(part)) {
      first = in.readNBytes(200);
    } catch (IOException e) {
      throw Registry.unreadable(part, e);
    }
    if (first.length >= 2 && (first[0] & 0xFF) == 0x1F && (first[1] & 0xFF) == 0x8B) {
      return;
    }
    try {
      discard(part);
    } catch (IOException e) {
      throw Registry.unreadable(part, e);
    }
    throw new IsobarException(
        ErrorCode.REQUEST_FAILED,
        "`" + uri + "` is no archive: it begins with `" + Downloads.excerpt(first) + "`.",
        "Does a proxy or a login page stand in between?");
  }

  private void verify(Path unpacked) throws IOException {
    if (settings.verification().skip()) {
      return;
    }
    Signatures signatures = Signatures.by(settings.verification());
    List<Path> files;
    try (Stream<Path> all = Files.walk(unpacked)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      if (!file.toString().endsWith(Signatures.ENDING)) {
        Path signature = file.resolveSibling(file.getFileName() + Signatures.ENDING);
        signatures.verify(
            provider + "/" + version + "/" + unpacked.relativize(file),
            Files.readAllBytes(file),
            Files.isRegularFile(signature) ? Files.readAllBytes(signature) : null);
      }
    }
  }

  private void checkProvider(Path unpacked) {
    Provider read = new DocumentLoader(unpacked, unpacked).load();
    if (!read.name().equals(provider)) {
      throw new IsobarException(
          ErrorCode.INVALID_DOCUMENT,
          "The archive of `" + provider + "` holds the provider `" + read.name() + "`.",
          "Tell the publisher.");
    }
  }

  /// Compiles what was pulled, so that no statement has to.
  private List<String> compile() {
    if (home == null) {
      return List.of();
    }
    CompiledCache cache = new CompiledCache(home);
    cache.prune(provider);
    AtomicInteger count = new AtomicInteger();
    Path folder = store.version(provider, version);
    List<String> warnings = new ArrayList<>();
    try {
      var local =
          new LocalProvider(store.sources(), folder, provider, cache, _ -> count.incrementAndGet());
      local.compile().forEach(broken -> warnings.add(broken.text()));
    } catch (InterruptedException _) {
      // The rest is compiled when it is first used.
      Thread.currentThread().interrupt();
    }
    if (count.get() > 0) {
      warnings.add(
          "%s in the documents of %s cannot be used: isobar provider check %s lists them."
              .formatted(
                  count.get() == 1 ? "1 place" : "%,d places".formatted(count.get()),
                  provider,
                  folder));
    }
    return warnings;
  }

  /// Makes a version that is there already the one that the bare name means.
  static Pulled chosen(Store store, String provider, String version) throws IOException {
    store.choose(provider, version);
    return new Pulled(
        provider,
        version,
        provider + " provider, version '" + version + "' is installed already",
        List.of());
  }
}
