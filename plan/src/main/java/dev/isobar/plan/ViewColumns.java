package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.View;
import dev.isobar.model.IsobarException;
import dev.isobar.model.SqlVerb;
import dev.isobar.parse.SelectOutline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The columns of a resource that views answer for, read from the text of the views: neither DuckDB
/// nor the network is needed to describe one.
final class ViewColumns {
  private static final int DEEPEST = 8;

  private final Provider provider;

  ViewColumns(Provider provider) {
    this.provider = provider;
  }

  /// A column of a view.
  ///
  /// @param type as the table behind declares it; empty when it is not known
  record Column(String name, String type, String description) {}

  /// The columns of the views, those of the first view first.
  List<Column> of(Resource resource) {
    Map<String, Column> columns = new LinkedHashMap<>();
    collect(resource, columns, 0);
    return new ArrayList<>(columns.values());
  }

  private void collect(Resource resource, Map<String, Column> columns, int depth) {
    List<View> views = resource.views();
    List<View> preferred =
        views.stream().filter(view -> view.fits(Views.DIALECTS.getFirst())).toList();
    for (View view : preferred.isEmpty() ? views : preferred) {
      SelectOutline outline = SelectOutline.of(view.ddl());
      for (SelectOutline.Column column : outline.columns()) {
        if (column.isStar()) {
          for (SelectOutline.Table table : outline.tables()) {
            if (column.path().isEmpty() || column.path().getLast().equals(table.alias())) {
              all(table, depth).forEach(each -> put(columns, each));
            }
          }
        } else {
          Column behind = find(column, outline.tables(), depth);
          String type = column.function().startsWith("json_extract") ? "string" : "";
          put(
              columns,
              behind == null
                  ? new Column(column.name(), type, "")
                  : new Column(column.name(), behind.type(), behind.description()));
        }
      }
    }
  }

  /// The first of a name stays: in SQL it is what the name means, in whatever case it is written.
  private static void put(Map<String, Column> columns, Column column) {
    columns.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column);
  }

  private @Nullable Column find(
      SelectOutline.Column column, List<SelectOutline.Table> tables, int depth) {
    List<String> path = column.path();
    for (SelectOutline.Table table : path.isEmpty() ? List.<SelectOutline.Table>of() : tables) {
      if (path.size() == 1 || path.get(path.size() - 2).equals(table.alias())) {
        for (Column candidate : all(table, depth)) {
          if (candidate.name().equalsIgnoreCase(path.getLast())) {
            return candidate;
          }
        }
      }
    }
    return null;
  }

  /// The columns and parameters of a table behind a view; empty for one that is not there.
  private List<Column> all(SelectOutline.Table table, int depth) {
    Map<String, Column> columns = new LinkedHashMap<>();
    try {
      if (table.parts().getFirst().equals(provider.api()) && depth < DEEPEST) {
        Resource behind = provider.service(table.parts().get(1)).resource(table.parts().getLast());
        collect(behind, columns, depth + 1);
        for (RowColumn each : behind.columns()) {
          put(columns, new Column(each.name(), each.declaredType(), each.description()));
        }
        for (Method method : behind.methods(SqlVerb.SELECT)) {
          for (Input input : method.requiredInputs()) {
            put(columns, new Column(input.name(), input.schema().type(), input.description()));
          }
        }
      }
    } catch (IsobarException _) {
      // A view that names what is not there is told when it is read; the others have columns.
    }
    return new ArrayList<>(columns.values());
  }
}
