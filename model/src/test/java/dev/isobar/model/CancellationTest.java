package dev.isobar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {
  private final IsobarException first =
      new IsobarException(ErrorCode.CANCELLED, "The first reason.", "");
  private final IsobarException second =
      new IsobarException(ErrorCode.CANCELLED, "The second reason.", "");

  private final Cancellation cancellation = new Cancellation();

  @Test
  void goesOnUntilItIsCancelled() {
    assertThatCode(cancellation::check).doesNotThrowAnyException();
    assertThat(cancellation.reason()).isNull();
  }

  @Test
  void firstReasonCounts() {
    cancellation.cancel(first);
    cancellation.cancel(second);
    assertThat(cancellation.reason()).isSameAs(first);
    assertThatThrownBy(cancellation::check).isSameAs(first);
  }

  @Test
  void actionsRunOnceInOrder() {
    List<String> ran = new ArrayList<>();
    cancellation.onCancel(() -> ran.add("a"));
    cancellation.onCancel(() -> ran.add("b"));
    cancellation.cancel(first);
    cancellation.cancel(second);
    assertThat(ran).containsExactly("a", "b");
  }

  @Test
  void lateActionRunsAtOnce() {
    cancellation.cancel(first);
    AtomicInteger ran = new AtomicInteger();
    cancellation.onCancel(ran::incrementAndGet);
    assertThat(ran).hasValue(1);
  }

  @Test
  void reasonIsKnownInsideAnAction() {
    List<Object> seen = new ArrayList<>();
    cancellation.onCancel(() -> seen.add(cancellation.reason()));
    cancellation.onCancel(() -> cancellation.onCancel(() -> seen.add("nested")));
    cancellation.cancel(first);
    assertThat(seen).containsExactly(first, "nested");
  }

  @Test
  void everyActionRunsOnceWhoeverCancels() throws InterruptedException {
    int actions = 200;
    AtomicInteger ran = new AtomicInteger();
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  begin.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                for (int a = 0; a < actions / 4; a++) {
                  cancellation.onCancel(ran::incrementAndGet);
                }
                cancellation.cancel(first);
              }));
    }
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(ran).hasValue(actions);
  }
}
