package dev.isobar.catalog.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.catalog.Facts;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.catalog.document.Samples;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompiledTest {
  private static final Provider ACME = Samples.acme().load();
  private static final byte[] PROVIDER = CompiledWriter.provider(ACME, "stamp");
  private static final byte[] WIDGETS = CompiledWriter.service(ACME.service("widgets"), "stamp");

  private static Service service(ServiceHeader header) {
    byte[] compiled = CompiledWriter.service(ACME.service(header.name()), "");
    return new CompiledReader(header.name(), compiled).service("acme", header);
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @Test
  void keepsEveryFact() {
    Provider read = new CompiledReader("acme", PROVIDER).provider(CompiledTest::service);
    assertThat(Facts.of(read)).isEqualTo(Facts.of(ACME));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsEveryFactOfAnyDocument(long seed, @TempDir Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve("x/v1"));
    String provider = "{name: x, providerServices: {s: {service: {$ref: x/v1/s.yaml}}}}";
    Files.writeString(folder.resolve("provider.yaml"), provider);
    Files.writeString(folder.resolve("s.yaml"), new RandomDocument(seed).text());
    Provider loaded = new DocumentLoader(root, folder).load();
    byte[] service = CompiledWriter.service(loaded.service("s"), "");
    Provider read =
        new CompiledReader("x", CompiledWriter.provider(loaded, ""))
            .provider(header -> new CompiledReader("s", service).service("x", header));
    assertThat(Facts.of(read)).isEqualTo(Facts.of(loaded));
  }

  @Test
  void writesTheSameBytesForTheSameDocuments() {
    assertThat(CompiledWriter.service(Samples.acme().load().service("widgets"), "stamp"))
        .isEqualTo(WIDGETS);
  }

  @Test
  void tellsItsSource() {
    assertThat(new CompiledReader("acme", PROVIDER).source()).isEqualTo("stamp");
  }

  @Test
  void schemasMayReferToThemselves() {
    Service widgets = service(ACME.services().getFirst());
    Method get = widgets.resource("widgets").method("get");
    Schema widget = Objects.requireNonNull(get.responseSchema());
    Schema parts = Objects.requireNonNull(widget.properties().get("parts"));
    assertThat(parts.items()).isSameAs(widget);
  }

  @Test
  void resourcesOfAServiceShareTheirSchemas() {
    Service widgets = service(ACME.services().getFirst());
    Resource resource = widgets.resource("widgets");
    assertThat(resource.method("get").responseSchema())
        .isSameAs(resource.method("create").responseSchema());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void refusesDamagedFiles(long seed) {
    Random random = new Random(seed);
    byte[] damaged = WIDGETS.clone();
    int at = random.nextInt(damaged.length);
    damaged[at] = (byte) (damaged[at] ^ (1 << random.nextInt(8)));
    assertRefused(damaged);
    assertRefused(Arrays.copyOf(WIDGETS, at));
  }

  @Test
  void refusesWhatIsNoCompiledFile() {
    assertRefused(new byte[0]);
    assertRefused(new byte[1000]);
  }

  private static void assertRefused(byte[] file) {
    assertThatThrownBy(() -> new CompiledReader("x", file))
        .isInstanceOfSatisfying(
            IsobarException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT));
  }
}
