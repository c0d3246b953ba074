package dev.isobar.testing;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The files of a registry in its published form, as bytes by path: `dist/providers.yaml` and
/// `dist/<provider>/<version>.tgz`.
public final class PublishedRegistry {
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Map<String, String> versions = new LinkedHashMap<>();

  /// The files by path. They may be changed.
  public Map<String, byte[]> files() {
    return files;
  }

  /// Answers a request for one of the files.
  public Reply reply(Received request) {
    byte[] file = files.get(request.path().substring(1));
    return file == null ? Reply.status(404) : Reply.status(200).header("ETag", "\"1\"").body(file);
  }

  /// Adds a version of a provider with one service and one resource, `core.things`, whose method
  /// `list` is at `path`.
  ///
  /// @param signer gives the `.sig` file of a document; null to sign nothing
  public PublishedRegistry add(
      String provider, String version, String path, @Nullable UnaryOperator<byte[]> signer) {
    String folder = provider.equals("google") ? "googleapis.com" : provider;
    String header =
        """
        name: %s
        version: %s
        providerServices:
          core: { service: { $ref: %s/%s/services/core.yaml } }
        """
            .formatted(provider, version, folder, version);
    String core =
        """
        servers: [{ url: https://api.example }]
        paths:
          %s:
            get:
              responses:
                '200':
                  content:
                    application/json:
                      schema:
                        type: array
                        items: { type: object, properties: { id: { type: string } } }
        components:
          x-stackQL-resources:
            things:
              methods:
                list:
                  operation: { $ref: '#/paths/%s/get' }
                  response: { mediaType: application/json, openAPIDocKey: '200' }
              sqlVerbs:
                select: [{ $ref: '#/components/x-stackQL-resources/things/methods/list' }]
        """
            .formatted(path, path.replace("/", "~1"));
    Tar tar = new Tar().folder(version + "/").folder(version + "/services");
    document(tar, version + "/provider.yaml", header, signer);
    document(tar, version + "/services/core.yaml", core, signer);
    files.put("dist/" + folder + "/" + version + ".tgz", tar.gzipped());
    versions.merge(provider, version, (before, more) -> before + ", " + more);
    StringBuilder index = new StringBuilder("providers:\n");
    versions.forEach(
        (name, all) -> index.append("  %s: { versions: [%s] }%n".formatted(name, all)));
    files.put("dist/providers.yaml", index.toString().getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private static void document(
      Tar tar, String name, String text, @Nullable UnaryOperator<byte[]> signer) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    tar.file(name, bytes);
    if (signer != null) {
      tar.file(name + ".sig", signer.apply(bytes));
    }
  }
}
