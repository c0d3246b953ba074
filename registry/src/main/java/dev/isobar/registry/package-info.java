/// Finds provider documents, compiles them when that is due, and gives a catalog.
///
/// ```java
/// Catalog catalog = Registry.open(new RegistryOptions("/home/me/registry", cacheFolder));
/// ```
@NullMarked
package dev.isobar.registry;

import org.jspecify.annotations.NullMarked;
