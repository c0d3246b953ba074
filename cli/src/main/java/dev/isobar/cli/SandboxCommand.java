package dev.isobar.cli;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.ResourceHeader;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.cli.Command.Given;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.sandbox.RateLimit;
import dev.isobar.sandbox.Sandbox;
import dev.isobar.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// `isobar sandbox`: serves the emulation of a provider's API until it is interrupted.
final class SandboxCommand {
  private static final Option PORT =
      new Option("--port", null, "N", "the port on 127.0.0.1; default a free one");
  private static final Option ROWS =
      new Option(
          "--rows", null, "NAME=N,…", "how many entities a resource has at first: linodes=50000");
  private static final Option LATENCY =
      new Option("--latency", null, "TIME", "how long each answer takes at least, such as 50ms");
  private static final Option RATE_LIMIT =
      new Option("--rate-limit", null, "N/UNIT", "most requests of a user, such as 200/min");
  private static final Option FAULT_RATE =
      new Option(
          "--fault-rate", null, "SHARE", "answer this share of the requests with a fault: 0.1");
  private static final Option SEED =
      new Option("--seed", null, "N", "decides what is generated and which requests fail");

  static final Command COMMAND =
      new Command(
          "sandbox",
          "isobar sandbox [OPTIONS] PROVIDER",
          """
          Serves the API of a provider on this machine, made from its documents: with data,
          state, checks, pages and errors like the real one. Runs until it is interrupted, and
          forgets everything then. Text messages it "sends" appear on standard error.\
          """,
          List.of(
              PORT,
              ROWS,
              LATENCY,
              RATE_LIMIT,
              FAULT_RATE,
              SEED,
              RegistryOption.OPTION,
              Command.HELP),
          """
          isobar sandbox linode --port 8080
          isobar sandbox linode --rows linodes=50000 --latency 100ms --rate-limit 200/min
          """);

  private SandboxCommand() {}

  static int run(List<String> arguments, Surroundings surroundings, Messages messages) {
    Given given = COMMAND.read(arguments);
    if (given.has(Command.HELP)) {
      return Main.print(surroundings, COMMAND.help());
    }
    if (given.operands().size() != 1) {
      throw new IsobarException(
          ErrorCode.INVALID_CONFIGURATION,
          "The sandbox is of one provider, and "
              + (given.operands().isEmpty() ? "none is" : given.operands().size() + " are")
              + " given.",
          "Write isobar sandbox linode.");
    }
    SandboxOptions options = options(given, messages);
    Provider provider =
        RegistryOption.open(given, surroundings, messages)
            .catalog()
            .provider(given.operands().getFirst());
    checkNames(options.rows().keySet(), provider);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (Sandbox sandbox = Sandbox.start(provider, options);
        Interrupt.Registration _ = surroundings.interrupt().register(interrupted::countDown)) {
      Main.print(
          surroundings,
          """
          The sandbox of %s serves %s until Ctrl-C. In another terminal:
            export ISOBAR_SANDBOX=%s
          """
              .formatted(provider.name(), sandbox.base(), sandbox.base()));
      interrupted.await();
    } catch (InterruptedException _) {
      // Ends like Ctrl-C.
    }
    return Main.INTERRUPTED;
  }

  /// A misspelt name would be a row count that nobody gets.
  private static void checkNames(Set<String> names, Provider provider) {
    if (names.isEmpty()) {
      return;
    }
    Set<String> known = new LinkedHashSet<>();
    for (ServiceHeader service : provider.services()) {
      for (ResourceHeader resource : provider.service(service.name()).resources()) {
        known.add(resource.name());
        known.add(service.name() + "." + resource.name());
      }
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw Command.wrong(
            ROWS, "There is no resource `" + name + "` in `" + provider.name() + "`.");
      }
    }
  }

  private static SandboxOptions options(Given given, Messages messages) {
    SandboxOptions options =
        SandboxOptions.defaults()
            .withPort((int) OptionValues.number(given, PORT, 0, 65535, 0))
            .withFaultRate(OptionValues.share(given, FAULT_RATE))
            .withSeed(OptionValues.number(given, SEED, Long.MIN_VALUE, Long.MAX_VALUE, 1))
            .withLog(messages::line);
    Duration latency = OptionValues.duration(given, LATENCY);
    String rateLimit = given.value(RATE_LIMIT);
    String rows = given.value(ROWS);
    options = latency == null ? options : options.withLatency(latency);
    options = rateLimit == null ? options : options.withRateLimit(RateLimit.parse(rateLimit));
    return rows == null ? options : options.withRows(SandboxOptions.parseRows(rows));
  }
}
