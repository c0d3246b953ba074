package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.template.Template;
import dev.isobar.catalog.template.TemplateFailure;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the arguments of a local program from values for its method's inputs.
///
/// No shell reads them: a value is one argument, or a part of one, whatever it holds. Where it
/// stands at the beginning of an argument it must not look like an option either, because values
/// may come from the rows of an API.
///
/// Source: `provider-format.md`, section 8.1.
final class ProgramRun {
  private static final long LONGEST_ARGUMENT = 100_000;
  private static final Pattern PARAMETER = Pattern.compile("\\.parameters\\.([A-Za-z0-9_]+)");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./{}-]+");
  private static final Pattern NUMBER = Pattern.compile("-\\d+(\\.\\d+)?");

  private final Method method;

  ProgramRun(Method method) {
    this.method = method;
  }

  /// @param given by the inputs' SQL names; a null is left out
  Request request(Map<String, @Nullable Object> given) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (Input input : method.inputs()) {
      Object value = given.get(input.name());
      if (value != null) {
        values.put(input.wireName(), Values.plainText(Values.convert(value, input)));
      } else if (input.required()) {
        throw new IsobarException(
            ErrorCode.MISSING_REQUIRED_PARAMETER,
            "`" + method.name() + "` needs `" + input.name() + "`.",
            "Give it a value that is not NULL.");
      }
    }
    given.keySet().forEach(this::check);
    List<String> program = new ArrayList<>();
    for (String template : method.wire().program()) {
      String argument = template.contains("{{") ? argument(template, values) : template;
      if (argument != null) {
        program.add(argument);
      }
    }
    return new Request(
        method.operation().httpVerb(), shown(program), List.of(), List.of(), null, program);
  }

  private void check(String name) {
    if (method.inputs().stream().noneMatch(input -> input.isCalled(name))) {
      throw new IsobarException(
          ErrorCode.UNKNOWN_COLUMN,
          "`" + method.name() + "` takes no `" + name + "`.",
          method.inputs().isEmpty()
              ? "It takes nothing."
              : "It takes "
                  + method.inputs().stream().map(Input::name).collect(Collectors.joining(", "))
                  + ".");
    }
  }

  /// The argument, or null when it is made of nothing but values that were not given.
  private @Nullable String argument(String template, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> parameters = new HashMap<>(values);
    boolean absent = false;
    Matcher names = PARAMETER.matcher(template);
    while (names.find()) {
      absent |= parameters.putIfAbsent(names.group(1), "") == null;
    }
    String argument;
    try {
      argument =
          Template.parse(template).evaluate(Map.of("parameters", parameters), LONGEST_ARGUMENT);
    } catch (TemplateFailure e) {
      throw new IsobarException(
          ErrorCode.INVALID_DOCUMENT,
          "An argument of `" + method.name() + "` cannot be made: " + e.getMessage() + ".",
          "Correct `inline` in the service document.");
    }
    if (argument.isEmpty() && absent) {
      return null;
    }
    boolean option =
        template.stripLeading().startsWith("{{")
            && argument.startsWith("-")
            && !NUMBER.matcher(argument).matches();
    if (option || argument.indexOf('\0') >= 0) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "`" + method.name() + "` cannot be given `" + argument.replace("\0", "\\0") + "`.",
          option
              ? "The program would take it for an option: a value must not begin with a dash."
              : "A program's argument cannot hold a NUL character.");
    }
    return argument;
  }

  /// The program and its arguments as people write them in a shell.
  static String shown(List<String> program) {
    return program.stream()
        .map(each -> PLAIN.matcher(each).matches() ? each : "'" + each.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
