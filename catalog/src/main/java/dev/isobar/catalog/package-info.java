/// Provider documents as an immutable [Catalog] of providers, services, resources and methods.
///
/// The nouns live here; `catalog.document` reads them from YAML and `catalog.compiled` from the
/// binary form that starting a statement uses.
@NullMarked
package dev.isobar.catalog;

import org.jspecify.annotations.NullMarked;
