package dev.isobar.fetch;

import dev.isobar.fetch.FetchOptions.OnFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one statement asks of everything that is fetched for it.
///
/// @param onFailure what a page that cannot be read does to its scan
/// @param allowance what the statement may take
/// @param cacheTtl the greatest age of an answer that is used again, or null for none
public record FetchTerms(OnFailure onFailure, Allowance allowance, @Nullable Duration cacheTtl) {}
