package dev.isobar.model;

/// What went wrong, as a value that a program can switch on.
///
/// A code's name is public API: it appears in JSON output and has a heading in `docs/errors.md`.
/// Its SQLSTATE is what a Postgres client sees.
public enum ErrorCode {
  /// The statement text does not match the grammar.
  SYNTAX_ERROR("42601", Kind.USER),
  /// No provider of that name is loaded.
  UNKNOWN_PROVIDER("3F000", Kind.USER),
  /// The provider has no service of that name.
  UNKNOWN_SERVICE("3F000", Kind.USER),
  /// The service has no resource of that name.
  UNKNOWN_RESOURCE("42P01", Kind.USER),
  /// The resource has no method of that name.
  UNKNOWN_METHOD("42883", Kind.USER),
  /// The resource has neither a column nor a parameter of that name.
  UNKNOWN_COLUMN("42703", Kind.USER),
  /// The resource has no method for that SQL verb.
  UNSUPPORTED_VERB("0A000", Kind.USER),
  /// The statement is understood, and this version cannot do it.
  UNSUPPORTED_STATEMENT("0A000", Kind.USER),
  /// No method of the resource can be called with the parameters given.
  MISSING_REQUIRED_PARAMETER("42P02", Kind.USER),
  /// A parameter or body value does not fit its declared type, or names something unknown.
  INVALID_PARAMETER("22023", Kind.USER),
  /// The command line, a setting or a configuration value is not valid.
  INVALID_CONFIGURATION("22023", Kind.USER),
  /// The local half of the query failed in DuckDB.
  QUERY_FAILED("42000", Kind.USER),
  /// A credential is missing, or the API refused it.
  AUTHENTICATION_FAILED("28000", Kind.USER),
  /// The API answered with an error, could not be reached, or sent what cannot be read.
  REQUEST_FAILED("58030", Kind.EXTERNAL),
  /// The API went on asking for fewer requests until the retries were used up.
  RATE_LIMITED("53400", Kind.EXTERNAL),
  /// Part of a list could not be read, so the rows would not be all the rows.
  INCOMPLETE("58030", Kind.EXTERNAL),
  /// The statement would take more than its budget allows.
  BUDGET_EXCEEDED("53400", Kind.USER),
  /// The recording that is replayed has no answer to a request.
  NOT_RECORDED("58030", Kind.USER),
  /// The statement was cancelled, by the user or by its time limit.
  CANCELLED("57014", Kind.USER),
  /// A provider document cannot be read.
  INVALID_DOCUMENT("F0000", Kind.EXTERNAL),
  /// A provider document is not signed as it should be.
  UNTRUSTED_DOCUMENT("F0000", Kind.EXTERNAL),
  /// A file could not be read or written.
  FILE_FAILED("58030", Kind.RESOURCES),
  /// A defect in this program. The message asks for a report.
  INTERNAL_ERROR("XX000", Kind.INTERNAL);

  /// Who can act on the error.
  public enum Kind {
    /// The person who wrote the statement or the configuration.
    USER,
    /// Whoever runs the API or wrote the provider document.
    EXTERNAL,
    /// Whoever runs this machine.
    RESOURCES,
    /// The developers of Isobar.
    INTERNAL
  }

  private final String sqlState;
  private final Kind kind;

  ErrorCode(String sqlState, Kind kind) {
    this.sqlState = sqlState;
    this.kind = kind;
  }

  /// The five-character SQLSTATE, from the PostgreSQL error code table.
  public String sqlState() {
    return sqlState;
  }

  /// Who can act on this error.
  public Kind kind() {
    return kind;
  }
}
