package dev.isobar.query;

import dev.isobar.parse.SqliteWords;
import dev.isobar.plan.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes the functions of SQLite and Postgres that people know from StackQL calls of DuckDB's, in
/// the tree of one query. `docs/functions.md` lists them.
///
/// Where DuckDB has a function of the same name, the name means what StackQL's users expect; with a
/// schema in front (`main.json_type(…)`) it means DuckDB's own.
///
/// What comes out of JSON has no type before it is read. `json_extract` and its relatives are text
/// here; next to numbers they become numbers.
final class Functions {
  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "//", "%", "**", "^");

  /// Functions of numbers: text from JSON becomes a number in them.
  private static final Set<String> NUMERIC =
      Set.of(
          "sum",
          "avg",
          "abs",
          "round",
          "ceil",
          "ceiling",
          "floor",
          "trunc",
          "sqrt",
          "power",
          "pow",
          "mod",
          "ln",
          "log",
          "log2",
          "log10",
          "exp",
          "sign",
          "median",
          "stddev",
          "variance");

  /// Functions whose first argument is JSON.
  private static final Set<String> OF_JSON =
      Set.of(
          "->",
          "->>",
          "json_extract_string",
          "json_array_length",
          "json_keys",
          "json_exists",
          "json_contains",
          "json_value",
          "json_structure",
          "json_valid");

  /// Functions that put their arguments into JSON.
  private static final Set<String> INTO_JSON =
      Set.of(
          "json_object",
          "json_array",
          "json_group_array",
          "json_group_object",
          "to_json",
          "json",
          "json_quote",
          "json_merge_patch",
          "list",
          "array_agg");

  /// Postgres's names of functions that DuckDB has.
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "jsonb_build_object", "json_object",
          "json_build_object", "json_object",
          "jsonb_build_array", "json_array",
          "json_build_array", "json_array",
          "jsonb_array_length", "json_array_length",
          "jsonb_object_agg", "json_group_object",
          "json_object_agg", "json_group_object",
          "json_patch", "json_merge_patch",
          "jsonb_agg", "json_group_array",
          "json_agg", "json_group_array");

  private static final Set<String> NUMBER_TYPES =
      Set.of("INTEGER", "BIGINT", "DOUBLE", "FLOAT", "DECIMAL", "HUGEINT", "BOOLEAN", "JSON");

  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private final Instant now;
  private final Function<Map<?, ?>, @Nullable String> textOf;
  private final Set<String> definitions = new TreeSet<>();

  /// Calls that were `json_extract`, which can be JSON again.
  private final Set<Object> extracted = Collections.newSetFromMap(new IdentityHashMap<>());

  /// Expressions that are text from JSON.
  private final Set<Object> untyped = Collections.newSetFromMap(new IdentityHashMap<>());

  private final UntypedColumns columns = new UntypedColumns(this::isUntyped);
  private int changes;

  /// @param now what `now` means in this query
  /// @param textOf the text that a node had in the query, or null
  Functions(Instant now, Function<Map<?, ?>, @Nullable String> textOf) {
    this.now = now;
    this.textOf = textOf;
  }

  /// Rewrites the tree in place.
  void rewrite(Map<String, @Nullable Object> statement) {
    children(statement);
  }

  /// The names of the [Definitions] that the rewritten tree calls.
  Set<String> definitions() {
    return definitions;
  }

  private @Nullable Object rewritten(@Nullable Object node) {
    return switch (node) {
      case Map<?, ?> raw -> {
        Map<String, @Nullable Object> map = Tree.map(raw);
        if (Tree.isType(map, "SELECT_NODE")) {
          select(map);
          yield map;
        }
        if (Tree.isType(map, "TABLE_FUNCTION")) {
          // Its call is a table, no expression.
          children(Tree.map(map.get("function")));
          yield tableFunction(map);
        }
        children(map);
        yield expression(map);
      }
      case List<?> list -> list(list);
      case null, default -> node;
    };
  }

  private List<@Nullable Object> list(List<?> elements) {
    List<@Nullable Object> list = new ArrayList<>();
    elements.forEach(element -> list.add(rewritten(element)));
    return list;
  }

  private void children(Map<String, @Nullable Object> map) {
    map.replaceAll((_, child) -> rewritten(child));
  }

  /// FROM first: the other clauses read its columns.
  private void select(Map<String, @Nullable Object> select) {
    select.computeIfPresent("cte_map", (_, ctes) -> rewritten(ctes));
    select.computeIfPresent("from_table", (_, from) -> rewritten(from));
    columns.enter(select);
    for (Map.Entry<String, @Nullable Object> entry : select.entrySet()) {
      switch (entry.getKey()) {
        case "cte_map", "from_table" -> {}
        case "select_list" -> {
          List<@Nullable Object> list = new ArrayList<>();
          Tree.list(entry.getValue()).forEach(column -> list.add(selected(column)));
          entry.setValue(list);
        }
        default -> entry.setValue(rewritten(entry.getValue()));
      }
    }
    SortKeys.addNumbers(select, this::isUntyped, this::number);
    columns.leave(select);
  }

  /// A column keeps the name that it would have had.
  private @Nullable Object selected(@Nullable Object column) {
    Map<String, @Nullable Object> before = Tree.map(column);
    String name =
        before.containsKey("alias") ? Tree.text(before.get("alias")) : textOf.apply(before);
    int unchanged = changes;
    Object after = rewritten(column);
    if (changes > unchanged && name != null) {
      Tree.map(after).put("alias", name);
    }
    return after;
  }

  private Object expression(Map<String, @Nullable Object> node) {
    return switch (Tree.text(node.get("class"))) {
      case "FUNCTION" -> function(node);
      case "WINDOW" -> window(node);
      case "LAMBDA" -> arrow(node);
      case "COMPARISON" -> {
        compare(node);
        yield node;
      }
      case "BETWEEN" -> {
        if (isNumber(node.get("lower")) || isNumber(node.get("upper"))) {
          node.computeIfPresent("input", (_, input) -> number(input));
        }
        yield node;
      }
      case "OPERATOR" -> {
        List<@Nullable Object> children = Tree.list(node.get("children"));
        if (Tree.isType(node, "COMPARE_IN")
            && children.subList(1, children.size()).stream().anyMatch(Functions::isNumber)) {
          children.set(0, number(children.getFirst()));
        }
        yield node;
      }
      case "CAST" -> {
        Map<String, @Nullable Object> typeNode = Tree.map(node.get("type_expr"));
        String type = Tree.text(typeNode.get("type_name")).toUpperCase(Locale.ROOT);
        if (type.equals("JSONB")) {
          type = "JSON";
          typeNode.put("type_name", type);
          typeNode.put("qualified_name", Tree.node("path", Tree.mutable(type)));
        }
        if (NUMBER_TYPES.contains(type)) {
          node.computeIfPresent("child", (_, child) -> json(child));
        }
        yield node;
      }
      case "COLUMN_REF" -> columns.scalar(node);
      default -> node;
    };
  }

  private boolean isUntyped(@Nullable Object node) {
    return untyped.contains(node)
        || (node instanceof Map<?, ?> map
            && "COLUMN_REF".equals(map.get("class"))
            && columns.isUntyped(names(map)));
  }

  private static List<String> names(Map<?, ?> column) {
    return Tree.list(column.get("column_names")).stream().map(Tree::text).toList();
  }

  private static boolean isNumber(@Nullable Object node) {
    Map<String, @Nullable Object> map = Tree.map(node);
    List<Object> arguments = arguments(map);
    if (ARITHMETIC.contains(name(map)) && !arguments.isEmpty()) {
      return arguments.stream().allMatch(Functions::isNumber);
    }
    String kind = Tree.text(Tree.map(map.get("literal")).get("kind"));
    return kind.equals("INTEGER") || kind.equals("NUMERIC");
  }

  /// A column next to a number literal: text from JSON becomes a number there.
  private void compare(Map<String, @Nullable Object> comparison) {
    for (List<String> sides : List.of(List.of("left", "right"), List.of("right", "left"))) {
      Object other = comparison.get(sides.get(1));
      if (isNumber(other)) {
        comparison.computeIfPresent(
            sides.getFirst(),
            (_, side) ->
                isUntyped(side) && isLarge(other) ? cast(side, "HUGEINT", true) : number(side));
      }
    }
  }

  /// Whether a double could not tell the number from its neighbours.
  private static boolean isLarge(@Nullable Object number) {
    String text = Tree.text(Tree.map(Tree.map(number).get("literal")).get("text"));
    return text.matches("\\d{16,30}")
        && Long.parseLong(text.substring(0, 16)) > 0
        && (text.length() > 16 || Long.parseLong(text) >= EXACT_IN_DOUBLE);
  }

  /// Text from JSON as a number; anything else as it is.
  private @Nullable Object number(@Nullable Object node) {
    return isUntyped(node) && node != null ? call("isobar_number", node) : node;
  }

  /// A call of `json_extract` as JSON again, where JSON is wanted; anything else as it is.
  private @Nullable Object json(@Nullable Object node) {
    if (node instanceof Map<?, ?> raw && extracted.contains(node)) {
      Map<String, @Nullable Object> map = Tree.map(raw);
      rename(map, "json_extract");
      untyped.remove(node);
    }
    return node;
  }

  private Object window(Map<String, @Nullable Object> window) {
    String name = name(window);
    if (name.equals("total")) {
      changes++;
      rename(window, "sum");
      return zeroWithoutRows(window);
    }
    if (NUMERIC.contains(name)) {
      eachArgument(window, this::number);
    }
    return window;
  }

  /// `j -> 'a' ->> 'b' = 'x'`: DuckDB's grammar takes the first arrow for that of a lambda.
  private Object arrow(Map<String, @Nullable Object> lambda) {
    Object left = lambda.get("lhs");
    Map<String, @Nullable Object> body = Tree.map(lambda.get("expr"));
    Map<String, @Nullable Object> holder = lambda;
    Object at = body;
    String key = "expr";
    int index = -1;
    boolean path = false;
    while (at instanceof Map<?, ?> raw) {
      Map<String, @Nullable Object> node = Tree.map(raw);
      String kind = Tree.text(node.get("class"));
      if (kind.equals("CONSTANT") && path) {
        changes++;
        Map<String, @Nullable Object> inner =
            Tree.function("->", List.of(left == null ? "" : left, node));
        inner.put("is_operator", true);
        eachJson(inner);
        if (index < 0) {
          holder.put(key, inner);
        } else {
          Object list = holder.get(key);
          if (key.equals("arguments")) {
            Tree.map(Tree.list(list).get(index)).put("expression", inner);
          } else {
            Tree.list(list).set(index, inner);
          }
        }
        return Tree.map(lambda.get("expr"));
      }
      holder = node;
      switch (kind) {
        case "FUNCTION" -> {
          if (!Boolean.TRUE.equals(node.get("is_operator")) || arguments(node).isEmpty()) {
            return lambda;
          }
          path = name(node).startsWith("->");
          key = "arguments";
          index = 0;
          at = arguments(node).getFirst();
        }
        case "COMPARISON" -> {
          key = "left";
          index = -1;
          at = node.get("left");
        }
        case "BETWEEN" -> {
          key = "input";
          index = -1;
          at = node.get("input");
        }
        case "CAST" -> {
          key = "child";
          index = -1;
          at = node.get("child");
        }
        case "OPERATOR", "CONJUNCTION" -> {
          key = "children";
          index = 0;
          List<@Nullable Object> children = Tree.list(node.get("children"));
          at = children.isEmpty() ? null : children.getFirst();
        }
        default -> {
          return lambda;
        }
      }
    }
    return lambda;
  }

  private Object function(Map<String, @Nullable Object> call) {
    List<@Nullable Object> path = Tree.list(Tree.map(call.get("qualified_name")).get("path"));
    String written = name(call);
    if (path.size() > 1 || written.isEmpty()) {
      return call;
    }
    String other = OTHER_NAMES.get(written);
    if (other != null) {
      changed(call, other);
    }
    String name = name(call);
    if (OF_JSON.contains(name)) {
      eachJson(call);
    } else if (INTO_JSON.contains(name)) {
      eachArgument(call, this::json);
    } else if (NUMERIC.contains(name)) {
      eachArgument(call, this::number);
    }
    if (name.equals("->>") || name.equals("json_extract_string")) {
      untyped.add(call);
      return call;
    }
    if (ARITHMETIC.contains(name) && Boolean.TRUE.equals(call.get("is_operator"))) {
      boolean interval = arguments(call).stream().anyMatch(Functions::isInterval);
      if (!interval) {
        eachArgument(call, this::number);
      }
      return call;
    }
    Object jsonCall = jsonFunction(call, name);
    return jsonCall != null ? jsonCall : otherFunction(call, name);
  }

  private static boolean isInterval(Object node) {
    Map<String, @Nullable Object> map = Tree.map(node);
    String type = Tree.text(Tree.map(map.get("type_expr")).get("type_name"));
    return type.equals("INTERVAL")
        || name(map).startsWith("to_")
        || type.contains("DATE")
        || type.contains("TIME");
  }

  /// The call in DuckDB's functions, or null when it is none of these.
  private @Nullable Object jsonFunction(Map<String, @Nullable Object> call, String name) {
    List<Object> arguments = arguments(call);
    int count = arguments.size();
    return switch (name) {
      case "json_extract" -> {
        eachJson(call);
        if (count == 2) {
          changed(call, "json_extract_string");
          extracted.add(call);
          untyped.add(call);
          yield call;
        }
        List<Object> parts = new ArrayList<>();
        for (int i = 1; i < count; i++) {
          parts.add(call("json_extract", copyOf(arguments.getFirst()), arguments.get(i)));
        }
        yield count < 2 ? call : call("json_array", parts.toArray());
      }
      case "json_extract_path_text",
          "jsonb_extract_path_text",
          "json_extract_path",
          "jsonb_extract_path" -> {
        eachJson(call);
        boolean text = name.endsWith("_text");
        Object path = count == 2 ? arguments.get(1) : pointer(arguments.subList(1, count));
        Object extract =
            call(text ? "json_extract_string" : "json_extract", arguments.getFirst(), path);
        if (text) {
          untyped.add(extract);
        }
        yield extract;
      }
      case "json_type" -> {
        eachJson(call);
        yield defined(call, "isobar_json_type");
      }
      case "jsonb_typeof", "json_typeof" -> {
        eachJson(call);
        yield defined(call, "isobar_json_typeof");
      }
      case "json_group_array" -> {
        changed(call, "list");
        yield call("coalesce", call("to_json", call), cast(text("[]"), "JSON", false));
      }
      case "json_set", "json_insert", "json_replace" -> {
        if (count < 3) {
          yield call;
        }
        Object document = cast(json(arguments.getFirst()), "JSON", false);
        for (int i = 1; i + 1 < count; i += 2) {
          Object value = call("to_json", orNull(json(arguments.get(i + 1))));
          Object some = call("coalesce", value, cast(text("null"), "JSON", false));
          document = call(name, document, arguments.get(i), some);
        }
        yield document;
      }
      case "json_remove" -> {
        Object document = cast(json(arguments.getFirst()), "JSON", false);
        for (int i = 1; i < count; i++) {
          document = call("json_remove", document, arguments.get(i));
        }
        yield document;
      }
      case "json_equal", "aws_policy_equal" -> {
        if (count != 2) {
          yield call;
        }
        yield call(
            "isobar_" + name,
            cast(json(arguments.getFirst()), "VARCHAR", false),
            cast(json(arguments.get(1)), "VARCHAR", false));
      }
      case "jsonb_array_elements", "json_array_elements" ->
          call("unnest", call("isobar_elements", arguments.toArray()));
      case "jsonb_array_elements_text", "json_array_elements_text" ->
          call("unnest", call("isobar_element_texts", arguments.toArray()));
      default -> null;
    };
  }

  private static boolean isNull(Object node) {
    return "NULL_LITERAL".equals(Tree.map(Tree.map(node).get("literal")).get("kind"));
  }

  private static Object orNull(@Nullable Object node) {
    return node == null ? text("") : node;
  }

  /// Keys as one JSON pointer, whose parts are the keys of objects and the places in lists.
  private Object pointer(List<Object> keys) {
    StringBuilder literal = new StringBuilder();
    Object pointer = null;
    for (Object key : keys) {
      String text = string(key);
      if (text != null) {
        literal.append('/').append(text.replace("~", "~0").replace("/", "~1"));
      } else {
        literal.append('/');
        Object escaped =
            call(
                "replace",
                call("replace", cast(key, "VARCHAR", false), text("~"), text("~0")),
                text("/"),
                text("~1"));
        Object soFar = pointer == null ? text(literal.toString()) : joined(pointer, literal);
        literal.setLength(0);
        pointer = call("||", soFar, escaped);
      }
    }
    return pointer == null ? text(literal.toString()) : joined(pointer, literal);
  }

  private Object joined(Object pointer, CharSequence literal) {
    return literal.isEmpty() ? pointer : call("||", pointer, text(literal.toString()));
  }

  private Object otherFunction(Map<String, @Nullable Object> call, String name) {
    List<Object> arguments = arguments(call);
    int count = arguments.size();
    return switch (name) {
      case "iif" -> defined(call, "isobar_iif");
      case "total" -> {
        changed(call, "sum");
        eachArgument(call, this::number);
        yield zeroWithoutRows(call);
      }
      case "min", "max" -> {
        boolean plain = count == 1 && !call.containsKey("filter") && !call.containsKey("distinct");
        yield plain && isUntyped(arguments.getFirst()) ? defined(call, "isobar_" + name) : call;
      }
      case "regexp_like" -> {
        changed(call, "regexp_matches");
        yield cast(call, "INTEGER", false);
      }
      case "regexp" ->
          count == 2
              ? cast(
                  call("regexp_matches", arguments.get(1), arguments.getFirst()), "INTEGER", false)
              : call;
      case SqliteWords.REGEXP -> call("regexp_matches", arguments.toArray());
      case SqliteWords.NOT_REGEXP -> call("not", call("regexp_matches", arguments.toArray()));
      case "regexp_replace" -> {
        if (count == 3) {
          changes++;
          Tree.list(call.get("arguments")).add(Tree.node("expression", text("g")));
        }
        yield call;
      }
      case "regexp_substr" -> defined(call, "isobar_regexp_substr");
      case SqliteWords.CHAR, "char" -> {
        Object[] letters = arguments.stream().map(code -> call("chr", code)).toArray();
        yield call("concat", letters);
      }
      case "string" -> count == 1 ? cast(arguments.getFirst(), "VARCHAR", false) : call;
      case SqliteWords.DATE, "date" -> {
        Object date = time("%Y-%m-%d", arguments);
        yield string(date) != null ? date : cast(date, "DATE", true);
      }
      case SqliteWords.TIME, "time" -> time("%H:%M:%N", arguments);
      case "datetime" -> time("%Y-%m-%d %H:%M:%N", arguments);
      case "julianday" -> cast(time("%J", arguments), "DOUBLE", true);
      case "unixepoch" -> {
        Object seconds = time("%s", arguments);
        boolean fractions = arguments.stream().anyMatch(a -> "subsec".equals(string(a)));
        yield cast(seconds, fractions ? "DOUBLE" : "BIGINT", true);
      }
      case "strftime" -> formatted(call, arguments);
      default -> call;
    };
  }

  /// SQLite's order is format, time, modifiers; DuckDB's is either, without modifiers.
  private Object formatted(Map<String, @Nullable Object> call, List<Object> arguments) {
    String format = arguments.isEmpty() ? null : string(arguments.getFirst());
    if (format != null && (format.contains("%") || arguments.size() != 2)) {
      Object time = time(format, arguments.subList(1, arguments.size()));
      untyped.add(time);
      return time;
    }
    String last = arguments.size() == 2 ? string(arguments.get(1)) : null;
    boolean column = arguments.size() == 2 && !Tree.text(arguments.getFirst()).isEmpty();
    if (last != null && last.contains("%") && column) {
      Object time = arguments.getFirst();
      boolean typed =
          !"COLUMN_REF".equals(Tree.map(time).get("class"))
              && string(time) == null
              && !isUntyped(time);
      return typed ? call : call("strftime", cast(time, "TIMESTAMP", false), arguments.get(1));
    }
    return call;
  }

  /// A time as text. What is written in the query is computed here, once, so that `now` is the same
  /// in all of it and the result a literal, which DuckDB compares with texts and times alike.
  ///
  /// @param arguments the time and its modifiers; none means now
  private Object time(String format, List<Object> arguments) {
    changes++;
    List<Object> given = arguments.isEmpty() ? List.of(text("now")) : arguments;
    List<String> literals = new ArrayList<>();
    for (Object argument : given) {
      String literal = literal(argument);
      if (literal == null) {
        break;
      }
      literals.add(literal);
    }
    if (literals.size() == given.size()) {
      String text =
          SqliteTime.format(format, literals.getFirst(), literals.subList(1, literals.size()), now);
      return text == null ? literal("NULL_LITERAL", "NULL") : text(text);
    }
    // A time of a row may be `now`, so that goes along. One argument: reading each costs a call.
    Object lines = text(now + "\n" + format);
    for (Object argument : given) {
      lines = call("||", call("||", lines, text("\n")), cast(argument, "VARCHAR", false));
    }
    return call("isobar_time", lines);
  }

  private @Nullable String literal(Object node) {
    Map<String, @Nullable Object> literal = Tree.map(Tree.map(node).get("literal"));
    return literal.isEmpty() || "NULL_LITERAL".equals(literal.get("kind"))
        ? null
        : Tree.text(literal.get("text"));
  }

  private Object zeroWithoutRows(Object sum) {
    return call("coalesce", cast(sum, "DOUBLE", false), cast(text("0"), "DOUBLE", false));
  }

  private Object tableFunction(Map<String, @Nullable Object> node) {
    Map<String, @Nullable Object> call = Tree.map(node.get("function"));
    List<Object> arguments = arguments(call);
    String name = name(call);
    if (Tree.list(Tree.map(call.get("qualified_name")).get("path")).size() > 1) {
      return node;
    }
    Object unnested = Tree.list(call.get("arguments")).isEmpty() ? null : set(name, arguments);
    if (unnested == null) {
      return node;
    }
    Map<String, @Nullable Object> select =
        Tree.node(
            "type",
            "SELECT_NODE",
            "cte_map",
            Tree.node(),
            "select_list",
            Tree.mutable(unnested),
            "from_table",
            Tree.node("type", "EMPTY"),
            "aggregate_handling",
            "STANDARD_HANDLING");
    String alias = Tree.text(node.get("alias"));
    Map<String, @Nullable Object> table = new LinkedHashMap<>();
    table.put("type", "SUBQUERY");
    table.put("alias", alias.isEmpty() ? name : alias);
    table.put("subquery", Tree.node("node", select));
    for (String kept : List.of("sample", "column_name_alias")) {
      if (node.containsKey(kept)) {
        table.put(kept, node.get(kept));
      }
    }
    if (name.equals("json_each") || name.endsWith("_each_text")) {
      columns.untyped(table, Set.of("value", "atom"));
    } else if (name.endsWith("_text")) {
      columns.untyped(table, Set.of("value"));
    }
    if (name.contains("array_elements") && !table.containsKey("column_name_alias")) {
      columns.scalar(table, "value");
    }
    return table;
  }

  /// A list of rows as an expression in SELECT: there DuckDB unnests a list beside the columns it
  /// comes from, in order; as a table it would join it to them.
  private @Nullable Object set(String name, List<Object> arguments) {
    Object first = json(arguments.getFirst());
    Object document = first == null || isNull(first) ? text("[]") : first;
    return switch (name) {
      case "json_each", "jsonb_each_text", "json_each_text", "jsonb_each" -> {
        boolean path = arguments.size() > 1;
        String macro = name.equals("jsonb_each") ? "isobar_each_json" : "isobar_each";
        Map<String, @Nullable Object> unnest =
            path
                ? call("unnest", call(macro, document, arguments.get(1)))
                : call("unnest", call(macro, document));
        Tree.list(unnest.get("arguments"))
            .add(Tree.node("name", "recursive", "expression", literal("BOOLEAN", "true")));
        yield unnest;
      }
      case "jsonb_array_elements", "json_array_elements" ->
          named("value", call("unnest", call("isobar_elements", document)));
      case "jsonb_array_elements_text", "json_array_elements_text" ->
          named("value", call("unnest", call("isobar_element_texts", document)));
      case "jsonb_object_keys", "json_object_keys" ->
          named(name, call("unnest", call("json_keys", document)));
      default -> null;
    };
  }

  private static Map<String, @Nullable Object> named(
      String alias, Map<String, @Nullable Object> expression) {
    expression.put("alias", alias);
    return expression;
  }

  private void eachJson(Map<String, @Nullable Object> call) {
    List<@Nullable Object> arguments = Tree.list(call.get("arguments"));
    if (!arguments.isEmpty()) {
      Tree.map(arguments.getFirst()).computeIfPresent("expression", (_, first) -> json(first));
    }
  }

  private static void eachArgument(
      Map<String, @Nullable Object> call, Function<Object, @Nullable Object> change) {
    for (Object argument : Tree.list(call.get("arguments"))) {
      Tree.map(argument).computeIfPresent("expression", (_, value) -> change.apply(value));
    }
  }

  static String name(Map<?, ?> call) {
    return Tree.text(call.get("function_name")).toLowerCase(Locale.ROOT);
  }

  private static List<Object> arguments(Map<?, ?> call) {
    List<Object> arguments = new ArrayList<>();
    for (Object argument : Tree.list(call.get("arguments"))) {
      Object expression = Tree.map(argument).get("expression");
      if (expression != null) {
        arguments.add(expression);
      }
    }
    return arguments;
  }

  private static Object copyOf(Object node) {
    return switch (node) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach(
            (key, value) -> copy.put(String.valueOf(key), value == null ? null : copyOf(value)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(element == null ? null : copyOf(element)));
        yield copy;
      }
      default -> node;
    };
  }

  private Object defined(Map<String, @Nullable Object> call, String name) {
    definitions.add(name);
    changed(call, name);
    return call;
  }

  private void changed(Map<String, @Nullable Object> call, String name) {
    changes++;
    rename(call, name);
  }

  private static void rename(Map<String, @Nullable Object> call, String name) {
    call.put("function_name", name);
    call.put("qualified_name", Tree.node("path", Tree.mutable(name)));
  }

  /// A new call, of a function of DuckDB's or of a definition.
  private Map<String, @Nullable Object> call(String name, Object... arguments) {
    changes++;
    if (name.startsWith("isobar_")) {
      definitions.add(name);
    }
    return switch (name) {
      case "coalesce" ->
          Tree.node(
              "class",
              "OPERATOR",
              "type",
              "OPERATOR_COALESCE",
              "children",
              Tree.mutable(arguments));
      case "not" ->
          Tree.node(
              "class", "OPERATOR", "type", "OPERATOR_NOT", "children", Tree.mutable(arguments));
      default -> Tree.function(name, List.of(arguments));
    };
  }

  private Map<String, @Nullable Object> cast(
      @Nullable Object child, String type, boolean nullOnFailure) {
    changes++;
    Map<String, @Nullable Object> cast =
        Tree.node(
            "class",
            "CAST",
            "type",
            "OPERATOR_CAST",
            "child",
            child,
            "type_expr",
            Tree.node(
                "class",
                "TYPE",
                "type",
                "TYPE",
                "type_name",
                type,
                "qualified_name",
                Tree.node("path", Tree.mutable(type))));
    if (nullOnFailure) {
      cast.put("try_cast", true);
    }
    return cast;
  }

  private static Map<String, @Nullable Object> text(String value) {
    return literal("STRING", value);
  }

  private static Map<String, @Nullable Object> literal(String kind, String text) {
    return Tree.node(
        "class",
        "CONSTANT",
        "type",
        "VALUE_CONSTANT",
        "literal",
        Tree.node("kind", kind, "text", text));
  }

  /// The value of a text literal; null for anything else.
  private static @Nullable String string(Object node) {
    Map<String, @Nullable Object> literal = Tree.map(Tree.map(node).get("literal"));
    return "STRING".equals(literal.get("kind")) ? Tree.text(literal.get("text")) : null;
  }
}
