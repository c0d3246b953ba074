package dev.isobar.fetch;

import dev.isobar.fetch.FetchOptions.OnFailure;
import dev.isobar.fetch.Sender.Purpose;
import dev.isobar.fetch.SplitRun.Slot;
import dev.isobar.fetch.auth.Redaction;
import dev.isobar.model.IsobarException;
import dev.isobar.model.Json;
import dev.isobar.model.Progress;
import dev.isobar.model.ScanReport;
import dev.isobar.plan.Pushdown;
import dev.isobar.plan.Scan;
import dev.isobar.plan.ScanColumn;
import dev.isobar.plan.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One scan from its first request to its last row.
///
/// Each page is read by a virtual thread of its own; the caller's thread hands the rows on, in the
/// order of the splits and of their pages. Pages on their way and pages that wait for an earlier
/// one count against one window, so memory stays bounded however fast the API and however slow the
/// reader.
final class ScanRun {
  private final Scan scan;
  private final RowSink sink;
  private final FetchOptions options;
  private final Timing timing;
  private final Tally tally;
  private final PageSource source;
  private final PageReader reader;
  private final Misfits misfits;
  private final List<SplitRun> splits = new ArrayList<>();
  private final Incidents incidents;

  /// Whether rows of a page were left out because no more were wanted.
  private boolean cut;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // What follows is guarded by the lock.
  private final Set<Thread> workers = new HashSet<>();
  private final int widest;
  private int width;
  private int deliveredSinceWidening;

  /// The split whose pages are being delivered.
  private int head;

  private int inFlight;

  /// Pages that were read and wait to be delivered, and their rows.
  private int waiting;

  private long waitingRows;
  private long deliveredRows;

  /// The most rows that a page had so far.
  private long rowsPerPage;

  private boolean stopped;
  private @Nullable IsobarException fatal;

  ScanRun(
      Scan scan,
      RowSink sink,
      FetchOptions options,
      Timing timing,
      Tally tally,
      PageSource source,
      Redaction redaction,
      Bounds bounds) {
    this.scan = scan;
    this.sink = sink;
    this.options = options;
    this.timing = timing;
    this.tally = tally;
    this.source = source;
    this.incidents = new Incidents(scan.resource(), options.pageLimit(), redaction);
    this.misfits = new Misfits(scan.columns(), redaction);
    this.reader = new PageReader(scan, redaction, misfits, bounds);
    this.widest = 2 * options.concurrency();
    this.width = scan.mayStopEarly() ? 1 : widest;
    for (Split split : scan.splits()) {
      splits.add(new SplitRun(scan, split, absent(split), options.pageLimit()));
    }
  }

  /// The cells of a row that has none of the columns: the values that the split was asked with.
  private @Nullable Object[] absent(Split split) {
    List<ScanColumn> columns = scan.columns();
    @Nullable Object[] cells = new @Nullable Object[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      ScanColumn column = columns.get(i);
      Object value = split.bindings().get(column.name());
      if (value != null) {
        boolean structure = value instanceof List || value instanceof java.util.Map;
        cells[i] =
            structure
                ? Json.write(value)
                : Cells.convert(value.toString(), column.type(), value instanceof Number);
      }
    }
    return cells;
  }

  ScanReport run() throws InterruptedException {
    long startedAt = timing.nanos();
    tally.expect(splits.size());
    Runnable wake = this::wake;
    tally.allowance().whenTimeIsUp(wake);
    boolean enough;
    try {
      enough = deliver();
    } catch (InterruptedException e) {
      if (sink.isOpen()) {
        throw e;
      }
      enough = true;
    } finally {
      tally.allowance().forget(wake);
      stop();
    }
    Progress done = tally.progress();
    return new ScanReport(
        scan.resource(),
        incidents.completeness(enough),
        done.requests(),
        done.retries(),
        done.pages(),
        done.rows(),
        tally.cacheHits(),
        tally.cacheAgeSeconds(),
        timing.nanos() - startedAt,
        incidents.list(),
        misfits.list());
  }

  /// Hands on all rows.
  ///
  /// @return whether that ended early, because no more rows were wanted
  private boolean deliver() throws InterruptedException {
    if (scan.rowLimit() <= 0) {
      return true;
    }
    while (true) {
      SplitRun split;
      Slot slot;
      List<@Nullable Object[]> chunk;
      lock.lockInterruptibly();
      try {
        if (head == splits.size()) {
          return false;
        }
        split = splits.get(head);
        startWhatFits();
        slot = split.head();
        FetchFailure late = tally.allowance().late();
        while (slot != null
            && !slot.done
            && slot.chunks.isEmpty()
            && fatal == null
            && late == null) {
          changed.await();
          late = tally.allowance().late();
        }
        if (late != null && slot != null && fatal == null) {
          cap(late);
          return true;
        }
        if (fatal != null) {
          throw fatal;
        }
        if (slot == null) {
          incidents.ended(split);
          head++;
          continue;
        }
        chunk = slot.chunks.poll();
        if (chunk != null) {
          waitingRows -= chunk.size();
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
      if (chunk != null) {
        if (!handOn(chunk)) {
          return true;
        }
        continue;
      }
      boolean more = handOn(split, slot);
      lock.lockInterruptibly();
      try {
        split.delivered();
        waiting--;
        waitingRows -= slot.page == null ? 0 : slot.page.rows.size();
        if (!more) {
          boolean last = head == splits.size() - 1 && split.isEnded();
          if (last) {
            incidents.ended(split);
          }
          return cut || !last;
        }
        if (++deliveredSinceWidening >= width && width < widest) {
          width = Math.min(widest, width * 2);
          deliveredSinceWidening = 0;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /// Gives the page's rows to the sink, or says why there are none.
  ///
  /// @return whether more rows are wanted
  private boolean handOn(SplitRun split, Slot slot) throws InterruptedException {
    if (slot.defect != null) {
      throw new IllegalStateException("reading a page broke on a defect", slot.defect);
    }
    Page page = slot.page;
    if (page == null) {
      FetchFailure failure = slot.failure;
      if (failure == null) {
        throw new IllegalStateException("a page has neither rows nor a failure");
      }
      if (options.onFailure() == OnFailure.FAIL) {
        throw incidents.explain(split, slot, failure);
      }
      incidents.failed(split, slot, failure);
      return true;
    }
    return handOn(page.rows);
  }

  /// Gives rows to the sink.
  ///
  /// @return whether more rows are wanted
  private boolean handOn(List<@Nullable Object[]> all) throws InterruptedException {
    List<@Nullable Object[]> rows = all;
    long wanted = scan.rowLimit() - deliveredRows;
    if (rows.size() > wanted) {
      rows = rows.subList(0, (int) wanted);
      cut = true;
    }
    if (rows.isEmpty()) {
      return true;
    }
    int count = tally.allowance().rows(rows.size());
    boolean spent = count < rows.size();
    if (spent) {
      cap(tally.allowance().noMoreRows());
      rows = rows.subList(0, count);
    }
    boolean more = (count == 0 || sink.accept(rows)) && !spent;
    tally.rows(count);
    lock.lock();
    try {
      deliveredRows += count;
      return more && deliveredRows < scan.rowLimit();
    } finally {
      lock.unlock();
    }
  }

  /// The budget of the statement ends the scan before its end.
  private void cap(FetchFailure spent) {
    if (options.onFailure() == OnFailure.FAIL) {
      throw incidents.explain(spent);
    }
    incidents.capped(spent);
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Starts pages, the earliest first, as long as the window has room. Called with the lock held,
  /// whenever room or something to fill it may have appeared.
  private void startWhatFits() {
    // A part is kept for the split being delivered: others must not fill the window with pages
    // that wait for it while it can ask for one page at a time only.
    int kept = width / 4;
    for (int i = head; i < splits.size() && !stopped; i++) {
      SplitRun split = splits.get(i);
      int room = i == head ? width : width - kept;
      while (split.canStart() && isWanted() && inFlight + waiting < room) {
        start(split);
      }
      if (i == head && split.head() == null && split.canStart()) {
        // All that waits waits for this page: it has to come, or nothing would move.
        start(split);
      }
      if (inFlight + waiting >= room) {
        return;
      }
    }
  }

  /// Whether the rows on their way may be too few.
  private boolean isWanted() {
    return scan.rowLimit() == Long.MAX_VALUE
        || deliveredRows + waitingRows + inFlight * rowsPerPage < scan.rowLimit();
  }

  private void start(SplitRun split) {
    Slot slot = split.start();
    inFlight++;
    Thread worker = Thread.ofVirtual().unstarted(() -> work(split, slot));
    workers.add(worker);
    worker.start();
  }

  private Page read(SplitRun split, Slot slot) throws FetchFailure, InterruptedException {
    try {
      return send(split, slot);
    } catch (FetchFailure e) {
      Pushdown pushdown = split.split.pushdown();
      if (e.status != 400 || pushdown == null || slot.number > 1 || slot.begun) {
        throw e;
      }
      if (pushdown.order() != null) {
        // The rows that come first are wanted: without the order they would be others.
        throw e.hinting(
            "If `"
                + pushdown.key()
                + "` is what the API refuses, SET pushdown = 'off' reads the whole list.");
      }
      lock.lock();
      try {
        split.askWithoutPushdown(slot);
      } finally {
        lock.unlock();
      }
      return send(split, slot);
    }
  }

  private Page send(SplitRun split, Slot slot) throws FetchFailure, InterruptedException {
    return source.send(
        slot.request(),
        split.split.plain().url(),
        Purpose.READ,
        new PageAnswers(
            scan.method(), reader, split.absent, (rows, turn) -> leave(slot, rows, turn)));
  }

  /// Reads one page, in a thread of its own.
  private void work(SplitRun split, Slot slot) {
    Page page = null;
    FetchFailure failure = null;
    Throwable defect = null;
    try {
      page = read(split, slot);
      tally.page();
    } catch (FetchFailure e) {
      failure = e;
    } catch (InterruptedException e) {
      // Only stop() interrupts, and then nobody waits for this page any more.
      defect = e;
    } catch (RuntimeException | Error e) {
      // The top of this thread: carried over to the thread that called fetch.
      defect = e;
    }
    lock.lock();
    try {
      workers.remove(Thread.currentThread());
      inFlight--;
      waiting++;
      slot.failure = failure;
      slot.defect = defect;
      if (page != null) {
        finish(split, slot, page);
      }
      if (slot.failure != null && failsAtOnce() && fatal == null) {
        fatal = incidents.explain(split, slot, slot.failure);
      }
      startWhatFits();
    } catch (RuntimeException | Error e) {
      slot.defect = e;
    } finally {
      slot.done = true;
      changed.signalAll();
      lock.unlock();
    }
  }

  /// Rows leave a page that is still being read: the reader goes on when the last of those before
  /// them were taken.
  private void leave(Slot slot, List<@Nullable Object[]> rows, Turn turn)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      slot.begun = true;
      slot.chunks.add(rows);
      waitingRows += rows.size();
      changed.signalAll();
      if (slot.chunks.size() == 1) {
        return;
      }
    } finally {
      lock.unlock();
    }
    turn.giveUpWhile(() -> awaitTaken(slot));
  }

  private void awaitTaken(Slot slot) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (slot.chunks.size() > 1) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void finish(SplitRun split, Slot slot, Page page) {
    try {
      tally.expect(split.finish(slot, page));
      slot.page = page;
      waitingRows += page.rows.size();
      rowsPerPage = Math.max(rowsPerPage, page.count());
    } catch (FetchFailure e) {
      slot.failure = e;
    }
  }

  /// Whether a failed page fails the scan before its turn. Not where the reader may have enough
  /// before that page: then it is nobody's loss.
  private boolean failsAtOnce() {
    return options.onFailure() == OnFailure.FAIL
        && !scan.mayStopEarly()
        && scan.rowLimit() == Long.MAX_VALUE;
  }

  /// Ends all that is still going on, and waits for it: no request starts after this.
  private void stop() {
    List<Thread> running;
    lock.lock();
    try {
      stopped = true;
      running = List.copyOf(workers);
    } finally {
      lock.unlock();
    }
    running.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread worker : running) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
