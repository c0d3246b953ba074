package dev.isobar.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.testing.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
  @TempDir private Path folder;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectory(folder.resolve("target"));
  }

  private void unpack(byte[] archive) throws IOException {
    unpack(archive, Archive.Limits.DEFAULT);
  }

  private void unpack(byte[] archive, Archive.Limits limits) throws IOException {
    Path file = Files.write(folder.resolve("x.tgz"), archive);
    Archive.unpack("acme/v1.tgz", file, "v1", target, limits);
  }

  private void assertRefused(byte[] archive, Archive.Limits limits, String why) throws IOException {
    assertThatThrownBy(() -> unpack(archive, limits))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT))
        .hasMessageStartingWith("The archive `acme/v1.tgz` is refused: ")
        .hasMessageContaining(why);
    try (Stream<Path> outside = Files.list(folder)) {
      assertThat(outside.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("target", "x.tgz");
    }
  }

  private void assertRefused(Tar archive, String why) throws IOException {
    assertRefused(archive.gzipped(), Archive.Limits.DEFAULT, why);
  }

  private static Tar good() {
    return new Tar().folder("v1/").file("v1/provider.yaml", "name: acme");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(target)) {
      return all.filter(Files::isRegularFile)
          .map(file -> target.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void unpacksDocumentsAndSignatures() throws IOException {
    unpack(
        good()
            .file("v1/provider.yaml.sig", "x")
            .folder("v1/services")
            .file("v1/services/core.yaml", "a".repeat(1000))
            .gzipped());
    assertThat(files()).containsExactly("provider.yaml", "provider.yaml.sig", "services/core.yaml");
    assertThat(target.resolve("services/core.yaml")).hasContent("a".repeat(1000));
  }

  @Test
  void acceptsNamesThatBeginAtTheFolder() throws IOException {
    unpack(new Tar().folder("./").folder("./v1/").file("./v1/provider.yaml", "x").gzipped());
    assertThat(files()).containsExactly("provider.yaml");
  }

  @Test
  void readsLongNames() throws IOException {
    String pax = "v1/services/" + "p".repeat(180) + ".yaml";
    String gnu = "v1/services/" + "g".repeat(180) + ".yaml";
    byte[] name = (gnu + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    unpack(
        good()
            .pax("path", pax)
            .file("short", "1")
            .member("././@LongLink", 'L', name, "")
            .file("short", "2")
            .gzipped());
    assertThat(files())
        .containsExactly(
            "provider.yaml", gnu.substring("v1/".length()), pax.substring("v1/".length()));
  }

  @Test
  void leavesOutWhatIsNoDocument() throws IOException {
    unpack(
        good()
            .file("v1/README.md", "x")
            .file("v1/._provider.yaml", "x")
            .file("v1/run.sh", "x")
            .file("._v1", "x")
            .gzipped());
    assertThat(files()).containsExactly("provider.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.yaml",
        "v1/../../evil.yaml",
        "v1/services/../../../evil.yaml",
        "/etc/evil.yaml",
        "v1//evil.yaml",
        "v1/./evil.yaml",
        "v1\\..\\evil.yaml",
        "v1/C:evil.yaml",
        "v1/a\nb.yaml",
        "v2/provider.yaml",
        "provider.yaml",
      })
  void refusesPathsOutsideTheFolder(String path) throws IOException {
    assertRefused(good().file(path, "x"), "`");
    assertRefused(good().pax("path", path).file("v1/x.yaml", "x"), "`");
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '6', '7', 'S', 'K', 'V'})
  void refusesWhatIsNoFile(char type) throws IOException {
    assertRefused(good().member("v1/link.yaml", type, new byte[0], "/etc/passwd"), "is a link");
  }

  @Test
  void refusesTwoFilesOfOneName() throws IOException {
    assertRefused(good().file("v1/provider.yaml", "name: evil"), "two files of one name");
  }

  @Test
  void refusesAnotherLayout() throws IOException {
    assertRefused(new Tar().folder("v1/").file("v1/x.yaml", "x"), "no `v1/provider.yaml`");
    assertRefused(new Tar(), "no `v1/provider.yaml`");
  }

  @Test
  void refusesTooMuch() throws IOException {
    byte[] many = good().file("v1/a.yaml", "").file("v1/b.yaml", "").gzipped();
    assertRefused(many, new Archive.Limits(3, 9999, 9999, 999), "more than 3 files");
    target = Files.createDirectories(target);
    Folders.delete(target);
    makeTarget();
    byte[] large = good().file("v1/a.yaml", "x".repeat(501)).gzipped();
    assertRefused(large, new Archive.Limits(9, 500, 9999, 999), "larger than 500 bytes");
    Folders.delete(target);
    makeTarget();
    assertRefused(large, new Archive.Limits(9, 999, 2000, 999), "more than 2000 bytes");
    Folders.delete(target);
    makeTarget();
    byte[] bomb = good().file("v1/a.yaml", new byte[8 << 20]).gzipped();
    assertRefused(bomb, Archive.Limits.DEFAULT, "more than 250 times its size");
  }

  @Test
  void aSizeThatIsLiedAboutFillsNothing() throws IOException {
    byte[] lie = good().header("v1/a.yaml", '0', 1L << 32, "").gzipped();
    assertRefused(lie, Archive.Limits.DEFAULT, "larger than");
    Folders.delete(target);
    makeTarget();
    assertRefused(
        good().pax("size", "99999999999999999999").file("v1/a.yaml", "x"), "it is damaged");
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    byte[] html = "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertRefused(html, Archive.Limits.DEFAULT, "no archive of the form .tgz");
    assertRefused(Tar.gzip(new byte[0]), Archive.Limits.DEFAULT, "ends too early");
    byte[] text = "x".repeat(2000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertRefused(Tar.gzip(text), Archive.Limits.DEFAULT, "no archive of the form .tgz");
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  /// Whatever is damaged, nothing outside the folder is touched and nothing but a refusal comes
  /// out.
  @ParameterizedTest
  @MethodSource("seeds")
  void damageIsRefusedOrHarmless(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] archive = good().file("v1/services/a.yaml", "x".repeat(3000)).gzipped();
    byte[] damaged =
        random.nextBoolean()
            ? Arrays.copyOf(archive, random.nextInt(archive.length))
            : archive.clone();
    for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    }
    try {
      unpack(damaged);
    } catch (IsobarException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
    }
    try (Stream<Path> outside = Files.list(folder)) {
      assertThat(outside).hasSize(2);
    }
  }
}
