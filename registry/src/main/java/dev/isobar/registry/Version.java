package dev.isobar.registry;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// A version such as `v23.05.00149` or `1.2.0-beta`, in the order of semantic versioning; a folder
/// name that is no version comes before all others.
record Version(String text) implements Comparable<Version> {
  @Override
  public int compareTo(Version other) {
    List<BigInteger> mine = numbers();
    List<BigInteger> theirs = other.numbers();
    for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
      int order = at(mine, i).compareTo(at(theirs, i));
      if (order != 0) {
        return order;
      }
    }
    if (isPreRelease() != other.isPreRelease()) {
      return isPreRelease() ? -1 : 1;
    }
    return text.compareTo(other.text);
  }

  private static BigInteger at(List<BigInteger> numbers, int index) {
    return index < numbers.size() ? numbers.get(index) : BigInteger.ZERO;
  }

  boolean isPreRelease() {
    return text.indexOf('-') >= 0;
  }

  private List<BigInteger> numbers() {
    String bare = text.startsWith("v") ? text.substring(1) : text;
    int end = bare.length();
    for (char mark : new char[] {'-', '+'}) {
      int at = bare.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    List<BigInteger> numbers = new ArrayList<>();
    for (String part : bare.substring(0, end).split("\\.", -1)) {
      if (!part.matches("[0-9]+")) {
        return List.of(BigInteger.ONE.negate());
      }
      numbers.add(new BigInteger(part));
    }
    return numbers;
  }
}
