package dev.isobar.docgen;

/// A column of a resource, as DESCRIBE shows it.
///
/// @param type empty when none is declared
public record Field(String name, String type, String description) {}
