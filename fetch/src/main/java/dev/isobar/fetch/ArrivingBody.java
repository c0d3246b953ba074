package dev.isobar.fetch;

import dev.isobar.fetch.FetchFailure.Repeat;
import dev.isobar.model.ErrorCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A body on its way: the HTTP client fills it, and one reader takes from it.
///
/// It counts as there when it is whole, or has grown beyond the bound. From then on the client is
/// asked for more only as the reader takes what there is, so a slow reader slows down the API's
/// socket, and memory stays bounded.
final class ArrivingBody extends BulkInput implements BodySubscriber<ArrivingBody> {
  /// So much has to come within the time limit, if the body does not end before.
  static final int STEP = 64 * 1024;

  /// Bytes that wait for the reader, beyond which no more are asked for.
  private static final int AHEAD = 256 * 1024;

  /// Pieces asked for at once; the client gives what it has read from the socket in one.
  private static final int PIECES = 8;

  private final int bound;
  private final long timeout;
  private final Function<Throwable, FetchFailure> failures;
  private final CompletableFuture<ArrivingBody> there = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // What follows is guarded by the lock.
  private final ArrayDeque<ByteBuffer> pieces = new ArrayDeque<>();
  private @Nullable Subscription subscription;
  private int asked;
  private long received;
  private int unread;
  private boolean ended;
  private boolean closed;
  private @Nullable Throwable failure;

  /// How many bytes had been received when the time limit began anew, when that was, and how long
  /// the reader may wait for the next step.
  private long step;

  private long stepAt = System.nanoTime();
  private long patience;

  /// @param failures what an exception of the client means
  ArrivingBody(int bound, Duration timeout, Function<Throwable, FetchFailure> failures) {
    this.bound = bound;
    this.timeout = timeout.toNanos();
    this.patience = this.timeout;
    this.failures = failures;
  }

  @Override
  public CompletionStage<ArrivingBody> getBody() {
    return there;
  }

  @Override
  public void onSubscribe(Subscription client) {
    lock.lock();
    try {
      subscription = client;
    } finally {
      lock.unlock();
    }
    askForMore();
  }

  @Override
  public void onNext(List<ByteBuffer> arrived) {
    boolean large;
    lock.lock();
    try {
      asked--;
      if (closed) {
        return;
      }
      for (ByteBuffer piece : arrived) {
        if (piece.hasRemaining()) {
          pieces.add(piece);
          received += piece.remaining();
          unread += piece.remaining();
        }
      }
      if (received - step >= STEP) {
        step = received;
        stepAt = System.nanoTime();
        patience = timeout;
      }
      large = received > bound;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    askForMore();
    if (large) {
      there.complete(this);
    }
  }

  @Override
  public void onError(Throwable thrown) {
    end(thrown);
    there.completeExceptionally(thrown);
  }

  @Override
  public void onComplete() {
    end(null);
    there.complete(this);
  }

  private void end(@Nullable Throwable thrown) {
    lock.lock();
    try {
      ended = true;
      failure = thrown;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Not under the lock: the client may answer at once.
  private void askForMore() {
    Subscription client;
    int more;
    lock.lock();
    try {
      client = subscription;
      boolean wanted = !ended && !closed && (received <= bound || unread < AHEAD);
      more = wanted && asked <= PIECES / 2 ? PIECES - asked : 0;
      asked += more;
    } finally {
      lock.unlock();
    }
    if (client != null && more > 0) {
      client.request(more);
    }
  }

  /// When the time limit began anew last, as [System#nanoTime()].
  long steppedAt() {
    lock.lock();
    try {
      return stepAt;
    } finally {
      lock.unlock();
    }
  }

  /// Nothing, or not enough, came within the time limit.
  FetchFailure late() {
    lock.lock();
    try {
      return FetchFailure.of(
          ErrorCode.REQUEST_FAILED,
          received < STEP
              ? "no complete answer came within " + Transport.seconds(Duration.ofNanos(timeout))
              : "the answer came too slowly: less than 64 KB within "
                  + Transport.seconds(Duration.ofNanos(timeout)),
          "",
          Repeat.MAYBE_DONE);
    } finally {
      lock.unlock();
    }
  }

  /// Whether all of it has come, and was not too large to be collected.
  boolean isCollected() {
    lock.lock();
    try {
      return ended && failure == null && received <= bound;
    } finally {
      lock.unlock();
    }
  }

  /// Takes what has come and was not read.
  byte[] taken() {
    byte[] bytes;
    lock.lock();
    try {
      bytes = new byte[unread];
      take(bytes, 0, unread);
    } finally {
      lock.unlock();
    }
    askForMore();
    return bytes;
  }

  private int take(byte[] to, int offset, int length) {
    int taken = 0;
    while (taken < length && !pieces.isEmpty()) {
      ByteBuffer piece = pieces.getFirst();
      int count = Math.min(length - taken, piece.remaining());
      piece.get(to, offset + taken, count);
      taken += count;
      if (!piece.hasRemaining()) {
        pieces.removeFirst();
      }
    }
    unread -= taken;
    return taken;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int taken;
    try {
      lock.lockInterruptibly();
      try {
        while (pieces.isEmpty()) {
          if (failure != null) {
            throw new BrokenBody(failures.apply(failure));
          }
          if (closed) {
            throw new IOException("the body was closed");
          }
          if (ended) {
            return -1;
          }
          if (patience <= 0) {
            throw new BrokenBody(late());
          }
          // Only waiting counts: a reader may take its time.
          long began = System.nanoTime();
          var _ = changed.awaitNanos(patience);
          patience -= System.nanoTime() - began;
        }
        taken = take(to, offset, length);
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException _) {
      throw new InterruptedIOException();
    }
    askForMore();
    return taken;
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return unread;
    } finally {
      lock.unlock();
    }
  }

  /// Lets go of the connection, when there is more to come.
  @Override
  public void close() {
    Subscription client;
    lock.lock();
    try {
      client = ended || closed ? null : subscription;
      closed = true;
      pieces.clear();
      unread = 0;
    } finally {
      lock.unlock();
    }
    if (client != null) {
      client.cancel();
    }
  }
}
