package dev.isobar.docgen;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.Service;
import dev.isobar.docgen.Block.Fact;
import dev.isobar.docgen.Block.Facts;
import dev.isobar.docgen.Block.Grid;
import dev.isobar.docgen.Block.Heading;
import dev.isobar.docgen.Inline.Code;
import dev.isobar.docgen.Inline.Text;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The page of a service: what it holds, and where each of its resources is.
final class ServicePage {
  private ServicePage() {}

  static Page of(PageName name, Provider provider, Service service, Counts counts) {
    List<Block> outline = new ArrayList<>();
    outline.add(Heading.of("Overview"));
    outline.add(
        new Facts(
            List.of(
                new Fact("Name", Cells.name(name.last())),
                new Fact("Type", Cells.words("Service")),
                new Fact("Id", Cells.name(name.toString())),
                new Fact("Resources", Cells.number(counts.resources())),
                new Fact("Selectable resources", Cells.number(counts.selectable())),
                new Fact("Methods", Cells.number(counts.methods())))));
    outline.add(Heading.of("Resources"));
    List<List<List<Inline>>> rows = new ArrayList<>();
    for (var header : service.resources()) {
      Resource resource = service.resource(header.name());
      rows.add(
          List.of(
              Cells.link(name.resource(header.name())),
              verbs(resource),
              Cells.number(resource.methods().size()),
              Cells.description(header.description())));
    }
    outline.add(new Grid(List.of("Name", "Accessible by", "Methods", "Description"), rows));
    return new Page(
        name,
        ProviderPage.title(provider),
        Words.line(service.header().description(), Words.PARAGRAPH),
        outline,
        List.of());
  }

  /// The verbs that reach it; EXEC, which reaches everything, where nothing else reaches a method.
  private static List<Inline> verbs(Resource resource) {
    Set<SqlVerb> verbs = EnumSet.noneOf(SqlVerb.class);
    if (!resource.views().isEmpty()) {
      verbs.add(SqlVerb.SELECT);
    }
    for (Method method : resource.methods()) {
      List<SqlVerb> of = resource.verbsOf(method);
      verbs.addAll(of.isEmpty() ? List.of(SqlVerb.EXEC) : of);
    }
    List<Inline> text = new ArrayList<>();
    for (SqlVerb verb : verbs) {
      text.add(new Text(text.isEmpty() ? "" : ", "));
      text.add(new Code(verb.toString()));
    }
    return text;
  }
}
