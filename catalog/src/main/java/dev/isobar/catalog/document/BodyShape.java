package dev.isobar.catalog.document;

import dev.isobar.catalog.Method.BodyNames;
import dev.isobar.catalog.Schema;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The properties of a request body that SQL can name: `provider-format.md`, section 4.4.
///
/// @param properties without those that only the API may set
/// @param required names of the properties without which the API refuses the body
record BodyShape(Map<String, Schema> properties, Set<String> required) {
  static BodyShape of(Schema body, BodyNames names) {
    Schema fields = fields(body, names);
    BodyShape shape = new BodyShape(new LinkedHashMap<>(), new LinkedHashSet<>());
    Set<Schema> always = fields.branches(List.of(Schema::allOf));
    // What one of several alternatives requires, a call may do without.
    always.forEach(branch -> shape.required.addAll(branch.required()));
    always.forEach(branch -> branch.properties().forEach(shape.properties::putIfAbsent));
    fields
        .branches(List.of(Schema::allOf, Schema::anyOf, Schema::oneOf))
        .forEach(branch -> branch.properties().forEach(shape.properties::putIfAbsent));
    shape.properties.values().removeIf(Schema::readOnly);
    shape.required.retainAll(shape.properties.keySet());
    return shape;
  }

  /// The schema of what holds the fields; one that says nothing when the body has no such property.
  static Schema fields(Schema body, BodyNames names) {
    return names.path().isEmpty()
        ? body
        : body.allProperties().getOrDefault(names.path(), Schema.ANY);
  }

  static BodyNames names(String algorithm) {
    if (algorithm.equals("naive")) {
      return BodyNames.NAIVE;
    }
    return algorithm.startsWith("naive_")
        ? new BodyNames("", algorithm.substring("naive_".length()))
        : BodyNames.DEFAULT;
  }
}
