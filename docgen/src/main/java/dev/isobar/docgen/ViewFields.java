package dev.isobar.docgen;

import dev.isobar.catalog.Resource;
import java.util.List;

/// The columns of a resource that a view answers for. They are not in the catalog, which knows a
/// view only as text: whoever can read SQL says them.
@FunctionalInterface
public interface ViewFields {
  /// In the order of DESCRIBE.
  List<Field> of(Resource resource);
}
