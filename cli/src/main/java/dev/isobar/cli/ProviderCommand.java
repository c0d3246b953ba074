package dev.isobar.cli;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.util.List;

/// `isobar provider`: the tools of those who write provider documents, each a command of its own.
final class ProviderCommand {
  private static final List<String> ACTIONS = List.of("new", "check");

  private ProviderCommand() {}

  static int run(List<String> arguments, Surroundings surroundings, Messages messages) {
    String action = arguments.isEmpty() ? "" : arguments.getFirst();
    List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    return switch (action) {
      case "new" -> ProviderNewCommand.run(rest, surroundings, messages);
      case "check" -> ProviderCheckCommand.run(rest, surroundings, messages);
      case "--help", "-h" -> Main.print(surroundings, help());
      default ->
          throw new IsobarException(
              ErrorCode.INVALID_CONFIGURATION,
              action.isEmpty()
                  ? "The command provider does nothing by itself."
                  : "There is no command `provider " + action + "`.",
              Names.didYouMean(action, ACTIONS)
                  + "isobar provider new FILE makes a provider, and isobar provider check FOLDER"
                  + " checks it.");
    };
  }

  static String help() {
    return ProviderNewCommand.COMMAND.help() + "\n" + ProviderCheckCommand.COMMAND.help();
  }
}
