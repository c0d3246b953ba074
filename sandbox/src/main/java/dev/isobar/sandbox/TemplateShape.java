package dev.isobar.sandbox;

import dev.isobar.catalog.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a transform's template reads: the paths that it prints, and under which names.
///
/// `{{ range $i, $v := index . "Names" }}{"name": {{ toJson $v }}}{{ end }}` reads a list `Names`
/// of what the rows call `name`. No template is run for this: only where values come from is
/// followed. Source: `provider-format.md`, section 5.1.
final class TemplateShape {
  private static final Pattern ACTION = Pattern.compile("\\{\\{-?(.*?)-?}}", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"\\s*:\\s*\"?$");
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\(|\\)|[^\\s()\"]+");

  /// `"{\"items\":%s}"`.
  private static final Pattern WRAPPING =
      Pattern.compile("\"\\{\\\\\"([^\"\\\\]+)\\\\\":\\s*%s}\"");

  /// An element of a list, in a path.
  private static final String ELEMENT = "[]";

  /// In a path: what the text is put into before it is parsed again.
  private static final String WRAPPED = "^";

  private final Map<String, List<String>> variables = new HashMap<>();
  private final Node root = new Node();
  private final @Nullable Schema output;
  private final Map<String, Schema> columns;
  private boolean whole;
  private boolean unclear;

  private static final class Node {
    final Map<String, Node> children = new LinkedHashMap<>();
    @Nullable Node element;
    @Nullable Schema leaf;

    boolean isEmpty() {
      return children.isEmpty() && element == null && leaf == null;
    }

    Schema schema() {
      Node list = element;
      if (list != null) {
        return WireShape.array(list.schema());
      }
      if (!children.isEmpty()) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        children.forEach((name, child) -> properties.put(name, child.schema()));
        return WireShape.object(properties);
      }
      return leaf == null ? Schema.ANY : leaf;
    }
  }

  private TemplateShape(@Nullable Schema output) {
    this.output = output;
    this.columns = columns(output);
  }

  /// Reads a template; null when it passes on what it is given, whatever that is.
  ///
  /// @param output what the template gives
  static @Nullable TemplateShape of(String template, @Nullable Schema output) {
    var shape = new TemplateShape(output);
    Matcher action = ACTION.matcher(template);
    int end = 0;
    while (action.find()) {
      shape.action(template.substring(end, action.start()), action.group(1).strip());
      end = action.end();
    }
    return shape.unclear || (!shape.whole && shape.root.isEmpty()) ? null : shape;
  }

  /// Whether the template prints its whole input as one value.
  boolean isWhole() {
    return whole && root.isEmpty();
  }

  Envelope envelope(Envelope.Form form) {
    Schema schema = root.schema();
    List<String> path = new ArrayList<>();
    Node at = root;
    while (at.element == null && !at.children.isEmpty()) {
      Map.Entry<String, Node> next = null;
      for (var child : at.children.entrySet()) {
        boolean holdsList =
            child.getValue().element != null || !child.getValue().children.isEmpty();
        next = next == null && holdsList ? child : next;
      }
      if (next == null) {
        break;
      }
      path.add(next.getKey());
      at = next.getValue();
    }
    return Envelope.at(schema, at.element == null ? List.of() : path, at.schema(), form);
  }

  private void action(String before, String action) {
    if (action.startsWith("range ")) {
      range(action.substring("range ".length()));
      return;
    }
    Matcher assigned = Pattern.compile("(\\$\\w+)\\s*:?=\\s*(.*)", Pattern.DOTALL).matcher(action);
    if (assigned.matches()) {
      List<String> path = path(assigned.group(2));
      if (path != null) {
        variables.put(assigned.group(1), path);
      }
      return;
    }
    boolean control =
        action.isEmpty()
            || action.matches("(?s)(if|else|end|with|/\\*).*")
            || action.startsWith("call ");
    if (!control) {
      printed(before, action);
    }
  }

  private void range(String rest) {
    int assigned = rest.indexOf(":=");
    List<String> path = path(assigned < 0 ? rest : rest.substring(assigned + 2));
    String[] names = (assigned < 0 ? "" : rest.substring(0, assigned)).split(",", -1);
    if (names.length == 2) {
      variables.put(names[0].strip(), List.of("#"));
    }
    if (path != null) {
      List<String> element = new ArrayList<>(path);
      element.add(ELEMENT);
      variables.put(names[names.length - 1].strip(), element);
    }
  }

  private void printed(String before, String action) {
    List<String> path = path(action);
    if (path == null) {
      return;
    }
    if (path.equals(List.of("#"))) {
      // The keys of a map are printed: what comes in goes out.
      unclear = true;
      return;
    }
    if (path.size() == 2 && path.getFirst().equals(WRAPPED)) {
      // The input is put under a name: it is what is declared under that name.
      Schema inner = output == null ? null : Makers.propertiesOf(output).get(path.getLast());
      root.leaf = inner == null ? Schema.ANY : inner;
      if (inner != null && inner.items() != null) {
        root.element = new Node();
        root.element.leaf = inner.items();
      }
      return;
    }
    if (path.isEmpty()) {
      whole = true;
      return;
    }
    Matcher name = NAME.matcher(before);
    Schema schema = name.find() ? columns.get(name.group(1)) : null;
    Node at = root;
    for (String step : path) {
      if (step.equals(ELEMENT)) {
        at.element = at.element == null ? new Node() : at.element;
        at = at.element;
      } else {
        at = at.children.computeIfAbsent(step, _ -> new Node());
      }
    }
    boolean rowItself = path.getLast().equals(ELEMENT) && schema == null;
    at.leaf =
        schema != null
            ? schema
            : rowItself && !columns.isEmpty() ? WireShape.object(columns) : TEXT;
  }

  private static final Schema TEXT = text();

  private static Schema text() {
    var builder = new Schema.Builder();
    builder.type = "string";
    return builder.build();
  }

  /// The columns of the rows that come out.
  private static Map<String, Schema> columns(@Nullable Schema output) {
    Schema at = output;
    for (int depth = 0; at != null && depth < 3; depth++) {
      Schema items = at.items();
      if (items != null) {
        at = items;
        continue;
      }
      Map<String, Schema> properties = Makers.propertiesOf(at);
      List<Schema> lists = properties.values().stream().filter(p -> p.items() != null).toList();
      if (lists.size() != 1 || properties.size() > 3) {
        return properties;
      }
      at = lists.getFirst();
    }
    return at == null ? Map.of() : Makers.propertiesOf(at);
  }

  /// Where the value of an expression comes from; null when that cannot be told.
  private @Nullable List<String> path(String expression) {
    List<String> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(expression);
    while (token.find()) {
      tokens.add(token.group());
    }
    return new Expression(tokens).whole();
  }

  /// One expression, read from left to right.
  private final class Expression {
    private final List<String> tokens;
    private int at;

    Expression(List<String> tokens) {
      this.tokens = tokens;
    }

    @Nullable List<String> whole() {
      if (at >= tokens.size()) {
        return null;
      }
      return switch (tokens.get(at)) {
        case "index" -> {
          at++;
          yield index();
        }
        case "toJson", "jsonMapFromString" -> {
          at++;
          yield operand();
        }
        case "printf" -> {
          String format = at + 1 < tokens.size() ? tokens.get(at + 1) : "";
          at += 2;
          List<String> path = operand();
          Matcher wrapped = WRAPPING.matcher(format);
          yield wrapped.matches() && path != null && path.isEmpty()
              ? List.of(WRAPPED, wrapped.group(1))
              : path;
        }
        default -> operand();
      };
    }

    private @Nullable List<String> index() {
      List<String> path = operand();
      while (path != null && at < tokens.size() && !tokens.get(at).equals(")")) {
        String key = tokens.get(at++);
        List<String> longer = new ArrayList<>(path);
        if (key.startsWith("\"")) {
          String name = key.substring(1, key.length() - 1);
          boolean unwraps = path.equals(List.of(WRAPPED, name));
          if (unwraps) {
            longer.clear();
          } else {
            longer.add(name);
          }
        } else {
          longer.add(ELEMENT);
        }
        path = longer;
      }
      return path;
    }

    private @Nullable List<String> operand() {
      if (at >= tokens.size()) {
        return null;
      }
      String token = tokens.get(at++);
      if (token.equals("(")) {
        List<String> inner = whole();
        while (at < tokens.size() && !tokens.get(at).equals(")")) {
          at++;
        }
        at++;
        return inner;
      }
      if (token.equals(".")) {
        return List.of();
      }
      String name = token;
      List<String> path = new ArrayList<>();
      if (token.startsWith("$")) {
        int dot = token.indexOf('.');
        List<String> known = variables.get(dot < 0 ? token : token.substring(0, dot));
        if (known == null) {
          return null;
        }
        path.addAll(known);
        name = dot < 0 ? "" : token.substring(dot);
      } else if (!token.startsWith(".")) {
        return null;
      }
      for (String step : name.split("\\.", -1)) {
        if (!step.isEmpty()) {
          path.add(step);
        }
      }
      return path;
    }
  }
}
