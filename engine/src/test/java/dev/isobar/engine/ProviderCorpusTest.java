package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.fetch.FetchOptions;
import dev.isobar.model.Column;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import dev.isobar.model.ScanReport;
import dev.isobar.model.SqlVerb;
import dev.isobar.registry.Registry;
import dev.isobar.registry.RegistryOptions;
import dev.isobar.sandbox.SampleInputs;
import dev.isobar.sandbox.Sandbox;
import dev.isobar.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
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
  private static final int ROWS = 3;

  private final Catalog catalog =
      Registry.open(
          new RegistryOptions(
              System.getProperty("isobar.corpus"),
              path(System.getProperty("isobar.corpus.cache"))));
  private final double share = Double.parseDouble(System.getProperty("isobar.corpus.share", "1"));
  private final Random random = new Random(1);
  private final Map<String, Counts> totals = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  private static final class Counts {
    int tried;
    int right;
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  @Test
  void everySelectableResourceGivesRowsWithTheDescribedColumns() throws IOException {
    each("resources that SELECT reads", this::select);
  }

  @Test
  void everyMethodCanBeExecuted() throws IOException {
    each("methods that EXEC calls", this::execute);
  }

  /// What is done to each resource of a provider.
  private interface Trial {
    void of(Engine engine, SampleInputs samples, Resource resource, Counts counts);
  }

  private void each(String what, Trial trial) throws IOException {
    List<String> names =
        List.of(
            System.getProperty("isobar.corpus.providers", String.join(",", catalog.names()))
                .split(",", -1));
    for (String name : names) {
      Counts counts = totals.computeIfAbsent(name, _ -> new Counts());
      long begun = System.nanoTime();
      Provider provider = catalog.provider(name);
      for (ServiceHeader header : provider.services()) {
        service(provider, header, trial, counts);
      }
      System.out.printf(
          "%s: %d of %d %s, %d s%n",
          name, counts.right, counts.tried, what, (System.nanoTime() - begun) / 1_000_000_000);
    }
    int tried = totals.values().stream().mapToInt(c -> c.tried).sum();
    int right = totals.values().stream().mapToInt(c -> c.right).sum();
    System.out.printf("all: %d of %d %s%n", right, tried, what);
    String report = System.getProperty("isobar.corpus.report");
    if (report != null) {
      Files.write(Path.of(report), failures);
    }
    assertThat(failures.size() > 20 ? failures.subList(0, 20) : failures)
        .as("%d of %d", failures.size(), tried)
        .isEmpty();
  }

  /// A sandbox and an engine for each service, so that a big provider need not stay in memory.
  private void service(Provider provider, ServiceHeader header, Trial trial, Counts counts) {
    Service service;
    try {
      service = provider.service(header.name());
    } catch (IsobarException e) {
      failures.add(provider.name() + "." + header.name() + " cannot be loaded: " + e.text());
      return;
    }
    try (Sandbox sandbox = Sandbox.start(provider, SandboxOptions.defaults());
        Engine engine =
            new Engine(
                new EngineOptions(
                    catalog,
                    FetchOptions.DEFAULT.withEndpoints(Map.of(provider.name(), sandbox.base())),
                    null,
                    false,
                    _ -> null))) {
      SampleInputs samples = new SampleInputs(sandbox);
      for (ResourceHeader name : service.resources()) {
        if (random.nextDouble() < share) {
          trial.of(engine, samples, service.resource(name.name()), counts);
        }
      }
    }
  }

  private void select(Engine engine, SampleInputs samples, Resource resource, Counts counts) {
    List<Method> methods = resource.methods(SqlVerb.SELECT);
    if (methods.isEmpty() && resource.views().isEmpty()) {
      return;
    }
    counts.tried++;
    String wrong = methods.isEmpty() ? view(engine, resource) : null;
    for (Method method : methods) {
      wrong = wrong == null ? select(engine, samples, resource, method) : wrong;
    }
    if (wrong == null) {
      counts.right++;
    } else {
      failures.add(wrong);
    }
  }

  /// What is wrong with the rows that a method gives; null when nothing is.
  private static @Nullable String select(
      Engine engine, SampleInputs samples, Resource resource, Method method) {
    return failing(
        resource.name() + "." + method.name(),
        () -> {
          Map<String, @Nullable Object> inputs = samples.of(resource.name(), method, "sandbox");
          String sql =
              Statements.of(resource, method, SqlVerb.SELECT, inputs)
                  + " LIMIT "
                  + ROWS
                  + " -- "
                  + method.name();
          List<String> declared = declared(resource, inputs);
          return wrong(engine, resource, sql, declared, !method.columns().isEmpty());
        });
  }

  /// What is wrong with the rows of a resource that has views only; null when nothing is.
  private static @Nullable String view(Engine engine, Resource resource) {
    List<String> conditions =
        resource.views().getFirst().requiredParameters().stream()
            .map(name -> "\"" + name + "\" = 'sample'")
            .toList();
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    String sql = "SELECT * FROM " + resource.name() + where + " LIMIT " + ROWS;
    return failing(sql, () -> wrong(engine, resource, sql, described(engine, resource), true));
  }

  /// What a check finds wrong, or how it fails; null when it does neither.
  private static @Nullable String failing(String what, Supplier<@Nullable String> check) {
    try {
      return check.get();
    } catch (IsobarException e) {
      return what + " -> " + e.code() + " " + e.text();
    } catch (RuntimeException e) {
      return what + " -> DEFECT " + e + " " + List.of(e.getStackTrace()).subList(0, 4);
    }
  }

  /// @param declared the columns that rows must have
  /// @param rowful whether there must be rows
  private static @Nullable String wrong(
      Engine engine, Resource resource, String sql, List<String> declared, boolean rowful) {
    return failing(
        sql,
        () -> {
          List<String> described = described(engine, resource);
          try (Result result = engine.execute(engine.parse(sql).statements().getFirst())) {
            int rows = 0;
            while (result.rows().next() != null) {
              rows++;
            }
            List<String> columns = result.columns().stream().map(Column::name).toList();
            List<String> lacking = new ArrayList<>(declared);
            if (!described.containsAll(lacking)) {
              return sql + " -> DESCRIBE does not tell all of " + lacking;
            }
            lacking.removeAll(columns);
            if (!lacking.isEmpty()) {
              return sql + " -> lacks the columns " + lacking;
            }
            if (rows == 0 && rowful) {
              return sql + " -> no rows";
            }
            for (ScanReport scan : result.scans()) {
              if (!scan.misfits().isEmpty()) {
                return sql + " -> misfits " + scan.misfits();
              }
            }
          }
          return null;
        });
  }

  /// The columns of the method that the planner chooses: the first whose inputs are all given.
  private static List<String> declared(Resource resource, Map<String, ?> inputs) {
    for (Method method : resource.methods(SqlVerb.SELECT)) {
      if (method.requiredInputs().stream().allMatch(input -> inputs.containsKey(input.name()))) {
        return method.columns().stream().map(RowColumn::name).toList();
      }
    }
    return List.of();
  }

  private static List<String> described(Engine engine, Resource resource) {
    List<String> names = new ArrayList<>();
    String sql = "DESCRIBE " + resource.name();
    try (Result result = engine.execute(engine.parse(sql).statements().getFirst())) {
      for (@Nullable Object[] row = result.rows().next(); row != null; row = result.rows().next()) {
        names.add(String.valueOf(row[0]));
      }
    }
    return names;
  }

  private void execute(Engine engine, SampleInputs samples, Resource resource, Counts counts) {
    for (Method method : resource.methods()) {
      counts.tried++;
      String sql = resource.name() + "." + method.name();
      try {
        Map<String, @Nullable Object> inputs =
            new LinkedHashMap<>(samples.of(resource.name(), method, "sandbox"));
        sql = Statements.of(resource, method, SqlVerb.EXEC, inputs);
        try (Result result = engine.execute(engine.parse(sql).statements().getFirst())) {
          while (result.rows().next() != null) {}
        }
        counts.right++;
      } catch (IsobarException e) {
        failures.add(sql + " -> " + e.code() + " " + e.text());
      } catch (RuntimeException e) {
        failures.add(sql + " -> DEFECT " + e);
      }
    }
  }
}
