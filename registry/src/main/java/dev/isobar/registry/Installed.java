package dev.isobar.registry;

/// A version of a provider that statements can use.
///
/// @param current whether it is the one that the provider's bare name means
/// @param place its folder; empty for what ships inside
public record Installed(String provider, String version, boolean current, String place) {}
