package dev.isobar.engine;

import dev.isobar.catalog.Catalog;
import dev.isobar.fetch.FetchOptions;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an engine works with.
///
/// @param statementTimeout after which a statement is cancelled, or null for never
/// @param dryRun whether statements that would send requests are explained instead
/// @param environment reads environment variables: credentials come from there
public record EngineOptions(
    Catalog catalog,
    FetchOptions fetch,
    @Nullable Duration statementTimeout,
    boolean dryRun,
    Function<String, @Nullable String> environment) {}
