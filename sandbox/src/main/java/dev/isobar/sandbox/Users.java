package dev.isobar.sandbox;

/// Who is behind a token. The token itself is never kept: only a hash of it that is too short to be
/// turned back.
final class Users {
  private Users() {}

  /// A name for the owner of a token, the same each time.
  static String of(String token) {
    return "u" + Long.toHexString((Scope.hash(token) >>> 16) | (1L << 47));
  }
}
