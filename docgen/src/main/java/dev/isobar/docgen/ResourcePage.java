package dev.isobar.docgen;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.View;
import dev.isobar.docgen.Block.Fact;
import dev.isobar.docgen.Block.Facts;
import dev.isobar.docgen.Block.Grid;
import dev.isobar.docgen.Block.Heading;
import dev.isobar.docgen.Block.Paragraph;
import dev.isobar.docgen.Inline.Code;
import dev.isobar.docgen.Inline.Text;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The page of a resource.
final class ResourcePage {
  private static final List<String> FIELDS = List.of("Name", "Datatype", "Description");

  /// What SHOW METHODS calls a view.
  private static final String VIEW = "__view__";

  private final PageName name;
  private final Resource resource;
  private final List<Field> fields;

  private ResourcePage(PageName name, Resource resource, ViewFields views) {
    this.name = name;
    this.resource = resource;
    this.fields = resource.views().isEmpty() ? fields(resource.columns()) : views.of(resource);
  }

  static Page of(PageName name, Provider provider, Resource resource, ViewFields views) {
    ResourcePage page = new ResourcePage(name, resource, views);
    List<Block> outline = new ArrayList<>();
    page.overviewPart(outline);
    page.fieldsPart(outline);
    page.methodsPart(outline);
    List<Block> details = new ArrayList<>();
    if (!resource.methods().isEmpty() || !resource.views().isEmpty()) {
      details.add(Heading.of("Method details"));
      page.views(details);
      for (Method method : resource.methods()) {
        details.addAll(new MethodDetails(resource, method, page.fields).blocks());
      }
    }
    return new Page(
        name,
        ProviderPage.title(provider),
        Words.line(resource.description(), Words.PARAGRAPH),
        outline,
        details);
  }

  /// The columns of a table or of a method's rows.
  static List<Field> fields(List<RowColumn> columns) {
    return columns.stream()
        .map(column -> new Field(column.name(), column.declaredType(), column.description()))
        .toList();
  }

  /// The anchor of a method.
  static String anchor(Method method) {
    return "method-" + method.name();
  }

  private void overviewPart(List<Block> blocks) {
    blocks.add(Heading.of("Overview"));
    blocks.add(
        new Facts(
            List.of(
                new Fact("Name", Cells.name(name.last())),
                new Fact("Type", Cells.words(resource.views().isEmpty() ? "Resource" : "View")),
                new Fact("Id", Cells.name(name.toString())))));
  }

  private void fieldsPart(List<Block> blocks) {
    blocks.add(Heading.of("Fields"));
    if (Counts.isSelectable(resource)) {
      blocks.add(grid(fields, Block.Names.FIELDS));
    } else {
      blocks.add(
          new Paragraph(
              List.of(
                  new Code("SELECT"),
                  new Text(" is not supported for this resource. "),
                  new Code("SHOW METHODS IN " + SqlNames.of(name)),
                  new Text(" lists its operations, and "),
                  new Code("EXEC"),
                  new Text(" calls them."))));
    }
  }

  /// A table of fields.
  static Grid grid(List<Field> fields, Block.Names names) {
    List<List<List<Inline>>> rows = new ArrayList<>();
    for (Field field : fields) {
      rows.add(
          List.of(
              Cells.name(field.name()),
              Cells.type(field.type()),
              Cells.description(field.description())));
    }
    return new Grid(FIELDS, rows, names);
  }

  /// What SHOW METHODS lists, in its order.
  private void methodsPart(List<Block> blocks) {
    record Listed(SqlVerb verb, String name, List<List<Inline>> cells) {}
    blocks.add(Heading.of("Methods"));
    Set<Listed> listed = new LinkedHashSet<>();
    for (View view : resource.views()) {
      List<List<Inline>> cells =
          List.of(
              Cells.name(VIEW),
              Cells.name(SqlVerb.SELECT.toString()),
              Cells.name(String.join(", ", view.requiredParameters())),
              Cells.words("A view over other tables."));
      listed.add(new Listed(SqlVerb.SELECT, VIEW, cells));
    }
    for (Method method : resource.methods()) {
      List<SqlVerb> verbs = resource.verbsOf(method);
      for (SqlVerb verb : verbs.isEmpty() ? List.of(SqlVerb.EXEC) : verbs) {
        List<List<Inline>> cells =
            List.of(
                List.of(new Inline.PartLink(anchor(method), method.name())),
                Cells.name(verb.toString()),
                Cells.name(required(method)),
                Cells.description(method.shownDescription()));
        listed.add(new Listed(verb, method.name(), cells));
      }
    }
    if (listed.isEmpty()) {
      blocks.add(new Paragraph(List.of(new Text("This resource has no methods."))));
      return;
    }
    List<Listed> sorted = new ArrayList<>(listed);
    sorted.sort(Comparator.comparing(Listed::verb).thenComparing(Listed::name));
    blocks.add(
        new Grid(
            List.of("Name", "Accessible by", "Required Params", "Description"),
            sorted.stream().map(Listed::cells).toList()));
  }

  /// A statement for each way to ask the views: the same parameters in another dialect are none.
  private void views(List<Block> blocks) {
    Set<String> statements = new LinkedHashSet<>();
    for (View view : resource.views()) {
      statements.add(CallStatement.of(name, view, fields));
    }
    if (!statements.isEmpty()) {
      blocks.add(new Heading(3, VIEW, "", true));
      statements.forEach(statement -> blocks.add(new Block.Code("sql", statement)));
    }
  }

  /// The names of what must be given: parameters, then properties of the body, then variables of
  /// the server.
  private static String required(Method method) {
    return String.join(", ", method.shownRequired().stream().map(Input::name).toList());
  }
}
