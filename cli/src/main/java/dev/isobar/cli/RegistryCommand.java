package dev.isobar.cli;

import dev.isobar.cli.Command.Given;
import dev.isobar.model.Cancellation;
import dev.isobar.model.Column;
import dev.isobar.model.ColumnType;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import dev.isobar.model.Result;
import dev.isobar.model.RowStream;
import dev.isobar.registry.Installed;
import dev.isobar.registry.ProviderVersions;
import dev.isobar.registry.Pulled;
import dev.isobar.registry.Registry;
import dev.isobar.render.Format;
import dev.isobar.render.RenderOptions;
import dev.isobar.render.Renderer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `isobar registry`: lists, pulls and removes providers.
final class RegistryCommand {
  private static final Option OUTPUT =
      new Option("--output", "-o", "FORMAT", "table (default), json, jsonl, csv, text or markdown");

  private static final List<String> ACTIONS = List.of("list", "pull", "remove", "installed");

  static final Command COMMAND =
      new Command(
          "registry",
          "isobar registry [OPTIONS] list [PROVIDER] | pull PROVIDER [VERSION]\n"
              + "                       | remove PROVIDER [VERSION] | installed",
          """
          list shows what a registry has, or all versions of one provider. pull downloads one (the
          newest without a version), checks its signatures, and makes it the one that its name
          means; other versions stay, as "provider:version". remove takes one away, or all of a
          provider. installed shows what is on this machine. Exit code 0: done; 1: failed; 2: wrong
          usage.\
          """,
          List.of(RegistryOption.OPTION, OUTPUT, Command.HELP),
          """
          isobar registry list
          isobar registry pull github
          isobar registry installed -o json
          """);

  private final Registry registry;
  private final Format format;
  private final Surroundings surroundings;
  private final Messages messages;
  private final Cancellation cancellation = new Cancellation();

  private RegistryCommand(
      Registry registry, Format format, Surroundings surroundings, Messages messages) {
    this.registry = registry;
    this.format = format;
    this.surroundings = surroundings;
    this.messages = messages;
  }

  static int run(List<String> arguments, Surroundings surroundings, Messages messages) {
    Given given = COMMAND.read(arguments);
    if (given.has(Command.HELP)) {
      return Main.print(surroundings, COMMAND.help());
    }
    Format format = OptionValues.format(given, OUTPUT);
    if (format == Format.JSON || format == Format.JSONL) {
      messages.errorsAsJson();
    }
    checkOperands(given.operands());
    RegistryCommand command =
        new RegistryCommand(
            RegistryOption.open(given, surroundings, messages), format, surroundings, messages);
    return command.run(given.operands());
  }

  private static void checkOperands(List<String> operands) {
    String action = operands.isEmpty() ? "" : operands.getFirst();
    int least = action.equals("pull") || action.equals("remove") ? 2 : 1;
    int most =
        switch (action) {
          case "list" -> 2;
          case "pull", "remove" -> 3;
          case "installed" -> 1;
          default ->
              throw usage(
                  operands.isEmpty()
                      ? "The command registry does nothing by itself."
                      : "There is no command `registry " + action + "`.",
                  Names.didYouMean(action, ACTIONS)
                      + "It can list, pull, remove, and show what is"
                      + " installed.");
        };
    if (operands.size() < least) {
      throw usage("The provider is missing.", "Write isobar registry " + action + " github.");
    }
    if (operands.size() > most) {
      throw usage(
          "`" + operands.get(most) + "` is more than `registry " + action + "` takes.",
          "isobar registry --help shows the forms.");
    }
  }

  private static IsobarException usage(String message, String hint) {
    return new IsobarException(ErrorCode.INVALID_CONFIGURATION, message, hint);
  }

  private int run(List<String> operands) {
    String provider = operands.size() > 1 ? operands.get(1) : null;
    String version = operands.size() > 2 ? operands.get(2) : null;
    try (Interrupt.Registration _ =
        surroundings
            .interrupt()
            .register(() ->
                cancellation.cancel(
                    new IsobarException(
                        ErrorCode.CANCELLED,
                        "The download was cancelled.",
                        "The next pull goes on where this one stopped.")))) {
      switch (operands.getFirst()) {
        case "pull" -> pull(required(provider), version);
        case "remove" -> remove(required(provider), version);
        case "installed" -> installed();
        default -> list(provider);
      }
    }
    return Main.DONE;
  }

  private static String required(@Nullable String provider) {
    if (provider == null) {
      throw new IllegalStateException("checked before");
    }
    return provider;
  }

  private void list(@Nullable String provider) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    if (provider != null) {
      List<String> versions = registry.versions(provider, cancellation).versions();
      rows.add(new @Nullable Object[] {provider, String.join(", ", versions)});
    } else {
      for (ProviderVersions each : registry.list(cancellation)) {
        rows.add(new @Nullable Object[] {each.provider(), each.newest()});
      }
    }
    print(
        List.of(
            new Column("provider", ColumnType.VARCHAR),
            new Column(provider == null ? "version" : "versions", ColumnType.VARCHAR)),
        rows);
  }

  private void pull(String provider, @Nullable String version) {
    Pulled pulled = registry.pull(provider, version, cancellation);
    pulled.warnings().forEach(messages::warning);
    messages.line(pulled.message());
  }

  private void remove(String provider, @Nullable String version) {
    for (String removed : registry.remove(provider, version)) {
      messages.line(provider + " provider, version '" + removed + "' removed");
    }
  }

  private void installed() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Installed each : registry.installed()) {
      rows.add(
          new @Nullable Object[] {
            each.provider(),
            each.version(),
            each.current(),
            each.place().isEmpty() ? "ships with Isobar" : each.place()
          });
    }
    print(
        List.of(
            new Column("provider", ColumnType.VARCHAR),
            new Column("version", ColumnType.VARCHAR),
            new Column("current", ColumnType.BOOLEAN),
            new Column("place", ColumnType.VARCHAR)),
        rows);
  }

  private void print(List<Column> columns, List<@Nullable Object[]> rows) {
    StringBuilder text = new StringBuilder();
    RenderOptions options = new RenderOptions(false, ',', surroundings.columns());
    try {
      var _ = Renderer.of(format, options).render(Result.of(columns, RowStream.of(rows)), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var _ = Main.print(surroundings, text.toString());
  }
}
