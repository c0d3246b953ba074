package dev.isobar.docgen;

import dev.isobar.catalog.Resource;
import dev.isobar.catalog.ServiceHeader;
import dev.isobar.model.SqlVerb;

/// How much a service or a provider holds.
///
/// @param selectable resources that SELECT can read
record Counts(int resources, int selectable, int methods) {
  static final Counts NONE = new Counts(0, 0, 0);

  Counts plus(Counts other) {
    return new Counts(
        resources + other.resources, selectable + other.selectable, methods + other.methods);
  }

  static Counts of(Resource resource) {
    return new Counts(1, isSelectable(resource) ? 1 : 0, resource.methods().size());
  }

  static boolean isSelectable(Resource resource) {
    return !resource.views().isEmpty() || !resource.methods(SqlVerb.SELECT).isEmpty();
  }

  /// A service and what it holds.
  record OfService(ServiceHeader service, Counts counts) {}
}
