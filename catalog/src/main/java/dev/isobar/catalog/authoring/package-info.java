/// Makes a provider from a plain OpenAPI document: what the document does not say (which operations
/// are rows of one table, which SQL verb each is, where the rows are, how pages follow each other,
/// where the credential comes from) is inferred, and each inference is reported with its reason.
///
/// ```java
/// Draft draft = Draft.of("openapi.yaml", text, DraftOptions.DEFAULT);
/// Path folder = draft.write(Path.of("registry"), false);
/// draft.findings().forEach(System.err::println);
/// ```
@NullMarked
package dev.isobar.catalog.authoring;

import org.jspecify.annotations.NullMarked;
