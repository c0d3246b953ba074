package dev.isobar.catalog;

/// What is known of a service without loading it: its entry in `provider.yaml`.
///
/// @param document where the service document is, relative to the root of all providers
public record ServiceHeader(
    String id,
    String name,
    String title,
    String description,
    String version,
    boolean preferred,
    String document) {}
