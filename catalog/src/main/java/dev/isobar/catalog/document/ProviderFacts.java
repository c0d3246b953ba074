package dev.isobar.catalog.document;

import dev.isobar.catalog.AuthSpec;

/// What the services of a provider need to know of it.
///
/// @param config of `provider.yaml`, inherited by every method
record ProviderFacts(String name, AuthSpec auth, boolean snakeCaseAliases, Node config) {}
