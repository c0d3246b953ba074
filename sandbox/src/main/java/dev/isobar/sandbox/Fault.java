package dev.isobar.sandbox;

import org.jspecify.annotations.Nullable;

/// One thing that is wrong with a request.
///
/// @param field the field or parameter at fault, dotted where it is nested; null for the whole
record Fault(@Nullable String field, String reason) {}
