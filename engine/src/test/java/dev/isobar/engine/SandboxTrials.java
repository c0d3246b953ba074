package dev.isobar.engine;

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
import dev.isobar.sandbox.SampleInputs;
import dev.isobar.sandbox.Sandbox;
import dev.isobar.sandbox.SandboxOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks a sandbox of a provider about each of its resources, and keeps what came out wrong.
final class SandboxTrials {
  private static final int ROWS = 3;

  private final Catalog catalog;
  private final double share;
  private final Random random = new Random(1);
  private final List<String> failures = new ArrayList<>();

  /// @param share of the resources, 0 to 1, that a seed picks
  SandboxTrials(Catalog catalog, double share) {
    this.catalog = catalog;
    this.share = share;
  }

  /// What was tried, and how often it was right.
  static final class Counts {
    int tried;
    int right;
  }

  /// What is done to each resource of a provider.
  interface Trial {
    void of(Engine engine, SampleInputs samples, Resource resource, Counts counts);
  }

  /// What was wrong so far: a statement, and why.
  List<String> failures() {
    return failures;
  }

  Counts each(Provider provider, Trial trial) {
    Counts counts = new Counts();
    for (ServiceHeader header : provider.services()) {
      service(provider, header, trial, counts);
    }
    return counts;
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

  /// Every SELECT method gives rows with the columns that DESCRIBE tells.
  void select(Engine engine, SampleInputs samples, Resource resource, Counts counts) {
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

  /// Every method can be executed.
  void execute(Engine engine, SampleInputs samples, Resource resource, Counts counts) {
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
