package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.docgen.CallStatement;
import dev.isobar.fetch.FetchOptions;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import dev.isobar.model.SqlVerb;
import dev.isobar.sandbox.SampleInputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The statements on the pages of the bundled provider do what the pages say.
class PageStatementsTest {
  private final List<String> wrong = new ArrayList<>();
  private int statements;

  @Test
  void everyStatementIsPlannedAsACallOfItsMethod() {
    try (Engine engine =
        new Engine(
            new EngineOptions(
                SandboxSession.CATALOG, FetchOptions.DEFAULT, null, true, _ -> null))) {
      forEachMethod((resource, method) -> {
        for (String sql : CallStatement.of(resource, method)) {
          statements++;
          try (Result result = engine.execute(engine.parse(sql).statements().getFirst())) {
            // EXPLAIN has the method in its third column.
            @Nullable Object[] row = result.rows().next();
            if (row == null || !method.name().equals(row[2])) {
              wrong.add(sql + " calls " + (row == null ? "nothing" : row[2]));
            }
          } catch (IsobarException e) {
            wrong.add(sql + " -> " + e.code() + " " + e.text());
          }
        }
      });
    }
    assertThat(wrong).isEmpty();
    assertThat(statements).isGreaterThan(600);
  }

  @Test
  void statementsThatOnlyReadAreAnswered() {
    try (SandboxSession session = SandboxSession.start()) {
      SampleInputs samples = new SampleInputs(session.sandbox);
      forEachMethod((resource, method) -> {
        List<SqlVerb> verbs = resource.verbsOf(method);
        if (!method.operation().httpVerb().equals("GET") || method.operation().body() != null) {
          return;
        }
        // Ids of rows that are there in place of placeholders; the rest is the page's.
        Map<String, @Nullable Object> values =
            new LinkedHashMap<>(samples.of(resource.name(), method, "sandbox"));
        String sql =
            CallStatement.of(
                resource, method, verbs.isEmpty() ? SqlVerb.EXEC : verbs.getFirst(), values);
        statements++;
        try (Result result =
            session.engine.execute(session.engine.parse(sql).statements().getFirst())) {
          while (result.rows().next() != null) {}
        } catch (IsobarException e) {
          wrong.add(sql + " -> " + e.code() + " " + e.text());
        }
      });
    }
    assertThat(wrong).isEmpty();
    assertThat(statements).isGreaterThan(250);
  }

  private interface Visitor {
    void visit(Resource resource, Method method);
  }

  private static void forEachMethod(Visitor visitor) {
    Provider provider = SandboxSession.CATALOG.provider("linode");
    for (ServiceHeader service : provider.services()) {
      for (ResourceHeader header : provider.service(service.name()).resources()) {
        Resource resource = provider.service(service.name()).resource(header.name());
        resource.methods().forEach(method -> visitor.visit(resource, method));
      }
    }
  }
}
