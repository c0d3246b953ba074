package dev.isobar.sandbox;

import java.util.Map;

/// What generated values depend on beside their row's number: where their collection is.
///
/// @param salt differs for each seed and path
/// @param firstId the id of the first row, where ids are numbers
/// @param bound values of the path's variables by name
record Scope(Store store, long salt, long firstId, Map<String, String> bound) {

  /// A number from 0 to `limit - 1` that depends on the place, the field and the row.
  int pick(long field, long n, int limit) {
    return (int) Long.remainderUnsigned(mix(salt ^ field, n), limit);
  }

  /// Sixty-four bits that depend on both numbers and look like none of them (SplitMix64).
  static long mix(long a, long b) {
    long z = a + (b + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// A hash of text that is the same in every process.
  static long hash(String text) {
    long hash = 1125899906842597L;
    for (int i = 0; i < text.length(); i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return mix(hash, text.length());
  }
}
