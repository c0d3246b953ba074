package dev.isobar.plan;

import dev.isobar.model.ColumnType;

/// A column of a scan's rows.
///
/// @param name as SQL writes it
/// @param key the key in the response's row object. Where the row lacks the key, the split's
///   binding of that `name` is the cell.
public record ScanColumn(String name, String key, ColumnType type) {}
