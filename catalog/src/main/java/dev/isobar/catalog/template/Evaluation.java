package dev.isobar.catalog.template;

import dev.isobar.catalog.template.Node.Command;
import dev.isobar.catalog.template.Node.Pipeline;
import dev.isobar.model.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run of a template over one value.
///
/// Variables live in slots that the parser gave out. What a template may use up is bounded: rounds
/// of its ranges, and characters of its output.
final class Evaluation {
  private static final long MOST_ROUNDS = 20_000_000;

  private enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  private final @Nullable Object[] variables;
  private final StringBuilder out = new StringBuilder();
  private final long longest;
  private long rounds;

  /// @param longest characters that the output may have
  Evaluation(int slots, @Nullable Object value, long longest) {
    this.variables = new Object[slots];
    // Go: no value at all, and not a null inside of one.
    this.variables[0] = value == null ? Nothing.NOTHING : value;
    this.longest = longest;
  }

  String run(List<Node> nodes) {
    walk(nodes, variables[0]);
    return out.toString();
  }

  private Flow walk(List<Node> nodes, @Nullable Object dot) {
    for (Node node : nodes) {
      Flow flow =
          switch (node) {
            case Node.Text text -> {
              append(0, text.text());
              yield Flow.NEXT;
            }
            case Node.Action action -> {
              Object value = value(action.pipeline(), dot);
              if (action.pipeline().variables().isEmpty()) {
                print(action.pipeline().at(), value);
              }
              yield Flow.NEXT;
            }
            case Node.Condition condition -> {
              Object value = value(condition.pipeline(), dot);
              if (Values.truth(value)) {
                yield walk(condition.then(), condition.setsDot() ? value : dot);
              }
              yield walk(condition.otherwise(), dot);
            }
            case Node.Range range -> range(range, dot);
            case Node.Break _ -> Flow.BREAK;
            case Node.Continue _ -> Flow.CONTINUE;
          };
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  private void print(int at, @Nullable Object value) {
    try {
      append(at, GoText.print(value));
    } catch (Fault e) {
      throw placed(e, at);
    }
  }

  private void append(int at, String text) {
    if (out.length() + (long) text.length() > longest) {
      throw new Fault(at, "the output grows longer than " + longest + " characters");
    }
    out.append(text);
  }

  private static Fault placed(Fault e, int at) {
    return e.at < 0 ? new Fault(at, e.what) : e;
  }

  private Flow range(Node.Range range, @Nullable Object dot) {
    Object over = value(range.pipeline(), dot);
    switch (over) {
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          if (round(range, new Int(i), list.get(i)) == Flow.BREAK) {
            return Flow.NEXT;
          }
        }
        if (!list.isEmpty()) {
          return Flow.NEXT;
        }
      }
      case Map<?, ?> map -> {
        for (var entry : Values.sorted(map).entrySet()) {
          if (round(range, entry.getKey(), entry.getValue()) == Flow.BREAK) {
            return Flow.NEXT;
          }
        }
        if (!map.isEmpty()) {
          return Flow.NEXT;
        }
      }
      case Int count -> {
        if (range.pipeline().variables().size() > 1) {
          throw new Fault(range.at(), "a range over an integer sets one variable");
        }
        for (long i = 0; i < count.value(); i++) {
          if (round(range, Nothing.NOTHING, new Int(i)) == Flow.BREAK) {
            return Flow.NEXT;
          }
        }
        if (count.value() > 0) {
          return Flow.NEXT;
        }
      }
      case null, default -> {
        if (!Values.isNil(over)) {
          throw new Fault(range.pipeline().at(), "a range cannot go over " + Values.describe(over));
        }
      }
    }
    return walk(range.otherwise(), dot);
  }

  private Flow round(Node.Range range, Object index, @Nullable Object element) {
    if (++rounds > MOST_ROUNDS) {
      throw new Fault(range.at(), "the ranges take more than " + MOST_ROUNDS + " rounds");
    }
    List<Integer> slots = range.pipeline().variables();
    if (!slots.isEmpty()) {
      variables[slots.getLast()] = element;
    }
    if (slots.size() > 1) {
      variables[slots.getFirst()] = index;
    }
    return walk(range.body(), element);
  }

  /// The value of a pipeline; a null becomes [Nothing], as in Go.
  private @Nullable Object value(Pipeline pipeline, @Nullable Object dot) {
    Object value = null;
    boolean first = true;
    for (Command command : pipeline.commands()) {
      value = value(command, dot, !first, value);
      if (value == null) {
        value = Nothing.NOTHING;
      }
      first = false;
    }
    for (int slot : pipeline.variables()) {
      variables[slot] = value;
    }
    return value;
  }

  /// @param piped whether `last` is one more argument
  private @Nullable Object value(
      Command command, @Nullable Object dot, boolean piped, @Nullable Object last) {
    Expression first = command.first();
    List<Expression> operands = command.operands();
    if (first instanceof Expression.Call call) {
      return call(call, operands.subList(1, operands.size()), dot, piped, last);
    }
    if (operands.size() > 1 || piped) {
      throw new Fault(first.at(), "arguments follow what is no function");
    }
    if (first instanceof Expression.Nil) {
      throw new Fault(first.at(), "`nil` alone is no value");
    }
    return value(first, dot);
  }

  private @Nullable Object value(Expression expression, @Nullable Object dot) {
    return switch (expression) {
      case Expression.Dot _ -> dot;
      case Expression.Nil _ -> null;
      case Expression.Constant constant -> constant.value();
      case Expression.Field field -> properties(field.at(), dot, field.names());
      case Expression.Variable variable ->
          properties(variable.at(), variables[variable.slot()], variable.names());
      case Expression.Chain chain ->
          properties(chain.at(), value(chain.inner(), dot), chain.names());
      case Expression.Group group -> value(group.pipeline(), dot);
      case Expression.Call call -> call(call, List.of(), dot, false, null);
    };
  }

  private static @Nullable Object properties(int at, @Nullable Object value, List<String> names) {
    Object here = value;
    for (String name : names) {
      if (here instanceof Nothing) {
        return here;
      }
      if (!(here instanceof Map<?, ?> map)) {
        throw new Fault(at, Values.describe(here) + " has no property `" + name + "`");
      }
      Object property = map.get(name);
      here = property == null && !map.containsKey(name) ? Nothing.NOTHING : property;
    }
    return here;
  }

  private @Nullable Object argument(Expression expression, @Nullable Object dot) {
    Object value = value(expression, dot);
    return value instanceof Nothing ? null : value;
  }

  private @Nullable Object call(
      Expression.Call call,
      List<Expression> operands,
      @Nullable Object dot,
      boolean piped,
      @Nullable Object last) {
    Function function = call.function();
    int count = operands.size() + (piped ? 1 : 0);
    if (count < function.fixed || (count > function.fixed && !function.variadic)) {
      throw new Fault(
          call.at(),
          "`"
              + function.written
              + "` takes "
              + (function.variadic ? "at least " : "")
              + function.fixed
              + (function.fixed == 1 ? " argument" : " arguments")
              + ", not "
              + count);
    }
    Object given = last instanceof Nothing ? null : last;
    if (function == Function.AND || function == Function.OR) {
      Object value = null;
      for (Expression operand : operands) {
        value = argument(operand, dot);
        if (Values.truth(value) == (function == Function.OR)) {
          return value;
        }
      }
      return piped ? given : value;
    }
    @Nullable Object[] arguments = new Object[count];
    for (int i = 0; i < operands.size(); i++) {
      arguments[i] = argument(operands.get(i), dot);
    }
    if (piped) {
      arguments[count - 1] = given;
    }
    try {
      return apply(function, Arrays.asList(arguments));
    } catch (Fault e) {
      throw e.at < 0 ? new Fault(call.at(), "`" + function.written + "`: " + e.what) : e;
    }
  }

  private static @Nullable Object apply(Function function, List<@Nullable Object> arguments) {
    Object first = arguments.isEmpty() ? null : arguments.getFirst();
    List<@Nullable Object> others =
        arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    return switch (function) {
      case AND, OR -> throw new IllegalStateException("these do not evaluate all arguments");
      case CALL -> {
        if (!(first instanceof Separator separator)) {
          throw Fault.of(
              "only what `separator` gives can be called, not " + Values.describe(first));
        }
        if (!others.isEmpty()) {
          throw Fault.of("a separator takes no arguments");
        }
        yield separator.call();
      }
      case EQ -> {
        if (others.isEmpty()) {
          throw Fault.of("there is nothing to compare with");
        }
        boolean equal = false;
        for (Object other : others) {
          equal = equal || Values.equal(first, other);
        }
        yield equal;
      }
      case NE -> !Values.equal(first, arguments.get(1));
      case LT -> Values.less(first, arguments.get(1));
      case LE -> Values.less(first, arguments.get(1)) || Values.equal(first, arguments.get(1));
      case GT -> !Values.less(first, arguments.get(1)) && !Values.equal(first, arguments.get(1));
      case GE -> !Values.less(first, arguments.get(1));
      case NOT -> !Values.truth(first);
      case LEN -> new Int(Values.length(first));
      case INDEX -> {
        Object item = first;
        if (item == null) {
          throw Fault.of("null cannot be indexed");
        }
        for (Object index : others) {
          item = Values.index(item, index);
        }
        yield item;
      }
      case SAFE_INDEX -> {
        Object item = first;
        for (Object index : others) {
          item = safeIndex(item, index);
        }
        yield item;
      }
      case SLICE -> Values.slice(first, others);
      case PRINT -> GoText.printAll(arguments);
      case PRINTLN -> GoText.printLine(arguments);
      case PRINTF -> GoText.format(text(first), others);
      case HTML -> GoText.html(escapable(arguments));
      case URLQUERY -> URLEncoder.encode(escapable(arguments), StandardCharsets.UTF_8);
      case KIND_OF -> Values.kind(first);
      case TO_JSON -> GoJson.write(first);
      case SEPARATOR -> new Separator(text(first));
      case JSON_MAP_FROM_STRING -> object(text(first));
      case GET_REGEXP_FIRST_MATCH -> Regexps.groups(text(first), text(arguments.get(1))).getFirst();
      case GET_REGEXP_ALL_MATCHES -> Regexps.groups(text(first), text(arguments.get(1)));
      case GET_XPATH -> XPaths.firstInner(text(first), text(arguments.get(1)));
      case GET_XPATH_ALL_OUTER -> XPaths.allOuter(text(first), text(arguments.get(1)));
      case TO_BOOL -> Conversions.toBool(first);
      case TO_INT -> Conversions.toInt(first);
      case PLUS1 -> Conversions.plus1(first);
    };
  }

  private static @Nullable Object safeIndex(@Nullable Object item, @Nullable Object index) {
    try {
      return item == null ? null : Values.index(item, index);
    } catch (Fault e) {
      return null;
    }
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw Fault.of("a text is needed, and this is " + Values.describe(value));
  }

  private static String escapable(List<@Nullable Object> arguments) {
    List<@Nullable Object> shown = new ArrayList<>();
    for (Object argument : arguments) {
      shown.add(argument == null ? Nothing.NOTHING : argument);
    }
    return shown.size() == 1 && shown.getFirst() instanceof String text
        ? text
        : GoText.printAll(shown);
  }

  private static Object object(String text) {
    Object value;
    try {
      value = Json.parse(text);
    } catch (IllegalArgumentException e) {
      // The parser's words may quote the value.
      throw Fault.of("the text is not JSON");
    }
    if (value != null && !(value instanceof Map)) {
      throw Fault.of("the text is " + Values.describe(value) + " in JSON, and no object");
    }
    return value == null ? Map.of() : value;
  }
}
