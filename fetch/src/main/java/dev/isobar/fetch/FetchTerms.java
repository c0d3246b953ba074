package dev.isobar.fetch;

import dev.isobar.fetch.FetchOptions.OnFailure;

/// What one statement asks of everything that is fetched for it.
///
/// @param onFailure what a page that cannot be read does to its scan
/// @param allowance what the statement may take
public record FetchTerms(OnFailure onFailure, Allowance allowance) {}
