package dev.isobar.fetch;

import dev.isobar.fetch.SplitRun.Slot;
import dev.isobar.fetch.auth.Redaction;
import dev.isobar.model.ErrorCode;
import dev.isobar.model.IsobarException;
import dev.isobar.model.ResourceName;
import dev.isobar.model.ScanReport.Completeness;
import dev.isobar.model.ScanReport.Incident;
import java.util.ArrayList;
import java.util.List;

/// What is missing from the rows of a scan, in words.
final class Incidents {
  private final ResourceName resource;
  private final long pageLimit;
  private final Redaction redaction;
  private final List<Incident> list = new ArrayList<>();

  /// Whether one of them is more than a limit that was reached.
  private boolean partial;

  private boolean capped;

  Incidents(ResourceName resource, long pageLimit, Redaction redaction) {
    this.resource = resource;
    this.pageLimit = pageLimit;
    this.redaction = redaction;
  }

  List<Incident> list() {
    return list;
  }

  /// @param enough whether the reader stopped before the end
  Completeness completeness(boolean enough) {
    if (partial) {
      return Completeness.PARTIAL;
    }
    if (!list.isEmpty()) {
      return Completeness.CAPPED;
    }
    return enough ? Completeness.STOPPED : Completeness.COMPLETE;
  }

  /// The failure of a page as the failure of its scan.
  IsobarException explain(SplitRun split, Slot slot, FetchFailure failure) {
    return PageSource.explain(failure, redaction.redact(split.describe(slot)) + unread(slot));
  }

  private static String unread(Slot slot) {
    return slot.begun ? " could not be read to its end" : " could not be read";
  }

  /// The budget of the statement ends the scan, or one of its pages. Said once: it is the same for
  /// all the others.
  void capped(FetchFailure spent) {
    if (!capped) {
      capped = true;
      list.add(new Incident("", spent.code, unended(spent.what)));
    }
  }

  /// The budget of the statement as the failure of the scan.
  IsobarException explain(FetchFailure spent) {
    return new IsobarException(spent.code, unended(spent.what), spent.hint);
  }

  private String unended(String what) {
    return "`" + resource + "` was not read to its end: " + what + ".";
  }

  /// The scan goes on without the page.
  void failed(SplitRun split, Slot slot, FetchFailure failure) {
    if (failure.code == ErrorCode.BUDGET_EXCEEDED) {
      split.failed = true;
      capped(failure);
      return;
    }
    partial = true;
    split.failed = true;
    String rest =
        slot.number > 1 && split.isLastKnown(slot)
            ? unread(slot) + ", nor the pages after it"
            : unread(slot);
    list.add(
        new Incident(
            redaction.redact(split.scope(slot)),
            failure.code,
            redaction.redact(split.describe(slot)) + rest + ": " + failure.what + "."));
  }

  /// All pages of the split were delivered: was that all there is?
  void ended(SplitRun split) {
    String scope = redaction.redact(split.split.scope());
    String left = split.left();
    String mismatch = left == null ? split.mismatch() : null;
    if (left != null) {
      list.add(
          new Incident(
              scope,
              ErrorCode.INCOMPLETE,
              "The page limit of "
                  + pageLimit
                  + " was reached in `"
                  + resource
                  + "`: "
                  + left
                  + " not read."));
    } else if (mismatch != null) {
      partial = true;
      list.add(
          new Incident(
              scope,
              ErrorCode.INCOMPLETE,
              "`" + resource + "` may not be complete: " + mismatch + "."));
    }
  }
}
