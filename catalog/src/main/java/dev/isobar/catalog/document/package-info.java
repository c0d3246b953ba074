/// Reads provider documents: OpenAPI with `x-stackQL-*` extensions, in YAML.
///
/// ```java
/// DocumentLoader loader = new DocumentLoader(root, root.resolve("acme/v00.00.00000"));
/// Provider acme = loader.load();
/// acme.service("widgets").resource("widgets").method("list");
/// loader.problems().forEach(System.err::println);
/// ```
///
/// What a document gets wrong becomes a [Problem], and reading goes on without that part.
@NullMarked
package dev.isobar.catalog.document;

import org.jspecify.annotations.NullMarked;
