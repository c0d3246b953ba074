package dev.isobar.plan;

import dev.isobar.catalog.Method;
import dev.isobar.catalog.Provider;
import dev.isobar.model.ResourceName;
import java.util.List;

/// Reading one resource once: one method, called for each split.
///
/// @param columns what each row holds, in order; a cell is null or of the column's type
/// @param splits in order; fetched in parallel
/// @param rowLimit as many rows are enough for sure; [Long#MAX_VALUE] when all are wanted
/// @param mayStopEarly whether the reader may have enough before the end (a LIMIT somewhere above):
///   then pages are asked for a few at a time, more as they are used
public record Scan(
    Provider provider,
    ResourceName resource,
    Method method,
    List<ScanColumn> columns,
    List<Split> splits,
    long rowLimit,
    boolean mayStopEarly) {

  public Scan {
    columns = List.copyOf(columns);
    splits = List.copyOf(splits);
  }
}
