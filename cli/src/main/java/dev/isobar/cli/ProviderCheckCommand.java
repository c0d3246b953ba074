package dev.isobar.cli;

import dev.isobar.catalog.document.Problem;
import dev.isobar.cli.Command.Given;
import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.model.Result;
import dev.isobar.model.RowStream;
import dev.isobar.model.SqlVerb;
import dev.isobar.registry.ProviderCheck;
import dev.isobar.registry.ProviderCheck.Report;
import dev.isobar.registry.ProviderCheck.Use;
import dev.isobar.render.Format;
import dev.isobar.render.RenderOptions;
import dev.isobar.render.Renderer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// `isobar provider check`: reads the documents of providers, and tells what is wrong with them.
final class ProviderCheckCommand {
  private static final Option OUTPUT =
      new Option("--output", "-o", "FORMAT", "table (default) or json");

  static final Command COMMAND =
      new Command(
          "provider check",
          "isobar provider check [OPTIONS] FOLDER",
          """
          Reads every document of the providers in a folder: of all of them, of one, or of one
          version. Tells each problem with its file and JSON pointer, then what there is. A
          problem loses its own part of a document and nothing else. Exit code 0: no problem;
          1: some; 2: wrong usage.\
          """,
          List.of(OUTPUT, Command.HELP),
          """
          isobar provider check my-registry
          isobar provider check -o json my-registry/acme/v00.00.00000
          """);

  private static final List<SqlVerb> VERBS =
      List.of(SqlVerb.SELECT, SqlVerb.INSERT, SqlVerb.UPDATE, SqlVerb.REPLACE, SqlVerb.DELETE);

  private ProviderCheckCommand() {}

  static int run(List<String> arguments, Surroundings surroundings, Messages messages) {
    Given given = COMMAND.read(arguments);
    if (given.has(Command.HELP)) {
      return Main.print(surroundings, COMMAND.help());
    }
    boolean json = isJson(given);
    if (json) {
      messages.errorsAsJson();
    }
    List<Report> reports = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    long start = System.nanoTime();
    for (Path version : ProviderCheck.versions(folder(given))) {
      try {
        Report report = ProviderCheck.check(version);
        reports.add(report);
        problems.addAll(report.problems());
      } catch (IsobarException e) {
        if (e.code() != ErrorCode.INVALID_DOCUMENT) {
          throw e;
        }
        problems.add(new Problem(version.resolve("provider.yaml").toString(), "", e.text()));
      }
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    Main.print(surroundings, json ? json(reports, problems) : text(reports, problems));
    messages.line(summary(reports, problems, millis));
    return problems.isEmpty() ? Main.DONE : Main.FAILED;
  }

  private static boolean isJson(Given given) {
    String format = given.value(OUTPUT);
    if (format == null || format.equals("table")) {
      return false;
    }
    if (!format.equals("json")) {
      throw Command.wrong(OUTPUT, "There is no format `" + format + "` here.");
    }
    return true;
  }

  private static Path folder(Given given) {
    if (given.operands().size() != 1) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          "One folder of documents is expected, and "
              + (given.operands().isEmpty() ? "none is" : given.operands().size() + " are")
              + " given.",
          "Write isobar provider check FOLDER.");
    }
    try {
      return Path.of(given.operands().getFirst());
    } catch (InvalidPathException e) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          "`" + given.operands().getFirst() + "` is no path.",
          "Write isobar provider check FOLDER.",
          null,
          e);
    }
  }

  private static String summary(List<Report> reports, List<Problem> problems, long millis) {
    long bytes = reports.stream().mapToLong(Report::bytes).sum();
    return String.format(
        Locale.ROOT,
        "%s, %s, %.1f MB in %.1f s.",
        count(reports.size(), "provider"),
        count(problems.size(), "problem"),
        bytes / 1e6,
        millis / 1e3);
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private static String text(List<Report> reports, List<Problem> problems) {
    StringBuilder text = new StringBuilder();
    problems.forEach(problem -> text.append(problem).append('\n'));
    if (!problems.isEmpty()) {
      text.append('\n');
    }
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("provider", ColumnType.VARCHAR));
    for (String name : List.of("services", "resources", "methods")) {
      columns.add(new Column(name, ColumnType.BIGINT));
    }
    for (SqlVerb verb : VERBS) {
      columns.add(new Column(verb.name().toLowerCase(Locale.ROOT), ColumnType.VARCHAR));
    }
    for (String name : List.of("exec_only", "views", "problems")) {
      columns.add(new Column(name, ColumnType.BIGINT));
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    reports.forEach(report -> rows.add(row(report)));
    try {
      Renderer.of(Format.TABLE, RenderOptions.DEFAULT)
          .render(Result.of(columns, RowStream.of(rows)), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// Under each verb the resources that have it and the methods behind it.
  private static @Nullable Object[] row(Report report) {
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(report.provider());
    cells.add((long) report.services());
    cells.add((long) report.resources());
    cells.add((long) report.methods());
    for (SqlVerb verb : VERBS) {
      Use use = use(report, verb);
      cells.add(use.resources() + "/" + use.methods());
    }
    cells.add((long) report.execOnly());
    cells.add((long) report.views());
    cells.add((long) report.problems().size());
    return cells.toArray();
  }

  private static Use use(Report report, SqlVerb verb) {
    return report.verbs().getOrDefault(verb, new Use(0, 0));
  }

  private static String json(List<Report> reports, List<Problem> problems) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (Problem problem : problems) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("file", problem.file());
      one.put("pointer", problem.pointer());
      one.put("message", problem.message());
      found.add(one);
    }
    List<Map<String, Object>> providers = new ArrayList<>();
    for (Report report : reports) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("provider", report.provider());
      one.put("folder", report.folder());
      one.put("services", (long) report.services());
      one.put("declared_services", (long) report.declared());
      one.put("resources", (long) report.resources());
      one.put("methods", (long) report.methods());
      for (SqlVerb verb : VERBS) {
        Use use = use(report, verb);
        one.put(
            verb.name().toLowerCase(Locale.ROOT),
            Map.of("resources", (long) use.resources(), "methods", (long) use.methods()));
      }
      one.put("exec_only", (long) report.execOnly());
      one.put("views", (long) report.views());
      one.put("bytes", report.bytes());
      providers.add(one);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("problems", found);
    all.put("providers", providers);
    return Json.write(all) + "\n";
  }
}
