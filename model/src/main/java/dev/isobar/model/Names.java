package dev.isobar.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// "Did you mean": the names nearest to a mistaken one.
public final class Names {
  private Names() {}

  /// Up to three candidates that a person may have meant, nearest first; empty when none is near.
  public static List<String> nearest(String given, Collection<String> candidates) {
    String wanted = given.toLowerCase(Locale.ROOT);
    int limit = Math.max(2, wanted.length() / 3);
    record Candidate(String name, int distance) {}
    return candidates.stream()
        .distinct()
        .map(name -> new Candidate(name, distance(wanted, name.toLowerCase(Locale.ROOT), limit)))
        .filter(candidate -> candidate.distance <= limit)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(3)
        .map(Candidate::name)
        .toList();
  }

  /// ``Did you mean `a` or `b`?`` with a blank after it, or nothing when no candidate is near.
  public static String didYouMean(String given, Collection<String> candidates) {
    List<String> near = nearest(given, candidates);
    return near.isEmpty() ? "" : "Did you mean `" + String.join("` or `", near) + "`? ";
  }

  /// The number of letters to insert, delete, replace or swap with a neighbour; a name that
  /// contains the other whole counts as near.
  private static int distance(String a, String b, int limit) {
    if (a.length() >= 3 && (b.startsWith(a) || b.endsWith(a) || a.startsWith(b))) {
      return Math.min(limit, Math.abs(a.length() - b.length()));
    }
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + same);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
