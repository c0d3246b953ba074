package dev.isobar.query;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.model.Names;
import dev.isobar.model.Span;
import dev.isobar.plan.Plan;
import dev.isobar.plan.ScanColumn;
import dev.isobar.plan.TableScan;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// DuckDB's errors in the words and places of the statement that the user wrote.
///
/// DuckDB sees the rewritten text, so its positions are of no use; the name it complains of is
/// looked up in the tree of the original.
final class DuckDbErrors {
  /// Signatures of a function that a hint shows.
  private static final int MOST_CANDIDATES = 3;

  private static final Pattern NO_TABLE =
      Pattern.compile("(?:Catalog Error: )?Table with name \"?(.*?)\"? does not exist");

  private static final Pattern TABLE_THERE =
      Pattern.compile("(?:Catalog Error: )?Table with name \"?(.*?)\"? already exists");

  private static final Pattern NO_COLUMN =
      Pattern.compile(
          "(?:Binder Error: )?(?:Table|Values list) \"(.+)\" does not have a column named"
              + " \"(.+)\"");

  private DuckDbErrors() {}

  static IsobarException translate(SQLException e, Plan.@Nullable Query plan) {
    Map<?, ?> facts = facts(e);
    String message = messageOf(e);
    if ("COLUMN_NOT_FOUND".equals(facts.get("error_subtype"))
        && facts.get("name") instanceof String name
        && plan != null) {
      return unknownColumn(
          name, facts.get("candidates") instanceof String text ? text : "", plan, e);
    }
    Matcher noTable = NO_TABLE.matcher(message);
    boolean asWritten = plan != null && plan.statement().isEmpty();
    if (asWritten && noTable.lookingAt() && noTable.group(1).contains(".")) {
      return new IsobarException(
          ErrorCode.UNKNOWN_RESOURCE,
          "`" + noTable.group(1) + "` cannot be read in a statement about a table of your own.",
          "Keep its rows first: CREATE TABLE name AS SELECT … FROM provider.service.resource.",
          null,
          e);
    }
    if (noTable.lookingAt()) {
      // DuckDB's own suggestions are its system tables.
      return new IsobarException(
          ErrorCode.UNKNOWN_RESOURCE,
          "There is no table `" + noTable.group(1) + "`.",
          "A provider's table is written provider.service.resource, such as"
              + " linode.instances.linodes: SHOW PROVIDERS, SHOW SERVICES IN … and SHOW RESOURCES"
              + " IN … lead to it.",
          null,
          e);
    }
    Matcher tableThere = TABLE_THERE.matcher(message);
    if (tableThere.lookingAt()) {
      return new IsobarException(
          ErrorCode.QUERY_FAILED,
          "There is a table `" + tableThere.group(1) + "` already.",
          "CREATE OR REPLACE takes its place; DROP removes it.",
          null,
          e);
    }
    Matcher noColumn = NO_COLUMN.matcher(message);
    if (plan != null
        && noColumn.lookingAt()
        && plan.tables().size() == 1
        && plan.tables().getFirst().alias().equalsIgnoreCase(noColumn.group(1))) {
      return unknownColumn(noColumn.group(2), "", plan, e);
    }
    if (message.contains("Invalid result set")) {
      // duckdb_jdbc 2.0.0.1 loses what went wrong before the first row of a streamed result.
      return new IsobarException(
          ErrorCode.QUERY_FAILED,
          "DuckDB failed before the first row, and its driver does not say why.",
          "Most often a value does not fit a CAST: TRY_CAST(value AS type) gives NULL instead. Or"
              + " the memory ran out: SET max_memory = 'off' allows as much as the machine has.",
          null,
          e);
    }
    return new IsobarException(ErrorCode.QUERY_FAILED, sentence(message), hint(message), null, e);
  }

  private static IsobarException unknownColumn(
      String name, String candidates, Plan.Query plan, SQLException cause) {
    String column = name.substring(name.lastIndexOf('.') + 1);
    Set<String> known = new LinkedHashSet<>();
    for (TableScan table : plan.tables()) {
      table.columns().stream().map(ScanColumn::name).forEach(known::add);
      table.method().inputs().forEach(input -> known.add(input.name()));
    }
    if (plan.tables().isEmpty() && !candidates.isBlank()) {
      known.addAll(List.of(candidates.split(",\\s*")));
    }
    String where =
        plan.tables().size() == 1
            ? " in `" + plan.tables().getFirst().table().resource().name() + "`"
            : "";
    String advice =
        plan.tables().isEmpty()
            ? known.isEmpty() ? "" : "The nearest are " + String.join(", ", known) + "."
            : "DESCRIBE "
                + plan.tables().getFirst().table().resource().name()
                + " lists the columns.";
    return new IsobarException(
        ErrorCode.UNKNOWN_COLUMN,
        "There is no column `" + column + "`" + where + ".",
        Names.didYouMean(column, known) + advice,
        place(column, plan),
        cause);
  }

  private static @Nullable Span place(String column, Plan.Query plan) {
    return find(plan.statement(), column, plan);
  }

  private static @Nullable Span find(@Nullable Object node, String column, Plan.Query plan) {
    switch (node) {
      case Map<?, ?> map -> {
        if ("COLUMN_REF".equals(map.get("class"))
            && map.get("column_names") instanceof List<?> names
            && column.equals(names.getLast())) {
          return plan.tree().spanOf(map);
        }
        for (Object child : map.values()) {
          Span found = find(child, column, plan);
          if (found != null) {
            return found;
          }
        }
      }
      case List<?> list -> {
        for (Object child : list) {
          Span found = find(child, column, plan);
          if (found != null) {
            return found;
          }
        }
      }
      case null, default -> {}
    }
    return null;
  }

  /// The message proper: without the kind in front and without Java's stack.
  static String messageOf(SQLException e) {
    return facts(e).get("exception_message") instanceof String message
        ? message
        : String.valueOf(e.getMessage());
  }

  private static Map<?, ?> facts(SQLException e) {
    String text = String.valueOf(e.getMessage());
    int brace = text.indexOf('{');
    if (brace < 0) {
      return Map.of();
    }
    try {
      return Json.parse(text.substring(brace)) instanceof Map<?, ?> map ? map : Map.of();
    } catch (IllegalArgumentException _) {
      return Map.of();
    }
  }

  /// The first line, as a sentence.
  static String sentence(String message) {
    String line = message.strip().lines().findFirst().orElse("The query failed").strip();
    for (String kind : List.of("Parser Error: ", "Binder Error: ", "Catalog Error: ")) {
      line = line.startsWith(kind) ? line.substring(kind.length()) : line;
    }
    line = line.replace('"', '`');
    String capital =
        line.isEmpty() ? line : Character.toUpperCase(line.charAt(0)) + line.substring(1);
    return capital.endsWith(".") || capital.endsWith("!") || capital.endsWith("?")
        ? capital
        : capital + ".";
  }

  private static String hint(String message) {
    List<String> lines =
        message.lines().skip(1).map(String::strip).filter(l -> !l.isEmpty()).toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("Did you mean")) {
        return line.replace('"', '`');
      }
      if (line.startsWith("Candidate")) {
        // A heading: the candidates are the lines below it.
        int end = Math.min(lines.size(), i + 1 + MOST_CANDIDATES);
        String candidates = String.join(", ", lines.subList(i + 1, end));
        return (line + " " + candidates).strip().replace('"', '`');
      }
    }
    return "Queries are evaluated by DuckDB; its documentation describes every function.";
  }
}
