package dev.isobar.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in a document, reading it ends with what could be read and a list of problems.
class DamagedDocumentTest {
  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void losesNoMoreThanWhatIsDamaged(long seed, @TempDir Path root)
      throws IOException, URISyntaxException {
    Random random = new Random(seed);
    Path acme = Path.of(Objects.requireNonNull(getClass().getResource("/documents/acme")).toURI());
    Path folder = root.resolve("acme/v00.00.00000");
    Files.createDirectories(folder.resolve("services"));
    for (String file : List.of("provider.yaml", "services/targets.yaml", "services/widgets.yaml")) {
      String text = Files.readString(acme.resolve("v00.00.00000").resolve(file));
      Object document = YamlReader.read(text);
      // JSON is YAML.
      Files.writeString(folder.resolve(file), Json.write(damaged(document, random, 0)));
    }
    try {
      DocumentLoader loader = new DocumentLoader(root, folder);
      Provider provider = loader.load();
      for (ServiceHeader header : provider.services()) {
        read(loader, header);
      }
      assertThat(loader.problems()).doesNotContainNull();
    } catch (IsobarException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
    }
  }

  private static void read(DocumentLoader loader, ServiceHeader header) {
    Service service;
    try {
      service = loader.load(header);
    } catch (IsobarException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DOCUMENT);
      return;
    }
    service.resources().forEach(resource -> service.resource(resource.name()).columns());
  }

  private static @Nullable Object damaged(@Nullable Object value, Random random, int depth) {
    if (depth > 0 && random.nextInt(60) == 0) {
      return switch (random.nextInt(9)) {
        case 0 -> null;
        case 1 -> "";
        case 2 -> 7L;
        case 3 -> List.of();
        case 4 -> Map.of();
        case 5 -> List.of(Map.of("$ref", "#/components"), 1L, "x");
        case 6 -> Map.of("$ref", "#/paths");
        case 7 -> Map.of("$ref", 3L, "type", List.of(), "name", Map.of());
        default -> "#/%zz/{}}{";
      };
    }
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach(
            (key, member) -> copy.put(String.valueOf(key), damaged(member, random, depth + 1)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(damaged(element, random, depth + 1)));
        yield copy;
      }
      case null -> null;
      default -> value;
    };
  }
}
