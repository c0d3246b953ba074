package dev.isobar.parse;

import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Span;
import java.util.Optional;

/// Statements that people may expect here and that this version cannot do, with what works instead.
final class Unsupported {
  private Unsupported() {}

  /// The error for a statement that begins with a known word, or nothing.
  static Optional<IsobarException> statement(Token verb) {
    String name =
        switch (verb.keyword()) {
          case "COMMENT" -> verb.keyword();
          case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT" -> verb.keyword();
          case "SAVEPOINT", "RELEASE", "LOCK" -> verb.keyword();
          case "USE", "PURGE", "SLEEP", "NATIVEQUERY" -> verb.keyword();
          case "MERGE", "UPSERT", "COPY", "CALL", "EXECUTE", "PREPARE" -> verb.keyword();
          case "DEALLOCATE", "ATTACH", "DETACH", "INSTALL", "LOAD" -> verb.keyword();
          case "EXPORT", "IMPORT", "PRAGMA", "RESET", "VACUUM", "ANALYZE" -> verb.keyword();
          case "CHECKPOINT", "GRANT", "REVOKE", "KILL", "FLUSH" -> verb.keyword();
          default -> "";
        };
    return name.isEmpty() ? Optional.empty() : Optional.of(of(name, verb.span()));
  }

  static IsobarException of(String name, Span span) {
    return new IsobarException(
        ErrorCode.UNSUPPORTED_STATEMENT, name + " is not there yet.", hint(name), span);
  }

  private static String hint(String name) {
    return switch (name) {
      case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE" ->
          "Each statement takes effect at once.";
      case "SET TRANSACTION" -> "Each statement takes effect at once.";
      case "USE" -> "Write resources with all three parts, as in linode.instances.linodes.";
      case "PURGE" -> "Rows of an API are not kept, so there is nothing to purge.";
      case "NATIVEQUERY" -> "SELECT takes all of DuckDB's SELECT, also without a provider.";
      case "CALL", "EXECUTE" -> "EXEC p.s.r.method @name='value' calls a method.";
      case "MERGE", "UPSERT" -> "INSERT, UPDATE and REPLACE change resources.";
      case "COPY", "EXPORT" -> "isobar exec -o csv -f FILE writes the rows of a query to a file.";
      case "RESET", "PRAGMA" -> "SET name = value changes a setting.";
      case "SHOW INSERT" ->
          "DESCRIBE METHOD p.s.r.method lists what a method takes; SHOW METHODS IN p.s.r lists the"
              + " methods.";
      default ->
          "These work: SELECT, SHOW, DESCRIBE, EXEC, INSERT, UPDATE, REPLACE, DELETE, EXPLAIN,"
              + " CREATE, DROP, ALTER, TRUNCATE, REFRESH, REGISTRY, AUTH, SET.";
    };
  }
}
