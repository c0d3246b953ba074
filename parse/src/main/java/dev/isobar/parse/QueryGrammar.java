package dev.isobar.parse;

/// The grammar of SELECT, which `query` implements with DuckDB's own parser.
///
/// Loading it is slow (a native library), so it is called only for statements that hold a query or
/// an expression, and only when the tree is needed.
public interface QueryGrammar {
  /// Parses one SELECT statement (also WITH, FROM, VALUES, TABLE, SUMMARIZE…).
  ///
  /// @param sql the text of one statement, without `;`
  /// @param offset where the text begins in the script, for the spans of errors
  /// @throws dev.isobar.model.IsobarException `SYNTAX_ERROR` with a span in the script, or
  ///   `UNSUPPORTED_STATEMENT` for what has no tree
  QueryTree parse(String sql, int offset);
}
