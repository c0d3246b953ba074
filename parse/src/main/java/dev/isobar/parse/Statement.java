package dev.isobar.parse;

import dev.isobar.model.Span;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One statement as written. [#span()] covers it without its `;`.
///
/// Expressions are kept as [Text]: DuckDB parses them when the plan needs them, so that statements
/// without any never load it.
public sealed interface Statement {
  Span span();

  /// A slice of the script: an expression, a condition, a list of them, or a whole query.
  record Text(String sql, Span span) {}

  /// SELECT and everything else that DuckDB's SELECT grammar takes (WITH, FROM, VALUES,
  /// SUMMARIZE…).
  record Query(Text text) implements Statement {
    @Override
    public Span span() {
      return text.span();
    }
  }

  /// EXPLAIN of any other statement: lists its requests, sends none.
  record Explain(Statement statement, Span span) implements Statement {}

  /// `SHOW [EXTENDED] PROVIDERS | SERVICES IN p | RESOURCES IN p.s | METHODS IN p.s.r`. EXTENDED
  /// may also stand after the kind.
  ///
  /// @param in null for PROVIDERS
  /// @param like the pattern of LIKE, or null
  /// @param where the condition over the output columns, or null
  record Show(
      Kind kind,
      boolean extended,
      @Nullable Name in,
      @Nullable String like,
      @Nullable Text where,
      Span span)
      implements Statement {
    /// What is listed.
    public enum Kind {
      PROVIDERS,
      SERVICES,
      RESOURCES,
      METHODS
    }
  }

  /// `DESCRIBE [EXTENDED] p.s.r` (also DESC, and FULL for EXTENDED).
  record Describe(Name resource, boolean extended, Span span) implements Statement {}

  /// `DESCRIBE METHOD [EXTENDED] p.s.r.m`; EXTENDED may also stand before METHOD.
  record DescribeMethod(Name method, boolean extended, Span span) implements Statement {}

  /// `EXEC [/*+ hints */] p.s.r.m @name = literal, … [[,] @@json = '{…}']`.
  ///
  /// @param method four parts
  /// @param json the text of the body, or null
  record Exec(
      Name method, List<Argument> arguments, @Nullable Literal json, Set<String> hints, Span span)
      implements Statement {
    public Exec {
      arguments = List.copyOf(arguments);
      hints = Set.copyOf(hints);
    }
  }

  /// `@name = literal` of EXEC.
  record Argument(String name, Literal value, Span span) {}

  /// A literal.
  ///
  /// @param value [String], [Long], [java.math.BigInteger], [java.math.BigDecimal], [Boolean] or
  ///   null
  record Literal(@Nullable Object value, Span span) {}

  /// `INSERT INTO p.s.r (columns) VALUES (…), … | SELECT … [RETURNING …]`.
  ///
  /// @param columns a dotted column (`data__a.b`, unquoted) is one name with the dots in it
  /// @param source VALUES or a query, as DuckDB takes it
  /// @param literals the rows of VALUES when every cell is a literal (JSON('…') and string('…') of
  ///   a literal count as that literal), else null: the source has to be evaluated
  record Insert(
      Name target,
      List<Name.Part> columns,
      Text source,
      @Nullable List<List<Literal>> literals,
      @Nullable Text returning,
      Set<String> hints,
      Span span)
      implements Statement {
    public Insert {
      columns = List.copyOf(columns);
      hints = Set.copyOf(hints);
    }
  }

  /// `UPDATE | REPLACE p.s.r SET column = expression, … [WHERE …] [RETURNING …]`.
  ///
  /// @param replace whether the verb is REPLACE
  /// @param where the condition, or null
  record Update(
      boolean replace,
      Name target,
      List<Assignment> assignments,
      @Nullable Text where,
      @Nullable Text returning,
      Set<String> hints,
      Span span)
      implements Statement {
    public Update {
      assignments = List.copyOf(assignments);
      hints = Set.copyOf(hints);
    }
  }

  /// `column = expression` of SET.
  ///
  /// @param literal the expression when it is a literal, else null
  record Assignment(Name.Part column, Text expression, @Nullable Literal literal) {}

  /// `DELETE FROM p.s.r [WHERE …] [RETURNING …]`.
  record Delete(
      Name target, @Nullable Text where, @Nullable Text returning, Set<String> hints, Span span)
      implements Statement {
    public Delete {
      hints = Set.copyOf(hints);
    }
  }

  /// `CREATE [OR REPLACE] [TEMP] TABLE [IF NOT EXISTS] name AS query`: a table of the session.
  record CreateTable(Name.Part name, boolean replace, boolean ifNotExists, Text query, Span span)
      implements Statement {}

  /// `CREATE [OR REPLACE] [MATERIALIZED] VIEW [IF NOT EXISTS] name [(columns)] AS query`.
  ///
  /// @param columns empty when the query names them
  record CreateView(
      Name.Part name,
      boolean materialized,
      boolean replace,
      boolean ifNotExists,
      List<Name.Part> columns,
      Text query,
      Span span)
      implements Statement {
    public CreateView {
      columns = List.copyOf(columns);
    }
  }

  /// `DROP [MATERIALIZED] VIEW [IF EXISTS] name`.
  record DropView(Name.Part name, boolean materialized, boolean ifExists, Span span)
      implements Statement {}

  /// `REFRESH MATERIALIZED VIEW name`: its query is run again.
  record Refresh(Name.Part name, Span span) implements Statement {}

  /// `INSERT INTO name [(columns)] query`, into a table of the session.
  ///
  /// @param before the text before the query
  record InsertLocal(Text before, Text query, Name.Part table, Span span) implements Statement {}

  /// Any other statement about a table of the session, which DuckDB takes as it is.
  record Local(Text text, Name.Part table) implements Statement {
    @Override
    public Span span() {
      return text.span();
    }
  }

  /// `REGISTRY LIST [provider]`: asks the registry what it has.
  ///
  /// @param provider null for all
  record RegistryList(Name.@Nullable Part provider, Span span) implements Statement {}

  /// `REGISTRY PULL provider [version]`, also `provider::version`.
  ///
  /// @param version null for the newest
  record RegistryPull(Name.Part provider, @Nullable String version, Span span)
      implements Statement {}

  /// A statement about credentials.
  sealed interface Auth extends Statement {
    /// The provider's name, an account's behind it (`aws@dev`); null for all providers.
    Name.@Nullable Part provider();
  }

  /// `SHOW AUTH [provider] [WHERE condition]`.
  ///
  /// @param where the condition over the output columns, or null
  record ShowAuth(Name.@Nullable Part provider, @Nullable Text where, Span span) implements Auth {}

  /// `AUTH LOGIN provider [INTERACTIVE | SERVICEACCOUNT ['key file'] ['variable']]`.
  ///
  /// @param keyFile the path of a key's file, or null
  /// @param variable one that holds a key, or null
  record AuthLogin(
      Name.Part provider, Who who, @Nullable String keyFile, @Nullable String variable, Span span)
      implements Auth {
    /// Who is to be logged in.
    public enum Who {
      /// Whoever the provider's authentication names already.
      AS_CONFIGURED,
      INTERACTIVE,
      SERVICE_ACCOUNT
    }
  }

  /// `AUTH REVOKE provider`.
  record AuthRevoke(Name.Part provider, Span span) implements Auth {}

  /// `SET "$.auth[.provider[.key…]]" = literal`.
  ///
  /// @param path what follows `$.auth`: a provider, then keys; empty for all providers
  /// @param value may be a secret
  /// @param place of the path
  record SetAuth(List<String> path, @Nullable Object value, Span place, Span span) implements Auth {
    public SetAuth {
      path = List.copyOf(path);
    }

    @Override
    public Name.@Nullable Part provider() {
      return path.isEmpty() ? null : new Name.Part(path.getFirst(), place);
    }

    /// Without the value: records print their components.
    @Override
    public String toString() {
      return "SetAuth" + path;
    }
  }

  /// `SET name = literal`: a setting of the session.
  record SetOption(Name.Part name, Literal value, Span span) implements Statement {}
}
