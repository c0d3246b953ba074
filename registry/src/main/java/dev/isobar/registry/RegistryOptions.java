package dev.isobar.registry;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where provider documents come from, besides those that ship inside.
///
/// @param location a folder, a `file:` URL, or StackQL's `{"url": "file:///…", "localDocRoot":
///   "…"}`; null for only those inside
/// @param cacheFolder where compiled documents are kept; null, or a folder that cannot be written,
///   means that they are compiled anew each time
public record RegistryOptions(@Nullable String location, @Nullable Path cacheFolder) {}
