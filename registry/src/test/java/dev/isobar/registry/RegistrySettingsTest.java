package dev.isobar.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsTest {
  @TempDir private Path folder;

  private static @Nullable Path sources(String written) {
    return RegistrySettings.parse(written).sources();
  }

  @Test
  void acceptsAPathAndUrls() throws IOException {
    Path spaced = Files.createDirectory(folder.resolve("a b"));
    assertThat(sources(spaced.toString())).isEqualTo(spaced);
    assertThat(sources("file://" + folder)).isEqualTo(folder);
    assertThat(sources("file:" + folder)).isEqualTo(folder);
    assertThat(sources(spaced.toUri().toString())).isEqualTo(spaced);
    assertThat(sources("file://" + spaced)).isEqualTo(spaced);
  }

  @Test
  void looksInsideSrc() throws IOException {
    Path src = Files.createDirectory(folder.resolve("src"));
    assertThat(sources(folder.toString())).isEqualTo(src);
    Path own = Files.createDirectory(folder.resolve("own"));
    String json = "{\"url\": \"file://" + folder + "\", \"srcPrefix\": \"/own/\"}";
    assertThat(sources(json)).isEqualTo(own);
  }

  @Test
  void aFolderOfArchivesIsNotReadDirectly() throws IOException {
    Path dist = Files.createDirectory(folder.resolve("dist"));
    Files.writeString(dist.resolve("providers.yaml"), "providers: {}");
    RegistrySettings settings = RegistrySettings.parse(folder.toString());
    assertThat(settings.sources()).isNull();
    assertThat(settings.distribution()).isEqualTo(dist);
    assertThat(RegistrySettings.parse(dist.toString()).distribution()).isEqualTo(dist);
  }

  @Test
  void acceptsWhatStackqlUsersWrite() {
    RegistrySettings settings =
        RegistrySettings.parse(
            """
            {"url": "https://registry.example/providers/", "distPrefix": "other",
             "allowSrcDownload": true, "localDocRoot": "%s",
             "verifyConfig": {"CAFile": "/a.pem", "signingCertFile": "/b.pem",
                              "certRegex": "O=Acme.*", "nopVerify": true}}
            """
                .formatted(folder));
    assertThat(settings.remote()).isEqualTo(URI.create("https://registry.example/providers"));
    assertThat(settings.srcPrefix()).isEqualTo("src");
    assertThat(settings.distPrefix()).isEqualTo("other");
    assertThat(settings.localDocRoot()).isEqualTo(folder);
    assertThat(settings.verification().skip()).isTrue();
    assertThat(settings.verification().authorities()).isEqualTo(Path.of("/a.pem"));
    assertThat(settings.verification().signers()).isEqualTo(Path.of("/b.pem"));
    assertThat(String.valueOf(settings.verification().subject())).isEqualTo("O=Acme.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"verifyConfig\": {\"nopVerify\": true}}", "{\"url\": \"\"}"})
  void whatIsNotSaidIsAsForThePublicRegistry(String json) {
    assertThat(RegistrySettings.parse(json).remote())
        .isEqualTo(RegistrySettings.parse(null).remote())
        .isEqualTo(URI.create(RegistrySettings.PUBLIC));
  }

  @Test
  void signaturesAreCheckedUnlessAskedNotTo() {
    assertThat(RegistrySettings.parse(null).verification().skip()).isFalse();
    assertThat(RegistrySettings.parse("{}").verification().skip()).isFalse();
    assertThat(RegistrySettings.parse("https://registry.example").verification().skip()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/nowhere/at/all | There is no folder `/nowhere/at/all`.",
        "{\"url\": 1} | `url` is no text",
        "{ | The registry is no valid JSON",
        "{\"verifyConfig\": 1} | `verifyConfig` is no object",
        "{\"verifyConfig\": {\"certRegex\": \"(\"}} | `certRegex` is no regular expression",
        "https:// | is no URL",
        "https://user:secret@registry.example | is no URL",
        "https://registry.example/p?token=secret | is no URL",
      })
  void refusesWhatIsNoRegistry(String location, String message) {
    assertThatThrownBy(() -> RegistrySettings.parse(location))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageNotContaining("secret")
        .hasMessageContaining(message);
  }

  @Test
  void refusesAPathThatNoFileCanHave() {
    assertThatThrownBy(() -> RegistrySettings.parse("\0")).isInstanceOf(IsobarException.class);
  }
}
