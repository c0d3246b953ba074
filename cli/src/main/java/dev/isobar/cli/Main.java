package dev.isobar.cli;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The command `isobar`. Exit codes: 0 done, 1 a statement failed, 2 wrong usage, 3 rows are
/// missing and a warning was to do, 130 interrupted.
public final class Main {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;
  static final int INCOMPLETE = 3;
  static final int INTERRUPTED = 130;

  /// How long an interrupted command may take to put its things away.
  private static final int SECONDS_TO_END = 3;

  private static final List<String> COMMANDS =
      List.of("exec", "sandbox", "registry", "provider", "docs", "help");

  private Main() {}

  public static void main(String[] arguments) {
    Interrupt interrupt = new Interrupt();
    CountDownLatch ended = new CountDownLatch(1);
    Thread atExit =
        new Thread(() -> {
          if (ended.getCount() > 0) {
            interrupt.fire();
            try {
              ended.await(SECONDS_TO_END, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
              // The process ends in any case.
            }
          }
        });
    Runtime.getRuntime().addShutdownHook(atExit);
    int code = run(List.of(arguments), Terminal.surroundings(interrupt));
    ended.countDown();
    System.exit(code);
  }

  /// Runs a command.
  ///
  /// @return the exit code; never throws
  static int run(List<String> arguments, Surroundings surroundings) {
    Messages messages = new Messages(surroundings);
    try {
      return command(arguments, surroundings, messages);
    } catch (IsobarException e) {
      // Whoever knows the script has told the errors of statements already.
      messages.error(e, "");
      return e.code() == ErrorCode.INVALID_CONFIGURATION ? WRONG_USAGE : FAILED;
    } catch (RuntimeException | Error e) {
      messages.error(internal(e), "");
      return FAILED;
    }
  }

  private static int command(List<String> arguments, Surroundings surroundings, Messages messages) {
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    return switch (first) {
      case "exec" -> ExecCommand.run(rest, surroundings, messages);
      case "sandbox" -> SandboxCommand.run(rest, surroundings, messages);
      case "registry" -> RegistryCommand.run(rest, surroundings, messages);
      case "provider" -> ProviderCommand.run(rest, surroundings, messages);
      case "docs" -> DocsCommand.run(rest, surroundings, messages);
      case "--version", "-V", "version" -> print(surroundings, Usage.version());
      case "", "--help", "-h" -> print(surroundings, Usage.overview());
      case "help" -> print(surroundings, Usage.of(rest.isEmpty() ? "" : rest.getFirst()));
      default ->
          throw new IsobarException(
              ErrorCode.INVALID_CONFIGURATION,
              first.startsWith("-")
                  ? "There is no option `" + first + "` before a command."
                  : "There is no command `" + first + "`.",
              looksLikeSql(first)
                  ? "SQL follows the command exec: isobar exec \"SELECT …\"."
                  : Names.didYouMean(first, COMMANDS) + Usage.COMMANDS);
    };
  }

  private static boolean looksLikeSql(String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "SELECT", "SHOW", "DESCRIBE", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH" -> true;
      case "REGISTRY" -> true;
      default -> text.contains(" ");
    };
  }

  /// Writes a text that a command was asked for.
  static int print(Surroundings surroundings, String text) {
    try {
      surroundings.out().write(text.getBytes(StandardCharsets.UTF_8));
      surroundings.out().flush();
    } catch (IOException _) {
      // The reader has gone.
    }
    return DONE;
  }

  /// What a person is told about a defect: the kind and the place, but not the exception's own
  /// message, which may hold anything, also a credential.
  static IsobarException internal(Throwable e) {
    String what =
        e instanceof OutOfMemoryError
            ? "Isobar ran out of memory."
            : "Isobar failed where it should not: "
                + e.getClass().getSimpleName()
                + place(e.getStackTrace())
                + ".";
    return new IsobarException(
        ErrorCode.INTERNAL_ERROR,
        what,
        e instanceof OutOfMemoryError
            ? "ISOBAR_JAVA_OPTS=-Xmx4g gives it more."
            : "Please report it with the statement; ISOBAR_DEBUG=1 shows where it happened.",
        null,
        e);
  }

  private static String place(StackTraceElement[] trace) {
    for (StackTraceElement frame : trace) {
      String type = frame.getClassName();
      if (type.startsWith("dev.isobar.")) {
        String name = type.substring(type.lastIndexOf('.') + 1);
        return " in " + name + "." + frame.getMethodName() + ", line " + frame.getLineNumber();
      }
    }
    return "";
  }
}
