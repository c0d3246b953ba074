package dev.isobar.sandbox;

import org.jspecify.annotations.Nullable;

/// Makes one value of the n-th generated row of a collection: the same value each time.
@FunctionalInterface
interface Maker {
  @Nullable Object make(Scope scope, long n);
}
