package dev.isobar.engine;

import dev.isobar.catalog.Catalog;
import dev.isobar.fetch.FetchOptions;
import dev.isobar.registry.Registry;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an engine works with.
///
/// @param statementTimeout after which a statement is cancelled, or null for never
/// @param dryRun whether statements that would send requests are explained instead
/// @param environment reads environment variables: credentials come from there
/// @param registry what REGISTRY statements ask, and where the catalog comes from after a pull;
///   null when there shall be none
public record EngineOptions(
    Catalog catalog,
    FetchOptions fetch,
    @Nullable Duration statementTimeout,
    boolean dryRun,
    Function<String, @Nullable String> environment,
    @Nullable Registry registry) {
  /// Without a registry.
  public EngineOptions(
      Catalog catalog,
      FetchOptions fetch,
      @Nullable Duration statementTimeout,
      boolean dryRun,
      Function<String, @Nullable String> environment) {
    this(catalog, fetch, statementTimeout, dryRun, environment, null);
  }
}
