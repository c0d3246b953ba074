package dev.isobar.catalog;

import dev.isobar.model.ColumnType;

/// A column of a method's rows.
///
/// @param name as the SQL user writes it
/// @param key the key in the response's row object; differs from `name` only under aliases
/// @param declaredType the raw OpenAPI type, as DESCRIBE shows it; empty when there is none
public record RowColumn(
    String name,
    String key,
    ColumnType type,
    String declaredType,
    String description,
    Schema schema) {}
