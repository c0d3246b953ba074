package dev.isobar.cli;

import dev.isobar.catalog.authoring.Draft;
import dev.isobar.catalog.authoring.DraftOptions;
import dev.isobar.catalog.authoring.DraftOptions.Services;
import dev.isobar.catalog.document.Problem;
import dev.isobar.cli.Command.Given;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.registry.ProviderCheck;
import java.nio.file.Path;
import java.util.List;

/// `isobar provider new`: makes a provider from an OpenAPI document and says how sure it is.
final class ProviderNewCommand {
  private static final Option NAME =
      new Option("--name", null, "NAME", "of the provider; default: from the document's title");
  private static final Option OUT =
      new Option("--out", null, "DIR", "where to write src/NAME/…; default: this folder");
  private static final Option SERVER =
      new Option("--server", null, "URL", "the address of the API; default: the document's first");
  private static final Option SERVICES =
      new Option(
          "--services",
          null,
          "HOW",
          "divide by tag or by path; default: by tag when every operation\nhas one");
  private static final Option FORCE =
      new Option("--force", null, null, "overwrite what an earlier run wrote");
  private static final Option OUTPUT =
      new Option("--output", "-o", "FORMAT", "of the report: text (default) or json");

  static final Command COMMAND =
      new Command(
          "provider new",
          "isobar provider new [OPTIONS] FILE",
          """
          Makes a provider from an OpenAPI 3 document (YAML or JSON; - is standard input): which
          operations are one table, which SQL verb each is, where the rows are, how pages follow
          each other and where the credential comes from is inferred. The report says from what,
          how sure, and what to check by hand. Exit code 0: written; 1: failed, or the result has
          problems; 2: wrong usage.\
          """,
          List.of(NAME, OUT, SERVER, SERVICES, FORCE, OUTPUT, Command.HELP),
          """
          isobar provider new openapi.yaml --name acme --out registry
          isobar exec --registry registry --sandbox "SHOW SERVICES IN acme"
          """);

  private ProviderNewCommand() {}

  static int run(List<String> arguments, Surroundings surroundings, Messages messages) {
    Given given = COMMAND.read(arguments);
    if (given.has(Command.HELP)) {
      return Main.print(surroundings, COMMAND.help());
    }
    boolean json = json(given);
    if (json) {
      messages.errorsAsJson();
    }
    DraftOptions options =
        new DraftOptions(given.value(NAME), given.value(SERVER), services(given));
    if (given.operands().size() != 1) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          "A provider is made from one document, and "
              + (given.operands().isEmpty() ? "none is" : given.operands().size() + " are")
              + " given.",
          "Write isobar provider new openapi.yaml.");
    }
    String file = given.operands().getFirst();
    String text = file.equals("-") ? Files.read(surroundings.in()) : Files.read(Files.path(file));
    String out = given.value(OUT);
    Path folder = Files.path(out == null ? "" : out);
    Draft draft = Draft.of(file.equals("-") ? "standard input" : file, text, options);
    Path written = draft.write(folder, given.has(FORCE));
    // The result is read as any other provider.
    List<Problem> problems = ProviderCheck.check(written).problems();
    DraftReport report = new DraftReport(draft, file, folder, written, problems);
    var _ = Main.print(surroundings, json ? report.json() : report.text());
    return problems.isEmpty() ? Main.DONE : Main.FAILED;
  }

  private static boolean json(Given given) {
    String format = given.value(OUTPUT);
    if (format == null || format.equals("text")) {
      return false;
    }
    if (format.equals("json")) {
      return true;
    }
    throw Command.wrong(OUTPUT, "There is no format `" + format + "` of the report.");
  }

  private static Services services(Given given) {
    String how = given.value(SERVICES);
    return switch (how) {
      case null -> Services.AUTOMATIC;
      case "tag" -> Services.TAG;
      case "path" -> Services.PATH;
      default -> throw Command.wrong(SERVICES, "Services are not divided by `" + how + "`.");
    };
  }
}
