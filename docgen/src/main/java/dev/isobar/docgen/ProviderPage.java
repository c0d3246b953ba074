package dev.isobar.docgen;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.docgen.Block.Code;
import dev.isobar.docgen.Block.Fact;
import dev.isobar.docgen.Block.Facts;
import dev.isobar.docgen.Block.Grid;
import dev.isobar.docgen.Block.Heading;
import dev.isobar.docgen.Block.Paragraph;
import dev.isobar.docgen.Inline.Text;
import dev.isobar.model.SqlVerb;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page of a provider: its services with the totals, how to authenticate, how to begin.
final class ProviderPage {
  private ProviderPage() {}

  /// @param services all of them
  /// @param first a resource to begin with, or null
  static Page of(
      PageName name, Provider provider, List<Counts.OfService> services, @Nullable PageName first) {
    Counts total =
        services.stream().map(Counts.OfService::counts).reduce(Counts.NONE, Counts::plus);
    List<Block> outline = new ArrayList<>();
    outline.add(Heading.of("Overview"));
    outline.add(
        new Facts(
            List.of(
                new Fact("Name", Cells.name(name.last())),
                new Fact("Type", Cells.words("Provider")),
                new Fact("Id", Cells.name(name.toString())),
                new Fact("Version", Cells.name(provider.version())),
                new Fact("Services", Cells.number(services.size())),
                new Fact("Resources", Cells.number(total.resources())),
                new Fact("Selectable resources", Cells.number(total.selectable())),
                new Fact("Methods", Cells.number(total.methods())))));
    outline.add(Heading.of("Services"));
    List<List<List<Inline>>> rows = new ArrayList<>();
    for (Counts.OfService each : services) {
      rows.add(
          List.of(
              Cells.link(name.service(each.service().name())),
              Cells.number(each.counts().resources()),
              Cells.number(each.counts().selectable()),
              Cells.number(each.counts().methods()),
              Cells.description(each.service().description())));
    }
    outline.add(
        new Grid(List.of("Name", "Resources", "Selectable", "Methods", "Description"), rows));
    List<Block> details = new ArrayList<>();
    details.add(Heading.of("Authentication"));
    details.addAll(new Authentication(provider.auth()).blocks());
    details.add(Heading.of("Get started"));
    start(details, name, services, first);
    return new Page(
        name,
        title(provider),
        Words.line(provider.description(), Words.PARAGRAPH),
        outline,
        details);
  }

  /// The provider's name for people.
  static String title(Provider provider) {
    String title = Words.line(provider.title(), 80);
    return title.isEmpty() ? provider.name() : title;
  }

  /// Whether a reader who knows nothing can select from it.
  static boolean isEasy(Resource resource) {
    List<Method> methods = resource.methods(SqlVerb.SELECT);
    return resource.views().isEmpty()
        && !methods.isEmpty()
        && methods.stream()
            .anyMatch(method -> method.inputs().stream().noneMatch(Input::shownAsRequired));
  }

  private static void start(
      List<Block> blocks,
      PageName name,
      List<Counts.OfService> services,
      @Nullable PageName first) {
    StringBuilder sql = new StringBuilder();
    sql.append("SHOW SERVICES IN ").append(SqlNames.of(name)).append(";\n");
    PageName service =
        first != null
            ? name.service(first.service())
            : services.isEmpty() ? null : name.service(services.getFirst().service().name());
    if (service != null) {
      sql.append("SHOW RESOURCES IN ").append(SqlNames.of(service)).append(";\n");
    }
    if (first != null) {
      String table = SqlNames.of(first);
      sql.append("DESCRIBE ").append(table).append(";\n");
      sql.append("SELECT * FROM ").append(table).append(" LIMIT 5;\n");
    }
    blocks.add(
        new Paragraph(
            List.of(
                new Text("These statements are a beginning. "),
                new Inline.Code("isobar exec --sandbox"),
                new Text(" runs them against an emulation on this machine, without an account; "),
                new Inline.Code("isobar exec"),
                new Text(" asks the API."))));
    blocks.add(new Code("sql", sql.toString()));
  }
}
