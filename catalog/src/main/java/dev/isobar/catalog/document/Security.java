package dev.isobar.catalog.document;

import dev.isobar.catalog.Method.CredentialUse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The credential that an operation needs, from OpenAPI's `security`.
///
/// @param scopes OAuth scopes in written order
record Security(CredentialUse use, List<String> scopes) {
  /// @param document what holds for operations that say nothing
  /// @param providerNeedsOne what holds when the document says nothing either
  static Security of(Node operation, Node document, boolean providerNeedsOne) {
    Node own = operation.get("security");
    Node written = own.exists() ? own : document.get("security");
    if (!(written.value() instanceof List<?> alternatives)) {
      CredentialUse use = providerNeedsOne ? CredentialUse.REQUIRED : CredentialUse.NONE;
      return new Security(use, List.of());
    }
    Set<String> scopes = new LinkedHashSet<>();
    for (Node alternative : written.elements()) {
      alternative.members().forEach(scheme -> SchemaReader.texts(scheme, scopes::add));
    }
    CredentialUse use =
        alternatives.isEmpty()
            ? CredentialUse.NONE
            : alternatives.contains(Map.of()) ? CredentialUse.OPTIONAL : CredentialUse.REQUIRED;
    return new Security(use, new ArrayList<>(scopes));
  }
}
