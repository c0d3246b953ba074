package dev.isobar.registry;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// What people write for a registry, read: a folder, a `file:` or `http:` URL, or StackQL's JSON.
///
/// Source: `stackql-surface.md`, section 6.1. `allowSrcDownload` is understood and needs nothing: a
/// pull takes the archive.
///
/// @param remote the base of an http(s) registry, without a slash at the end; null for a folder
/// @param folder a registry on this machine; null for a remote one
/// @param localDocRoot where pulled documents are kept; null for the application folder
record RegistrySettings(
    @Nullable URI remote,
    @Nullable Path folder,
    String srcPrefix,
    String distPrefix,
    @Nullable Path localDocRoot,
    Verification verification) {

  /// The public registry: `provider-format.md`, section 9.
  static final String PUBLIC = "https://registry.stackql.app/providers";

  private static final String INDEX = "providers.yaml";

  private static final String HINT =
      "Give a folder that holds <provider>/<version>/provider.yaml, a file: or https: URL, or"
          + " StackQL's JSON.";

  /// How signatures are checked.
  ///
  /// @param skip whether documents are taken unsigned
  /// @param authorities PEM file of the certificates to trust; null for those that ship inside
  /// @param signers PEM file of the certificates that sign; null for those that ship inside
  /// @param subject what the subject of a signer has to match, or null
  record Verification(
      boolean skip, @Nullable Path authorities, @Nullable Path signers, @Nullable Pattern subject) {
    static final Verification DEFAULT = new Verification(false, null, null, null);
  }

  /// @param written null for the public registry
  /// @throws IsobarException `INVALID_CONFIGURATION`
  static RegistrySettings parse(@Nullable String written) {
    if (written == null) {
      return at(PUBLIC, "src", "dist", null, Verification.DEFAULT);
    }
    return written.stripLeading().startsWith("{")
        ? ofJson(written)
        : at(written.strip(), "src", "dist", null, Verification.DEFAULT);
  }

  private static RegistrySettings ofJson(String written) {
    Object value;
    try {
      value = Json.parse(written);
    } catch (IllegalArgumentException e) {
      throw invalid("The registry is no valid JSON: " + e.getMessage() + ".");
    }
    Map<?, ?> settings = value instanceof Map<?, ?> map ? map : Map.of();
    String root = text(settings, "localDocRoot");
    Path localDocRoot = root == null ? null : folder(root).toAbsolutePath().normalize();
    String url = text(settings, "url");
    return at(
        url == null ? PUBLIC : url,
        prefix(settings, "srcPrefix", "src"),
        prefix(settings, "distPrefix", "dist"),
        localDocRoot,
        verification(settings.get("verifyConfig")));
  }

  private static String prefix(Map<?, ?> settings, String key, String otherwise) {
    String written = text(settings, key);
    return written == null ? otherwise : written.replaceAll("^/+|/+$", "");
  }

  private static @Nullable String text(Map<?, ?> settings, String key) {
    Object value = settings.get(key);
    if (value == null || "".equals(value)) {
      return null;
    }
    if (value instanceof String text) {
      return text;
    }
    throw invalid("In the registry's JSON, `" + key + "` is no text.");
  }

  private static Verification verification(@Nullable Object written) {
    if (written == null) {
      return Verification.DEFAULT;
    }
    if (!(written instanceof Map<?, ?> settings)) {
      throw invalid("In the registry's JSON, `verifyConfig` is no object.");
    }
    String authorities = text(settings, "CAFile");
    String signers = text(settings, "signingCertFile");
    String subject = text(settings, "certRegex");
    try {
      return new Verification(
          Boolean.TRUE.equals(settings.get("nopVerify")),
          authorities == null ? null : folder(authorities),
          signers == null ? null : folder(signers),
          subject == null ? null : Pattern.compile(subject));
    } catch (PatternSyntaxException e) {
      throw invalid("In the registry's JSON, `certRegex` is no regular expression.");
    }
  }

  private static RegistrySettings at(
      String location,
      String srcPrefix,
      String distPrefix,
      @Nullable Path localDocRoot,
      Verification verification) {
    if (location.startsWith("http://") || location.startsWith("https://")) {
      return new RegistrySettings(
          url(location), null, srcPrefix, distPrefix, localDocRoot, verification);
    }
    Path folder = folder(location).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      throw invalid("There is no folder `" + folder + "`.");
    }
    return new RegistrySettings(null, folder, srcPrefix, distPrefix, localDocRoot, verification);
  }

  private static URI url(String location) {
    // Each start comes by here: no regular expression.
    int end = location.length();
    while (location.charAt(end - 1) == '/') {
      end--;
    }
    try {
      URI url = URI.create(location.substring(0, end));
      if (url.getHost() != null && url.getRawQuery() == null && url.getRawUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    // Before an `@` or behind a `?` may stand a password or a token, which is not told.
    boolean open = location.indexOf('@') < 0 && location.indexOf('?') < 0;
    throw invalid(
        open
            ? "The registry `" + location + "` is no URL of a host and a path."
            : "The registry is no URL of a host and a path alone: it holds a user or a query.");
  }

  private static Path folder(String text) {
    try {
      return text.startsWith("file:") ? ofFileUrl(text) : Path.of(text);
    } catch (InvalidPathException | FileSystemNotFoundException _) {
      throw invalid("The registry `" + text + "` is no path.");
    }
  }

  /// Two slashes and a path is how most people write it.
  private static Path ofFileUrl(String url) {
    String path = url.substring("file:".length());
    String single = path.replaceFirst("^/*", "/");
    try {
      return Path.of(URI.create("file://" + single));
    } catch (IllegalArgumentException _) {
      return Path.of(single);
    }
  }

  /// The part of a local registry that is read directly; null when it has none.
  @Nullable Path sources() {
    return folder == null ? null : sources(folder);
  }

  /// Where documents lie under a root of either layout; null when it only holds archives.
  @Nullable Path sources(Path root) {
    Path inside = root.resolve(srcPrefix);
    if (Files.isDirectory(inside)) {
      return inside;
    }
    return distribution(root) == null ? root : null;
  }

  /// The part of a local registry that holds archives and their index; null when it has none.
  @Nullable Path distribution() {
    return folder == null ? null : distribution(folder);
  }

  private @Nullable Path distribution(Path root) {
    Path inside = root.resolve(distPrefix);
    if (Files.isRegularFile(inside.resolve(INDEX))) {
      return inside;
    }
    return Files.isRegularFile(root.resolve(INDEX)) ? root : null;
  }

  /// The URL of a published file.
  URI published(URI base, String path) {
    return URI.create(base + "/" + (distPrefix.isEmpty() ? "" : distPrefix + "/") + path);
  }

  /// What people call this registry.
  String name() {
    return remote != null ? remote.toString() : String.valueOf(folder);
  }

  private static IsobarException invalid(String message) {
    return new IsobarException(ErrorCode.INVALID_CONFIGURATION, message, HINT);
  }
}
