package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Catalog;
import dev.isobar.registry.Registry;
import dev.isobar.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Asks the sandbox about a whole folder of provider documents, which is not part of the
/// repository.
///
/// | property | means |
/// |---|---|
/// | `isobar.corpus` | the folder, with `<provider>/<version>/provider.yaml` below; without it nothing is run |
/// | `isobar.corpus.providers` | names, with commas; all by default |
/// | `isobar.corpus.share` | share of the resources and methods, 0 to 1, that a seed picks; all by default |
/// | `isobar.corpus.report` | a file for every failure with its reason |
/// | `isobar.corpus.cache` | where compiled documents are kept |
@EnabledIfSystemProperty(named = "isobar.corpus", matches = ".+")
class ProviderCorpusTest {
  private final Catalog catalog =
      Registry.open(
          new RegistryOptions(
              System.getProperty("isobar.corpus"),
              path(System.getProperty("isobar.corpus.cache"))));
  private final SandboxTrials trials =
      new SandboxTrials(
          catalog, Double.parseDouble(System.getProperty("isobar.corpus.share", "1")));

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  @Test
  void everySelectableResourceGivesRowsWithTheDescribedColumns() throws IOException {
    each("resources that SELECT reads", trials::select);
  }

  @Test
  void everyMethodCanBeExecuted() throws IOException {
    each("methods that EXEC calls", trials::execute);
  }

  private void each(String what, SandboxTrials.Trial trial) throws IOException {
    List<String> names =
        List.of(
            System.getProperty("isobar.corpus.providers", String.join(",", catalog.names()))
                .split(",", -1));
    int tried = 0;
    int right = 0;
    for (String name : names) {
      long begun = System.nanoTime();
      SandboxTrials.Counts counts = trials.each(catalog.provider(name), trial);
      System.out.printf(
          "%s: %d of %d %s, %d s%n",
          name, counts.right, counts.tried, what, (System.nanoTime() - begun) / 1_000_000_000);
      tried += counts.tried;
      right += counts.right;
    }
    System.out.printf("all: %d of %d %s%n", right, tried, what);
    List<String> failures = trials.failures();
    String report = System.getProperty("isobar.corpus.report");
    if (report != null) {
      Files.write(Path.of(report), failures);
    }
    assertThat(failures.size() > 20 ? failures.subList(0, 20) : failures)
        .as("%d of %d", failures.size(), tried)
        .isEmpty();
  }
}
