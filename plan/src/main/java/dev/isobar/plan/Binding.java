package dev.isobar.plan;

import dev.isobar.catalog.Input;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What gives inputs of a method their values.
public sealed interface Binding {
  /// The inputs that are bound.
  List<Input> inputs();

  /// How the statement says it, for EXPLAIN: `= 'us-east'`, or `from i.id`.
  String text();

  /// Values written in the statement: `=` or IN.
  ///
  /// @param values without null, which equals nothing
  record Constants(Input input, List<Object> values, String text) implements Binding {
    public Constants {
      values = List.copyOf(values);
    }

    @Override
    public List<Input> inputs() {
      return List.of(input);
    }

    List<Map<String, @Nullable Object>> rows() {
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      for (Object value : values) {
        rows.add(Collections.singletonMap(input.name(), Values.convert(value, input)));
      }
      return rows;
    }
  }

  /// Values that a query over earlier tables gives; one column an input, distinct, without nulls.
  ///
  /// @param statement a tree as in [Plan.Query]
  record Keys(List<Input> inputs, Map<String, @Nullable Object> statement, String text)
      implements Binding {
    public Keys {
      inputs = List.copyOf(inputs);
    }

    List<Map<String, @Nullable Object>> rows(List<@Nullable Object[]> keys) {
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      for (@Nullable Object[] key : keys) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
          Object value = key[i];
          row.put(
              inputs.get(i).name(), value == null ? null : Values.convert(value, inputs.get(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
