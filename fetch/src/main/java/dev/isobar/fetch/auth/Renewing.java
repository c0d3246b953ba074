package dev.isobar.fetch.auth;

import dev.isobar.model.IsobarException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Something that expires, such as a token: fetched when it is first needed and again before it
/// ends, once for all who wait for it. Thread-safe.
final class Renewing<T> {
  /// A request on its way must not find its token expired when it arrives.
  private static final Duration AHEAD = Duration.ofMinutes(2);

  /// Where it comes from.
  interface Source<T> {
    /// Fetches a new one, never one that was given before.
    ///
    /// @throws IsobarException when none can be had
    Held<T> fetch() throws InterruptedException;
  }

  /// What was fetched, and when it ends; null when that is not known. Equal to itself only.
  static final class Held<T> {
    private final T value;
    private final @Nullable Instant until;

    Held(T value, @Nullable Instant until) {
      this.value = value;
      this.until = until;
    }

    T value() {
      return value;
    }

    @Nullable Instant until() {
      return until;
    }
  }

  private final Source<T> source;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Held<T> held;
  private volatile @Nullable Instant renewAt;

  /// How many times it was fetched, in vain or not, and how the last time failed.
  private final AtomicLong fetches = new AtomicLong();

  private volatile @Nullable IsobarException failure;

  Renewing(Source<T> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  T get() throws InterruptedException {
    return held().value();
  }

  /// As [#get()], in what tells it apart from those that are fetched later.
  Held<T> held() throws InterruptedException {
    long before = fetches.get();
    Held<T> fresh = fresh();
    if (fresh != null) {
      return fresh;
    }
    lock.lockInterruptibly();
    try {
      fresh = fresh();
      if (fresh != null) {
        return fresh;
      }
      IsobarException failed = failure;
      if (failed != null && fetches.get() != before) {
        // It failed while we waited: sixteen requests need not ask sixteen times.
        throw failed;
      }
      return fetch();
    } finally {
      lock.unlock();
    }
  }

  private Held<T> fetch() throws InterruptedException {
    Held<T> old = held;
    failure = null;
    try {
      Held<T> fetched = source.fetch();
      renewAt = renewal(fetched.until());
      held = fetched;
      return fetched;
    } catch (IsobarException e) {
      Instant until = old == null ? null : old.until();
      if (old != null && until != null && clock.instant().isBefore(until)) {
        // The old one still holds: whoever refuses new ones may be well again before it ends.
        renewAt = until;
        return old;
      }
      failure = e;
      throw e;
    } finally {
      fetches.incrementAndGet();
    }
  }

  /// Well before the end; for what lasts a few minutes only, when half of it has passed.
  private @Nullable Instant renewal(@Nullable Instant until) {
    if (until == null) {
      return null;
    }
    Duration half = Duration.between(clock.instant(), until).dividedBy(2);
    return until.minus(half.compareTo(AHEAD) < 0 ? half : AHEAD);
  }

  private @Nullable Held<T> fresh() {
    Held<T> current = held;
    Instant at = renewAt;
    return current != null && (at == null || clock.instant().isBefore(at)) ? current : null;
  }

  /// Drops what was refused, unless it was renewed meanwhile: the next [#get()] gives another.
  void drop(Object refused) {
    lock.lock();
    try {
      if (refused == held) {
        held = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
