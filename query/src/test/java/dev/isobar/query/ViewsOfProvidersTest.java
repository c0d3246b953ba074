package dev.isobar.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.Service;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.View;
import dev.isobar.catalog.document.DocumentLoader;
import dev.isobar.model.Cancellation;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.parse.Parser;
import dev.isobar.plan.Plan;
import dev.isobar.plan.Planner;
import dev.isobar.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Every view of every provider under a folder parses, resolves, plans and binds in DuckDB, with
/// made-up values for its parameters: `mvn test -Dproviders.documents=FOLDER`, where the folder
/// holds `provider/version/provider.yaml`.
@EnabledIfSystemProperty(named = "providers.documents", matches = ".+")
class ViewsOfProvidersTest {
  private static final Pattern LACKING = Pattern.compile("without (.*)\\.$");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  private final Database database = new Database();
  private final DuckDbGrammar grammar = new DuckDbGrammar(database);
  private final QueryRunner runner = new QueryRunner(database, grammar);
  private final Map<String, Integer> views = new TreeMap<>();
  private final Map<String, Integer> requests = new TreeMap<>();

  /// Views over a service that the provider does not have.
  private final Map<String, Integer> withoutService = new TreeMap<>();

  private final List<String> failures = new ArrayList<>();

  @Test
  void everyViewCanBeRead() throws IOException {
    Path root = Path.of(System.getProperty("providers.documents", ""));
    try (Stream<Path> folders =
        Files.find(root, 2, (path, _) -> Files.exists(path.resolve("provider.yaml")))) {
      for (Path folder : folders.sorted().toList()) {
        provider(new DocumentLoader(root, folder).load());
      }
    }
    System.out.println(
        "views read: "
            + views
            + ", scans planned: "
            + requests
            + ", over services that are not there: "
            + withoutService);
    database.close();
    assertThat(failures).isEmpty();
    assertThat(views).isNotEmpty();
  }

  private void provider(Provider provider) {
    Resolver resolver = new Resolver(new Catalog(List.of(provider)), grammar);
    Planner planner = new Planner(resolver, true);
    for (ServiceHeader header : provider.services()) {
      Service service;
      try {
        service = provider.service(header.name());
      } catch (IsobarException _) {
        // Documents may be missing from the folder.
        continue;
      }
      for (ResourceHeader resource : service.resources()) {
        resource(planner, resolver, service.resource(resource.name()));
      }
    }
  }

  private void resource(Planner planner, Resolver resolver, Resource resource) {
    Set<List<String>> required = new LinkedHashSet<>();
    for (View view : resource.views()) {
      required.add(view.requiredParameters());
    }
    for (List<String> names : required) {
      try {
        read(planner, resolver, resource, new LinkedHashSet<>(names));
        views.merge(resource.name().provider(), 1, Integer::sum);
      } catch (IsobarException e) {
        if (e.getCause() instanceof IsobarException cause
            && cause.code() == ErrorCode.UNKNOWN_SERVICE) {
          withoutService.merge(resource.name().provider(), 1, Integer::sum);
          continue;
        }
        failures.add(resource.name() + " " + names + ": " + e.getMessage() + " " + e.hint());
      }
    }
  }

  private void read(Planner planner, Resolver resolver, Resource resource, Set<String> names) {
    while (true) {
      List<String> given = names.stream().map(name -> "\"" + name + "\" = 'x'").toList();
      String sql =
          "SELECT * FROM "
              + Stream.of(
                      resource.name().provider(),
                      resource.name().service(),
                      resource.name().resource())
                  .map(part -> "\"" + part + "\"")
                  .reduce((a, b) -> a + "." + b)
                  .orElseThrow()
              + (given.isEmpty() ? "" : " WHERE " + String.join(" AND ", given));
      try {
        Plan.Query plan =
            (Plan.Query) planner.plan(resolver.resolve(Parser.parse(sql).statements().getFirst()));
        requests.merge(resource.name().provider(), plan.tables().size(), Integer::sum);
        try (var rows = runner.run(plan, _ -> Acme.feed(List.of()), new Cancellation()).stream()) {
          assertThat(rows.next()).isNull();
        }
        return;
      } catch (IsobarException e) {
        Matcher lacking = LACKING.matcher(String.valueOf(e.getMessage()));
        boolean more = false;
        if (e.code() == ErrorCode.MISSING_REQUIRED_PARAMETER && lacking.find()) {
          Matcher name = NAME.matcher(lacking.group(1));
          while (name.find()) {
            more |= names.add(name.group(1));
          }
        }
        if (!more) {
          throw e;
        }
      }
    }
  }
}
