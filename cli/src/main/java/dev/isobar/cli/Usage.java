package dev.isobar.cli;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The texts about the command as a whole.
final class Usage {
  static final String COMMANDS =
      "The commands are exec, sandbox, registry, provider, docs and help.";

  private Usage() {}

  /// What `isobar` alone says.
  static String overview() {
    return """
    Isobar: SQL over cloud APIs.

    Usage: isobar COMMAND [OPTIONS]

    Commands:
      exec      run SQL statements and print their results
      sandbox   serve an emulation of a provider's API on this machine
      registry  list, pull and remove providers
      provider  make the documents of a provider from OpenAPI, and check them
      docs      write the documentation of a provider
      help      tell more about a command: isobar help exec

    Try it; none of these needs an account or a network:
      isobar exec --sandbox "SHOW RESOURCES IN linode.instances"
      isobar exec --sandbox "SELECT id, label, region FROM linode.instances.linodes LIMIT 5"
      isobar exec --sandbox -o csv "SELECT id, vcpus, memory FROM linode.instances.types"

    Without --sandbox the same statements go to the real API.
    """;
  }

  /// The help of a command, or the overview for an empty name.
  ///
  /// @throws IsobarException `INVALID_CONFIGURATION`
  static String of(String command) {
    return switch (command) {
      case "" -> overview();
      case "exec" -> ExecCommand.COMMAND.help();
      case "sandbox" -> SandboxCommand.COMMAND.help();
      case "registry" -> RegistryCommand.COMMAND.help();
      case "provider" -> ProviderCommand.help();
      case "docs" -> DocsCommand.COMMAND.help();
      case "help" -> overview();
      default ->
          throw new IsobarException(
              ErrorCode.INVALID_CONFIGURATION,
              "There is no command `" + command + "`.",
              Names.didYouMean(command, List.of("exec", "sandbox", "registry", "provider", "docs"))
                  + COMMANDS);
    };
  }

  static String version() {
    try (InputStream in = Usage.class.getResourceAsStream("version")) {
      if (in == null) {
        throw new IllegalStateException("the jar holds no version");
      }
      return "isobar "
          + new String(in.readAllBytes(), StandardCharsets.UTF_8).strip()
          + " (Java "
          + Runtime.version()
          + ")\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
