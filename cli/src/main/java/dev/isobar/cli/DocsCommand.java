package dev.isobar.cli;

import dev.isobar.catalog.Catalog;
import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.cli.Command.Given;
import dev.isobar.docgen.Documentation;
import dev.isobar.docgen.Field;
import dev.isobar.docgen.Format;
import dev.isobar.engine.Engine;
import dev.isobar.engine.EngineOptions;
import dev.isobar.fetch.FetchOptions;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Result;
import dev.isobar.parse.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `isobar docs`: writes the documentation of a provider, offline.
final class DocsCommand {
  private static final Option OUT =
      new Option("--out", null, "DIR", "the folder to write to; default: docs in this folder");
  private static final Option FORMAT =
      new Option("--format", null, "FORMAT", "html, markdown (default) or docusaurus");

  static final Command COMMAND =
      new Command(
          "docs",
          "isobar docs [OPTIONS] PROVIDER [SERVICE[.RESOURCE]]",
          """
          Writes the documentation of a provider, of a service, or of one resource: what can be
          selected, the methods with all that they take and return, and how to authenticate.
          Everything comes from the provider's documents; nothing is asked of the network.\
          """,
          List.of(OUT, FORMAT, RegistryOption.OPTION, Command.HELP),
          """
          isobar docs linode --format html --out site
          isobar docs linode profile.phone_number --format docusaurus --out site
          """);

  private DocsCommand() {}

  static int run(List<String> arguments, Surroundings surroundings, Messages messages) {
    Given given = COMMAND.read(arguments);
    if (given.has(Command.HELP)) {
      return Main.print(surroundings, COMMAND.help());
    }
    Format format = format(given);
    List<String> operands = given.operands();
    if (operands.isEmpty() || operands.size() > 2) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          operands.isEmpty()
              ? "There is no provider to write the documentation of."
              : "There are " + operands.size() + " arguments where at most two are expected.",
          "Write isobar docs linode, or isobar docs linode profile.phone_number.");
    }
    String out = given.value(OUT);
    Catalog catalog = RegistryOption.open(given, surroundings, messages).catalog();
    Provider provider = catalog.provider(operands.getFirst());
    Selected selected =
        operands.size() == 1 ? new Selected("", "") : Selected.of(operands.getLast(), provider);
    try (Views views = new Views(catalog)) {
      Documentation.Written written =
          new Documentation(provider, views::of)
              .write(
                  selected.service(),
                  selected.resource(),
                  format,
                  Files.path(out == null ? "docs" : out));
      return Main.print(
          surroundings,
          String.format(
              Locale.ROOT,
              "%,d %s in %,d kB below %s%n",
              written.pages(),
              written.pages() == 1 ? "page" : "pages",
              (written.bytes() + 999) / 1000,
              out == null ? "docs" : out));
    }
  }

  private static Format format(Given given) {
    String name = given.value(FORMAT);
    return switch (name) {
      case null -> Format.MARKDOWN;
      case "markdown" -> Format.MARKDOWN;
      case "docusaurus" -> Format.DOCUSAURUS;
      case "html" -> Format.HTML;
      default -> throw Command.wrong(FORMAT, "There is no format `" + name + "` of pages.");
    };
  }

  /// Part of a provider.
  ///
  /// @param service empty for all of it
  /// @param resource empty for all of the service
  private record Selected(String service, String resource) {
    /// The name of a service may have dots itself.
    static Selected of(String written, Provider provider) {
      Selected longest = null;
      for (ServiceHeader service : provider.services()) {
        String name = service.name();
        if (written.equals(name)) {
          return new Selected(name, "");
        }
        if (written.startsWith(name + ".")
            && (longest == null || longest.service.length() < name.length())) {
          longest = new Selected(name, written.substring(name.length() + 1));
        }
      }
      int dot = written.indexOf('.');
      return longest != null
          ? longest
          : new Selected(dot < 0 ? written : written.substring(0, dot), "");
    }
  }

  /// Asks DESCRIBE for the columns of views. Most providers have none, and then there is no engine.
  private static final class Views implements AutoCloseable {
    private final Catalog catalog;
    private @Nullable Engine engine;

    Views(Catalog catalog) {
      this.catalog = catalog;
    }

    List<Field> of(Resource resource) {
      Engine running = engine;
      if (running == null) {
        running =
            new Engine(new EngineOptions(catalog, FetchOptions.DEFAULT, null, false, _ -> null));
        engine = running;
      }
      String sql =
          "DESCRIBE EXTENDED "
              + Name.quoted(resource.name().provider())
              + "."
              + Name.quoted(resource.name().service())
              + "."
              + Name.quoted(resource.name().resource());
      List<Field> fields = new ArrayList<>();
      try (Result result = running.execute(running.parse(sql).statements().getFirst())) {
        for (@Nullable Object[] row = result.rows().next();
            row != null;
            row = result.rows().next()) {
          fields.add(new Field(text(row[0]), text(row[1]), text(row[2])));
        }
      }
      return fields;
    }

    private static String text(@Nullable Object cell) {
      return cell == null ? "" : cell.toString();
    }

    @Override
    public void close() {
      Engine running = engine;
      if (running != null) {
        running.close();
      }
    }
  }
}
