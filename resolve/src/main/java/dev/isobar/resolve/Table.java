package dev.isobar.resolve;

import dev.isobar.catalog.Provider;
import dev.isobar.catalog.Resource;
import dev.isobar.model.Span;

/// A provider table that a statement names.
///
/// @param span where the name stands in the script
public record Table(Provider provider, Resource resource, Span span) {}
