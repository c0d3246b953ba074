package dev.isobar.model;

/// A named and typed column of a result or a scan.
public record Column(String name, ColumnType type) {}
