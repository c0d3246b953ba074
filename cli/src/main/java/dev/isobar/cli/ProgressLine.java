package dev.isobar.cli;

import dev.isobar.model.Progress;
import java.io.Flushable;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// What happens beside a running statement: rows that wait in a buffer are sent on, and a person at
/// a terminal sees how far the requests have come. Runs in a thread of its own until closed.
final class ProgressLine implements AutoCloseable {
  /// Shorter statements show no progress.
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final Duration TICK = Duration.ofMillis(200);

  private final Supplier<Progress> progress;
  private final Messages messages;
  private final Flushable rows;
  private final boolean visible;
  private final Runnable readerGone;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean hidden;

  private ProgressLine(
      Supplier<Progress> progress,
      Messages messages,
      Flushable rows,
      boolean visible,
      Runnable readerGone) {
    this.progress = progress;
    this.messages = messages;
    this.rows = rows;
    this.visible = visible;
    this.readerGone = readerGone;
  }

  /// @param visible whether there is a terminal to show the line on
  /// @param readerGone stops the statement, because nobody reads its rows any more
  static ProgressLine start(
      Supplier<Progress> progress,
      Messages messages,
      Flushable rows,
      boolean visible,
      Runnable readerGone) {
    ProgressLine line = new ProgressLine(progress, messages, rows, visible, readerGone);
    Thread.ofPlatform().daemon().name("progress").start(line::run);
    return line;
  }

  private synchronized void show(String line) {
    if (!hidden) {
      messages.progress(line);
    }
  }

  /// No progress from now on: the rows are on the same terminal.
  synchronized void hide() {
    hidden = true;
    messages.eraseProgress();
  }

  private void run() {
    long start = System.nanoTime();
    Progress before = progress.get();
    Progress last = before;
    try {
      while (!ended.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        rows.flush();
        long nanos = System.nanoTime() - start;
        if (visible && nanos >= PATIENCE.toNanos()) {
          Progress now = progress.get();
          show(text(before, last, now, nanos));
          last = now;
        }
      }
    } catch (IOException _) {
      readerGone.run();
    } catch (InterruptedException _) {
      // Nobody interrupts this thread; it would end.
    }
  }

  /// @param before what was done when the statement began
  /// @param last what was done a tick ago
  static String text(Progress before, Progress last, Progress now, long nanos) {
    StringBuilder line = new StringBuilder();
    long pages = now.pages() - before.pages();
    long expected = now.pagesExpected() - before.pagesExpected();
    line.append("pages ").append(count(pages));
    if (expected > pages) {
      line.append(" of ").append(count(expected));
    }
    line.append(" · ").append(count(now.rows() - before.rows())).append(" rows · ");
    double seconds = Math.max(nanos, 1) / 1e9;
    line.append(count(Math.round((now.requests() - before.requests()) / seconds)));
    line.append(" requests/s");
    if (now.retries() > before.retries()) {
      line.append(" · ").append(count(now.retries() - before.retries())).append(" sent again");
    }
    if (now.waitingNanos() > last.waitingNanos()) {
      line.append(" · waiting, because the API asks for fewer requests");
    }
    return line.toString();
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  @Override
  public void close() {
    ended.countDown();
    hide();
  }
}
