package dev.isobar.fetch;

import dev.isobar.fetch.auth.Redaction;
import dev.isobar.model.ScanReport.Misfit;
import dev.isobar.plan.ScanColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Counts the cells that did not fit their column's type, with one sample for each column.
/// Thread-safe.
final class Misfits {
  private final List<ScanColumn> columns;
  private final Redaction redaction;
  private final AtomicLongArray counts;
  private final AtomicReferenceArray<String> samples;

  Misfits(List<ScanColumn> columns, Redaction redaction) {
    this.columns = columns;
    this.redaction = redaction;
    this.counts = new AtomicLongArray(columns.size());
    this.samples = new AtomicReferenceArray<>(columns.size());
  }

  void add(int column, String value) {
    if (counts.getAndIncrement(column) == 0) {
      samples.set(column, Redaction.excerpt(redaction.redact(value), 80));
    }
  }

  List<Misfit> list() {
    List<Misfit> list = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (counts.get(i) > 0) {
        String sample = samples.get(i);
        list.add(
            new Misfit(
                columns.get(i).name(),
                columns.get(i).type(),
                counts.get(i),
                sample == null ? "" : sample));
      }
    }
    return list;
  }
}
