package dev.isobar.cli;

import dev.isobar.cli.Command.Given;
import dev.isobar.registry.Registry;
import dev.isobar.registry.RegistryOptions;

/// `--registry`: where provider documents come from.
final class RegistryOption {
  static final Option OPTION =
      new Option(
          "--registry",
          null,
          "LOCATION",
          "a folder of provider documents, the URL of a registry, or its\n"
              + "settings as JSON; default: the public one; also ISOBAR_REGISTRY");

  private RegistryOption() {}

  /// @throws dev.isobar.model.IsobarException `INVALID_CONFIGURATION`
  static Registry open(Given given, Surroundings surroundings, Messages messages) {
    String location =
        given.has(OPTION) ? given.value(OPTION) : surroundings.variable("ISOBAR_REGISTRY");
    return new Registry(
        new RegistryOptions(
            location, ApplicationFolder.path(surroundings), surroundings.environment()),
        problem -> messages.warning(problem.toString()));
  }
}
