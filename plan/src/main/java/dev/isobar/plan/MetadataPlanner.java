package dev.isobar.plan;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.catalog.View;
import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.model.Json;
import dev.isobar.model.SqlVerb;
import dev.isobar.parse.Statement;
import dev.isobar.resolve.ResolvedStatement;
import dev.isobar.resolve.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of SHOW and DESCRIBE.
///
/// Source of the columns: `stackql-surface.md`, sections 1.7 and 1.8.
final class MetadataPlanner {
  private MetadataPlanner() {}

  static Plan.Metadata providers(ResolvedStatement.ShowProviders show) {
    boolean extended = show.written().extended();
    List<@Nullable Object[]> rows = new ArrayList<>();
    Catalog catalog = show.catalog();
    for (Provider p : catalog.providers()) {
      if (like(show.written(), p.name())) {
        rows.add(
            extended
                ? row(p.name(), p.version(), p.title(), p.description())
                : row(p.name(), p.version()));
      }
    }
    return plan(
        show.written(),
        rows,
        extended ? List.of("name", "version", "title", "description") : List.of("name", "version"));
  }

  static Plan.Metadata services(ResolvedStatement.ShowServices show) {
    boolean extended = show.written().extended();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (ServiceHeader s : show.provider().services()) {
      if (like(show.written(), s.id(), s.name())) {
        rows.add(
            extended
                ? row(s.id(), s.name(), s.title(), s.description(), s.version(), s.preferred())
                : row(s.id(), s.name(), s.title()));
      }
    }
    Plan.Metadata plan =
        plan(
            show.written(),
            rows,
            extended
                ? List.of("id", "name", "title", "description", "version")
                : List.of("id", "name", "title"));
    if (!extended) {
      return plan;
    }
    List<Column> columns = new ArrayList<>(plan.columns());
    columns.add(new Column("preferred", ColumnType.BOOLEAN));
    return new Plan.Metadata(columns, rows, plan.where());
  }

  static Plan.Metadata resources(ResolvedStatement.ShowResources show) {
    boolean extended = show.written().extended();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (ResourceHeader r : show.service().resources()) {
      if (like(show.written(), r.name(), r.id())) {
        rows.add(extended ? row(r.name(), r.id(), r.description()) : row(r.name(), r.id()));
      }
    }
    return plan(
        show.written(),
        rows,
        extended ? List.of("name", "id", "description") : List.of("name", "id"));
  }

  static Plan.Metadata methods(ResolvedStatement.ShowMethods show) {
    record Listed(String name, String required, SqlVerb verb, String description) {}
    boolean extended = show.written().extended();
    Resource resource = show.table().resource();
    Set<Listed> listed = new LinkedHashSet<>();
    for (View view : resource.views()) {
      // The same parameters in another dialect are no other way to call it.
      listed.add(
          new Listed(
              "__view__",
              String.join(", ", view.requiredParameters()),
              SqlVerb.SELECT,
              "A view over other tables."));
    }
    for (Method method : resource.methods()) {
      List<SqlVerb> verbs = resource.verbsOf(method);
      for (SqlVerb verb : verbs.isEmpty() ? List.of(SqlVerb.EXEC) : verbs) {
        String required =
            String.join(", ", method.shownRequired().stream().map(Input::name).toList());
        listed.add(new Listed(method.name(), required, verb, method.shownDescription()));
      }
    }
    List<Listed> sorted = new ArrayList<>(listed);
    sorted.sort(Comparator.comparing(Listed::verb).thenComparing(Listed::name));
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Listed l : sorted) {
      if (like(show.written(), l.name())) {
        String verb = l.verb().toString();
        rows.add(
            extended
                ? row(l.name(), l.required(), verb, l.description())
                : row(l.name(), l.required(), verb));
      }
    }
    return plan(
        show.written(),
        rows,
        extended
            ? List.of("MethodName", "RequiredParams", "SQLVerb", "description")
            : List.of("MethodName", "RequiredParams", "SQLVerb"));
  }

  static Plan.Metadata describe(Table table, boolean extended) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    if (Views.isView(table)) {
      for (ViewColumns.Column c : new ViewColumns(table.provider()).of(table.resource())) {
        rows.add(extended ? row(c.name(), c.type(), c.description()) : row(c.name(), c.type()));
      }
    } else if (table.resource().methods(SqlVerb.SELECT).isEmpty()) {
      throw Methods.unsupported(table.resource(), SqlVerb.SELECT, table.span());
    } else {
      for (RowColumn c : table.resource().columns()) {
        rows.add(
            extended
                ? row(c.name(), c.declaredType(), c.description())
                : row(c.name(), c.declaredType()));
      }
    }
    return new Plan.Metadata(
        columns(extended ? List.of("name", "type", "description") : List.of("name", "type")),
        rows,
        null);
  }

  static Plan.Metadata describeMethod(Method method, boolean extended) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (boolean required : new boolean[] {true, false}) {
      for (Input input : method.inputs()) {
        if (input.shownAsRequired() == required) {
          String type = input.schema().type();
          String kind = required ? "input_required" : "input_optional";
          String shape = Shapes.of(input.schema());
          rows.add(
              extended
                  ? row(input.name(), type, kind, shape, input.description())
                  : row(input.name(), type, kind, shape));
        }
      }
    }
    Operation.Body body = method.operation().body();
    if (body != null && method.takesWholeBodyOnly()) {
      Schema schema = body.schema() == null ? Schema.ANY : body.schema();
      String kind = body.required() ? "input_required" : "input_optional";
      String shape = Shapes.of(schema);
      rows.add(
          extended
              ? row(Requests.WHOLE_BODY, schema.type(), kind, shape, "The whole body.")
              : row(Requests.WHOLE_BODY, schema.type(), kind, shape));
    }
    for (RowColumn c : method.columns()) {
      String shape = Shapes.of(c.schema());
      rows.add(
          extended
              ? row(c.name(), c.declaredType(), "output", shape, c.description())
              : row(c.name(), c.declaredType(), "output", shape));
    }
    return new Plan.Metadata(
        columns(
            extended
                ? List.of("name", "type", "param_type", "shape", "description")
                : List.of("name", "type", "param_type", "shape")),
        rows,
        null);
  }

  private static Plan.Metadata plan(
      Statement.Show written, List<@Nullable Object[]> rows, List<String> names) {
    return new Plan.Metadata(columns(names), rows, written.where());
  }

  private static List<Column> columns(List<String> names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(new Column(name, ColumnType.VARCHAR));
    }
    return columns;
  }

  private static @Nullable Object[] row(@Nullable Object... cells) {
    return cells;
  }

  private static boolean like(Statement.Show written, String... candidates) {
    String pattern = written.like();
    if (pattern == null) {
      return true;
    }
    for (String candidate : candidates) {
      if (like(pattern.toLowerCase(Locale.ROOT), 0, candidate.toLowerCase(Locale.ROOT), 0)) {
        return true;
      }
    }
    return false;
  }

  private static boolean like(String pattern, int p, String text, int t) {
    if (p == pattern.length()) {
      return t == text.length();
    }
    char wanted = pattern.charAt(p);
    if (wanted == '%') {
      for (int skip = t; skip <= text.length(); skip++) {
        if (like(pattern, p + 1, text, skip)) {
          return true;
        }
      }
      return false;
    }
    return t < text.length()
        && (wanted == '_' || wanted == text.charAt(t))
        && like(pattern, p + 1, text, t + 1);
  }

  /// The compact JSON that DESCRIBE METHOD shows for objects and arrays.
  private static final class Shapes {
    private static final int DEPTH = 8;

    static @Nullable String of(Schema schema) {
      return switch (schema.type()) {
        case "object", "array" -> Json.write(shape(schema, DEPTH));
        default -> null;
      };
    }

    private static Map<String, @Nullable Object> shape(Schema schema, int depth) {
      Map<String, @Nullable Object> shape = new LinkedHashMap<>();
      if (!schema.type().isEmpty()) {
        shape.put("type", schema.type());
      }
      if (!schema.format().isEmpty()) {
        shape.put("format", schema.format());
      }
      if (!schema.enumValues().isEmpty()) {
        shape.put("enum", schema.enumValues());
      }
      if (!schema.required().isEmpty()) {
        shape.put("required", schema.required());
      }
      if (depth == 0) {
        return shape;
      }
      var properties = schema.allProperties();
      if (!properties.isEmpty()) {
        Map<String, @Nullable Object> inner = new LinkedHashMap<>();
        properties.forEach((name, property) -> inner.put(name, shape(property, depth - 1)));
        shape.put("properties", inner);
      }
      Schema items = schema.items();
      if (items != null) {
        shape.put("items", shape(items, depth - 1));
      }
      return shape;
    }
  }
}
