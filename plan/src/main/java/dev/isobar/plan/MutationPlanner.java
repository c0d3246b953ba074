package dev.isobar.plan;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Resource;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Names;
import dev.isobar.model.Span;
import dev.isobar.model.SqlVerb;
import dev.isobar.parse.Name;
import dev.isobar.parse.QueryTree;
import dev.isobar.parse.Statement;
import dev.isobar.resolve.ResolvedStatement;
import dev.isobar.resolve.Resolver;
import dev.isobar.resolve.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plans INSERT, UPDATE, REPLACE, DELETE and EXEC: which method, and where each request's values
/// come from.
final class MutationPlanner {
  private final Resolver resolver;
  private final boolean pushesDown;

  MutationPlanner(Resolver resolver, boolean pushesDown) {
    this.resolver = resolver;
    this.pushesDown = pushesDown;
  }

  Plan.Mutation insert(ResolvedStatement.Insert insert) {
    Statement.Insert written = insert.written();
    checkOnce(written.columns());
    Method method = method(insert.table(), SqlVerb.INSERT, written.columns());
    List<String> names = names(written.columns(), method);
    RowSource source;
    if (insert.source() != null) {
      source =
          new RowSource.Rows(
              names,
              new QueryPlanner(insert.source(), resolver, pushesDown).plan(),
              List.of(Map.of()));
    } else {
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      for (List<Statement.Literal> row :
          written.literals() == null ? List.<List<Statement.Literal>>of() : written.literals()) {
        rows.add(literalRow(names, row, written.source().span()));
      }
      source = new RowSource.Literals(names, rows);
    }
    return new Plan.Mutation(SqlVerb.INSERT, insert.table(), method, source, written.returning());
  }

  private static Map<String, @Nullable Object> literalRow(
      List<String> names, List<Statement.Literal> row, Span span) {
    if (row.size() != names.size()) {
      throw new IsobarException(
          ErrorCode.SYNTAX_ERROR,
          "INSERT names " + names.size() + " columns, and a row has " + row.size() + " values.",
          "Give one value for each column.",
          row.isEmpty() ? span : row.getFirst().span());
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), row.get(i).value());
    }
    return values;
  }

  Plan.Mutation update(ResolvedStatement.Update update) {
    Statement.Update written = update.written();
    SqlVerb verb = written.replace() ? SqlVerb.REPLACE : SqlVerb.UPDATE;
    List<Name.Part> columns =
        written.assignments().stream().map(Statement.Assignment::column).toList();
    checkOnce(columns);
    List<Equality> equalities = equalities(update.table(), update.condition(), verb);
    List<Name.Part> all = new ArrayList<>(columns);
    equalities.forEach(equality -> all.add(equality.column()));
    checkOnce(all);
    checkConditions(update.table().resource(), verb, equalities);
    Method method = method(update.table(), verb, all);
    List<Map<String, @Nullable Object>> targets = targets(equalities, method);
    boolean literal = written.assignments().stream().allMatch(a -> a.literal() != null);
    List<String> names = names(columns, method);
    RowSource source;
    if (literal) {
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      for (Map<String, @Nullable Object> target : targets) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
          Statement.Literal value = written.assignments().get(i).literal();
          row.put(names.get(i), value == null ? null : value.value());
        }
        row.putAll(target);
        rows.add(row);
      }
      source = new RowSource.Literals(names(all, method), rows);
    } else {
      String sql =
          written.assignments().stream()
              .map(assignment -> "(" + assignment.expression().sql() + ")")
              .collect(Collectors.joining(", ", "SELECT ", ""));
      int offset = written.assignments().getFirst().expression().span().start() - 8;
      source =
          new RowSource.Rows(
              names,
              new QueryPlanner(resolver.query(sql, offset), resolver, pushesDown).plan(),
              targets);
    }
    return new Plan.Mutation(verb, update.table(), method, source, written.returning());
  }

  Plan.Mutation delete(ResolvedStatement.Delete delete) {
    List<Equality> equalities = equalities(delete.table(), delete.condition(), SqlVerb.DELETE);
    Method method =
        method(delete.table(), SqlVerb.DELETE, equalities.stream().map(Equality::column).toList());
    return new Plan.Mutation(
        SqlVerb.DELETE,
        delete.table(),
        method,
        new RowSource.Literals(
            names(equalities.stream().map(Equality::column).toList(), method),
            targets(equalities, method)),
        delete.written().returning());
  }

  Plan.Exec exec(ResolvedStatement.Exec exec) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Statement.Argument argument : exec.written().arguments()) {
      if (values.containsKey(argument.name())) {
        throw new IsobarException(
            ErrorCode.SYNTAX_ERROR,
            "`@" + argument.name() + "` is given twice.",
            "Give it once.",
            argument.span());
      }
      checkKnown(exec.method(), new Name.Part(argument.name(), argument.span()));
      values.put(argument.name(), argument.value().value());
    }
    Object json = null;
    Statement.Literal written = exec.written().json();
    if (written != null) {
      json = body(written);
    }
    Set<String> names = new LinkedHashSet<>(values.keySet());
    if (json instanceof Map<?, ?> body) {
      BodyNames bodyNames = exec.method().bodyNames();
      String path = bodyNames.path();
      Map<String, @Nullable Object> fields = Tree.map(path.isEmpty() ? body : body.get(path));
      fields.keySet().forEach(key -> names.add(bodyNames.prefix() + key));
    } else if (json != null) {
      exec.method().inputs().stream()
          .filter(input -> input.location() == Input.Location.BODY)
          .forEach(input -> names.add(input.name()));
    }
    List<Input> missing = Methods.missing(exec.method(), names);
    if (!missing.isEmpty()) {
      String lacking =
          missing.stream().map(i -> "`@" + i.name() + "`").collect(Collectors.joining(" and "));
      throw new IsobarException(
          ErrorCode.MISSING_REQUIRED_PARAMETER,
          "`" + exec.method().name() + "` needs " + lacking + ".",
          "EXEC "
              + exec.table().resource().name()
              + "."
              + exec.method().name()
              + " "
              + exec.method().requiredInputs().stream()
                  .map(i -> "@" + i.name() + "='…'")
                  .collect(Collectors.joining(", "))
              + " has all that it needs.",
          exec.written().method().span());
    }
    return new Plan.Exec(exec.table(), exec.method(), values, json);
  }

  private static @Nullable Object body(Statement.Literal written) {
    try {
      return dev.isobar.model.Json.parse(String.valueOf(written.value()));
    } catch (IllegalArgumentException e) {
      throw new IsobarException(
          ErrorCode.INVALID_PARAMETER,
          "The body given as @@json is not JSON: " + e.getMessage() + ".",
          "Give one JSON value between single quotes, such as '{\"label\": \"web\"}'.",
          written.span(),
          e);
    }
  }

  private static void checkOnce(List<Name.Part> columns) {
    Set<String> seen = new LinkedHashSet<>();
    for (Name.Part column : columns) {
      if (!seen.add(column.text())) {
        throw new IsobarException(
            ErrorCode.SYNTAX_ERROR,
            "`" + column.text() + "` is given twice.",
            "Give it once.",
            column.span());
      }
    }
  }

  /// The columns as the method lists them, each given once by whatever name.
  private static List<String> names(List<Name.Part> columns, Method method) {
    List<Name.Part> listed =
        columns.stream()
            .map(column -> new Name.Part(Requests.listedName(method, column.text()), column.span()))
            .toList();
    checkOnce(listed);
    return listed.stream().map(Name.Part::text).toList();
  }

  /// The method for the columns given: one that takes them all, if there is one.
  private static Method method(Table table, SqlVerb verb, List<Name.Part> columns) {
    Resource resource = table.resource();
    List<Method> candidates = resource.methods(verb);
    if (candidates.isEmpty()) {
      throw Methods.unsupported(resource, verb, table.span());
    }
    Set<String> names = columns.stream().map(Name.Part::text).collect(Collectors.toSet());
    Method method =
        Methods.choose(resource, verb, names, m -> names.stream().allMatch(name -> takes(m, name)));
    if (method != null) {
      return method;
    }
    for (Name.Part column : columns) {
      if (candidates.stream().noneMatch(candidate -> takes(candidate, column.text()))) {
        checkKnown(candidates, resource, verb, column);
      }
    }
    Method lenient = Methods.choose(resource, verb, names);
    if (lenient == null) {
      throw Methods.lacking(resource, verb, names, table.span());
    }
    columns.forEach(column -> checkKnown(lenient, column));
    return lenient;
  }

  private static boolean takes(Method method, String name) {
    if (name.equals(Requests.WHOLE_BODY)) {
      return method.operation().body() != null;
    }
    int dot = name.indexOf('.');
    Input outer = dot < 0 ? null : method.input(name.substring(0, dot));
    return method.input(name) != null || (outer != null && outer.location() == Input.Location.BODY);
  }

  private static void checkKnown(Method method, Name.Part column) {
    if (!takes(method, column.text())) {
      throw unknown(
          "`" + method.name() + "` takes no `" + column.text() + "`.", List.of(method), column);
    }
  }

  private static void checkKnown(
      List<Method> candidates, Resource resource, SqlVerb verb, Name.Part column) {
    boolean readable = resource.columns().stream().anyMatch(c -> c.name().equals(column.text()));
    boolean condition = verb == SqlVerb.UPDATE || verb == SqlVerb.DELETE || verb == SqlVerb.REPLACE;
    if (readable && condition && noBodyProperty(candidates, column.text())) {
      throw cannotChoose(candidates, verb, column);
    }
    throw unknown(
        verb + " of `" + resource.name() + "` takes no `" + column.text() + "`.",
        candidates,
        column);
  }

  /// A property that may be changed is no condition: as one, it would be sent as a new value. A
  /// property that must be sent may name the thing to change, as AWS's `data__Identifier` does.
  private static void checkConditions(Resource resource, SqlVerb verb, List<Equality> equalities) {
    List<Method> candidates = resource.methods(verb);
    for (Equality equality : equalities) {
      String name = equality.column.text();
      boolean chooses =
          candidates.stream()
              .map(method -> method.input(name))
              .anyMatch(input ->
                  input != null && (input.location() != Input.Location.BODY || input.required()));
      boolean property =
          name.contains(".")
              || candidates.stream()
                  .flatMap(method -> method.inputs().stream())
                  .filter(input -> input.location() == Input.Location.BODY)
                  .anyMatch(input -> input.name().equals(name) || input.wireName().equals(name));
      if (!chooses && property) {
        throw cannotChoose(candidates, verb, equality.column);
      }
    }
  }

  private static IsobarException cannotChoose(
      List<Method> candidates, SqlVerb verb, Name.Part column) {
    return new IsobarException(
        ErrorCode.UNSUPPORTED_STATEMENT,
        verb + " cannot choose by `" + column.text() + "`, which is not a parameter of its method.",
        "Choose by "
            + candidates.getFirst().requiredInputs().stream()
                .filter(input -> input.location() == Input.Location.PATH)
                .map(input -> "`" + input.name() + "`")
                .collect(Collectors.joining(" and "))
            + ": read the values with SELECT first.",
        column.span());
  }

  private static boolean noBodyProperty(List<Method> candidates, String name) {
    return candidates.stream()
        .flatMap(method -> method.inputs().stream())
        .noneMatch(i -> i.location() == Input.Location.BODY && i.wireName().equals(name));
  }

  private static IsobarException unknown(String message, List<Method> methods, Name.Part column) {
    Collection<String> takes =
        methods.stream()
            .flatMap(m -> m.inputs().stream())
            .map(Input::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    String body =
        methods.stream()
            .flatMap(m -> m.inputs().stream())
            .filter(i -> i.wireName().equals(column.text()))
            .map(Input::name)
            .findFirst()
            .map(name -> "Did you mean `" + name + "`? ")
            .orElseGet(() -> Names.didYouMean(column.text(), takes));
    return new IsobarException(
        ErrorCode.UNKNOWN_COLUMN,
        message,
        body
            + (takes.isEmpty()
                ? "It takes nothing."
                : "It takes " + String.join(", ", takes) + "."),
        column.span());
  }

  /// `column = value` or `column IN (values)` of a condition.
  private record Equality(Name.Part column, List<@Nullable Object> values) {}

  private static List<Equality> equalities(
      Table table, ResolvedStatement.@Nullable Query condition, SqlVerb verb) {
    if (condition == null) {
      return List.of();
    }
    QueryTree tree = condition.tree();
    Map<String, @Nullable Object> select = Tree.map(tree.statement().get("node"));
    List<Equality> equalities = new ArrayList<>();
    for (Map<String, @Nullable Object> part : Tree.conjuncts(select.get("where_clause"))) {
      Equality equality = equality(tree, table, part);
      if (equality == null) {
        throw new IsobarException(
            ErrorCode.UNSUPPORTED_STATEMENT,
            verb + " chooses by `parameter = value` and `parameter IN (values)`, joined by AND.",
            "Read the values of the parameters with SELECT first, and give them here.",
            tree.spanOf(part));
      }
      if (equalities.stream().anyMatch(e -> e.column.text().equals(equality.column.text()))) {
        throw new IsobarException(
            ErrorCode.SYNTAX_ERROR,
            "`" + equality.column.text() + "` is given twice.",
            "Give it once.",
            equality.column.span());
      }
      equalities.add(equality);
    }
    return equalities;
  }

  private static @Nullable Equality equality(
      QueryTree tree, Table table, Map<String, @Nullable Object> part) {
    if (Tree.isType(part, "COMPARE_IN")) {
      List<@Nullable Object> children = Tree.list(part.get("children"));
      return equality(tree, table, children.getFirst(), children.subList(1, children.size()));
    }
    if (!Tree.isType(part, "COMPARE_EQUAL")) {
      return null;
    }
    Equality equality = equality(tree, table, part.get("left"), Tree.mutable(part.get("right")));
    return equality != null
        ? equality
        : equality(tree, table, part.get("right"), Tree.mutable(part.get("left")));
  }

  private static @Nullable Equality equality(
      QueryTree tree, Table table, @Nullable Object column, List<@Nullable Object> values) {
    List<String> names = Tree.columnNames(column);
    if (names.isEmpty()) {
      return null;
    }
    List<String> path = names.subList(0, names.size() - 1);
    var name = table.resource().name();
    List<String> full = List.of(name.provider(), name.service(), name.resource());
    if (path.size() > 3 || !full.subList(3 - path.size(), 3).equals(path)) {
      return null;
    }
    List<@Nullable Object> literals = new ArrayList<>();
    for (Object value : values) {
      Tree.Literal literal = Tree.literal(value);
      if (literal == null) {
        return null;
      }
      if (literal.value() != null && !literals.contains(literal.value())) {
        literals.add(literal.value());
      }
    }
    Span span = tree.spanOf(Tree.map(column));
    return new Equality(
        new Name.Part(names.getLast(), span == null ? table.span() : span), literals);
  }

  /// One set of values for each request: the combinations of the lists.
  private static List<Map<String, @Nullable Object>> targets(
      List<Equality> equalities, Method method) {
    Set<Map<String, @Nullable Object>> targets = new LinkedHashSet<>();
    targets.add(Map.of());
    for (Equality equality : equalities) {
      Set<Map<String, @Nullable Object>> longer = new LinkedHashSet<>();
      Input input = method.input(equality.column.text());
      for (Map<String, @Nullable Object> target : targets) {
        for (Object value : equality.values) {
          Map<String, @Nullable Object> one = new LinkedHashMap<>(target);
          one.put(
              input == null ? equality.column.text() : input.name(),
              value == null || input == null ? value : Values.convert(value, input));
          longer.add(one);
        }
      }
      targets = longer;
    }
    return List.copyOf(targets);
  }
}
