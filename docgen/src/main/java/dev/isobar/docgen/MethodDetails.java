package dev.isobar.docgen;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Pagination;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.Schema;
import dev.isobar.docgen.Block.Fact;
import dev.isobar.docgen.Block.Facts;
import dev.isobar.docgen.Block.Grid;
import dev.isobar.docgen.Block.Heading;
import dev.isobar.docgen.Block.Paragraph;
import dev.isobar.docgen.Inline.Code;
import dev.isobar.docgen.Inline.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that is known of one method.
final class MethodDetails {
  private static final List<String> PARAMETERS =
      List.of("Parameter", "Datatype", "Required", "Travels in", "Values", "Description");

  private final Resource resource;
  private final Method method;
  private final List<Field> fields;

  /// @param fields of the resource
  MethodDetails(Resource resource, Method method, List<Field> fields) {
    this.resource = resource;
    this.method = method;
    this.fields = fields;
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Heading(3, method.name(), ResourcePage.anchor(method), true));
    String description = Words.line(method.shownDescription(), Words.PARAGRAPH);
    if (!description.isEmpty()) {
      blocks.add(new Paragraph(Cells.words(description)));
    }
    blocks.add(new Facts(facts()));
    for (String statement : CallStatement.of(resource, method)) {
      blocks.add(new Block.Code("sql", statement));
    }
    parameters(blocks);
    returned(blocks);
    return blocks;
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    Operation operation = method.operation();
    facts.add(
        new Fact(
            "Operation",
            method.wire().program().isEmpty()
                ? Cells.name(operation.httpVerb() + " " + operation.path())
                : List.of(
                    new Text("the local program "), new Code(method.wire().program().getFirst()))));
    facts.add(new Fact("Permissions", permissions()));
    if (method.isPaged()) {
      facts.add(new Fact("Pages", pages()));
    }
    List<Inline> filterable = filterable();
    if (!filterable.isEmpty()) {
      facts.add(new Fact("Filtered by the API", filterable));
    }
    return facts;
  }

  private List<Inline> permissions() {
    String credential =
        switch (method.credential()) {
          case REQUIRED -> "a credential";
          case OPTIONAL -> "none; answers with more with a credential";
          case NONE -> "none";
        };
    return method.scopes().isEmpty() ? Cells.words(credential) : names(method.scopes());
  }

  private static List<Inline> names(List<String> names) {
    List<Inline> list = new ArrayList<>();
    for (String name : names) {
      list.add(new Text(list.isEmpty() ? "" : ", "));
      list.addAll(Cells.name(name));
    }
    return list;
  }

  private List<Inline> pages() {
    Pagination pagination = method.pagination();
    List<Inline> text = new ArrayList<>();
    if (pagination != null) {
      text.add(
          new Text(
              switch (pagination.algorithm()) {
                case TOKEN -> "read to the end, by token";
                case PAGE_NUMBER -> "read to the end, by number";
              }));
      String key = pagination.request().key();
      if (!key.isEmpty()) {
        text.add(new Text(" in "));
        text.addAll(Cells.name(key));
      }
    }
    Method.PageSize size = method.pageSize();
    if (size != null) {
      text.add(new Text("; "));
      text.addAll(Cells.name(size.key()));
      text.add(new Text(" is at most " + size.largest()));
    }
    return text;
  }

  /// Columns that the API filters, so that fewer rows travel: by a filter of its own, or because
  /// they are parameters.
  private List<Inline> filterable() {
    Method.FilterSpec filter = method.filter();
    List<String> names = new ArrayList<>(filter == null ? List.of() : filter.columns());
    for (Input input : method.inputs()) {
      if (input.location() == Input.Location.QUERY
          && !names.contains(input.name())
          && fields.stream().anyMatch(field -> field.name().equals(input.name()))) {
        names.add(input.name());
      }
    }
    return names(names);
  }

  private void parameters(List<Block> blocks) {
    List<Input> inputs = new ArrayList<>(method.inputs());
    inputs.sort(Comparator.comparing(input -> !input.shownAsRequired()));
    List<List<List<Inline>>> rows = new ArrayList<>();
    for (Input input : inputs) {
      rows.add(
          row(
              input.name(),
              input.schema(),
              input.shownAsRequired(),
              where(input.location()),
              Limits.of(input.schema(), unasked(input)),
              input.description()));
    }
    Operation.Body body = method.operation().body();
    if (body != null && method.takesWholeBodyOnly()) {
      Schema schema = body.schema() == null ? Schema.ANY : body.schema();
      rows.add(
          row(
              "@@json",
              schema,
              body.required(),
              "body",
              Limits.of(schema, null),
              "The whole body."));
    }
    if (rows.isEmpty()) {
      blocks.add(new Paragraph(Cells.words("It takes no parameters.")));
    } else {
      blocks.add(new Grid(PARAMETERS, rows, Block.Names.OF_METHOD));
    }
  }

  private static @Nullable String unasked(Input input) {
    if (input.defaultValue() != null) {
      return input.defaultValue();
    }
    Object value = input.schema().defaultValue();
    return value == null ? null : Limits.value(value);
  }

  private static List<List<Inline>> row(
      String name,
      Schema schema,
      boolean required,
      String where,
      List<Inline> limits,
      String description) {
    return List.of(
        Cells.name(name),
        Cells.type(schema.type()),
        Cells.words(required ? "yes" : "no"),
        Cells.words(where),
        limits,
        Cells.description(description));
  }

  private static String where(Input.Location location) {
    return switch (location) {
      case PATH -> "path";
      case QUERY -> "query";
      case HEADER -> "header";
      case SERVER -> "server address";
      case BODY -> "body";
    };
  }

  private void returned(List<Block> blocks) {
    List<Field> returned = ResourcePage.fields(method.columns());
    if (returned.isEmpty()) {
      blocks.add(new Paragraph(Cells.words("The document declares no fields of its answer.")));
    } else if (returned.equals(fields)) {
      blocks.add(
          new Paragraph(
              Cells.words(
                  "It returns the fields of the resource: " + fields.size() + " of them.")));
    } else {
      blocks.add(new Paragraph(Cells.words("It returns:")));
      blocks.add(ResourcePage.grid(returned, Block.Names.OF_METHOD));
    }
  }
}
