package dev.isobar.fetch;

/// How much of one answer is held in memory at once.
///
/// @param whole bytes up to which a body is collected before it is read; a larger one is read as it
///   arrives
/// @param rows rows of a larger one that are held before they leave
/// @param bytes of JSON after which its rows leave, however few they are
record Bounds(int whole, int rows, int bytes) {
  static final Bounds DEFAULT = new Bounds(2 << 20, 1000, 1 << 20);

  /// The most bytes of a body that anybody gets in one piece.
  static final int LARGEST_BODY = 64 << 20;

  /// The most bytes of a document that is one row because the key of its rows is missing.
  static final int LARGEST_ROW = 16 << 20;
}
