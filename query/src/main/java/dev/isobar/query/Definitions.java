package dev.isobar.query;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunction;
import org.jspecify.annotations.Nullable;

/// The macros and functions that [Functions] makes calls of, each defined in the database when a
/// query first needs it.
///
/// A macro takes the names in its body from where it is called, so its parameters have names that
/// nobody uses.
final class Definitions {
  private static final Map<String, String> MACROS =
      Map.ofEntries(
          Map.entry(
              "isobar_number",
              """
              (isobar_1) AS CASE isobar_1
                WHEN 'true' THEN 1.0::DOUBLE WHEN 'false' THEN 0.0::DOUBLE
                ELSE TRY_CAST(isobar_1 AS DOUBLE) END\
              """),
          Map.entry(
              "isobar_max",
              """
              (isobar_1) AS CASE WHEN count(isobar_1) = count(TRY_CAST(isobar_1 AS DOUBLE))
                THEN arg_max(isobar_1, TRY_CAST(isobar_1 AS DOUBLE)) ELSE max(isobar_1) END\
              """),
          Map.entry(
              "isobar_min",
              """
              (isobar_1) AS CASE WHEN count(TRY_CAST(isobar_1 AS DOUBLE)) > 0
                THEN arg_min(isobar_1, TRY_CAST(isobar_1 AS DOUBLE)) ELSE min(isobar_1) END\
              """),
          Map.entry(
              "isobar_iif",
              """
              (isobar_1, isobar_2) AS CASE WHEN isobar_1 THEN isobar_2 END,
              (isobar_1, isobar_2, isobar_3) AS CASE WHEN isobar_1 THEN isobar_2 ELSE isobar_3 END\
              """),
          Map.entry(
              "isobar_regexp_substr",
              """
              (isobar_1, isobar_2) AS CASE WHEN regexp_matches(isobar_1, isobar_2)
                THEN regexp_extract(isobar_1, isobar_2) END\
              """),
          Map.entry("isobar_json_type", jsonType(false)),
          Map.entry("isobar_json_typeof", jsonType(true)),
          Map.entry(
              "isobar_elements",
              """
              (isobar_1) AS CASE json_type(isobar_1) WHEN 'ARRAY' THEN json_extract(isobar_1, '$[*]')
                WHEN 'NULL' THEN NULL
                ELSE error('Elements are asked of what is no JSON array: ' || left(isobar_1::VARCHAR, 40))
                END\
              """),
          Map.entry(
              "isobar_element_texts",
              """
              (isobar_1) AS CASE json_type(isobar_1)
                WHEN 'ARRAY' THEN json_extract_string(isobar_1, '$[*]') WHEN 'NULL' THEN NULL
                ELSE error('Elements are asked of what is no JSON array: ' || left(isobar_1::VARCHAR, 40))
                END\
              """),
          Map.entry("isobar_each", each(true)),
          Map.entry("isobar_each_json", each(false)));

  private static String jsonType(boolean postgres) {
    return """
    (isobar_1) AS %s,
    (isobar_1, isobar_2) AS %s\
    """
        .formatted(
            typeName("json_type(isobar_1)", "isobar_1", postgres),
            typeName(
                "json_type(isobar_1, isobar_2)", "json_extract(isobar_1, isobar_2)", postgres));
  }

  /// SQLite's, or Postgres's, name of a JSON type that DuckDB names otherwise.
  private static String typeName(String type, String document, boolean postgres) {
    String number = postgres ? "'number'" : "'integer'";
    return """
    CASE %s WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'array' WHEN 'NULL' THEN 'null'
      WHEN 'VARCHAR' THEN %s
      WHEN 'BOOLEAN' THEN %s
      WHEN 'UBIGINT' THEN %s WHEN 'BIGINT' THEN %s WHEN 'HUGEINT' THEN %s
      WHEN 'UHUGEINT' THEN %s WHEN 'DOUBLE' THEN %s END\
    """
        .formatted(
            type,
            postgres ? "'string'" : "'text'",
            postgres ? "'boolean'" : "json_extract_string(" + document + ", '$')",
            number,
            number,
            number,
            number,
            postgres ? "'number'" : "'real'");
  }

  /// A list of the rows of `json_each`, all of a document at once: one pass over it.
  private static String each(boolean texts) {
    String value = texts ? "json_extract_string(isobar_v, '$')" : "isobar_v";
    String row =
        """
        {'key': %s, 'value': %s, 'type': %s,
         'atom': CASE WHEN json_type(isobar_v) NOT IN ('OBJECT', 'ARRAY') THEN %s END,
         'id': %s, 'parent': NULL::BIGINT, 'fullkey': %s, 'path': isobar_2}\
        """;
    String type = typeName("json_type(isobar_v)", "isobar_v", false);
    String element =
        row.formatted(
            "(isobar_i - 1)::VARCHAR",
            value,
            type,
            value,
            "isobar_i",
            "isobar_2 || '[' || (isobar_i - 1) || ']'");
    String member =
        row.replace("isobar_v", "isobar_m[2]")
            .formatted(
                "json_extract_string(isobar_m[1], '$')",
                value.replace("isobar_v", "isobar_m[2]"),
                type.replace("isobar_v", "isobar_m[2]"),
                value.replace("isobar_v", "isobar_m[2]"),
                "isobar_i",
                "isobar_2 || CASE WHEN regexp_full_match(isobar_m[1]->>'$', '[A-Za-z_][A-Za-z0-9_]*')"
                    + " THEN '.' || (isobar_m[1]->>'$')"
                    + " ELSE '.\"' || (isobar_m[1]->>'$') || '\"' END");
    String single =
        row.replace("isobar_v", "isobar_1")
            .formatted(
                "NULL::VARCHAR",
                value.replace("isobar_v", "isobar_1::JSON"),
                type.replace("isobar_v", "isobar_1"),
                value.replace("isobar_v", "isobar_1::JSON"),
                "1",
                "isobar_2");
    String rows =
        """
        CASE json_type(isobar_1)
          WHEN 'ARRAY' THEN
            list_transform(json_extract(isobar_1, '$[*]'), lambda isobar_v, isobar_i: %s)
          WHEN 'OBJECT' THEN
            list_transform(
              list_zip(list_transform(json_keys(isobar_1), lambda isobar_k: to_json(isobar_k)),
                json_extract(isobar_1, '$.*')),
              lambda isobar_m, isobar_i: %s)
          ELSE CASE WHEN isobar_1 IS NOT NULL THEN [%s] END END\
        """
            .formatted(element, member, single);
    return "(isobar_1) AS %s,\n(isobar_1, isobar_2) AS %s"
        .formatted(
            rows.replace("isobar_2", "'$'"),
            rows.replace("isobar_1", "json_extract(isobar_1, isobar_2)"));
  }

  private final Set<String> defined = new HashSet<>();

  /// Sees to it that the database knows them. The caller holds the database's lock.
  void define(DuckDBConnection connection, Set<String> names) throws SQLException {
    for (String name : names) {
      if (defined.contains(name)) {
        continue;
      }
      String macro = MACROS.get(name);
      if (macro != null) {
        try (var statement = connection.createStatement()) {
          statement.execute("CREATE OR REPLACE MACRO " + name + macro);
        }
      } else {
        register(connection, name);
      }
      defined.add(name);
    }
  }

  private static void register(DuckDBConnection connection, String name) throws SQLException {
    switch (name) {
      case "isobar_json_equal" -> comparison(connection, name, JsonEquality::equal);
      case "isobar_aws_policy_equal" -> comparison(connection, name, JsonEquality::equalPolicies);
      case "isobar_time" -> time(connection, name);
      default -> throw new IllegalArgumentException("no definition of " + name);
    }
  }

  private interface Comparison {
    boolean equal(String left, String right);
  }

  private static void comparison(DuckDBConnection connection, String name, Comparison comparison)
      throws SQLException {
    DuckDBScalarFunction function =
        (chunk, result) -> {
          var left = chunk.vector(0);
          var right = chunk.vector(1);
          for (long row = 0; row < chunk.rowCount(); row++) {
            if (left.isNull(row) || right.isNull(row)) {
              result.setNull(row);
            } else {
              result.setInt(
                  row, comparison.equal(left.getString(row), right.getString(row)) ? 1 : 0);
            }
          }
        };
    try (var builder = DuckDBFunctions.scalarFunction()) {
      var _ =
          builder
              .withName(name)
              .withParameters(DuckDBColumnType.VARCHAR, DuckDBColumnType.VARCHAR)
              .withReturnType(DuckDBColumnType.INTEGER)
              .withVectorizedFunction(function)
              .register(connection);
    }
  }

  /// `isobar_time(lines)`: now, the format, the time and its modifiers, each on a line.
  private static void time(DuckDBConnection connection, String name) throws SQLException {
    DuckDBScalarFunction function =
        (chunk, result) -> {
          var lines = chunk.vector(0);
          int rows = Math.toIntExact(chunk.rowCount());
          // One call for the column: a call for each cell costs more than the work.
          @Nullable String[] texts = new @Nullable String[rows];
          for (int row = 0; row < rows; row++) {
            texts[row] = lines.isNull(row) ? null : time(lines.getString(row));
          }
          result.setStrings(0, texts);
        };
    try (var builder = DuckDBFunctions.scalarFunction()) {
      var _ =
          builder
              .withName(name)
              .withParameters(DuckDBColumnType.VARCHAR)
              .withReturnType(DuckDBColumnType.VARCHAR)
              .withVectorizedFunction(function)
              .register(connection);
    }
  }

  private static @Nullable String time(String lines) {
    List<String> parts = List.of(lines.split("\n", -1));
    return SqliteTime.format(
        parts.get(1), parts.get(2), parts.subList(3, parts.size()), Instant.parse(parts.get(0)));
  }
}
