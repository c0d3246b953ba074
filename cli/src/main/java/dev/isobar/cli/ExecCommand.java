package dev.isobar.cli;

import dev.isobar.catalog.AuthSpec;
import dev.isobar.catalog.Catalog;
import dev.isobar.cli.Command.Given;
import dev.isobar.engine.Engine;
import dev.isobar.engine.EngineOptions;
import dev.isobar.fetch.FetchOptions;
import dev.isobar.fetch.Recording;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.registry.Registry;
import dev.isobar.render.Format;
import dev.isobar.render.RenderOptions;
import dev.isobar.render.Renderer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `isobar exec`: runs the statements of a script, and stops at the first that fails.
final class ExecCommand {
  private static final Option INFILE =
      new Option("--infile", "-i", "FILE", "read the SQL from a file; - is standard input");
  private static final Option OUTPUT =
      new Option("--output", "-o", "FORMAT", "table (default), json, jsonl, csv, text or markdown");
  private static final Option OUTFILE =
      new Option("--outfile", "-f", "FILE", "write the results to a file");
  private static final Option HIDE_HEADERS =
      new Option("--hideheaders", "-H", null, "leave the column names out (not json, jsonl)");
  private static final Option DELIMITER =
      new Option("--delimiter", "-d", "CHAR", "between the cells of csv; default a comma");
  private static final Option SANDBOX =
      new Option(
          "--sandbox",
          null,
          "[=URL]",
          "use an emulated API instead of the real one: in this process,\n"
              + "or that of `isobar sandbox` at URL; also ISOBAR_SANDBOX=URL");
  private static final Option AUTH =
      new Option(
          "--auth",
          null,
          "JSON",
          "credentials by provider, as {\"linode\": {\"type\": \"bearer\",\n"
              + "\"credentialsenvvar\": \"MY_TOKEN\"}}; default: as the provider says");
  private static final Option RECORD =
      new Option(
          "--record",
          null,
          "FILE",
          "keep all that is exchanged with APIs in a file, without secrets");
  private static final Option REPLAY =
      new Option(
          "--replay",
          null,
          "FILE",
          "answer from what --record kept; sends nothing, needs no credential");
  private static final Option DRYRUN =
      new Option("--dryrun", null, null, "show the requests, send none");
  private static final Option TIMEOUT =
      new Option("--timeout", null, "TIME", "stop a statement after this time, such as 30s or 5m");
  private static final Option PAGE_LIMIT =
      new Option(
          "--page-limit", null, "N", "read at most N pages of a list; it then fails as incomplete");
  private static final Option CONCURRENCY =
      new Option("--concurrency", null, "N", "send at most N requests at once; default 16");
  private static final Option LOCAL_PROGRAMS =
      new Option(
          "--allow-local-programs",
          null,
          null,
          "let providers of local programs run them; default: refused");

  static final Command COMMAND =
      new Command(
          "exec",
          "isobar exec [OPTIONS] [SQL]",
          """
          Runs SQL statements, separated by ; and given as an argument, with -i, or on standard
          input. Results go to standard output, everything else to standard error. Exit code 0: all
          done; 1: a statement failed, and the ones after it were not run; 2: wrong usage; 3: rows
          are missing, and on_incomplete is 'warn'.\
          """
              .stripIndent(),
          List.of(
              INFILE,
              OUTPUT,
              OUTFILE,
              HIDE_HEADERS,
              DELIMITER,
              SANDBOX,
              AUTH,
              RegistryOption.OPTION,
              RECORD,
              REPLAY,
              DRYRUN,
              TIMEOUT,
              PAGE_LIMIT,
              CONCURRENCY,
              LOCAL_PROGRAMS,
              Command.HELP),
          """
          isobar exec --sandbox "SELECT region, count(*) AS n FROM linode.instances.linodes GROUP BY region"
          isobar exec --sandbox -o json "SHOW METHODS IN linode.profile.phone_number"
          isobar exec -i report.sql -o csv -f report.csv
          """);

  private final Given given;
  private final Surroundings surroundings;
  private final Messages messages;

  private ExecCommand(Given given, Surroundings surroundings, Messages messages) {
    this.given = given;
    this.surroundings = surroundings;
    this.messages = messages;
  }

  static int run(List<String> arguments, Surroundings surroundings, Messages messages) {
    Given given = COMMAND.read(arguments);
    return given.has(Command.HELP)
        ? Main.print(surroundings, COMMAND.help())
        : new ExecCommand(given, surroundings, messages).run();
  }

  /// Everything that can be wrong with the command line is found before anything is done.
  private int run() {
    Format format = OptionValues.format(given, OUTPUT);
    Renderer renderer = Renderer.of(format, renderOptions());
    if (format == Format.JSON || format == Format.JSONL) {
      messages.errorsAsJson();
    }
    Duration timeout = OptionValues.positiveDuration(given, TIMEOUT);
    FetchOptions fetch = fetchOptions(timeout).withRecording(recording());
    Path outfile = outfile();
    String sql = sql();
    Registry registry = RegistryOption.open(given, surroundings, messages);
    Catalog catalog = registry.catalog();
    AuthOption.checkProviders(fetch.auth().keySet(), catalog.names(), messages::warning);
    String sandboxUrl = sandboxUrl();
    // A provider that is pulled meanwhile would not be emulated.
    boolean offline = "".equals(sandboxUrl) || given.has(REPLAY);
    try (SandboxTarget sandbox = new SandboxTarget(sandboxUrl, surroundings, messages);
        Engine engine =
            new Engine(
                new EngineOptions(
                    catalog,
                    fetch.withEndpoints(sandbox.endpoints(catalog, sql)),
                    timeout,
                    given.has(DRYRUN),
                    surroundings.environment(),
                    offline ? null : registry))) {
      ScriptRun run = new ScriptRun(engine, renderer, format, surroundings, messages);
      return run.run(sql, outfile);
    }
  }

  private Recording recording() {
    String to = given.value(RECORD);
    String from = given.value(REPLAY);
    if (to != null && from != null) {
      throw usage("A session records or replays, and both are given.", "Leave one of the two out.");
    }
    if (from != null && given.has(SANDBOX)) {
      throw usage("A replay asks nobody, and a sandbox is given too.", "Leave one of the two out.");
    }
    if (to != null) {
      return new Recording.To(Files.path(to));
    }
    return from == null ? Recording.OFF : new Recording.From(Files.path(from));
  }

  private @Nullable Path outfile() {
    String name = given.value(OUTFILE);
    if (name == null) {
      return null;
    }
    Path file = Files.path(name);
    ResultOutput.check(file);
    return file;
  }

  private RenderOptions renderOptions() {
    String delimiter = given.value(DELIMITER);
    if ("\\t".equals(delimiter)) {
      delimiter = "\t";
    }
    boolean usable =
        delimiter == null || (delimiter.length() == 1 && "\"\n\r".indexOf(delimiter) < 0);
    if (!usable) {
      throw Command.wrong(
          DELIMITER, "The delimiter is one character other than a double quote or a line end.");
    }
    return new RenderOptions(
        given.has(HIDE_HEADERS),
        delimiter == null ? ',' : delimiter.charAt(0),
        given.has(OUTFILE) ? 0 : surroundings.columns());
  }

  /// A statement that may take long may have requests that do.
  private FetchOptions fetchOptions(@Nullable Duration timeout) {
    String auth = given.value(AUTH);
    Map<String, AuthSpec> specs =
        auth == null ? Map.of() : AuthOption.read(AUTH, auth, messages::warning);
    FetchOptions options = FetchOptions.DEFAULT;
    if (timeout != null && timeout.compareTo(options.requestTimeout()) > 0) {
      options = options.withRequestTimeout(timeout);
    }
    return options
        .withAuth(specs)
        .withLocalPrograms(given.has(LOCAL_PROGRAMS))
        .withPageLimit(
            OptionValues.number(given, PAGE_LIMIT, 1, Integer.MAX_VALUE, options.pageLimit()))
        .withConcurrency(
            Math.toIntExact(
                OptionValues.number(given, CONCURRENCY, 1, 1000, options.concurrency())));
  }

  private String sql() {
    String file = given.value(INFILE);
    List<String> operands = given.operands();
    if (operands.size() > 1) {
      throw usage(
          "There are " + operands.size() + " arguments where one is expected, the SQL.",
          "Put the SQL into quotes: isobar exec \"SELECT 1\".");
    }
    if (!operands.isEmpty() && file != null) {
      throw usage(
          "The SQL is given twice, as an argument and with -i.", "Leave one of the two out.");
    }
    if (!operands.isEmpty() && operands.getFirst().isBlank()) {
      // An empty variable in a script is a mistake, not a script that succeeds.
      throw usage("The SQL is empty.", "Is a variable in \"$SQL\" not set?");
    }
    if (!operands.isEmpty() && !operands.getFirst().equals("-")) {
      return operands.getFirst();
    }
    if (file != null && !file.equals("-")) {
      return Files.read(Files.path(file));
    }
    boolean asked = file != null || !operands.isEmpty();
    String sql = !asked && surroundings.inIsTerminal() ? "" : Files.read(surroundings.in());
    if (!asked && sql.isBlank()) {
      throw usage(
          "There is no SQL to run.",
          "isobar exec \"SELECT 1\" runs an argument, -i FILE a file; isobar exec --help tells"
              + " more.");
    }
    return sql;
  }

  private static IsobarException usage(String message, String hint) {
    return new IsobarException(ErrorCode.INVALID_CONFIGURATION, message, hint);
  }

  /// Empty for a sandbox in this process, null for none.
  private @Nullable String sandboxUrl() {
    if (given.has(REPLAY)) {
      return null;
    }
    return given.has(SANDBOX) ? given.value(SANDBOX) : surroundings.variable("ISOBAR_SANDBOX");
  }
}
