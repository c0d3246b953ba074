package dev.isobar.catalog.template;

import dev.isobar.catalog.template.Node.Command;
import dev.isobar.catalog.template.Node.Pipeline;
import dev.isobar.catalog.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads tokens as nodes. One instance for each template.
///
/// A variable becomes a slot: scopes are lexical, so its place among the variables in reach is
/// known here. Sister scopes share slots.
final class Parser {
  /// As many control structures and parentheses may stand inside each other.
  private static final int DEEPEST = 500;

  private final List<Token> tokens;
  private int next;
  private final List<String> variables = new ArrayList<>(List.of("$"));
  private int mostVariables = 1;
  private int depth;
  private int ranges;

  Parser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /// The whole template.
  List<Node> parse() {
    List<Node> nodes = body();
    Token token = peek();
    if (!token.is(Kind.END)) {
      throw new Fault(
          tokens.get(next + 1).at(), "`" + word().text() + "` closes nothing that is open");
    }
    return nodes;
  }

  /// How many slots an evaluation needs.
  int slots() {
    return mostVariables;
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    return tokens.get(next++);
  }

  private void skipSpace() {
    while (peek().is(Kind.SPACE)) {
      next++;
    }
  }

  /// The first word inside the braces that come next.
  private Token word() {
    int i = next + 1;
    while (tokens.get(i).is(Kind.SPACE)) {
      i++;
    }
    return tokens.get(i);
  }

  /// Nodes up to the end of the text, or to an action with `end` or `else`, which is left there.
  private List<Node> body() {
    List<Node> nodes = new ArrayList<>();
    while (true) {
      Token token = peek();
      if (token.is(Kind.END)) {
        return nodes;
      }
      if (token.is(Kind.TEXT)) {
        nodes.add(new Node.Text(take().text()));
        continue;
      }
      Token word = word();
      if (word.isKeyword("end") || word.isKeyword("else")) {
        return nodes;
      }
      take();
      skipSpace();
      nodes.add(action());
    }
  }

  private Node action() {
    Token word = peek();
    if (!word.is(Kind.KEYWORD)) {
      return new Node.Action(pipeline("action", Kind.RIGHT_DELIMITER));
    }
    take();
    return switch (word.text()) {
      case "if" -> condition(word, false);
      case "with" -> condition(word, true);
      case "range" -> range(word);
      case "break", "continue" -> {
        expectClose(word.text());
        if (ranges == 0) {
          throw new Fault(word.at(), "`" + word.text() + "` stands outside of any range");
        }
        yield word.text().equals("break") ? new Node.Break() : new Node.Continue();
      }
      default ->
          throw new Fault(
              word.at(),
              "`"
                  + word.text()
                  + "` is not supported: a transform is one template, without named"
                  + " parts");
    };
  }

  private void expectClose(String after) {
    skipSpace();
    Token token = take();
    if (!token.is(Kind.RIGHT_DELIMITER)) {
      throw new Fault(token.at(), "unexpected `" + token.text() + "` after `" + after + "`");
    }
  }

  private void deeper(int at) {
    if (++depth > DEEPEST) {
      throw new Fault(at, "more than " + DEEPEST + " levels stand inside each other");
    }
  }

  private Node condition(Token keyword, boolean setsDot) {
    deeper(keyword.at());
    int outer = variables.size();
    Pipeline pipeline = pipeline(keyword.text(), Kind.RIGHT_DELIMITER);
    int inner = variables.size();
    List<Node> then = body();
    forget(inner);
    List<Node> otherwise = List.of();
    if (expectElseOrEnd(keyword)) {
      skipSpace();
      Token word = peek();
      if (word.isKeyword(keyword.text())) {
        // `else if`: its own `end` is that of the whole.
        take();
        otherwise = List.of(condition(word, setsDot));
        forget(outer);
        depth--;
        return new Node.Condition(pipeline, setsDot, then, otherwise);
      }
      expectClose("else");
      otherwise = body();
      expectEnd(keyword);
    }
    forget(outer);
    depth--;
    return new Node.Condition(pipeline, setsDot, then, otherwise);
  }

  private Node range(Token keyword) {
    deeper(keyword.at());
    int outer = variables.size();
    Pipeline pipeline = pipeline("range", Kind.RIGHT_DELIMITER);
    int inner = variables.size();
    ranges++;
    List<Node> body = body();
    ranges--;
    forget(inner);
    List<Node> otherwise = List.of();
    if (expectElseOrEnd(keyword)) {
      expectClose("else");
      otherwise = body();
      expectEnd(keyword);
    }
    forget(outer);
    depth--;
    return new Node.Range(keyword.at(), pipeline, body, otherwise);
  }

  /// Ends the scopes of the variables from this place on.
  private void forget(int from) {
    variables.subList(from, variables.size()).clear();
  }

  /// Takes `{{end}}` whole, or the beginning of `{{else…}}`; true for the latter.
  private boolean expectElseOrEnd(Token opened) {
    Token open = take();
    if (open.is(Kind.END)) {
      throw new Fault(opened.at(), "`" + opened.text() + "` has no `end`");
    }
    skipSpace();
    if (take().text().equals("else")) {
      return true;
    }
    expectClose("end");
    return false;
  }

  private void expectEnd(Token opened) {
    int at = peek().at();
    if (expectElseOrEnd(opened)) {
      throw new Fault(at, "`" + opened.text() + "` has a second `else`");
    }
  }

  /// @param context the keyword before it
  private Pipeline pipeline(String context, Kind end) {
    skipSpace();
    int at = peek().at();
    List<Token> targets = targets(context);
    boolean declares = !targets.isEmpty() && tokens.get(next - 1).is(Kind.DECLARE);
    List<Command> commands = new ArrayList<>();
    while (true) {
      skipSpace();
      Token token = peek();
      if (token.is(end) && !follows(Kind.PIPE)) {
        take();
        break;
      }
      Command command = command(context);
      boolean executable =
          switch (command.first()) {
            case Expression.Dot _, Expression.Nil _, Expression.Constant _ -> false;
            case Expression.Field _, Expression.Variable _, Expression.Chain _ -> true;
            case Expression.Group _, Expression.Call _ -> true;
          };
      if (!commands.isEmpty() && !executable) {
        throw new Fault(command.first().at(), "what follows a `|` has to be a function");
      }
      commands.add(command);
    }
    if (commands.isEmpty()) {
      throw new Fault(at, "a value is missing in `" + context + "`");
    }
    List<Integer> slots = new ArrayList<>();
    for (Token target : targets) {
      slots.add(declares ? declare(target) : slot(target));
    }
    return new Pipeline(at, List.copyOf(slots), List.copyOf(commands));
  }

  /// Whether the last token that is no space was of that kind.
  private boolean follows(Kind kind) {
    int i = next - 1;
    while (i > 0 && tokens.get(i).is(Kind.SPACE)) {
      i--;
    }
    return tokens.get(i).is(kind);
  }

  /// Takes `$x :=`, `$x =` and, in a range, `$i, $x :=`; nothing when the pipeline has no such
  /// beginning.
  private List<Token> targets(String context) {
    int start = next;
    List<Token> targets = new ArrayList<>();
    while (peek().is(Kind.VARIABLE)) {
      Token variable = take();
      skipSpace();
      Token after = peek();
      if (after.is(Kind.ASSIGN) || after.is(Kind.DECLARE)) {
        take();
        targets.add(variable);
        return targets;
      }
      if (!after.is(Kind.COMMA)) {
        break;
      }
      if (!context.equals("range") || !targets.isEmpty()) {
        throw new Fault(after.at(), "only a range sets variables, and at most two");
      }
      targets.add(variable);
      take();
      skipSpace();
    }
    if (!targets.isEmpty()) {
      throw unexpected(peek(), context);
    }
    next = start;
    return targets;
  }

  private int declare(Token variable) {
    variables.add(variable.text());
    mostVariables = Math.max(mostVariables, variables.size());
    return variables.size() - 1;
  }

  private int slot(Token variable) {
    int slot = variables.lastIndexOf(variable.text());
    if (slot < 0) {
      throw new Fault(
          variable.at(), "there is no variable `" + variable.text() + "`; " + "`:=` declares one");
    }
    return slot;
  }

  /// Operands up to a `|`, which is taken, or to the end of the pipeline, which is not.
  private Command command(String context) {
    List<Expression> operands = new ArrayList<>();
    while (true) {
      skipSpace();
      Token start = peek();
      Expression operand = operand();
      if (operand != null) {
        operands.add(operand);
      }
      Token token = peek();
      switch (token.kind()) {
        case SPACE -> {
          continue;
        }
        case PIPE -> take();
        case RIGHT_DELIMITER, RIGHT_PAREN -> {}
        default -> throw unexpected(operand == null ? start : token, context);
      }
      break;
    }
    if (operands.isEmpty()) {
      throw new Fault(peek().at(), "a value is missing in `" + context + "`");
    }
    return new Command(List.copyOf(operands));
  }

  private static Fault unexpected(Token token, String context) {
    return token.is(Kind.END)
        ? new Fault(token.at(), "the template ends inside `" + context + "`")
        : new Fault(token.at(), "unexpected `" + token.text() + "` in `" + context + "`");
  }

  private @Nullable Expression operand() {
    Expression term = term();
    if (term == null || !peek().is(Kind.FIELD)) {
      return term;
    }
    int at = peek().at();
    List<String> names = new ArrayList<>();
    while (peek().is(Kind.FIELD)) {
      names.add(take().text().substring(1));
    }
    return switch (term) {
      case Expression.Field field -> {
        names.addAll(0, field.names());
        yield new Expression.Field(field.at(), List.copyOf(names));
      }
      case Expression.Variable variable ->
          new Expression.Variable(
              variable.at(), variable.name(), variable.slot(), List.copyOf(names));
      case Expression.Group _, Expression.Call _, Expression.Chain _ ->
          new Expression.Chain(term.at(), term, List.copyOf(names));
      case Expression.Dot _, Expression.Nil _, Expression.Constant _ ->
          throw new Fault(at, "a `.` cannot follow this value");
    };
  }

  private @Nullable Expression term() {
    Token token = peek();
    Expression term =
        switch (token.kind()) {
          case DOT -> new Expression.Dot(token.at());
          case NIL -> new Expression.Nil(token.at());
          case BOOLEAN -> new Expression.Constant(token.at(), token.text().equals("true"));
          case NUMBER -> new Expression.Constant(token.at(), Literals.number(token));
          case CHARACTER -> new Expression.Constant(token.at(), Literals.character(token));
          case STRING -> new Expression.Constant(token.at(), Literals.quoted(token));
          case RAW_STRING ->
              new Expression.Constant(
                  token.at(),
                  token.text().substring(1, token.text().length() - 1).replace("\r", ""));
          case FIELD -> new Expression.Field(token.at(), List.of(token.text().substring(1)));
          case VARIABLE ->
              new Expression.Variable(token.at(), token.text(), slot(token), List.of());
          case IDENTIFIER -> new Expression.Call(token.at(), function(token));
          case LEFT_PAREN -> {
            deeper(token.at());
            take();
            Pipeline pipeline = pipeline("( )", Kind.RIGHT_PAREN);
            depth--;
            // The parenthesis is taken already.
            next--;
            yield new Expression.Group(token.at(), pipeline);
          }
          case TEXT, LEFT_DELIMITER, RIGHT_DELIMITER, SPACE, ASSIGN, DECLARE, PIPE, COMMA -> null;
          case RIGHT_PAREN, KEYWORD, END -> null;
        };
    if (term != null) {
      take();
    }
    return term;
  }

  private static Function function(Token token) {
    Function function = Function.of(token.text());
    if (function == null) {
      throw new Fault(token.at(), "there is no function `" + token.text() + "`");
    }
    return function;
  }
}
