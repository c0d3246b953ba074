package dev.isobar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.model.Column;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import dev.isobar.model.ScanReport;
import dev.isobar.model.SqlVerb;
import dev.isobar.sandbox.SampleInputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every method of the bundled provider is called once by a statement, and answers as declared.
class LinodeContractTest {
  private final List<String> wrong = new ArrayList<>();
  private int calls;

  @Test
  void everyMethodCanBeCalledByItsStatement() {
    Provider provider = SandboxSession.CATALOG.provider("linode");
    try (SandboxSession session = SandboxSession.start()) {
      SampleInputs samples = new SampleInputs(session.sandbox);
      for (ServiceHeader service : provider.services()) {
        for (ResourceHeader header : provider.service(service.name()).resources()) {
          Resource resource = provider.service(service.name()).resource(header.name());
          for (Method method : resource.methods()) {
            Map<String, @Nullable Object> inputs =
                new LinkedHashMap<>(samples.of(resource.name(), method, "sandbox"));
            if (inputs.isEmpty() && resource.verbsOf(method).contains(SqlVerb.INSERT)) {
              // INSERT names at least one column.
              inputs.put(named(method), "sample-1");
            }
            call(session.engine, resource, method, inputs);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(calls).isGreaterThan(600);
  }

  private void call(
      Engine engine, Resource resource, Method method, Map<String, @Nullable Object> inputs) {
    List<SqlVerb> verbs = resource.verbsOf(method);
    SqlVerb verb = verbs.isEmpty() ? SqlVerb.EXEC : verbs.getFirst();
    String sql = Statements.of(resource, method, verb, inputs);
    calls++;
    try (Result result = engine.execute(engine.parse(sql).statements().getFirst())) {
      while (result.rows().next() != null) {}
      if (verb == SqlVerb.SELECT) {
        List<String> columns = result.columns().stream().map(Column::name).toList();
        List<String> declared = method.columns().stream().map(RowColumn::name).toList();
        if (!columns.containsAll(declared)) {
          wrong.add(sql + " lacks some of " + declared + ": " + columns);
        }
        for (ScanReport scan : result.scans()) {
          if (!scan.misfits().isEmpty()) {
            wrong.add(sql + " has " + scan.misfits());
          }
        }
      }
    } catch (IsobarException e) {
      wrong.add(sql + " -> " + e.code() + " " + e.text());
    }
  }

  private static String named(Method method) {
    return method.input("data__label") != null ? "data__label" : "data__name";
  }
}
