/// The documentation of a provider, made from its catalog: what it holds as pages, and pages as
/// files. Nothing is asked of the network, and the same documents give the same bytes.
///
/// A page is put together once ([Page], of [Block]s and [Inline]s, without any markup) and written
/// by a writer for each format. Only the writers know how text is escaped, so that no description
/// of a document can become markup.
@NullMarked
package dev.isobar.docgen;

import org.jspecify.annotations.NullMarked;
