package dev.isobar.docgen;

import dev.isobar.catalog.Input;
import dev.isobar.catalog.Method;
import dev.isobar.catalog.Operation;
import dev.isobar.catalog.Resource;
import dev.isobar.catalog.RowColumn;
import dev.isobar.catalog.Schema;
import dev.isobar.catalog.View;
import dev.isobar.model.Json;
import dev.isobar.model.SqlVerb;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The statement that calls one method, ready to be copied: with all that the method needs, the
/// fields of its body, and placeholders of the right types.
///
/// Of several methods of a verb the first is called that takes what a statement gives. Where a
/// statement with the verb would call another method, EXEC names the method.
public final class CallStatement {
  private static final String WHOLE_BODY = "@@json";

  /// How many optional fields of a body are written.
  private static final int OPTIONAL = 40;

  /// The longest value beside which a comment stands in line with the others.
  private static final int ALIGNED = 44;

  private final PageName page;
  private final Resource resource;
  private final Method method;
  private final Map<String, @Nullable Object> values;

  private CallStatement(Resource resource, Method method, Map<String, @Nullable Object> values) {
    this.page =
        new PageName(
            resource.name().provider(), resource.name().service(), resource.name().resource());
    this.resource = resource;
    this.method = method;
    this.values = values;
  }

  /// One statement for each verb of the method, with a semicolon and a line end.
  public static List<String> of(Resource resource, Method method) {
    List<SqlVerb> verbs = resource.verbsOf(method);
    return (verbs.isEmpty() ? List.of(SqlVerb.EXEC) : verbs)
        .stream().map(verb -> of(resource, method, verb, Map.of())).distinct().toList();
  }

  /// The statement for one verb.
  ///
  /// @param values for some inputs, by their names in SQL, instead of placeholders; plain JSON
  ///   values
  public static String of(
      Resource resource, Method method, SqlVerb verb, Map<String, @Nullable Object> values) {
    return new CallStatement(resource, method, values).text(verb);
  }

  /// The statement that a view answers.
  static String of(PageName page, View view, List<Field> fields) {
    List<Line> lines = new ArrayList<>();
    columns(lines, fields.stream().map(Field::name).toList());
    lines.add(new Line("FROM " + SqlNames.of(page), ""));
    String before = "WHERE ";
    for (String name : view.requiredParameters()) {
      lines.add(new Line(before + SqlNames.of(name) + " = '<" + plain(name) + ">'", "required"));
      before = "  AND ";
    }
    return text(lines);
  }

  /// A line of a statement.
  private record Line(String code, String comment) {
    /// The same as the last line of a statement.
    Line ended() {
      return new Line(code + ";", comment);
    }
  }

  private String text(SqlVerb verb) {
    List<Line> lines =
        switch (verb) {
          case SELECT -> select();
          case INSERT -> insert();
          case UPDATE, REPLACE -> update(verb);
          case DELETE -> delete();
          case EXEC -> null;
        };
    return text(lines == null ? exec() : lines);
  }

  private @Nullable List<Line> select() {
    List<Input> given = required();
    List<String> columns = method.rowColumns().stream().map(RowColumn::name).toList();
    boolean viewed =
        resource.views().stream().anyMatch(view -> view.missing(names(given)).isEmpty());
    if (viewed || other(SqlVerb.SELECT, given, earlier -> gives(earlier, columns, given))) {
      return null;
    }
    List<Line> lines = new ArrayList<>();
    columns(lines, columns);
    lines.add(new Line("FROM " + SqlNames.of(page), ""));
    where(lines, given);
    return lines;
  }

  private static void columns(List<Line> lines, List<String> columns) {
    lines.add(new Line(columns.isEmpty() ? "SELECT *" : "SELECT", ""));
    for (int i = 0; i < columns.size(); i++) {
      lines.add(
          new Line("  " + SqlNames.of(columns.get(i)) + (i < columns.size() - 1 ? "," : ""), ""));
    }
  }

  private static boolean gives(Method earlier, List<String> columns, List<Input> given) {
    return columns.stream().allMatch(column -> earlier.column(column) != null)
        && given.stream().allMatch(input -> earlier.input(input.name()) != null);
  }

  private @Nullable List<Line> insert() {
    for (List<Input> given : List.of(withBody(), required())) {
      if (!other(SqlVerb.INSERT, given, earlier -> takes(earlier, given))) {
        List<Item> items = items(given);
        wholeBody(items);
        if (items.isEmpty()) {
          return null;
        }
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("INSERT INTO " + SqlNames.of(page) + " (", ""));
        for (int i = 0; i < items.size(); i++) {
          lines.add(
              new Line(
                  "  " + SqlNames.of(items.get(i).name) + (i < items.size() - 1 ? "," : ""), ""));
        }
        lines.add(new Line(")", ""));
        lines.add(new Line("VALUES (", ""));
        for (int i = 0; i < items.size(); i++) {
          Item item = items.get(i);
          lines.add(new Line("  " + item.value + (i < items.size() - 1 ? "," : ""), item.comment));
        }
        lines.add(new Line(")", ""));
        return lines;
      }
    }
    return null;
  }

  private @Nullable List<Line> update(SqlVerb verb) {
    for (List<Input> given : List.of(withBody(), required())) {
      if (!other(verb, given, earlier -> takes(earlier, given))) {
        List<Item> fields = items(given.stream().filter(CallStatement::isBody).toList());
        wholeBody(fields);
        if (fields.isEmpty()) {
          return null;
        }
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(verb + " " + SqlNames.of(page), ""));
        lines.add(new Line("SET", ""));
        for (int i = 0; i < fields.size(); i++) {
          Item item = fields.get(i);
          lines.add(
              new Line("  " + item.equality() + (i < fields.size() - 1 ? "," : ""), item.comment));
        }
        where(lines, given.stream().filter(input -> !isBody(input)).toList());
        return lines;
      }
    }
    return null;
  }

  private @Nullable List<Line> delete() {
    List<Input> given = required();
    if (other(SqlVerb.DELETE, given, earlier -> takes(earlier, given))) {
      return null;
    }
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("DELETE FROM " + SqlNames.of(page), ""));
    where(lines, given);
    return lines;
  }

  private List<Line> exec() {
    List<Item> items = items(withBody());
    wholeBody(items);
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("EXEC " + SqlNames.of(page) + "." + SqlNames.of(method.name()), ""));
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      String name = item.name.equals(WHOLE_BODY) ? WHOLE_BODY : "@" + SqlNames.of(item.name);
      String comma = i < items.size() - 1 ? "," : "";
      lines.add(new Line("  " + name + " = " + item.value + comma, item.comment));
    }
    return lines;
  }

  private void where(List<Line> lines, List<Input> given) {
    String before = "WHERE ";
    for (Item item : items(given)) {
      lines.add(new Line(before + item.equality(), item.comment));
      before = "  AND ";
    }
  }

  /// Whether a method before this one answers the statement.
  private boolean other(SqlVerb verb, List<Input> given, Predicate<Method> also) {
    for (Method earlier : resource.methods(verb)) {
      if (earlier.name().equals(method.name())) {
        return false;
      }
      boolean complete =
          earlier.requiredInputs().stream()
              .allMatch(needed -> given.stream().anyMatch(input -> needed.isCalled(input.name())));
      if (complete && also.test(earlier)) {
        return true;
      }
    }
    return false;
  }

  private static boolean takes(Method earlier, List<Input> given) {
    return given.stream().allMatch(input -> earlier.input(input.name()) != null);
  }

  private List<Input> required() {
    return method.inputs().stream().filter(this::isGiven).toList();
  }

  private boolean isGiven(Input input) {
    return input.required() || input.shownAsRequired() || values.containsKey(input.name());
  }

  /// What is required, and the optional fields of the body.
  private List<Input> withBody() {
    List<Input> inputs = new ArrayList<>();
    int optional = 0;
    for (Input input : method.inputs()) {
      boolean field = isBody(input) && !input.schema().readOnly() && !input.schema().deprecated();
      if (isGiven(input) || (values.isEmpty() && field && optional++ < OPTIONAL)) {
        inputs.add(input);
      }
    }
    return inputs;
  }

  private static boolean isBody(Input input) {
    return input.location() == Input.Location.BODY;
  }

  private static Set<String> names(List<Input> inputs) {
    return inputs.stream().map(Input::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /// A name, its value as SQL, and what the value is.
  private record Item(String name, String value, String comment) {
    String equality() {
      return SqlNames.of(name) + " = " + value;
    }
  }

  private List<Item> items(List<Input> inputs) {
    List<Item> items = new ArrayList<>();
    for (Input input : inputs) {
      Object value =
          values.containsKey(input.name()) ? values.get(input.name()) : Placeholders.of(input);
      String type = input.schema().type().isEmpty() ? "any" : plain(input.schema().type());
      boolean required = input.required() || input.shownAsRequired();
      items.add(new Item(input.name(), literal(value), type + (required ? ", required" : "")));
    }
    return items;
  }

  /// Adds the body where nothing but the whole of it can be given.
  private void wholeBody(List<Item> items) {
    Operation.Body body = method.operation().body();
    if (body == null || !method.takesWholeBodyOnly()) {
      return;
    }
    Schema schema = body.schema() == null ? Schema.ANY : body.schema();
    String json = Json.write(Placeholders.of("body", schema));
    items.add(
        new Item(
            WHOLE_BODY,
            literal(json),
            "the whole body as JSON" + (body.required() ? ", required" : "")));
  }

  static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case String text -> quoted(text);
      default -> quoted(Json.write(value));
    };
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /// A word of a document in a comment or a placeholder, where it must not end the line or the
  /// text.
  private static String plain(String word) {
    return Words.line(word, 80).replace("'", "");
  }

  private static String text(List<Line> lines) {
    lines.add(lines.removeLast().ended());
    int width = 0;
    for (Line line : lines) {
      if (!line.comment.isEmpty() && line.code.length() <= ALIGNED) {
        width = Math.max(width, line.code.length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      text.append(line.code);
      if (!line.comment.isEmpty()) {
        text.repeat(" ", Math.max(0, width - line.code.length()) + 2);
        text.append("-- ").append(line.comment);
      }
      text.append('\n');
    }
    return text.toString();
  }
}
