package dev.isobar.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
  @TempDir private Path folder;

  @Test
  void acceptsAPathAndUrls() throws IOException {
    Path spaced = Files.createDirectory(folder.resolve("a b"));
    assertThat(Location.parse(spaced.toString())).isEqualTo(spaced);
    assertThat(Location.parse("file://" + folder)).isEqualTo(folder);
    assertThat(Location.parse("file:" + folder)).isEqualTo(folder);
    assertThat(Location.parse(spaced.toUri().toString())).isEqualTo(spaced);
    assertThat(Location.parse("file://" + spaced)).isEqualTo(spaced);
  }

  @Test
  void looksInsideSrc() throws IOException {
    Path src = Files.createDirectory(folder.resolve("src"));
    assertThat(Location.parse(folder.toString())).isEqualTo(src);
  }

  @Test
  void acceptsWhatStackqlUsersWrite() {
    String url = "\"url\": \"file://" + folder + "\"";
    String rest = ", \"localDocRoot\": \"/nowhere\", \"verifyConfig\": {\"nopVerify\": true}";
    assertThat(Location.parse("{" + url + rest + "}")).isEqualTo(folder);
    assertThat(Location.parse("{\"localDocRoot\": \"" + folder + "\"}")).isEqualTo(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://registry.example/providers", "{\"url\": \"http://registry.example\"}"})
  void saysThatRemoteRegistriesAreForLater(String remote) {
    assertThatThrownBy(() -> Location.parse(remote))
        .isInstanceOf(IsobarException.class)
        .hasMessageContaining("is remote");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere/at/all", "{\"url\": 1}", "{", "{}", "\0"})
  void refusesWhatIsNoFolder(String location) {
    assertThatThrownBy(() -> Location.parse(location))
        .isInstanceOfSatisfying(
            IsobarException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }
}
