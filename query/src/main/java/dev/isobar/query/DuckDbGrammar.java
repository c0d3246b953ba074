package dev.isobar.query;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.model.Span;
import dev.isobar.parse.QueryGrammar;
import dev.isobar.parse.QueryTree;
import dev.isobar.parse.SqliteWords;
import dev.isobar.plan.Tree;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// DuckDB's own parser, through `json_serialize_sql` and `json_deserialize_sql`.
public final class DuckDbGrammar implements QueryGrammar {
  private final Database database;

  public DuckDbGrammar(Database database) {
    this.database = database;
  }

  @Override
  public QueryTree parse(String sql, int offset) {
    Map<String, @Nullable Object> answer =
        Tree.map(
            Json.parse(
                call(
                    "SELECT json_serialize_sql(?, skip_null := true, skip_empty := true,"
                        + " skip_default := true)",
                    SqliteWords.replaced(sql))));
    if (Boolean.TRUE.equals(answer.get("error"))) {
      throw error(sql, offset, answer);
    }
    List<?> statements = answer.get("statements") instanceof List<?> list ? list : List.of();
    if (statements.size() != 1) {
      throw new IsobarException(
          ErrorCode.SYNTAX_ERROR,
          "One query is expected here, and there are " + statements.size() + ".",
          "Separate statements with `;`.",
          new Span(Math.max(0, offset), Math.max(0, offset + sql.length())));
    }
    return new QueryTree(sql, offset, Tree.map(statements.getFirst()));
  }

  /// The text of a rewritten tree.
  String print(Map<String, @Nullable Object> statement) {
    return call(
        "SELECT json_deserialize_sql(?::JSON)",
        Json.write(Map.of("error", false, "statements", List.of(statement))));
  }

  private String call(String function, String argument) {
    try (var connection = database.connect();
        var call = connection.prepareStatement(function)) {
      call.setString(1, argument);
      try (var rows = call.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException e) {
      throw new IsobarException(
          ErrorCode.INTERNAL_ERROR,
          "DuckDB could not read the query: " + DuckDbErrors.messageOf(e) + ".",
          "Please report this with the statement.",
          null,
          e);
    }
  }

  private static IsobarException error(
      String sql, int offset, Map<String, @Nullable Object> answer) {
    String message = String.valueOf(answer.get("error_message"));
    if ("not implemented".equals(answer.get("error_type"))) {
      boolean parameters = message.contains("parameter");
      return new IsobarException(
          ErrorCode.UNSUPPORTED_STATEMENT,
          parameters
              ? "A query cannot mix named and positional parameters."
              : "This form of query cannot be planned yet.",
          parameters
              ? "Write the values themselves."
              : "PIVOT and UNPIVOT as statements are such forms: use GROUP BY with FILTER instead.",
          new Span(Math.max(0, offset), Math.max(0, offset + sql.length())));
    }
    Span span = null;
    if (answer.get("position") instanceof String position) {
      byte[] utf8 = sql.getBytes(StandardCharsets.UTF_8);
      int bytes = Math.min(utf8.length, Integer.parseInt(position));
      int start = offset + new String(utf8, 0, bytes, StandardCharsets.UTF_8).length();
      int end = start;
      while (end - offset < sql.length() && Character.isLetterOrDigit(sql.charAt(end - offset))) {
        end++;
      }
      span = start < 0 ? null : new Span(start, Math.max(end, start + 1));
    }
    return new IsobarException(
        ErrorCode.SYNTAX_ERROR,
        DuckDbErrors.sentence(message),
        "Queries follow DuckDB's SQL; names that are not plain words need double quotes.",
        span);
  }
}
